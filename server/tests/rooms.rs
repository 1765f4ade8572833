//! Rooms without sockets: they open, close, and panic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "rooms/heavy_work.rs"]
mod heavy_work;
#[path = "rooms/panicking_store.rs"]
mod panicking_store;
#[path = "rooms/transfer.rs"]
mod transfer;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use panicking_store::PanickingStore;
use server::broker::memory::MemoryBroker;
use server::clock::Clock;
use server::cpu_budget::{CpuAccount, CpuBudgets};
use server::load::Load;
use server::metrics::Metrics;
use server::room::{
    Admission, ConnectionWriter, Context, HeadWatch, Hub, Questions, RoomMsg, SessionHandle, Turns,
    WriterState,
};
use server::store::embedded::EmbeddedStore;
use server::store::{BoardRecord, Store};
use server::transfer_budget::TransferBudget;
use shared::id::{BoardId, Epoch, LinkId, NodeId, PersonId, Secret};
use shared::protocol::{
    ClientMsg, CloseCode, Hello, PROTOCOL_VERSION, Profile, Role, ServerMsg, decode,
};
use shared::sync::{Receipts, SessionNo};
use tempfile::TempDir;
use testkit::fixtures::{commit, key, text_marks};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

struct TestRooms {
    hub: Hub,
    store: Arc<dyn Store>,
    tasks: TaskTracker,
    draining: CancellationToken,
    budgets: CpuBudgets,
    transfer: TransferBudget,
    metrics: Arc<Metrics>,
    _data: TempDir,
}

/// A client's end of a session.
struct TestSession {
    session: SessionNo,
    mailbox: mpsc::Sender<RoomMsg>,
    frames: mpsc::Receiver<Vec<Bytes>>,
    closed: oneshot::Receiver<CloseCode>,
    cpu: CpuAccount,
    receipts: Receipts,
}

impl TestRooms {
    fn new(breaks: impl Fn(Arc<EmbeddedStore>) -> Arc<dyn Store>) -> Self {
        let data = tempfile::tempdir().unwrap();
        let broker = Arc::new(MemoryBroker::new());
        let store = EmbeddedStore::open(data.path(), broker.log_publisher()).unwrap();
        let store = breaks(Arc::new(store));
        let metrics = Arc::new(Metrics::default());
        let context = Context {
            node: NodeId::from_bytes([1; 16]),
            clock: Clock::start(),
            load: Load::default(),
            metrics: Arc::clone(&metrics),
            store: Arc::clone(&store),
            heads: HeadWatch::default(),
            store_warnings: Arc::default(),
            broker,
            replays: Turns::default(),
            commits: Turns::default(),
            snapshots: Turns::default(),
            questions: Questions::default(),
        };
        let (tasks, draining) = (TaskTracker::new(), CancellationToken::new());
        let hub = Hub::new(context, tasks.clone(), draining.clone());
        Self {
            hub,
            store,
            tasks,
            draining,
            budgets: CpuBudgets::new(Clock::start(), &metrics),
            transfer: TransferBudget::default(),
            metrics,
            _data: data,
        }
    }

    async fn board(&self, number: u8) -> BoardId {
        let board = BoardId::from_bytes([number; 16]);
        let link = (Role::Edit, Secret::from_bytes([1; 16]).hash());
        let record = BoardRecord::new("T".to_owned(), 0, [link]);
        self.store
            .create(board, &record, Epoch::from_bytes([7; 16]))
            .await
            .unwrap();
        board
    }

    async fn join(&self, board: BoardId, who: u8) -> TestSession {
        let mailbox = self.hub.room(board).unwrap();
        let session = self.hub.next_session();
        let (batches, frames) = mpsc::channel(1);
        let (closer, closed) = oneshot::channel();
        let hello = Hello {
            version: PROTOCOL_VERSION,
            secret: Secret::from_bytes([0; 16]),
            key: key(who),
            session: 1,
            profile: Profile::default(),
            resume: None,
            view: None,
            partial: None,
            device: None,
            program: None,
        };
        let address = IpAddr::from([127, 0, 0, who]);
        let cpu = self.budgets.account(board, address.into());
        let handle = SessionHandle {
            writer: Arc::new(TestWriter(batches)),
            closer,
            cpu: cpu.clone(),
            transfer: self.transfer.session(board, address.into()),
            person: self.metrics.person_joined(),
            admission: Admission {
                link: LinkId(0),
                client: key(who).client_id(),
                person: PersonId::of(key(who).client_id(), None),
                revision: 0,
                is_program: false,
                on_behalf_of: None,
                caller: address.into(),
            },
        };
        let join = RoomMsg::Join {
            session,
            hello: Box::new(hello),
            role: Role::Edit,
            handle: Box::new(handle),
            sent: 0,
        };
        mailbox.send(join).await.unwrap();
        TestSession {
            session,
            mailbox,
            frames,
            closed,
            cpu,
            receipts: Receipts::default(),
        }
    }
}

/// Takes one batch at a time.
#[derive(Debug)]
struct TestWriter(mpsc::Sender<Vec<Bytes>>);

impl ConnectionWriter for TestWriter {
    fn state(&self) -> WriterState {
        match self.0.try_reserve() {
            Ok(_) => WriterState::Ready,
            Err(TrySendError::Full(())) => WriterState::Busy,
            Err(TrySendError::Closed(())) => WriterState::Ended,
        }
    }

    fn send(&self, frames: Vec<Bytes>) {
        self.0
            .try_send(frames)
            .expect("the room sends only when it may");
    }
}

impl TestSession {
    async fn until_sent(&mut self, wanted: impl Fn(&ServerMsg) -> bool) {
        loop {
            let batch = self.batch().await;
            self.acknowledge(&batch).await;
            if batch
                .iter()
                .any(|frame| wanted(&decode(frame, usize::MAX).unwrap()))
            {
                return;
            }
        }
    }

    /// The next frames, which are not acknowledged.
    async fn batch(&mut self) -> Vec<Bytes> {
        let batch = self.frames.recv().await.expect("the room lives");
        self.mailbox
            .send(RoomMsg::Ready(self.session))
            .await
            .unwrap();
        batch
    }

    async fn acknowledge(&mut self, batch: &[Bytes]) {
        batch
            .iter()
            .for_each(|frame| self.receipts.received(frame.len()));
        if let Some(bytes) = self.receipts.next_due() {
            self.send(ClientMsg::Received(bytes)).await;
        }
    }

    async fn commit(&self, cno: u64) {
        self.send(ClientMsg::Commit(commit(cno, Vec::new()))).await;
    }

    async fn send(&self, message: ClientMsg) {
        let message = Box::new(message);
        let receive = RoomMsg::Receive {
            session: self.session,
            message,
        };
        self.mailbox.send(receive).await.unwrap();
    }

    async fn leave(self) {
        self.mailbox
            .send(RoomMsg::Leave(self.session))
            .await
            .unwrap();
    }
}

fn welcome(message: &ServerMsg) -> bool {
    matches!(message, ServerMsg::Welcome(_))
}

// In paused time, which advances only while no task reads the disk.
#[tokio::test(start_paused = true)]
async fn a_room_closes_a_minute_after_its_last_session() {
    let rooms = TestRooms::new(|store| store);
    let board = rooms.board(1).await;
    let mut ann = rooms.join(board, 1).await;
    ann.until_sent(welcome).await;
    ann.leave().await;
    // A client that joins in time finds the room still open.
    tokio::time::sleep(Duration::from_secs(50)).await;
    let mut bob = rooms.join(board, 2).await;
    bob.until_sent(welcome).await;
    let left = tokio::time::Instant::now();
    bob.leave().await;
    rooms.tasks.close();
    rooms.tasks.wait().await;
    assert_eq!(rooms.hub.open_boards(), 0);
    let lingered = left.elapsed().as_secs();
    assert!((60..63).contains(&lingered), "{lingered}");
}

#[tokio::test]
async fn clients_that_join_while_a_board_loads_are_welcomed() {
    let rooms = TestRooms::new(|store| store);
    let board = rooms.board(1).await;
    let mut sessions = Vec::new();
    for who in 0..50 {
        sessions.push(rooms.join(board, who).await);
    }
    for session in &mut sessions {
        session.until_sent(welcome).await;
    }
    assert_eq!(rooms.hub.open_boards(), 1);
}

#[tokio::test]
async fn a_board_that_cannot_be_opened_closes_its_sessions() {
    let rooms = TestRooms::new(|store| store);
    let session = rooms.join(BoardId::from_bytes([5; 16]), 1).await;
    // A handle that is dropped without a code means: unavailable, reconnect.
    assert!(session.closed.await.is_err());
    rooms.tasks.close();
    rooms.tasks.wait().await;
    assert_eq!(rooms.hub.open_boards(), 0);
}

#[tokio::test]
async fn a_room_that_panics_closes_only_its_own_sessions() {
    let broken = BoardId::from_bytes([1; 16]);
    let rooms = TestRooms::new(|store| Arc::new(PanickingStore::new(store, broken)));
    let (one, two) = (rooms.board(1).await, rooms.board(2).await);
    let (mut ann, mut bob) = (rooms.join(one, 1).await, rooms.join(two, 2).await);
    ann.until_sent(welcome).await;
    bob.until_sent(welcome).await;
    ann.commit(1).await;
    assert!(ann.closed.await.is_err());
    bob.commit(1).await;
    bob.until_sent(|message| matches!(message, ServerMsg::Ack { cno: 1, .. }))
        .await;
    // The board of the room that panicked can be opened again.
    let mut ann = rooms.join(one, 1).await;
    ann.until_sent(welcome).await;
    ann.commit(1).await;
    ann.until_sent(|message| matches!(message, ServerMsg::Ack { cno: 1, .. }))
        .await;
}

#[tokio::test]
async fn shutdown_opens_no_room_and_closes_all_sessions() {
    let rooms = TestRooms::new(|store| store);
    let board = rooms.board(1).await;
    let mut ann = rooms.join(board, 1).await;
    ann.until_sent(welcome).await;
    ann.commit(1).await;
    rooms.draining.cancel();
    ann.until_sent(|message| matches!(message, ServerMsg::Ack { cno: 1, .. }))
        .await;
    while ann.frames.recv().await.is_some() {}
    assert_eq!(ann.closed.await, Ok(CloseCode::Restart));
    assert!(rooms.hub.room(board).is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_cost_of_a_commit_is_charged_to_its_author_alone() {
    let rooms = TestRooms::new(|store| store);
    let board = rooms.board(1).await;
    let (mut ann, mut bob) = (rooms.join(board, 1).await, rooms.join(board, 2).await);
    ann.until_sent(welcome).await;
    bob.until_sent(welcome).await;
    for (at, expensive) in text_marks(key(1).client_id()).take(20).enumerate() {
        ann.send(ClientMsg::Commit(expensive)).await;
        bob.commit(at as u64 + 1).await;
    }
    let is_last = |message: &ServerMsg| matches!(message, ServerMsg::Ack { cno: 20, .. });
    ann.until_sent(is_last).await;
    bob.until_sent(is_last).await;
    let (by_ann, by_bob) = (ann.cpu.used(), bob.cpu.used());
    assert!(by_ann > 10 * by_bob, "{by_ann:?}, {by_bob:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commits_are_charged_to_an_author_who_has_left() {
    let rooms = TestRooms::new(|store| store);
    let mut used = Vec::new();
    for (number, leaves) in [(1, false), (2, true)] {
        let board = rooms.board(number).await;
        let (mut ann, mut bob) = (rooms.join(board, 1).await, rooms.join(board, 2).await);
        ann.until_sent(welcome).await;
        bob.until_sent(welcome).await;
        for expensive in text_marks(key(1).client_id()).take(20) {
            ann.send(ClientMsg::Commit(expensive)).await;
        }
        if leaves {
            ann.mailbox.send(RoomMsg::Leave(ann.session)).await.unwrap();
        }
        let is_last = |message: &ServerMsg| matches!(message, ServerMsg::Commit { seq: 20, .. });
        bob.until_sent(is_last).await;
        used.push(ann.cpu.used());
    }
    assert!(2 * used[1] > used[0], "{used:?}");
}
