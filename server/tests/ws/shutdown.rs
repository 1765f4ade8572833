//! A server shuts down, and another one starts on the same data.

use shared::protocol::ServerMsg;
use testkit::client::Client;
use testkit::fixtures::{commit_stroke, element_of};

use crate::test_server::TestServer;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_shuts_down_says_goodbye_and_has_stored_all_commits() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::on_dir(data.path()).await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    for cno in 1..=30 {
        ann.send(&commit_stroke(1, cno, 50)).await;
    }
    ann.receives_seq(1).await;
    let stopping = tokio::spawn(server.stop());
    ann.until("the goodbye", |message| match message {
        ServerMsg::Goodbye { within_ms } => Some(within_ms),
        _ => None,
    })
    .await;
    assert_eq!(ann.close_code().await, Some(1012));
    let acked = acked(&ann);
    stopping.await.unwrap();

    let server = TestServer::on_dir(data.path()).await;
    let (mut bob, welcome) = Client::join(server.address, board.view, 2).await;
    let board = bob.board(&welcome).await;
    assert!(welcome.at.seq >= acked, "{} of {acked}", welcome.at.seq);
    assert!((1..=acked).all(|cno| board.get(element_of(1, cno)).is_some()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_can_draw_between_the_goodbye_and_its_move() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::on_dir(data.path()).await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let stopping = tokio::spawn(server.stop());
    ann.until("the goodbye", |message| {
        matches!(message, ServerMsg::Goodbye { .. }).then_some(())
    })
    .await;
    ann.send(&commit_stroke(1, 1, 5)).await;
    ann.receives_seq(1).await;
    drop(ann);
    stopping.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_keeps_the_board_and_a_client_resumes() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::on_dir(data.path()).await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    for cno in 1..=5 {
        ann.send(&commit_stroke(1, cno, 5)).await;
    }
    ann.receives_seq(5).await;
    server.stop().await;
    let server = TestServer::on_dir(data.path()).await;
    let (mut ann, welcome) = Client::join(server.address, board.edit, 1).await;
    assert_eq!((welcome.at.seq, welcome.last_cno), (5, 5));
    ann.send(&commit_stroke(1, 5, 5)).await;
    ann.send(&commit_stroke(1, 6, 5)).await;
    ann.receives_seq(6).await;
}

/// The last acknowledged commit of a client.
fn acked(client: &Client) -> u64 {
    let acks = client.unread().filter_map(|message| match message {
        ServerMsg::Ack { cno, .. } => Some(*cno),
        _ => None,
    });
    acks.max().unwrap_or(1)
}
