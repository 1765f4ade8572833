//! Asks the store where all open boards stand, for all rooms together. A room is told only if the store
//! has something else than the room, so that rooms without changes sleep.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::{StreamExt as _, stream};
use shared::id::{BoardId, Position};
use shared::sync::Room;
use shared::sync::log::Head;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

use crate::protection::{self, Protection};
use crate::store::Store;
use crate::store::calls::within;

/// The answer of the store may take this long; it is asked again anyway.
const HEAD_LIMIT: Duration = Duration::from_millis(900);
/// Boards that are asked for at the same time. A connection to Redis sends them together.
const TOGETHER: usize = 64;

/// What the store says of a board, where it differs from what the room has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadNews {
    /// The room has the same.
    Same,
    /// The store stands elsewhere, or does not know the board.
    Other(Option<Head>),
    /// The store did not answer.
    Failed,
}

/// The open boards of a server. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct HeadWatch {
    boards: Arc<Mutex<HashMap<BoardId, Vec<Arc<Watched>>>>>,
}

/// A board of which the room waits for news.
#[derive(Debug)]
struct Watched {
    known: Mutex<Known>,
    news: watch::Sender<HeadNews>,
}

/// What a room has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) at: Position,
    pub(super) record_version: u64,
}

/// The watch of one room, which ends when it is dropped.
#[derive(Debug)]
pub(super) struct RoomWatch {
    board: BoardId,
    known: Known,
    watched: Arc<Watched>,
    news: watch::Receiver<HeadNews>,
    all: HeadWatch,
}

impl Known {
    /// What a room has now.
    pub(super) fn of(room: &Room) -> Self {
        Self {
            at: room.at(),
            record_version: room.record_version(),
        }
    }
}

impl HeadWatch {
    /// Watches the board of a room.
    pub(super) fn watch(&self, board: BoardId, known: Known) -> RoomWatch {
        let (sender, news) = watch::channel(HeadNews::Same);
        let watched = Arc::new(Watched {
            known: Mutex::new(known),
            news: sender,
        });
        let mut boards = lock(&self.boards);
        boards.entry(board).or_default().push(Arc::clone(&watched));
        drop(boards);
        RoomWatch {
            board,
            known,
            watched,
            news,
            all: self.clone(),
        }
    }

    /// Asks the store as often as it wants to be asked, without end.
    pub async fn run(self, store: Arc<dyn Store>) {
        let mut ticks = interval(store.head_check_every());
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if protection::is_on(Protection::HeadCheck) {
                self.ask(&store).await;
            }
        }
    }

    async fn ask(&self, store: &Arc<dyn Store>) {
        let boards: Vec<BoardId> = lock(&self.boards).keys().copied().collect();
        let asking = stream::iter(boards).map(|board| async move {
            let asked = self.rooms_of(board);
            let head = within(HEAD_LIMIT, store.head(board)).await;
            for (watched, known) in asked {
                watched.compare(known, head.as_ref().ok());
            }
        });
        asking
            .buffer_unordered(TOGETHER)
            .for_each(async |()| ())
            .await;
    }
}

impl HeadWatch {
    /// The rooms of a board with what they have before the store is asked: a room that goes on
    /// meanwhile must not take an older answer for a loss.
    fn rooms_of(&self, board: BoardId) -> Vec<(Arc<Watched>, Known)> {
        let boards = lock(&self.boards);
        let rooms = boards.get(&board).into_iter().flatten();
        rooms
            .map(|room| (Arc::clone(room), *lock(&room.known)))
            .collect()
    }
}

impl Watched {
    /// Tells the room if it has something else. `None` means that the store did not answer.
    fn compare(&self, known: Known, head: Option<&Option<Head>>) {
        let is_same =
            |head: &Head| (head.at, head.record_version) == (known.at, known.record_version);
        let news = match head {
            None => HeadNews::Failed,
            Some(Some(head)) if is_same(head) => HeadNews::Same,
            Some(head) => HeadNews::Other(*head),
        };
        self.news.send_if_modified(|before| {
            // The end of a difference is news only after a failure.
            let tells = match (&*before, &news) {
                (HeadNews::Failed, HeadNews::Same) => true,
                (_, HeadNews::Same) => false,
                _ => true,
            };
            *before = news;
            tells
        });
    }
}

impl RoomWatch {
    /// Notes what the room has now.
    pub(super) fn note(&mut self, known: Known) {
        if self.known != known {
            self.known = known;
            *lock(&self.watched.known) = known;
        }
    }

    /// Waits for news. Safe to drop while waiting.
    pub(super) async fn next(&mut self) -> HeadNews {
        if self.news.changed().await.is_err() {
            // The sender is kept by this watch.
            std::future::pending::<()>().await;
        }
        *self.news.borrow_and_update()
    }
}

impl Drop for RoomWatch {
    fn drop(&mut self) {
        let mut boards = lock(&self.all.boards);
        if let Some(watched) = boards.get_mut(&self.board) {
            watched.retain(|it| !Arc::ptr_eq(it, &self.watched));
            if watched.is_empty() {
                boards.remove(&self.board);
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // No code panics while it holds a lock, so what it guards is always sound.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;
    use shared::id::Epoch;

    use super::*;

    const EPOCH: Epoch = Epoch::from_bytes([1; 16]);

    fn head(seq: u64, record_version: u64) -> Option<Head> {
        let at = Position { epoch: EPOCH, seq };
        Some(Head {
            at,
            record_version,
            bytes: 0,
        })
    }

    #[tokio::test]
    async fn a_room_is_told_only_what_it_does_not_have() {
        let boards = HeadWatch::default();
        let board = BoardId::from_bytes([1; 16]);
        let at = |seq| Known {
            at: Position { epoch: EPOCH, seq },
            record_version: 1,
        };
        let mut room = boards.watch(board, at(3));
        let mut told = |head: Option<&Option<Head>>| {
            room.watched.compare(room.known, head);
            room.next().now_or_never()
        };
        assert_eq!(told(Some(&head(3, 1))), None);
        assert_eq!(told(Some(&head(4, 1))), Some(HeadNews::Other(head(4, 1))));
        assert_eq!(told(Some(&head(4, 1))), Some(HeadNews::Other(head(4, 1))));
        assert_eq!(told(Some(&head(3, 1))), None);
        assert_eq!(told(Some(&head(3, 2))), Some(HeadNews::Other(head(3, 2))));
        assert_eq!(told(Some(&None)), Some(HeadNews::Other(None)));
        assert_eq!(told(None), Some(HeadNews::Failed));
        assert_eq!(told(None), Some(HeadNews::Failed));
        assert_eq!(told(Some(&head(3, 1))), Some(HeadNews::Same));
        assert_eq!(told(Some(&head(3, 1))), None);
        drop(room);
        assert!(lock(&boards.boards).is_empty());
    }
}
