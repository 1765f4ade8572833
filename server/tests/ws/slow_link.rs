//! Large boards over slow links: loading goes on, is shown early, and is resumed.

use std::time::Duration;

use shared::protocol::{ClientMsg, Hello, ServerMsg};
use shared::sync::SnapshotAssembly;
use testkit::PATIENCE;
use testkit::client::{Client, Connection};
use testkit::fixtures::hello;
use testkit::proxy::{Cut, FaultProxy};
use tokio::time::{sleep, timeout};

use crate::large_board::{SLOW, STROKES, draw_much, load};
use crate::test_server::TestServer;

/// Less than the board has, and more than all buffers between room and wire together, in bytes.
const MUCH: u64 = 512 * 1024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_board_loads_over_a_slow_link_with_deep_buffers() {
    let server = TestServer::start().await;
    let board = server.board().await;
    draw_much(server.address, &board).await;
    let link = FaultProxy::slow_link(server.address, SLOW).await.unwrap();
    let client = timeout(PATIENCE, load(&link.url(), &board, 2))
        .await
        .unwrap();
    assert_eq!(client.replica().board().len(), STROKES);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn loading_goes_on_where_the_connection_was_cut() {
    let server = TestServer::start().await;
    let board = server.board().await;
    draw_much(server.address, &board).await;
    let link = FaultProxy::slow_link(server.address, 20 * SLOW)
        .await
        .unwrap();
    let mut one = Client::connect(link.address(), board.id).await;
    let first_hello = hello(board.view.secret, 2);
    one.send(&ClientMsg::Hello(first_hello.clone())).await;
    let first = one.part().await;
    let mut assembly = SnapshotAssembly::begin(&first).unwrap();
    assembly.add(first).unwrap();
    let (_, all) = assembly.progress();
    while 4 * assembly.progress().0 < 3 * all {
        assembly.add(one.part().await).unwrap();
    }
    link.cut(Cut::Close);
    one.close_code().await;
    let before = link.passed();
    let mut two = Client::connect(link.address(), board.id).await;
    let again = Hello {
        session: 2,
        partial: Some(assembly.partial()),
        ..first_hello
    };
    two.send(&ClientMsg::Hello(again)).await;
    while !assembly.is_complete() {
        assembly.add(two.part().await).unwrap();
    }
    assert_eq!(assembly.finish().unwrap().board.len(), STROKES);
    let rest = link.passed() - before;
    assert!(2 * rest < before, "{rest} bytes after {before} were sent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn little_waits_for_a_client_that_acknowledges_what_it_does_not_read() {
    let server = TestServer::start().await;
    let board = server.board().await;
    draw_much(server.address, &board).await;
    let board_id = board.id.to_string();
    let mut liar = Connection::open_narrow(server.address, &board_id)
        .await
        .unwrap();
    let hello = ClientMsg::Hello(hello(board.view.secret, 2));
    liar.send(&hello).await.unwrap();
    while !matches!(liar.next().await.unwrap().message, ServerMsg::Snapshot(_)) {}
    // The server closes the connection of a client that acknowledges more than it was sent. It would
    // have been sent more if the system had taken it.
    for bytes in (0..MUCH).step_by(16 * 1024) {
        if liar.send(&ClientMsg::Received(bytes)).await.is_err() {
            return;
        }
        sleep(Duration::from_millis(20)).await;
    }
    let closed = async { while liar.next().await.is_ok() {} };
    timeout(PATIENCE / 2, closed)
        .await
        .expect("more than it reads waits for the client");
}
