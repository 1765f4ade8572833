//! Complete blobs, sent in pieces.
//!
//! A browser must never take one for a page: it is sent with a fixed type, as an attachment, and
//! under a policy that runs nothing. It never changes, so browsers keep it; shared caches do not,
//! because a secret opens it.

use std::ops::Range;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum_extra::headers::{ETag, HeaderMapExt as _, IfNoneMatch, IfRange, Range as RangeHeader};
use futures::Stream;
use futures::stream::try_unfold;
use shared::model::MediaType;

use super::super::access::BlobPath;
use super::refused::Refused;
use crate::blob::{BlobKey, PIECE_BYTES};
use crate::request::{Problem, RequestInfo};
use crate::service::{BlobRefusal, Blobs};
use crate::state::AppState;
use crate::transfer_budget::SessionBudget;

/// The headers of every blob.
const FIXED: [(HeaderName, &str); 4] = [
    (
        header::CACHE_CONTROL,
        "private, max-age=31536000, immutable",
    ),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; sandbox",
    ),
    (header::CONTENT_DISPOSITION, "attachment"),
    (header::ACCEPT_RANGES, "bytes"),
];
/// Bytes that are sent at once to a client whose board or address has too many on the way.
const SLOW_BYTES: usize = 16 * 1024;

/// `GET /files/{board}/{sha256}`
pub(in super::super) async fn load(
    State(state): State<Arc<AppState>>,
    path: BlobPath,
    info: RequestInfo,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let visitor = path.visitor(&info);
    let found = state.blobs.find(&visitor, path.hash).await?;
    let (length, media_type) = found.ok_or_else(missing)?;
    let tag: Option<ETag> = format!("\"{}\"", path.hash).parse().ok();
    if let (Some(tag), Some(known)) = (&tag, headers.typed_get::<IfNoneMatch>())
        && !known.precondition_passes(tag)
    {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        fix(&mut response, media_type, tag);
        return Ok(response);
    }
    let wanted = wanted(&headers, tag.as_ref(), length);
    let Some((status, range)) = wanted else {
        let mut response = unsatisfiable().into_response();
        let all = HeaderValue::try_from(format!("bytes */{length}"));
        response
            .headers_mut()
            .extend(all.ok().map(|all| (header::CONTENT_RANGE, all)));
        return Ok(response);
    };
    let budget = state.transfers.session(visitor.board, visitor.caller);
    let pieces = pieces(
        Arc::clone(&state.blobs),
        visitor.key(path.hash),
        range.clone(),
        budget,
    );
    let mut response = (status, Body::from_stream(pieces)).into_response();
    let sent = response.headers_mut();
    sent.insert(header::CONTENT_LENGTH, (range.end - range.start).into());
    if status == StatusCode::PARTIAL_CONTENT {
        let part = format!("bytes {}-{}/{length}", range.start, range.end - 1);
        sent.extend(
            HeaderValue::try_from(part)
                .ok()
                .map(|part| (header::CONTENT_RANGE, part)),
        );
    }
    if let Some(tag) = &tag {
        fix(&mut response, media_type, tag);
    }
    Ok(response)
}

fn fix(response: &mut Response, media_type: MediaType, tag: &ETag) {
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let media_type = HeaderValue::from_static(media_type.name());
    headers.insert(header::CONTENT_TYPE, media_type);
    headers.typed_insert(tag.clone());
}

fn missing() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "the board has no such picture, or not all of it yet",
    )
}

fn unsatisfiable() -> Problem {
    Problem::new(
        StatusCode::RANGE_NOT_SATISFIABLE,
        "the picture ends before this range",
    )
}

/// Status and bytes of the answer; `None` if no byte that is asked for exists. Several ranges at once
/// are answered with the whole.
fn wanted(
    headers: &HeaderMap,
    tag: Option<&ETag>,
    length: u64,
) -> Option<(StatusCode, Range<u64>)> {
    let whole = (StatusCode::OK, 0..length);
    let is_other = headers
        .typed_get::<IfRange>()
        .is_some_and(|condition| condition.is_modified(tag, None));
    let Some(asked) = headers.typed_get::<RangeHeader>().filter(|_| !is_other) else {
        return Some(whole);
    };
    let mut ranges = asked.satisfiable_ranges(length);
    let bounds = ranges.next()?;
    if ranges.next().is_some() {
        return Some(whole);
    }
    let start = match bounds.0 {
        std::ops::Bound::Included(start) => start,
        std::ops::Bound::Excluded(before) => before.saturating_add(1),
        std::ops::Bound::Unbounded => 0,
    };
    let end = match bounds.1 {
        std::ops::Bound::Included(last) => last.saturating_add(1),
        std::ops::Bound::Excluded(end) => end,
        std::ops::Bound::Unbounded => length,
    };
    let range = start..end.min(length);
    (!range.is_empty()).then_some((StatusCode::PARTIAL_CONTENT, range))
}

/// Reads the next piece when the last one was taken, so that a client that reads slowly costs the
/// memory of one piece.
fn pieces(
    blobs: Arc<Blobs>,
    key: BlobKey,
    range: Range<u64>,
    budget: SessionBudget,
) -> impl Stream<Item = Result<Bytes, BlobRefusal>> {
    try_unfold((range, budget), move |(range, mut budget)| {
        let blobs = Arc::clone(&blobs);
        async move {
            budget.set_used(0);
            if range.is_empty() {
                return Ok(None);
            }
            let left = usize::try_from(budget.left()).unwrap_or(usize::MAX);
            let most = left.clamp(SLOW_BYTES, PIECE_BYTES) as u64;
            // A piece of a store ends at a multiple of its size.
            let to_boundary = PIECE_BYTES as u64 - range.start % PIECE_BYTES as u64;
            let bytes = most.min(to_boundary).min(range.end - range.start);
            let piece = blobs
                .read(
                    key,
                    range.start,
                    usize::try_from(bytes).unwrap_or(SLOW_BYTES),
                )
                .await?;
            budget.set_used(bytes);
            Ok(Some((piece, (range.start + bytes..range.end, budget))))
        }
    })
}
