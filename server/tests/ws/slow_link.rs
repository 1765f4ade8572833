//! Large boards over slow links: loading goes on, is shown early, and is resumed.

use shared::protocol::{ClientMsg, Hello};
use shared::sync::SnapshotAssembly;
use testkit::PATIENCE;
use testkit::client::Client;
use testkit::fixtures::hello;
use testkit::proxy::{Cut, FaultProxy};
use tokio::time::timeout;

use crate::large_board::{SLOW, STROKES, draw_much, load};
use crate::test_server::TestServer;

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
