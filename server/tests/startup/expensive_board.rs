//! A board with the most expensive changes that a client may make opens after a restart.

use shared::model;
use shared::op::{Commit, apply_commit};
use shared::protocol::ClientMsg;
use testkit::fixtures::{client_id, commit, element_id, plain_changes, put, text_marks, wave};
use testkit::usage::cpu_seconds;

use super::*;

/// A text, the marks that cut it into pieces, and 30 commits of 1,000 marks each.
const COMMITS: usize = 32;
/// At most so many times longer do expensive commits take than plain changes of as many ops. When
/// each mark still walked all pieces of the text, they took 100 times longer.
const TIMES_LONGER: f64 = 12.0;
/// Less processor time is not compared, because it is counted in ticks of 10 ms. In seconds.
const SHORT: f64 = 0.1;

/// A stroke, and plain changes of it.
fn plain() -> impl Iterator<Item = Commit> {
    let stroke = testkit::fixtures::stroke(element_id(1), wave(2));
    let changes = (2..).map(|cno| plain_changes(cno, element_id(1)));
    std::iter::once(commit(1, vec![put(stroke)])).chain(changes)
}

/// A board that a client has drawn.
struct Drawn {
    board: Board,
    content: model::Board,
    /// Seconds of processor time of the server for it.
    seconds: f64,
}

impl Drawn {
    /// Sends commits, each when the one before it is stored.
    async fn of(commits: impl Iterator<Item = Commit>, program: &Server) -> Self {
        let board = Board::create(&program.url()).await.unwrap();
        let (mut ann, _) = Client::join(program.address(), board.edit, 1).await;
        let mut content = model::Board::new();
        let before = used(program);
        for (commit, seq) in commits.take(COMMITS).zip(1..) {
            apply_commit(&mut content, client_id(1), &commit);
            ann.send(&ClientMsg::Commit(commit)).await;
            ann.receives_seq(seq).await;
        }
        Self {
            board,
            content,
            seconds: used(program) - before,
        }
    }

    /// Opens the board and looks at all of it; returns the seconds of processor time of the server.
    async fn open(&self, program: &Server) -> f64 {
        let before = used(program);
        let (mut bob, welcome) = Client::join(program.address(), self.board.view, 2).await;
        let shown = bob.board(&welcome).await;
        assert!(
            shown == self.content,
            "the board differs from the drawn one"
        );
        used(program) - before
    }
}

fn used(program: &Server) -> f64 {
    cpu_seconds(program.id().unwrap()).unwrap()
}

fn assert_bounded(expensive: f64, plain: f64) {
    let most = TIMES_LONGER * plain.max(SHORT);
    assert!(expensive < most, "{expensive} s, plain changes {plain} s");
}

#[tokio::test]
async fn a_board_of_very_many_marks_opens_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let mut program = start(&["--data-dir", data.path().to_str().unwrap()]).await;
    let plain = Drawn::of(plain(), &program).await;
    let marks = Drawn::of(text_marks(client_id(1)), &program).await;
    assert_bounded(marks.seconds, plain.seconds);
    program.kill().await.unwrap();
    program.restart().await.unwrap();
    let plain_again = plain.open(&program).await;
    let marks_again = marks.open(&program).await;
    assert_bounded(marks_again, plain_again);
    program.terminate().await.unwrap();
}
