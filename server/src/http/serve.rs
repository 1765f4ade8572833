//! Accepts connections and serves HTTP on them, within limits: number of
//! connections, time for headers, size of headers.
//!
//! `axum::serve` has none of these limits, so the loop is our own. So is the end of a connection:
//! hyper-util's `GracefulShutdown` asks connections to end, but does not close those that do not.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::{Extension, Router};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tower::ServiceBuilder;

use super::{base_path, router, server_functions};
use crate::caller_rate_limit::Caller;
use crate::open_limit::{OpenLimit, OpenPermit};
use crate::state::AppState;

/// Open connections that are no WebSockets. A browser keeps up to six, each for some seconds.
const MAX_CONNECTIONS: usize = 2_000;
/// Headers must arrive within this, so that a client that sends them slowly holds no connection.
const HEADER_DEADLINE: Duration = Duration::from_secs(5);
/// Headers of one request.
const MAX_HEADERS: usize = 64;
/// Bytes of one request's head, and of the buffered part of its body.
const MAX_HEAD_BYTES: usize = 16 * 1024;
/// Wait after a failed accept, which mostly means that there are no files left.
const ACCEPT_AGAIN: Duration = Duration::from_millis(50);
/// A request that is being answered when the server shuts down gets this long.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(5);

/// Accepts connections until the server shuts down.
pub async fn serve(listener: TcpListener, state: Arc<AppState>) {
    server_functions::register();
    let app = router(Arc::clone(&state));
    // Behind a proxy, all connections have its address, and none makes room for another.
    let limit = OpenLimit::new(MAX_CONNECTIONS, MAX_CONNECTIONS);
    let accepting = async {
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => {
                    let Some(permit) = limit.try_acquire(Caller::from(peer.ip())) else {
                        tracing::debug!("too many connections");
                        continue;
                    };
                    let served =
                        serve_connection(stream, peer, permit, app.clone(), Arc::clone(&state));
                    state.tasks.spawn(served);
                }
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    sleep(ACCEPT_AGAIN).await;
                }
            }
        }
    };
    tokio::select! {
        () = accepting => {}
        () = state.draining.cancelled() => {}
    }
}

async fn serve_connection(
    stream: TcpStream,
    peer: SocketAddr,
    permit: OpenPermit,
    app: Router,
    state: Arc<AppState>,
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "cannot switch off the delay of small packets");
    }
    let state_of_requests = Arc::clone(&state);
    let service = ServiceBuilder::new()
        .map_request(move |request: Request<Incoming>| {
            base_path::remove(request.map(Body::new), state_of_requests.config.base_path())
        })
        .layer(Extension(ConnectInfo(peer)))
        .service(app);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_DEADLINE)
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = permit.evicted() => return,
        () = state.draining.cancelled() => {
            connection.as_mut().graceful_shutdown();
            match timeout(SHUTDOWN_GRACE, connection).await {
                Ok(ended) => ended,
                Err(_) => return,
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "connection ended");
    }
}
