//! Clients that read too slowly or send too much.

use std::time::{Duration, Instant};

use shared::protocol::{ClientMsg, LiveUpdate, ServerMsg};
use testkit::PATIENCE;
use testkit::client::Client;
use testkit::fixtures::{commit_stroke, hello};

use crate::test_server::TestServer;

/// More commits than one session may send at once, which is 120, by so many that the rest takes
/// [`LEAST`] at 30 in a second.
const COMMITS: u64 = 180;
/// Two seconds, but for the milliseconds that the server rounds off.
const LEAST: Duration = Duration::from_millis(1_990);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_does_not_read_delays_no_other() {
    let server = TestServer::start().await;
    let board = server.board().await;
    // This client joins and never reads; its buffers are tiny.
    let mut stuck = Client::connect_narrow(server.address, board.id).await;
    stuck
        .send(&ClientMsg::Hello(hello(board.view.secret, 3)))
        .await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let (mut bob, _) = Client::join(server.address, board.edit, 2).await;
    // Far more than all buffers hold.
    for cno in 1..=120 {
        ann.send(&commit_stroke(1, cno, 9_000)).await;
        ann.receives_seq(cno).await;
        bob.receives_seq(cno).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commits_beyond_the_rate_limit_wait_and_none_is_lost() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let begun = Instant::now();
    let mut sent = 0;
    for acked in 1..=COMMITS {
        // Like a real client, with a window of unacknowledged commits.
        while sent < COMMITS && sent < acked + 30 {
            sent += 1;
            ann.send(&commit_stroke(1, sent, 3)).await;
        }
        ann.receives_seq(acked).await;
    }
    // A slow machine takes longer; only a server that lets too much through takes less.
    assert!(begun.elapsed() >= LEAST, "{:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_live_updates_closes_the_session() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut flood, _) = Client::join(server.address, board.edit, 1).await;
    let (mut bob, _) = Client::join(server.address, board.edit, 2).await;
    let flooding = tokio::spawn(async move {
        let cursor = ClientMsg::Live(LiveUpdate::Cursor(Some([1.0, 1.0])));
        // Far above the limit, but not so much that the server closes a socket that still holds
        // unread frames: then the close frame would be lost.
        let mut tick = tokio::time::interval(Duration::from_millis(20));
        loop {
            tokio::select! {
                code = flood.close_code() => return code,
                _ = tick.tick() => for _ in 0..40 {
                    flood.send(&cursor).await;
                },
            }
        }
    });
    bob.send(&commit_stroke(2, 1, 5)).await;
    bob.until("the ack", |message| match message {
        ServerMsg::Ack { cno: 1, .. } => Some(()),
        _ => None,
    })
    .await;
    let code = tokio::time::timeout(PATIENCE, flooding).await;
    assert_eq!(code.unwrap().unwrap(), Some(4029));
}
