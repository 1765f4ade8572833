//! The rooms of this process, by board.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::FutureExt as _;
use shared::id::{BoardId, ClientId};
use shared::model::BlobHash;
use shared::sync::{SessionNo, Snapshot};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::context::Context;
use super::message::{Look, Retired, RoomMsg};
use super::people_by_link::PeopleByLink;
use super::task;
use crate::cpu_budget::CpuAccount;
use crate::telemetry::Tag;

/// Messages that wait for a room. A session whose room is this busy waits too,
/// and does not read from its socket meanwhile.
const MAILBOX: usize = 256;

/// How long a room may take to count its people. An owner's request does not wait longer for numbers.
const COUNT_LIMIT: Duration = Duration::from_millis(300);

/// The server shuts down: no room is opened any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server is shutting down")]
pub struct Closing;

/// Why a look at a board has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// The server shuts down.
    #[error(transparent)]
    Closing(#[from] Closing),
    /// The room could not be opened, or ended.
    #[error("the board cannot be opened now")]
    Closed,
}

/// Opens rooms and finds them. Clones are the same hub.
#[derive(Debug, Clone)]
pub struct Hub {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    context: Context,
    rooms: Mutex<HashMap<BoardId, Entry>>,
    /// Numbers of sessions and rooms, never used twice.
    next: AtomicU64,
    tasks: TaskTracker,
    draining: CancellationToken,
}

#[derive(Debug)]
struct Entry {
    room: u64,
    mailbox: mpsc::Sender<RoomMsg>,
}

impl Hub {
    /// Makes a hub without rooms. Its rooms run on `tasks`, and shut down
    /// once `draining` is cancelled.
    #[must_use]
    pub fn new(context: Context, tasks: TaskTracker, draining: CancellationToken) -> Self {
        let rooms = Mutex::default();
        let next = AtomicU64::new(1);
        Self {
            inner: Arc::new(Inner {
                context,
                rooms,
                next,
                tasks,
                draining,
            }),
        }
    }

    /// A number for a new session.
    #[must_use]
    pub fn next_session(&self) -> SessionNo {
        SessionNo(self.inner.next.fetch_add(1, Ordering::Relaxed))
    }

    /// The mailbox of a board's room, which is opened if need be. Messages that are sent
    /// while it is being opened wait in the mailbox.
    ///
    /// # Errors
    /// [`Closing`].
    pub fn room(&self, board: BoardId) -> Result<mpsc::Sender<RoomMsg>, Closing> {
        if self.inner.draining.is_cancelled() {
            return Err(Closing);
        }
        let mut rooms = self.rooms();
        if let Some(entry) = rooms.get(&board).filter(|entry| !entry.mailbox.is_closed()) {
            return Ok(entry.mailbox.clone());
        }
        let (mailbox, received) = mpsc::channel(MAILBOX);
        let room = self.inner.next.fetch_add(1, Ordering::Relaxed);
        rooms.insert(
            board,
            Entry {
                room,
                mailbox: mailbox.clone(),
            },
        );
        drop(rooms);
        self.inner
            .tasks
            .spawn(self.clone().run_room(board, room, received));
        Ok(mailbox)
    }

    /// Lets the board's room, if there is one, read the record again.
    pub fn record_changed(&self, board: BoardId) {
        // A room that is too busy looks at the version of the record every second anyway.
        self.tell(board, RoomMsg::RecordChanged);
    }

    /// Lets the board's room, if there is one, tell its clients that a blob is complete.
    pub fn blob_ready(&self, board: BoardId, blob: BlobHash) {
        // Clients of a room that is too busy ask for the blob again.
        self.tell(board, RoomMsg::BlobReady(blob));
    }

    /// The people on a board by link, as its room on this server knows them. A room that is not open
    /// or does not answer soon knows no people.
    pub async fn people_by_link(&self, board: BoardId) -> PeopleByLink {
        let (answer, answered) = oneshot::channel();
        self.tell(board, RoomMsg::CountPeople(answer));
        let answered = timeout(COUNT_LIMIT, answered).await;
        answered.ok().and_then(Result::ok).unwrap_or_default()
    }

    /// Looks at a board within the turn of its room, which is opened if need be, and charges the time
    /// to `cpu`. Everything else on the board waits meanwhile, so `at` must be short.
    ///
    /// # Errors
    /// [`Unread`].
    pub(crate) async fn look<T: Send + 'static>(
        &self,
        board: BoardId,
        cpu: CpuAccount,
        at: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Result<T, Unread> {
        let mailbox = self.room(board)?;
        let (answer, answered) = oneshot::channel();
        let at = Box::new(move |state: &Snapshot| {
            if answer.send(at(state)).is_err() {
                tracing::trace!("the answer of a look is not wanted any more");
            }
        });
        let look = RoomMsg::Look(Look { cpu, at });
        mailbox.send(look).await.map_err(|_| Unread::Closed)?;
        drop(mailbox);
        answered.await.map_err(|_| Unread::Closed)
    }

    /// Lets a guest undo the work of other clients of the same person. It works while the server shuts
    /// down, as long as the room is open.
    ///
    /// # Errors
    /// [`Unread`]: the room is not open, or ended.
    pub(crate) async fn permit_undo(
        &self,
        board: BoardId,
        client: ClientId,
        own_clients: Vec<ClientId>,
    ) -> Result<(), Unread> {
        let mailbox = self.rooms().get(&board).map(|entry| entry.mailbox.clone());
        let permit = RoomMsg::PermitUndo {
            client,
            own_clients,
        };
        let sent = mailbox.ok_or(Unread::Closed)?.send(permit).await;
        sent.map_err(|_| Unread::Closed)
    }

    fn tell(&self, board: BoardId, message: RoomMsg) {
        let mailbox = self.rooms().get(&board).map(|entry| entry.mailbox.clone());
        if let Some(mailbox) = mailbox
            && mailbox.try_send(message).is_err()
        {
            tracing::debug!(board = %Tag::from(board), "room is too busy to be told");
        }
    }

    /// How many boards are open.
    #[must_use]
    pub fn open_boards(&self) -> usize {
        self.rooms().len()
    }

    /// Runs one room to its end. If it panics, its mailbox and session handles are dropped
    /// with it, which ends its sessions and no others.
    async fn run_room(self, board: BoardId, room: u64, mailbox: mpsc::Receiver<RoomMsg>) {
        let context = self.inner.context.clone();
        let running = task::run(context, board, mailbox, self.inner.draining.clone(), || {
            self.retire(board, room)
        });
        if AssertUnwindSafe(running).catch_unwind().await.is_err() {
            tracing::error!(board = %Tag::from(board), "room panicked, its sessions are closed");
        }
        let mut rooms = self.rooms();
        if rooms.get(&board).is_some_and(|entry| entry.room == room) {
            rooms.remove(&board);
        }
    }

    /// Removes a room that is unused, unless a session is
    /// about to send to it: mailboxes are handed out under the same lock.
    fn retire(&self, board: BoardId, room: u64) -> Retired {
        let mut rooms = self.rooms();
        let is_wanted = rooms.get(&board).is_some_and(|entry| {
            let is_mailbox_empty = entry.mailbox.capacity() == entry.mailbox.max_capacity();
            entry.room == room && !(entry.mailbox.strong_count() == 1 && is_mailbox_empty)
        });
        if is_wanted {
            return Retired::No;
        }
        rooms.remove(&board);
        Retired::Yes
    }

    fn rooms(&self) -> MutexGuard<'_, HashMap<BoardId, Entry>> {
        // No code panics while it holds the lock, so the map is always sound.
        self.inner
            .rooms
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
