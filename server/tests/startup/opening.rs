//! Opening a board takes long: clients wait and leave, and the process ends meanwhile.

use std::time::Duration;

use futures::future::join_all;
use rustix::process::Signal;
use server::store::Store as _;
use server::store::embedded::EmbeddedStore;
use shared::limits::{MAX_BOARD_BYTES, MAX_STROKE_PARTS};
use shared::model::{Body, NewElement, Prop, Stroke};
use shared::op::Commit;
use shared::protocol::{ClientMsg, StoredCommit, Welcome, encode};
use shared::sync::log::Batch;
use tempfile::TempDir;
use testkit::fixtures::{self, client_id, commit, element_id, hello, pen, put, set, wave};
use testkit::server::Server;
use testkit::usage::cpu_seconds;
use tokio::time::sleep;

use super::*;

/// Commits that are stored at once.
const AT_ONCE: usize = 5_000;
/// Commits that take some seconds to replay: each changes an element of very many parts.
const LONG: u64 = 100_000;

/// A board in a data directory.
struct StoredBoard {
    data: TempDir,
    board: Board,
}

impl StoredBoard {
    /// A board with a log of so many commits, each made from its number.
    async fn of(commits: u64, commit_of: impl Fn(u64) -> Commit) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut program = start(&["--data-dir", data.path().to_str().unwrap()]).await;
        let board = Board::create(&program.url()).await.unwrap();
        program.terminate().await.unwrap();
        let numbered: Vec<u64> = (1..=commits).collect();
        let store = EmbeddedStore::open(data.path(), |_, _| ()).unwrap();
        let epoch = store.head(board.id).await.unwrap().unwrap().at.epoch;
        for numbers in numbered.chunks(AT_ONCE) {
            let stored = |cno: &u64| StoredCommit {
                author: client_id(9),
                cno: *cno,
                payload: encode(&commit_of(*cno)).unwrap().to_vec().into(),
            };
            let batch = Batch {
                epoch,
                known_seq: numbers[0] - 1,
                fresh_epoch: epoch,
                max_bytes: MAX_BOARD_BYTES,
                commits: numbers.iter().map(stored).collect(),
            };
            store.commit(board.id, &batch).await.unwrap();
        }
        Self { data, board }
    }

    /// A board that takes long to replay.
    async fn long() -> Self {
        Self::of(LONG, change).await
    }

    async fn serve(&self) -> Server {
        let dir = self.data.path().to_str().unwrap();
        start(&["--data-dir", dir, "--log", "debug"]).await
    }

    /// A client that has sent its hello.
    async fn knock(&self, program: &Server, who: u8) -> Client {
        let mut client = Client::connect(program.address(), self.board.id).await;
        let hello = hello(self.board.edit.secret, who);
        client.send(&ClientMsg::Hello(hello)).await;
        client
    }
}

/// Puts a stroke of very many parts on the board, and then changes it.
fn change(cno: u64) -> Commit {
    let id = element_id(1);
    if cno > 1 {
        return commit(cno, vec![set(id, Prop::Width((cno % 7 + 1) as f32))]);
    }
    let stroke = Stroke {
        parts: vec![wave(2); MAX_STROKE_PARTS],
        ..pen(wave(2))
    };
    let new = NewElement {
        body: Body::Stroke(stroke),
        ..fixtures::stroke(id, wave(2))
    };
    commit(cno, vec![put(new)])
}

/// Waits for a report of how far the opening is.
async fn report(client: &mut Client) -> u16 {
    let progress = |message| match message {
        ServerMsg::Opening(progress) => Some(progress),
        _ => None,
    };
    client.until("a report", progress).await
}

/// Waits for the welcome however long it takes while reports come; returns the reports too.
async fn welcome(mut client: Client) -> (Vec<u16>, Welcome) {
    let mut reports = Vec::new();
    loop {
        let next = |message| match message {
            ServerMsg::Opening(progress) => Some(Err(progress)),
            ServerMsg::Welcome(welcome) => Some(Ok(*welcome)),
            _ => None,
        };
        match client.until("a report or the welcome", next).await {
            Ok(welcome) => return (reports, welcome),
            Err(progress) => reports.push(progress),
        }
    }
}

fn count(program: &Server, words: &str) -> usize {
    let output = program.output();
    output.iter().filter(|line| line.contains(words)).count()
}

/// The processor time that a program has used, in seconds.
fn used(program: &Server) -> f64 {
    cpu_seconds(program.id().unwrap()).unwrap()
}

#[tokio::test]
async fn a_board_is_replayed_once_for_all_clients_that_wait_and_they_see_the_progress() {
    let long = StoredBoard::long().await;
    let mut program = long.serve().await;
    let clients = join_all((0..20).map(|who| long.knock(&program, who))).await;
    let before = used(&program);
    for (reports, welcome) in join_all(clients.into_iter().map(welcome)).await {
        assert!(reports.is_sorted(), "{reports:?}");
        assert!(reports.last() > Some(&0), "{reports:?}");
        assert_eq!(welcome.at.seq, LONG);
    }
    let first = used(&program) - before;
    program.says("board opened").await.unwrap();
    assert_eq!(count(&program, "board opened"), 1);
    // The room has stored a snapshot, so the next opening replays nothing.
    program.says("snapshot stored").await.unwrap();
    program.terminate().await.unwrap();
    program.restart().await.unwrap();
    let before = used(&program);
    welcome(long.knock(&program, 1).await).await;
    let again = used(&program) - before;
    assert!(
        again * 3.0 < first,
        "{again} s, and {first} s the first time"
    );
    program.terminate().await.unwrap();
}

#[tokio::test]
async fn a_replay_ends_when_no_client_waits_for_it() {
    let long = StoredBoard::long().await;
    let mut program = long.serve().await;
    let mut clients = Vec::new();
    for who in 0..3 {
        clients.push(long.knock(&program, who).await);
    }
    for client in &mut clients {
        report(client).await;
    }
    // One leaves, and the others wait on.
    clients.pop();
    report(&mut clients[0]).await;
    clients.clear();
    program.says("nobody waits").await.unwrap();
    let before = used(&program);
    sleep(Duration::from_secs(2)).await;
    let after = used(&program) - before;
    assert!(after < 0.3, "{after} s after everybody left");
    // The board can be opened as before.
    let mut client = long.knock(&program, 1).await;
    report(&mut client).await;
    program.terminate().await.unwrap();
}

#[tokio::test]
async fn sigterm_during_a_replay_closes_the_clients_and_ends_the_process() {
    let long = StoredBoard::long().await;
    let mut program = long.serve().await;
    let mut client = long.knock(&program, 1).await;
    report(&mut client).await;
    let ending = tokio::spawn(async move {
        program.terminate().await.unwrap();
        program
    });
    assert_eq!(client.close_code().await, Some(1012));
    let program = ending.await.unwrap();
    assert_eq!(count(&program, "board opened"), 0);
}

#[tokio::test]
async fn a_second_signal_ends_the_process_at_once() {
    // More than the buffers of a connection hold.
    let draw = |cno| {
        commit(
            cno,
            vec![put(fixtures::stroke(element_id(cno), wave(9_000)))],
        )
    };
    let large = StoredBoard::of(600, draw).await;
    let mut program = large.serve().await;
    // When the server shuts down, it waits for a client that does not read, until its time is up.
    let mut slow = Client::connect_narrow(program.address(), large.board.id).await;
    let hello = hello(large.board.view.secret, 2);
    slow.send(&ClientMsg::Hello(hello)).await;
    program.says("board opened").await.unwrap();
    program.signal(Signal::TERM).unwrap();
    program.says("shutting down").await.unwrap();
    program.signal(Signal::TERM).unwrap();
    assert_eq!(program.ended().await.unwrap().code(), Some(130));
}
