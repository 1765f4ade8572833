//! The rest of the body of a request that was refused.
//!
//! Many clients read no answer while they send. If the connection is closed meanwhile, they take the
//! network for broken and never see why they were refused. So what still comes is read and
//! forgotten, within limits, before the answer goes out.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::header::EXPECT;
use axum::middleware::Next;
use axum::response::Response;
use futures::future::poll_fn;
use hyper::body::{Frame, SizeHint};
use shared::limits::MAX_PICTURE_BYTES;
use tokio::time::timeout;

use super::body::MAX_BODY_BYTES;

/// How much of a refused body is read. A client that sends more, or more slowly, is cut off.
#[derive(Debug, Clone, Copy)]
pub(super) struct SkipLimit {
    bytes: u64,
    time: Duration,
}

impl SkipLimit {
    /// Of a call, which any visitor may send: a body that is too large by some times.
    pub(super) const CALL: Self = Self {
        bytes: 8 * MAX_BODY_BYTES as u64,
        time: Duration::from_secs(2),
    };
    /// Of a picture: one that is too large fits, so that a page sees why it is refused.
    pub(super) const PICTURE: Self = Self {
        bytes: 2 * MAX_PICTURE_BYTES,
        time: Duration::from_secs(10),
    };
}

/// Reads what a refused request still sends.
pub(super) async fn skip(State(limit): State<SkipLimit>, request: Request, next: Next) -> Response {
    // Such a client asks before it sends, and a refusal keeps it from sending.
    if request.headers().contains_key(EXPECT) {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    let body = SharedBody::new(body);
    let request = Request::from_parts(head, Body::new(body.clone()));
    let response = next.run(request).await;
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        drop(timeout(limit.time, body.skip_rest(limit.bytes)).await);
    }
    response
}

/// A body of which the rest can be read when its reader is gone.
#[derive(Debug, Clone)]
struct SharedBody(Arc<Mutex<Body>>);

impl SharedBody {
    fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(body)))
    }

    fn lock(&self) -> MutexGuard<'_, Body> {
        // The body of a reader that panicked can still be read.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn skip_rest(mut self, most: u64) {
        let mut skipped = 0;
        while skipped <= most && !self.is_end_stream() {
            match poll_fn(|context| Pin::new(&mut self).poll_frame(context)).await {
                Some(Ok(frame)) => skipped += frame.data_ref().map_or(0, Bytes::len) as u64,
                Some(Err(_)) | None => return,
            }
        }
    }
}

impl HttpBody for SharedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut *self.lock()).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.lock().is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.lock().size_hint()
    }
}
