//! Large boards over slow links: loading goes on, is shown early, and is resumed.

use shared::protocol::{ClientMsg, Hello, Profile};
use shared::sync::SnapshotAssembly;
use testkit::PATIENCE;
use testkit::board::Board;
use testkit::client::{BoardClient, Client};
use testkit::fixtures::{commit, element_of, hello, ink, key, put, scattered_points, stroke};
use testkit::slow_link::SlowLink;
use tokio::time::{sleep_until, timeout};

use crate::test_server::TestServer;

/// So slow that the board takes longer than a server waits for a pong, and 50 times longer than
/// heartbeats are apart.
const SLOW: u32 = 60 * 1024;
/// Strokes of the board, in commits of [`STROKES_EACH`]; compressed, they have some 700 KiB.
const COMMITS: u64 = 12;
const STROKES_EACH: u64 = 20;

/// Puts many strokes on a board.
async fn draw_much(server: &TestServer, board: &Board) {
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    for cno in 1..=COMMITS {
        let numbers = (cno - 1) * STROKES_EACH..cno * STROKES_EACH;
        let strokes = numbers.map(|at| {
            put(stroke(
                element_of(1, at),
                ink(scattered_points(at, 900, 2_048.0)),
            ))
        });
        ann.send(&ClientMsg::Commit(commit(cno, strokes.collect())))
            .await;
        ann.receives_seq(cno).await;
    }
}

/// Joins over a link and receives the whole board, with the patience of a page.
async fn load(link: &SlowLink, board: &Board, who: u8) -> BoardClient {
    let server = format!("http://{}", link.address());
    let profile = Profile::default();
    let mut client = BoardClient::connect(&server, board.view, key(who), profile)
        .await
        .unwrap();
    while client.replica().at().is_none() {
        client.flush(|_, _| ()).await.unwrap();
        let tick = client.next_tick();
        tokio::select! {
            received = client.receive() => client.apply(received.unwrap()).unwrap(),
            () = sleep_until(tick) => client.tick().unwrap(),
        }
    }
    client
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_board_loads_over_a_slow_link_with_deep_buffers() {
    let server = TestServer::start().await;
    let board = server.board().await;
    draw_much(&server, &board).await;
    let link = SlowLink::start(server.address, SLOW).unwrap();
    let client = timeout(PATIENCE, load(&link, &board, 2)).await.unwrap();
    let strokes = usize::try_from(COMMITS * STROKES_EACH).unwrap();
    assert_eq!(client.replica().board().len(), strokes);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn loading_goes_on_where_the_connection_was_cut() {
    let server = TestServer::start().await;
    let board = server.board().await;
    draw_much(&server, &board).await;
    let link = SlowLink::start(server.address, 20 * SLOW).unwrap();
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
    link.cut();
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
    let strokes = usize::try_from(COMMITS * STROKES_EACH).unwrap();
    assert_eq!(assembly.finish().unwrap().board.len(), strokes);
    let rest = link.passed() - before;
    assert!(2 * rest < before, "{rest} bytes after {before} were sent");
}
