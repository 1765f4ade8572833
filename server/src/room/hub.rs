//! Which boards are live in this process, and where to reach each.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::FutureExt as _;
use shared::id::BoardId;
use shared::sync::SessionNo;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Context, MAILBOX, RoomMsg, actor};
use crate::telemetry::Tag;

/// The server goes away: no room is opened any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server is going away")]
pub struct Closing;

/// See the module. Clones are the same hub.
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
    /// Makes a hub without rooms. Its rooms run on `tasks`, and end politely
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

    /// The mailbox of a board's room, which is opened if need be. Whoever sends
    /// while it is being opened waits in the mailbox.
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
            .spawn(self.clone().host(board, room, received));
        Ok(mailbox)
    }

    /// Lets the board's room, if there is one, read the record again.
    pub fn record_changed(&self, board: BoardId) {
        let mailbox = self.rooms().get(&board).map(|entry| entry.mailbox.clone());
        if let Some(mailbox) = mailbox
            && mailbox.try_send(RoomMsg::RecordChanged).is_err()
        {
            // The room looks at the version of the record every second anyway.
            tracing::debug!(board = %Tag::from(board), "room is too busy to be told");
        }
    }

    /// How many boards are live.
    #[must_use]
    pub fn live_boards(&self) -> usize {
        self.rooms().len()
    }

    /// Runs one room to its end. If it panics, its mailbox and lines are dropped
    /// with it, which ends its sessions and nobody else's.
    async fn host(self, board: BoardId, room: u64, mailbox: mpsc::Receiver<RoomMsg>) {
        let context = self.inner.context.clone();
        let running = actor::run(context, board, mailbox, self.inner.draining.clone(), || {
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

    /// Takes a room that has nothing to do off the list, unless somebody is
    /// about to send to it: mailboxes are handed out under the same lock.
    fn retire(&self, board: BoardId, room: u64) -> Retired {
        let mut rooms = self.rooms();
        let wanted = rooms.get(&board).is_some_and(|entry| {
            let all_places_free = entry.mailbox.capacity() == entry.mailbox.max_capacity();
            entry.room == room && !(entry.mailbox.strong_count() == 1 && all_places_free)
        });
        if wanted {
            return Retired::No;
        }
        rooms.remove(&board);
        Retired::Yes
    }

    fn rooms(&self) -> MutexGuard<'_, HashMap<BoardId, Entry>> {
        // No code panics while it holds the lock, so what is inside is sound.
        self.inner
            .rooms
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a room may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Retired {
    /// Nobody can reach it any more.
    Yes,
    /// Somebody is coming.
    No,
}
