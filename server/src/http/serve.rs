//! Accepts connections and serves HTTP on them, within limits: number of connections, time for headers
//! and answers, size of headers.
//!
//! `axum::serve` has none of these limits, so the loop is our own. So is the end of a connection:
//! hyper-util's `GracefulShutdown` asks connections to end, but does not close those that do not.

use std::io;
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
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::{ServiceBuilder, ServiceExt as _, service_fn};

use super::{base_path, metrics, router, server_functions};
use crate::caller_rate_limit::Caller;
use crate::metrics::HttpRefusal;
use crate::open_limit::{OpenLimit, OpenPermit};
use crate::state::AppState;

/// Open connections that are no WebSockets. A browser keeps up to six, each for some seconds.
const MAX_CONNECTIONS: usize = 2_000;
/// Open connections to the listener of the metrics: a few programs scrape them.
const MAX_METRICS_CONNECTIONS: usize = 32;
/// Headers must arrive within this, so that a client that sends them slowly holds no connection.
const HEADER_DEADLINE: Duration = Duration::from_secs(5);
/// Headers of one request.
const MAX_HEADERS: usize = 64;
/// Bytes of one request's head, and of the buffered part of its body.
const MAX_HEAD_BYTES: usize = 16 * 1024;
/// Wait after a failed accept, which mostly means that there are no files left.
const ACCEPT_AGAIN: Duration = Duration::from_millis(50);
/// A client that takes nothing of an answer for so long is disconnected. It is longer than the limit
/// of WebSockets, which end with a reason.
const WRITE_DEADLINE: Duration = Duration::from_secs(15);
/// Bytes that the system takes for a connection beside those that are on the wire already: as many as a
/// client is sent ahead before its speed is known. Without this limit they are megabytes for each
/// connection, also of a client that reads nothing and acknowledges everything.
#[cfg(target_os = "linux")]
const MAX_UNSENT: u32 = 64 * 1024;
/// A request that is being answered when the server shuts down gets this long.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(5);
/// The same for a request that comes while the server shuts down.
const LATE_GRACE: Duration = Duration::from_secs(1);

/// Serves HTTP and WebSockets until `ended` is cancelled. While the server shuts down it goes on
/// answering, so that `/readyz` can say so; only WebSockets are refused then. A connection that came
/// so late has [`LATE_GRACE`] to end.
pub async fn serve(listener: TcpListener, state: Arc<AppState>, ended: CancellationToken) {
    server_functions::register();
    // Behind a proxy, all connections have its address, and none makes room for another.
    let limit = OpenLimit::new(MAX_CONNECTIONS, MAX_CONNECTIONS);
    let late = TaskTracker::new();
    let app = router(Arc::clone(&state));
    let serve_one = |stream, peer: SocketAddr| {
        let Some(permit) = limit.try_acquire(Caller::from(peer.ip())) else {
            let refusals = &state.context.metrics.http;
            refusals.refused(HttpRefusal::TooManyConnections);
            return;
        };
        let connection = Connection::new(stream, peer, permit, &app, &state);
        if state.draining.is_cancelled() {
            late.spawn(connection.serve(Time::Late, ended.clone()));
        } else {
            let closing = state.draining.clone();
            state.tasks.spawn(connection.serve(Time::Usual, closing));
        }
    };
    accept(&listener, &ended, serve_one).await;
    late.close();
    late.wait().await;
}

/// Serves the metrics until `ended` is cancelled.
pub async fn serve_metrics(listener: TcpListener, state: Arc<AppState>, ended: CancellationToken) {
    let limit = OpenLimit::new(MAX_METRICS_CONNECTIONS, MAX_METRICS_CONNECTIONS);
    let tasks = TaskTracker::new();
    let app = metrics::router(Arc::clone(&state));
    let serve_one = |stream, peer: SocketAddr| {
        if let Some(permit) = limit.try_acquire(Caller::from(peer.ip())) {
            let connection = Connection::new(stream, peer, permit, &app, &state);
            tasks.spawn(connection.serve(Time::Usual, ended.clone()));
        }
    };
    accept(&listener, &ended, serve_one).await;
    tasks.close();
    tasks.wait().await;
}

async fn accept(
    listener: &TcpListener,
    ended: &CancellationToken,
    serve_one: impl Fn(TcpStream, SocketAddr),
) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = ended.cancelled() => return,
        };
        match accepted {
            Ok((stream, peer)) => serve_one(stream, peer),
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                sleep(ACCEPT_AGAIN).await;
            }
        }
    }
}

/// Switches off the delay of small packets, and limits what waits in the system.
fn set_up(stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    #[cfg(target_os = "linux")]
    socket2::SockRef::from(stream).set_tcp_notsent_lowat(MAX_UNSENT)?;
    Ok(())
}

/// When a connection came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Time {
    Usual,
    /// While the server shuts down.
    Late,
}

/// A connection that was accepted.
struct Connection {
    stream: TcpStream,
    peer: SocketAddr,
    permit: OpenPermit,
    app: Router,
    state: Arc<AppState>,
}

impl Connection {
    fn new(
        stream: TcpStream,
        peer: SocketAddr,
        permit: OpenPermit,
        app: &Router,
        state: &Arc<AppState>,
    ) -> Self {
        Self {
            stream,
            peer,
            permit,
            app: app.clone(),
            state: Arc::clone(state),
        }
    }

    /// Serves the connection to its end. Once `closing` is cancelled, it ends after the request that
    /// is being answered.
    async fn serve(self, time: Time, closing: CancellationToken) {
        if let Err(error) = set_up(&self.stream) {
            tracing::debug!(%error, "cannot set the options of a socket");
        }
        let mut stream = TimeoutStream::new(self.stream);
        stream.set_write_timeout(Some(WRITE_DEADLINE));
        let app = ServiceBuilder::new()
            .layer(Extension(ConnectInfo(self.peer)))
            .service(self.app);
        let state = self.state;
        let metrics = Arc::clone(&state.context.metrics);
        let service = service_fn(move |request: Request<Incoming>| {
            let base = state.config.base_path();
            let request = base_path::remove(request.map(Body::new), base);
            let is_refused = time == Time::Late && request.uri().path().starts_with("/ws/");
            if is_refused {
                state.context.metrics.http.refused(HttpRefusal::Draining);
            }
            let app = app.clone();
            async move {
                if is_refused {
                    // Without an answer, a proxy tries another server.
                    return Err(io::Error::other("the server shuts down"));
                }
                app.oneshot(request).await.map_err(|never| match never {})
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .keep_alive(time == Time::Usual)
            .header_read_timeout(HEADER_DEADLINE)
            .max_headers(MAX_HEADERS)
            .max_buf_size(MAX_HEAD_BYTES)
            .serve_connection(
                TokioIo::new(Box::pin(stream)),
                TowerToHyperService::new(service),
            )
            .with_upgrades();
        let mut connection = std::pin::pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = self.permit.evicted() => {
                metrics.http.refused(HttpRefusal::TooManyConnections);
                return;
            }
            () = closing.cancelled() => {
                connection.as_mut().graceful_shutdown();
                match timeout(time.grace(), connection).await {
                    Ok(ended) => ended,
                    Err(_) => return,
                }
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "connection ended");
        }
    }
}

impl Time {
    /// How long a request that is being answered may take when the connection should end.
    const fn grace(self) -> Duration {
        match self {
            Self::Usual => SHUTDOWN_GRACE,
            Self::Late => LATE_GRACE,
        }
    }
}
