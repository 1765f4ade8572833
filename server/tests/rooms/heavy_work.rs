//! Heavy work of a board leaves the async worker to other tasks.
//!
//! Each test has one worker. A task on it notes for how long it could not go on at most, which is
//! compared with the time of the work: on the worker itself the work takes all of it.

use std::time::Instant;

use shared::limits::{MAX_BOARD_BYTES, MAX_TEXT_CHARS};
use shared::model::{CharSpan, Marks, TextEdit};
use shared::op::{Commit, Op};
use shared::protocol::{StoredCommit, encode};
use shared::sync::log::Batch;
use testkit::fixtures::{client_id, element_id};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::*;

/// Pieces of work, of which the least delay counts: other processes only make it longer.
const RUNS: u64 = 10;
/// Marks of a whole text in a commit, about as many as are not refused.
const WHOLE_MARKS: usize = 3;
/// Commits that are replayed at once.
const REPLAYED: usize = 30;
/// How often the task goes on.
const STEP: Duration = Duration::from_millis(1);

/// A task that notes the longest time for which it could not go on.
struct Watch {
    longest: JoinHandle<Duration>,
    end: CancellationToken,
}

impl Watch {
    fn start() -> Self {
        let end = CancellationToken::new();
        let ended = end.clone();
        let longest = tokio::spawn(async move {
            let mut longest = Duration::ZERO;
            while !ended.is_cancelled() {
                let before = Instant::now();
                sleep(STEP).await;
                longest = longest.max(before.elapsed());
            }
            longest
        });
        Self { longest, end }
    }

    async fn end(self) -> Duration {
        self.end.cancel();
        self.longest.await.unwrap()
    }
}

/// Changes all pieces of the text of [`text_marks`] several times.
fn whole_marks(cno: u64) -> Commit {
    let whole = CharSpan {
        by: client_id(1),
        from: 0,
        len: MAX_TEXT_CHARS as u32,
    };
    let mark = |at: usize| Op::Text {
        id: element_id(1),
        edit: TextEdit::Mark {
            spans: vec![whole],
            marks: Marks::ITALIC,
            on: (cno as usize + at).is_multiple_of(2),
        },
    };
    commit(cno, (0..WHOLE_MARKS).map(mark).collect())
}

/// Stores a log without a room.
async fn store(rooms: &TestRooms, board: BoardId) {
    let epoch = Epoch::from_bytes([7; 16]);
    let commits = text_marks(client_id(1)).take(REPLAYED);
    let stored = commits.map(|commit| StoredCommit {
        author: client_id(1),
        cno: commit.cno,
        payload: encode(&commit).unwrap().to_vec().into(),
    });
    let batch = Batch {
        epoch,
        known_seq: 0,
        fresh_epoch: epoch,
        max_bytes: MAX_BOARD_BYTES,
        commits: stored.collect(),
    };
    rooms.store.commit(board, &batch).await.unwrap();
}

/// Compares the longest delays of a task with the times of the work meanwhile.
fn assert_goes_on(delays: &[(Duration, Duration)]) {
    let is_short = |(delay, work): &(Duration, Duration)| 2 * *delay < *work;
    assert!(delays.iter().any(is_short), "delays and work: {delays:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn other_tasks_of_a_worker_go_on_while_a_room_applies_an_expensive_commit() {
    let rooms = TestRooms::new(|store| store);
    let board = rooms.board(1).await;
    let mut ann = rooms.join(board, 1).await;
    ann.until_sent(welcome).await;
    let mut delays = Vec::new();
    let commits = text_marks(client_id(1)).take(2);
    for commit in commits.chain((3..3 + RUNS).map(whole_marks)) {
        let (own, used) = (commit.cno, ann.cpu.used());
        let watch = Watch::start();
        ann.send(ClientMsg::Commit(commit)).await;
        ann.until_sent(|message| matches!(message, ServerMsg::Ack { cno, .. } if *cno == own))
            .await;
        delays.push((watch.end().await, ann.cpu.used() - used));
    }
    assert_goes_on(&delays[2..]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn other_tasks_of_a_worker_go_on_while_a_board_is_replayed() {
    let rooms = TestRooms::new(|store| store);
    let mut delays = Vec::new();
    for number in 1..=RUNS as u8 {
        let board = rooms.board(number).await;
        store(&rooms, board).await;
        let (watch, before) = (Watch::start(), Instant::now());
        rooms.join(board, 1).await.until_sent(welcome).await;
        delays.push((watch.end().await, before.elapsed()));
    }
    assert_goes_on(&delays);
}
