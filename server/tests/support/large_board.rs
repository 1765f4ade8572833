//! A large board, and a client that loads it over a slow link.

use std::net::SocketAddr;

use shared::protocol::{ClientMsg, Profile};
use testkit::board::Board;
use testkit::client::{BoardClient, Client};
use testkit::fixtures::{commit, element_of, ink, key, put, scattered_points, stroke};
use tokio::time::sleep_until;

/// Bytes in a second of a link that is so slow that the board takes longer than a server waits for a
/// pong, and 50 times longer than heartbeats are apart.
pub(crate) const SLOW: u32 = 60 * 1024;
/// Strokes of the board; compressed, they have some 700 KiB.
pub(crate) const STROKES: usize = (COMMITS * STROKES_EACH) as usize;
const COMMITS: u64 = 12;
const STROKES_EACH: u64 = 20;

/// Puts the strokes on a board.
pub(crate) async fn draw_much(server: SocketAddr, board: &Board) {
    let (mut ann, _) = Client::join(server, board.edit, 1).await;
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

/// Joins and receives the whole board, with the patience of a page.
pub(crate) async fn load(url: &str, board: &Board, who: u8) -> BoardClient {
    let profile = Profile::default();
    let mut client = BoardClient::connect(url, board.view, key(who), profile)
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
