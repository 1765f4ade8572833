//! Live boards without any socket: opening, ending, breaking.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "rooms/fragile.rs"]
mod fragile;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use fragile::Fragile;
use server::broker::memory::MemoryBroker;
use server::clock::Clock;
use server::room::{Context, Hub, Line, RoomMsg};
use server::store::embedded::EmbeddedStore;
use server::store::{BoardRecord, Store};
use shared::id::{BoardId, ClientKey, Epoch, NodeId, Secret};
use shared::op::{Commit, Guard};
use shared::protocol::{
    ClientMsg, CloseCode, Hello, PROTOCOL_VERSION, Profile, Role, ServerMsg, decode,
};
use shared::sync::SessionNo;
use tempfile::TempDir;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

struct Stage {
    hub: Hub,
    store: Arc<dyn Store>,
    tasks: TaskTracker,
    draining: CancellationToken,
    _data: TempDir,
}

/// A session's end of a line.
struct Seat {
    session: SessionNo,
    mailbox: mpsc::Sender<RoomMsg>,
    frames: mpsc::Receiver<Vec<Bytes>>,
    closed: oneshot::Receiver<CloseCode>,
}

impl Stage {
    fn new(breaks: impl Fn(Arc<EmbeddedStore>) -> Arc<dyn Store>) -> Self {
        let data = tempfile::tempdir().unwrap();
        let broker = Arc::new(MemoryBroker::new());
        let store = EmbeddedStore::open(data.path(), broker.log_publisher()).unwrap();
        let store = breaks(Arc::new(store));
        let context = Context {
            node: NodeId::from_bytes([1; 16]),
            clock: Clock::start(),
            store: Arc::clone(&store),
            broker,
        };
        let (tasks, draining) = (TaskTracker::new(), CancellationToken::new());
        let hub = Hub::new(context, tasks.clone(), draining.clone());
        Self {
            hub,
            store,
            tasks,
            draining,
            _data: data,
        }
    }

    async fn board(&self, number: u8) -> BoardId {
        let board = BoardId::from_bytes([number; 16]);
        let record = BoardRecord {
            title: "T".to_owned(),
            created_ms: 0,
            links: Vec::new(),
        };
        self.store
            .create(board, &record, Epoch::from_bytes([7; 16]))
            .await
            .unwrap();
        board
    }

    async fn join(&self, board: BoardId, who: u8) -> Seat {
        let mailbox = self.hub.room(board).unwrap();
        let session = self.hub.next_session();
        let (given, frames) = mpsc::channel(1);
        let (closer, closed) = oneshot::channel();
        let hello = Hello {
            version: PROTOCOL_VERSION,
            secret: Secret::from_bytes([0; 16]),
            key: ClientKey::from_bytes([who; 16]),
            session: 1,
            profile: Profile::default(),
            resume: None,
        };
        let line = Line {
            frames: given,
            closer,
        };
        let join = RoomMsg::Join {
            session,
            hello: Box::new(hello),
            role: Role::Edit,
            line,
        };
        mailbox.send(join).await.unwrap();
        Seat {
            session,
            mailbox,
            frames,
            closed,
        }
    }
}

impl Seat {
    async fn hears(&mut self, wanted: impl Fn(&ServerMsg) -> bool) {
        loop {
            let batch = self.frames.recv().await.expect("the room lives");
            self.mailbox.send(RoomMsg::Drained).await.unwrap();
            if batch
                .iter()
                .any(|frame| wanted(&decode(frame, usize::MAX).unwrap()))
            {
                return;
            }
        }
    }

    async fn commits(&self, cno: u64) {
        let commit = Commit {
            cno,
            guard: Guard::Any,
            ops: Vec::new(),
        };
        let message = Box::new(ClientMsg::Commit(commit));
        let receive = RoomMsg::Receive {
            session: self.session,
            message,
        };
        self.mailbox.send(receive).await.unwrap();
    }

    async fn leaves(self) {
        self.mailbox
            .send(RoomMsg::Leave(self.session))
            .await
            .unwrap();
    }
}

fn welcome(message: &ServerMsg) -> bool {
    matches!(message, ServerMsg::Welcome(_))
}

// In stopped time, which goes on only while nobody reads the disk.
#[tokio::test(start_paused = true)]
async fn a_board_is_unloaded_a_minute_after_the_last_one_left() {
    let stage = Stage::new(|store| store);
    let board = stage.board(1).await;
    let mut ann = stage.join(board, 1).await;
    ann.hears(welcome).await;
    ann.leaves().await;
    // Somebody who comes in time finds it still open.
    tokio::time::sleep(Duration::from_secs(50)).await;
    let mut bob = stage.join(board, 2).await;
    bob.hears(welcome).await;
    let left = tokio::time::Instant::now();
    bob.leaves().await;
    stage.tasks.close();
    stage.tasks.wait().await;
    assert_eq!(stage.hub.live_boards(), 0);
    let lingered = left.elapsed().as_secs();
    assert!((60..63).contains(&lingered), "{lingered}");
}

#[tokio::test]
async fn all_who_come_while_a_board_is_loading_get_in() {
    let stage = Stage::new(|store| store);
    let board = stage.board(1).await;
    let mut seats = Vec::new();
    for who in 0..50 {
        seats.push(stage.join(board, who).await);
    }
    for seat in &mut seats {
        seat.hears(welcome).await;
    }
    assert_eq!(stage.hub.live_boards(), 1);
}

#[tokio::test]
async fn a_board_that_cannot_be_opened_sends_everybody_away() {
    let stage = Stage::new(|store| store);
    let seat = stage.join(BoardId::from_bytes([5; 16]), 1).await;
    // A line that is dropped without a code means: unavailable, come back.
    assert!(seat.closed.await.is_err());
    stage.tasks.close();
    stage.tasks.wait().await;
    assert_eq!(stage.hub.live_boards(), 0);
}

#[tokio::test]
async fn a_room_that_breaks_takes_only_its_own_sessions_along() {
    let broken = BoardId::from_bytes([1; 16]);
    let stage = Stage::new(|store| Arc::new(Fragile::new(store, broken)));
    let (one, two) = (stage.board(1).await, stage.board(2).await);
    let (mut ann, mut bob) = (stage.join(one, 1).await, stage.join(two, 2).await);
    ann.hears(welcome).await;
    bob.hears(welcome).await;
    ann.commits(1).await;
    assert!(ann.closed.await.is_err());
    bob.commits(1).await;
    bob.hears(|message| matches!(message, ServerMsg::Ack { cno: 1, .. }))
        .await;
    // And the broken one can be opened again.
    let mut ann = stage.join(one, 1).await;
    ann.hears(welcome).await;
    ann.commits(1).await;
    ann.hears(|message| matches!(message, ServerMsg::Ack { cno: 1, .. }))
        .await;
}

#[tokio::test]
async fn a_server_that_goes_away_opens_nothing_and_ends_what_is_open() {
    let stage = Stage::new(|store| store);
    let board = stage.board(1).await;
    let mut ann = stage.join(board, 1).await;
    ann.hears(welcome).await;
    ann.commits(1).await;
    stage.draining.cancel();
    ann.hears(|message| matches!(message, ServerMsg::Ack { cno: 1, .. }))
        .await;
    while ann.frames.recv().await.is_some() {}
    assert_eq!(ann.closed.await, Ok(CloseCode::Restart));
    assert!(stage.hub.room(board).is_err());
}
