//! Connections that are quiet or slow.

use std::net::Ipv4Addr;
use std::time::Duration;

use testkit::PATIENCE;
use testkit::client::Client;
use testkit::fixtures::commit_stroke;
use testkit::proxy::FaultProxy;
use testkit::reverse_proxy::{Kind, Setup};
use testkit::tunnel::Tunnel;
use tokio::time::timeout;

use crate::large_board::{SLOW, STROKES, draw_much, load};
use crate::site::Site;

/// The timeouts of the proxy, in seconds, in place of 60.
const TIMEOUT: u32 = 3;
/// How long all clients pause.
const QUIET: Duration = Duration::from_secs(2 * TIMEOUT as u64);

pub(crate) async fn a_quiet_connection_outlives_the_timeouts_of_the_proxy(kind: Kind) {
    let short = |setup| Setup {
        timeout: (kind != Kind::Caddy).then_some(TIMEOUT),
        ..setup
    };
    let site = Site::start_with(kind, &[], short).await;
    let board = site.board().await;
    let (mut ann, _) = Client::join(site.way.address(), board.edit, 1).await;
    // It reads, as a page does, and sends nothing.
    let quiet = timeout(QUIET, ann.close_code()).await;
    assert!(quiet.is_err(), "closed with {quiet:?}");
    ann.send(&commit_stroke(1, 1, 5)).await;
    ann.receives_seq(1).await;
    if kind == Kind::Caddy {
        // It has no timeout for WebSockets.
        return;
    }
    // Without the heartbeats of the server the timeouts do end the connection.
    for server in &site.servers {
        server.freeze().unwrap();
    }
    ann.close_code().await;
}

pub(crate) async fn a_large_board_loads_over_a_slow_link_to_the_proxy(kind: Kind) {
    let site = Site::start(kind).await;
    let board = site.board().await;
    draw_much(site.servers[0].address(), &board).await;
    // The proxy takes all that the server sends, as fast as the server sends it.
    let link = FaultProxy::slow_link(site.proxy.address(), SLOW);
    let link = link.await.unwrap();
    let security = site.proxy.security();
    let way = Tunnel::start(link.address(), Ipv4Addr::LOCALHOST, security);
    let way = way.await.unwrap();
    let client = timeout(PATIENCE, load(&way.url(), &board, 2)).await;
    assert_eq!(client.unwrap().replica().board().len(), STROKES);
}
