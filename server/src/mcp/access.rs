//! Admits requests of agents: checks where they come from and how large they are, and finds the link
//! and the name that they carry.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts as _, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use rmcp::model::Implementation;
use serde::Deserialize;
use tokio::time::timeout;
use url::{Host, Url};

use super::link::{BoardLink, LinkFault};
use super::name;
use crate::caller_rate_limit::Caller;
use crate::guest::GuestName;
use crate::request::{Problem, RequestInfo, RequestOrigin, check_origin};
use crate::state::AppState;

/// The largest request: a picture of 4 MiB as base64, and room to spare.
pub(super) const MAX_BODY_BYTES: usize = 6 * 1024 * 1024;
/// A larger request takes one of the places for whole uploads while it is read, so that few callers
/// cannot fill the memory.
const SMALL_BODY_BYTES: u64 = 64 * 1024;
/// A request must arrive within this.
const BODY_DEADLINE: Duration = Duration::from_secs(15);
/// The header with the session id, which says the name of a client.
const SESSION_ID: HeaderName = HeaderName::from_static("mcp-session-id");
/// The method of the request with which such a client begins.
const INITIALIZE: &str = "initialize";
/// Asks nginx to pass on an answer as it comes, so that a client that waits sees that the server is there.
const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");
const AT_ONCE: HeaderValue = HeaderValue::from_static("no");
/// The parameter of the path that names a board.
const BOARD: &str = "board";

/// The agent that sends a request.
#[derive(Debug, Clone)]
pub(super) struct Agent {
    /// Its address, for rate limits.
    pub(super) caller: Caller,
    /// The link in its headers.
    pub(super) link: Result<BoardLink, LinkFault>,
    /// The name that its user gave it.
    pub(super) program: Option<GuestName>,
    /// The name in its session id.
    pub(super) session: Option<GuestName>,
}

/// The request of clients of earlier versions that says their name.
#[derive(Debug, Deserialize)]
struct Initialize {
    method: String,
    params: Introduction,
}

/// What such a client says of itself.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Introduction {
    client_info: Implementation,
}

/// Admits a request, or refuses it.
pub(super) async fn admit(
    State(state): State<Arc<AppState>>,
    info: RequestInfo,
    request: Request,
    next: Next,
) -> Response {
    match admitted(&state, &info, request).await {
        Ok((request, introduced)) => {
            let mut response = next.run(request).await;
            let headers = response.headers_mut();
            headers.insert(BUFFERING, AT_ONCE);
            if let Some(id) = introduced.as_ref().and_then(name::session_id) {
                headers.insert(SESSION_ID, id);
            }
            response
        }
        Err(problem) => problem.into_response(),
    }
}

async fn admitted(
    state: &Arc<AppState>,
    info: &RequestInfo,
    request: Request,
) -> Result<(Request, Option<GuestName>), Problem> {
    if is_of_foreign_page(state, info, request.headers()) {
        return Err(Problem::foreign_origin());
    }
    let (mut parts, body) = request.into_parts();
    let is_small = content_length(&parts.headers).is_some_and(|it| it <= SMALL_BODY_BYTES);
    let _place = if is_small {
        None
    } else {
        let place = state.whole_uploads.try_acquire(info.caller);
        Some(place.ok_or_else(Problem::too_many_uploads)?)
    };
    let body = timeout(BODY_DEADLINE, to_bytes(body, MAX_BODY_BYTES)).await;
    let body = body.map_err(|_| {
        let detail = "the body of the request did not arrive in time";
        Problem::new(StatusCode::REQUEST_TIMEOUT, detail)
    })?;
    let body = body.map_err(|_| {
        let detail = format!("the body cannot be read, or is larger than {MAX_BODY_BYTES} bytes");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
    })?;
    let agent = agent(state, info, &mut parts).await?;
    parts.extensions.insert(agent);
    let introduced = is_small.then(|| introduced(&body)).flatten();
    Ok((Request::from_parts(parts, Body::from(body)), introduced))
}

/// The name of a client that introduces itself.
fn introduced(body: &[u8]) -> Option<GuestName> {
    let message: Initialize = serde_json::from_slice(body).ok()?;
    let client = message.params.client_info;
    (message.method == INITIALIZE).then(|| name::of_client(&client))?
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

/// Finds link and names. The secret leaves the headers, so that no log of a library can have it.
async fn agent(
    state: &Arc<AppState>,
    info: &RequestInfo,
    parts: &mut Parts,
) -> Result<Agent, Problem> {
    let params = RawPathParams::from_request_parts(parts, state).await.ok();
    let board = params.and_then(|params| {
        let mut params = params.iter();
        params.find_map(|(name, value)| (name == BOARD).then(|| value.to_owned()))
    });
    let bearer = parts.headers.remove(header::AUTHORIZATION);
    let link = match (&bearer, board) {
        (None, _) => Err(LinkFault::Missing),
        (Some(bearer), board) => link(bearer.to_str().unwrap_or_default(), board.as_deref()),
    };
    Ok(Agent {
        caller: info.caller,
        link,
        program: GuestName::in_headers(&parts.headers)?,
        session: parts.headers.get(SESSION_ID).and_then(name::in_session_id),
    })
}

/// The link in a header: as a whole, or only its secret if the path names the board.
fn link(header: &str, board: Option<&str>) -> Result<BoardLink, LinkFault> {
    let (scheme, token) = header.trim().split_once(' ').ok_or(LinkFault::Malformed)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(LinkFault::Malformed);
    }
    let token = token.trim();
    match board {
        Some(board) => BoardLink::of(board, token).or_else(|_| {
            let link = BoardLink::parse(token)?;
            let is_same = link.board.to_string() == board;
            is_same.then_some(link).ok_or(LinkFault::Malformed)
        }),
        None => BoardLink::parse(token),
    }
}

/// Whether a request comes from a page that may not make it. As everywhere, a page of this server may,
/// and of origins that are allowed. But a name in `Host` proves nothing here: a page can choose a name
/// that leads to this server. So a server that does not know its address believes only an address of
/// IP and `localhost`.
fn is_of_foreign_page(state: &AppState, info: &RequestInfo, headers: &HeaderMap) -> bool {
    if check_origin(state, info, headers) == RequestOrigin::Foreign {
        return true;
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return false;
    };
    let config = &state.config;
    let mut allowed = config.allow_origins.iter();
    let is_allowed = allowed.any(|other| other.as_str().as_bytes() == origin.as_bytes());
    let is_known = config.public_url.is_some() || is_allowed;
    !is_known && !info.host.as_deref().is_some_and(is_address)
}

/// Whether a host is an address of IP or this very machine.
fn is_address(host: &str) -> bool {
    let url = Url::parse(&format!("http://{host}")).ok();
    match url.as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use shared::id::{BoardId, Secret};

    use super::*;

    #[test]
    fn a_header_has_a_link_or_the_secret_for_the_board_in_the_path() {
        let expected = BoardLink {
            board: BoardId::from_bytes([3; 16]),
            secret: Secret::from_bytes([9; 16]),
        };
        let (board, secret) = (expected.board.to_string(), expected.secret.reveal());
        let whole = format!("https://board.example/b/{board}#{secret}");
        for (header, path) in [
            (format!("Bearer {whole}"), None),
            (format!("bearer  {board}.{secret} "), None),
            (format!("Bearer {secret}"), Some(&*board)),
            (format!("Bearer {whole}"), Some(&*board)),
        ] {
            assert_eq!(link(&header, path), Ok(expected), "{header} {path:?}");
        }
        let other = BoardId::from_bytes([4; 16]).to_string();
        for (header, path) in [
            (format!("Basic {whole}"), None),
            (whole.clone(), None),
            (format!("Bearer {secret}"), None),
            (format!("Bearer {secret}"), Some("x")),
            (format!("Bearer {whole}"), Some(&*other)),
        ] {
            assert_eq!(
                link(&header, path),
                Err(LinkFault::Malformed),
                "{header} {path:?}"
            );
        }
    }

    #[test]
    fn only_a_client_that_begins_introduces_itself() {
        let message = |method: &str| {
            let client = r#"{"name": "cursor", "version": "1"}"#;
            format!(r#"{{"method": "{method}", "params": {{"clientInfo": {client}}}}}"#)
        };
        let name = introduced(message("initialize").as_bytes()).unwrap();
        assert_eq!(name.as_str(), "cursor");
        assert_eq!(introduced(message("tools/list").as_bytes()), None);
        assert_eq!(introduced(b"{}"), None);
    }

    #[test]
    fn only_addresses_are_believed_in_host() {
        for host in ["127.0.0.1:3000", "[::1]:3000", "localhost", "10.0.0.7"] {
            assert!(is_address(host), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example:3000", "", "a b"] {
            assert!(!is_address(host), "{host}");
        }
    }
}
