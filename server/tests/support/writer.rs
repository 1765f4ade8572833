//! An author who treats a store as a page does: a commit is sent again until it is stored, and all
//! that is not durable is sent again in a new epoch.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use server::store::{Store, StoreError};
use shared::id::{BoardId, ClientId, Position};
use shared::sync::log::{BatchReply, Outcome};
use testkit::PATIENCE;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::backend::{batch, commit};

/// Bytes of each commit.
const SIZE: usize = 40;
/// Pause after each commit, so that boards stay small.
const PAUSE: Duration = Duration::from_millis(3);
/// Wait before a commit is sent again, or durability asked for again.
const AGAIN: Duration = Duration::from_millis(20);

/// An author of one board.
pub(crate) struct Writer {
    store: Arc<dyn Store>,
    board: BoardId,
    author: ClientId,
    at: Position,
    /// The last commit that was acknowledged.
    acknowledged: u64,
    durable: Arc<AtomicU64>,
    progress: watch::Sender<Progress>,
    durability: JoinHandle<()>,
    /// The longest wait for an acknowledgement.
    pub(crate) longest_wait: Duration,
    /// How often another epoch began.
    pub(crate) epochs: usize,
}

/// How far an author is.
#[derive(Debug, Clone, Copy)]
struct Progress {
    at: Position,
    acknowledged: u64,
    epochs: usize,
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.durability.abort();
    }
}

impl Writer {
    pub(crate) fn new(
        store: Arc<dyn Store>,
        board: BoardId,
        author: ClientId,
        at: Position,
    ) -> Self {
        let durable = Arc::new(AtomicU64::new(0));
        let (progress, follow) = watch::channel(Progress {
            at,
            acknowledged: 0,
            epochs: 0,
        });
        let task = follow_durability(Arc::clone(&store), board, follow, Arc::clone(&durable));
        Self {
            store,
            board,
            author,
            at,
            acknowledged: 0,
            durable,
            progress,
            durability: tokio::spawn(task),
            longest_wait: Duration::ZERO,
            epochs: 0,
        }
    }

    /// Makes the next commit and sends it until it is acknowledged.
    pub(crate) async fn write(&mut self) {
        let began = Instant::now();
        let next = self.acknowledged + 1;
        let mut first = next;
        loop {
            let commits = (first..=next).map(|cno| commit(self.author, cno, SIZE));
            let asked = batch(self.at, commits.collect());
            match self.store.commit(self.board, &asked).await {
                Ok(BatchReply::Done(outcomes)) => match outcomes.last() {
                    Some(Outcome::Stored(seq)) => {
                        self.at.seq = *seq;
                        break;
                    }
                    Some(Outcome::Duplicate) => break,
                    Some(Outcome::Gap(last)) => first = self.after(*last),
                    other => panic!("{other:?}"),
                },
                Ok(BatchReply::EpochChanged(at)) => {
                    self.at = at;
                    self.epochs += 1;
                    first = self.durable() + 1;
                }
                Ok(BatchReply::NoBoard) => panic!("the board is lost"),
                Err(StoreError::Unavailable(_)) => tokio::time::sleep(AGAIN).await,
                Err(error) => panic!("{error}"),
            }
        }
        self.acknowledged = next;
        self.longest_wait = self.longest_wait.max(began.elapsed());
        self.progress.send_replace(Progress {
            at: self.at,
            acknowledged: next,
            epochs: self.epochs,
        });
    }

    /// The first commit to send again when the store has them up to `last`.
    fn after(&self, last: u64) -> u64 {
        assert!(last >= self.durable(), "a durable commit is lost");
        last + 1
    }

    /// How many commits were acknowledged.
    pub(crate) const fn acknowledged(&self) -> u64 {
        self.acknowledged
    }

    /// The last commit that is durable.
    pub(crate) fn durable(&self) -> u64 {
        self.durable.load(Ordering::SeqCst)
    }

    /// Asserts that the store has all acknowledged commits once and in their order.
    pub(crate) async fn expect_all(&self) {
        let load = || self.store.load(self.board);
        let loaded = super::backend::persist(load).await.expect("a board");
        let own = loaded.commits.into_iter().map(|(_, commit)| commit);
        let own: Vec<_> = own.filter(|it| it.author == self.author).collect();
        let expected = (1..=self.acknowledged).map(|cno| commit(self.author, cno, SIZE));
        let numbers: Vec<_> = own.iter().map(|commit| commit.cno).collect();
        assert!(own == expected.collect::<Vec<_>>(), "{numbers:?}");
    }
}

/// Authors who write until they are told to stop.
pub(crate) struct Authors {
    stop: watch::Sender<bool>,
    progress: Vec<watch::Receiver<Progress>>,
    durable: Vec<Arc<AtomicU64>>,
    tasks: Vec<JoinHandle<Writer>>,
}

impl Authors {
    pub(crate) fn start(writers: Vec<Writer>) -> Self {
        let (stop, stopped) = watch::channel(false);
        let write = |mut writer: Writer| {
            let stopped = stopped.clone();
            tokio::spawn(async move {
                while !*stopped.borrow() {
                    writer.write().await;
                    tokio::time::sleep(PAUSE).await;
                }
                // One more, so that the last state of the store is met.
                writer.write().await;
                writer
            })
        };
        let progress = writers.iter().map(|it| it.progress.subscribe()).collect();
        let durable = writers.iter().map(|it| Arc::clone(&it.durable)).collect();
        let tasks = writers.into_iter().map(write).collect();
        Self {
            stop,
            progress,
            durable,
            tasks,
        }
    }

    /// Waits until something that each author writes from now on is durable.
    pub(crate) async fn until_some_is_durable(&self) {
        for (progress, durable) in self.progress.iter().zip(&self.durable) {
            let now = progress.borrow().acknowledged;
            let waiting = async {
                // No event tells of it.
                while durable.load(Ordering::SeqCst) <= now {
                    tokio::time::sleep(AGAIN).await;
                }
            };
            let waited = tokio::time::timeout(PATIENCE, waiting).await;
            waited.expect("commits become durable");
        }
    }

    /// Waits until each author has met another epoch and goes on.
    pub(crate) async fn until_all_met_another_epoch(&self) {
        for progress in &self.progress {
            let mut progress = progress.clone();
            let waiting = progress.wait_for(|progress| progress.epochs > 0);
            let waited = tokio::time::timeout(PATIENCE, waiting).await;
            waited.expect("another epoch begins").unwrap();
        }
    }

    /// Stops the authors and asserts that the store has all that they wrote.
    pub(crate) async fn stop(self) -> Vec<Writer> {
        self.stop.send_replace(true);
        let mut writers = Vec::new();
        for task in self.tasks {
            let writer = tokio::time::timeout(PATIENCE, task).await;
            let writer = writer.expect("an author goes on").unwrap();
            writer.expect_all().await;
            eprintln!(
                "{} commits, {} of them durable, {} epochs, longest wait {:?}",
                writer.acknowledged,
                writer.durable(),
                writer.epochs,
                writer.longest_wait
            );
            writers.push(writer);
        }
        writers
    }
}

/// Asks again and again how far the commits are durable, as a room does.
async fn follow_durability(
    store: Arc<dyn Store>,
    board: BoardId,
    mut progress: watch::Receiver<Progress>,
    durable: Arc<AtomicU64>,
) {
    while progress.changed().await.is_ok() {
        let Progress {
            at, acknowledged, ..
        } = *progress.borrow_and_update();
        if store.wait_durable(board).await.is_err() {
            tokio::time::sleep(AGAIN).await;
            progress.mark_changed();
            continue;
        }
        if let Ok(Some(head)) = store.head(board).await
            && head.at.epoch == at.epoch
            && head.at.seq >= at.seq
        {
            durable.fetch_max(acknowledged, Ordering::SeqCst);
        }
    }
}
