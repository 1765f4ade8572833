//! The one thread that writes.
//!
//! All waiting requests go into one transaction with one fsync (group commit):
//! a request on a quiet store is written at once, and while the disk is busy
//! the next group gathers. Answers and messages go out after the fsync, in the
//! order of the writes.

use std::io;
use std::sync::{Arc, OnceLock};
use std::thread::{Builder, JoinHandle};

use redb::Database;
use shared::id::BoardId;
use shared::sync::log::LogEvent;
use tokio::sync::{mpsc, oneshot};

use super::super::StoreError;
use super::tables::Tables;

/// Requests that may wait; beyond it the callers wait.
const QUEUE: usize = 1024;
/// Requests in one transaction, so that the first one's answer is not held up
/// by an endless stream of others.
const GROUP: usize = 256;

/// The result of a request, which is sent once the transaction is durable.
pub(super) struct Written<T> {
    pub(super) value: T,
    pub(super) publish: Option<(BoardId, LogEvent)>,
}

impl<T> Written<T> {
    pub(super) const fn quiet(value: T) -> Self {
        Self {
            value,
            publish: None,
        }
    }
}

/// Publishes a log event of a board; called in the order of the log.
pub(super) type Publish = Box<dyn Fn(BoardId, LogEvent) + Send>;

type Answer = Box<dyn FnOnce(Result<(), &str>) + Send>;
/// One request, ready to be carried out within a transaction.
type Job = Box<dyn FnOnce(&mut Tables<'_>) -> Done + Send>;

struct Done {
    failed: Option<redb::Error>,
    publish: Option<(BoardId, LogEvent)>,
    answer: Answer,
}

/// Hands requests to the writing thread; dropping it waits for the last write.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    broken: Arc<OnceLock<String>>,
}

impl Writer {
    pub(super) fn start(database: Arc<Database>, publish: Publish) -> io::Result<Self> {
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let broken = Arc::new(OnceLock::new());
        let thread = Thread {
            database,
            publish,
            waiting,
            broken: Arc::clone(&broken),
        };
        let thread = Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || thread.run())?;
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
            broken,
        })
    }

    /// Why nothing can be written any more, if so. The disk failed, and only a
    /// restart, which checks the file, can tell what is on it.
    pub(super) fn state(&self) -> Result<(), StoreError> {
        match self.broken.get() {
            Some(reason) => Err(StoreError::Unavailable(reason.clone())),
            None => Ok(()),
        }
    }

    /// Carries out a request; answers after it is safe on disk.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        request: impl FnOnce(&mut Tables<'_>) -> Result<Written<T>, redb::Error> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |tables| carry_out(request, tables, reply));
        let stopped = || StoreError::Unavailable("store has stopped".to_owned());
        let jobs = self.jobs.as_ref().ok_or_else(stopped)?;
        jobs.send(job).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        // A panic of the thread has been reported by the thread itself.
        self.thread.take().map(JoinHandle::join);
    }
}

fn carry_out<T: Send + 'static>(
    request: impl FnOnce(&mut Tables<'_>) -> Result<Written<T>, redb::Error>,
    tables: &mut Tables<'_>,
    reply: oneshot::Sender<Result<T, StoreError>>,
) -> Done {
    let (failed, publish, value) = match request(tables) {
        Ok(written) => (None, written.publish, Ok(written.value)),
        Err(error) => {
            let answer = StoreError::Unavailable(error.to_string());
            (Some(error), None, Err(answer))
        }
    };
    let answer: Answer = Box::new(move |safe| {
        let value = match safe {
            Ok(()) => value,
            Err(reason) => Err(StoreError::Unavailable(reason.to_owned())),
        };
        // A caller that no longer waits asks again or not at all.
        drop(reply.send(value));
    });
    Done {
        failed,
        publish,
        answer,
    }
}

struct Thread {
    database: Arc<Database>,
    publish: Publish,
    waiting: mpsc::Receiver<Job>,
    broken: Arc<OnceLock<String>>,
}

impl Thread {
    fn run(mut self) {
        let mut group = Vec::with_capacity(GROUP);
        while self.waiting.blocking_recv_many(&mut group, GROUP) > 0 {
            let mut done = Vec::with_capacity(group.len());
            let safe = self
                .write(group.drain(..), &mut done)
                .map_err(|error| error.to_string());
            if let Err(reason) = &safe {
                tracing::error!(reason, "writing to the data directory failed");
                // Only the first reason is kept: the others follow from it.
                self.broken
                    .get_or_init(|| format!("writing failed: {reason}"));
            }
            self.answer_all(done, &safe);
        }
    }

    /// One transaction. Requests after one that failed are dropped, and their
    /// callers are told that the outcome is unknown, like all others of the group.
    fn write(
        &self,
        group: impl Iterator<Item = Job>,
        done: &mut Vec<Done>,
    ) -> Result<(), redb::Error> {
        let transaction = self.database.begin_write()?;
        let mut tables = Tables::open(&transaction)?;
        for job in group {
            let mut result = job(&mut tables);
            let failed = result.failed.take();
            done.push(result);
            if let Some(error) = failed {
                return Err(error);
            }
        }
        drop(tables);
        Ok(transaction.commit()?)
    }

    fn answer_all(&self, done: Vec<Done>, safe: &Result<(), String>) {
        for Done {
            publish, answer, ..
        } in done
        {
            match (safe, publish) {
                (Ok(()), Some((board, event))) => {
                    (self.publish)(board, event);
                    answer(Ok(()));
                }
                (Ok(()), None) => answer(Ok(())),
                (Err(reason), _) => answer(Err(reason)),
            }
        }
    }
}
