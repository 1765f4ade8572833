//! The Model Context Protocol at `/mcp`: agents read boards and work on them as guests
//! ([`crate::guest`]). A link is the only credential, and no tool can do more than its role allows.
//!
//! **No request needs another one.** Any server behind a balancer answers any request, so the SDK runs
//! without sessions (`legacy_session_mode` is false): nothing is kept in memory between two requests,
//! and each call brings its link and asks anew what the link grants. So a link that was revoked stops
//! at once, and a server that restarts is not noticed. Sessions in a shared store would cost a round
//! trip for each request and keep nothing that a request does not say itself. Two things need more
//! than one request:
//! - Clients of earlier versions tell their name in `initialize` only. The server writes it into the
//!   `Mcp-Session-Id` that it gives them, and reads it there in later requests (`name`).
//! - Resources can be subscribed to by `subscriptions/listen` (version 2026-07-28), which is one long
//!   request. `resources/subscribe` of earlier versions would need a session, so these clients are not
//!   told that the server has subscriptions; they call `wait_for_changes`.
//!
//! Layout: `access` admits requests and finds their link (`link`) and name; `server` is the handler of
//! the SDK; `tools`, `resources` and `prompts` are what it offers; `error` is what an agent reads when
//! a tool fails; `progress` tells how far a tool is; `guide` tells agents how to begin. `toolbox` gives the
//! tools to the assistant, which can stop them (`calls`).

mod access;
mod calls;
mod error;
mod guide;
mod link;
mod name;
mod progress;
mod prompts;
mod resources;
mod server;
mod toolbox;
mod tools;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post_service};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};

use crate::guest::Guests;
use crate::state::AppState;
use server::McpServer;
pub(crate) use toolbox::Toolbox;

/// An answer that waits shows after this time that the server is there: proxies may close what is
/// silent for 10 s (docs/hosting.md).
const KEEP_ALIVE: Duration = Duration::from_secs(8);

/// The routes of the protocol, and the texts that lead agents to it.
pub(crate) fn routes(guests: &Arc<Guests>) -> Router<Arc<AppState>> {
    let server = McpServer::new(guests);
    // The hosts and origins of requests are checked in `access`, by the rules of this server.
    // Answers are streams, also short ones, so that a proxy sees a sign of life from those that wait.
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_sse_keep_alive(Some(KEEP_ALIVE))
        .with_max_request_body_bytes(access::MAX_BODY_BYTES)
        .disable_allowed_hosts();
    let sessions = Arc::new(NeverSessionManager::default());
    let service = StreamableHttpService::new(move || Ok(server.clone()), sessions, config);
    let admit = from_fn_with_state(Arc::clone(guests.state()), access::admit);
    Router::new()
        .route("/mcp", post_service(service.clone()))
        .route("/mcp/{board}", post_service(service))
        .layer(admit)
        .route("/llms.txt", get(guide::llms))
        .route("/skill.md", get(guide::skill))
}
