//! Hands requests to the one thread that writes.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use shared::id::BoardId;
use shared::sync::log::LogEvent;
use tokio::sync::{mpsc, oneshot, watch};

use super::super::StoreError;
use super::file::Current;
use super::run::Run;
use super::tables::Tables;
use super::thread::Thread;
use crate::health::{Health, HealthReporter};

/// Requests that may wait; beyond it the callers wait.
const QUEUE: usize = 1024;

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

/// A request that was carried out within a transaction.
pub(super) struct Done {
    pub(super) failed: Option<redb::Error>,
    pub(super) publish: Option<(BoardId, LogEvent)>,
    pub(super) answer: Answer,
}

/// A change that waits to be written.
pub(super) trait Request: Send {
    /// Carries it out within a transaction.
    fn carry_out(self: Box<Self>, tables: &mut Tables<'_>) -> Done;

    /// Answers that it was not carried out.
    fn refuse(self: Box<Self>, reason: &str);
}

/// A message to the writing thread.
pub(super) enum Job {
    Write(Box<dyn Request>),
    /// Find out whether the file still works.
    Check,
}

struct Waiting<T, F> {
    change: F,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Request for Waiting<T, F>
where
    T: Send + 'static,
    F: FnOnce(&mut Tables<'_>) -> Result<Written<T>, redb::Error> + Send,
{
    fn carry_out(self: Box<Self>, tables: &mut Tables<'_>) -> Done {
        let Self { change, reply } = *self;
        let (failed, publish, value) = match change(tables) {
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

    fn refuse(self: Box<Self>, reason: &str) {
        // A caller that no longer waits needs no answer.
        drop(
            self.reply
                .send(Err(StoreError::Unavailable(reason.to_owned()))),
        );
    }
}

/// How far a file is written that was opened.
pub(super) struct Progress {
    pub(super) run: Run,
    /// The number of the last transaction.
    pub(super) written: u64,
    /// Why nothing could be written to it.
    pub(super) failed: Option<String>,
}

/// Hands requests to the writing thread, until [`Writer::end`].
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    health: watch::Receiver<Health>,
}

impl Writer {
    /// Starts the thread, which writes to the current file and opens the file in `dir` again when
    /// it fails.
    pub(super) fn start(
        dir: PathBuf,
        current: Arc<Current>,
        progress: Progress,
        publish: Publish,
    ) -> io::Result<Self> {
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let (reporter, health) = HealthReporter::new("store", Health::Ok);
        let thread = Thread::new(dir, current, progress, publish, reporter);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()?;
        let thread = Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || runtime.block_on(thread.run(waiting)))?;
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
            health,
        })
    }

    /// Whether commits are written at present.
    pub(super) fn health(&self) -> watch::Receiver<Health> {
        self.health.clone()
    }

    /// Carries out a request; answers after it is safe on disk.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Tables<'_>) -> Result<Written<T>, redb::Error> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job = Job::Write(Box::new(Waiting { change, reply }));
        let stopped = || StoreError::Unavailable("store did not write".to_owned());
        let jobs = self.jobs.as_ref().ok_or_else(stopped)?;
        jobs.send(job).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    /// Lets the thread find out whether the file still works, after reading it failed.
    pub(super) fn check(&self) {
        if let Some(jobs) = &self.jobs {
            // A thread with a full queue finds out by the next write.
            drop(jobs.try_send(Job::Check));
        }
    }

    /// Waits for the last write, and ends the thread.
    pub(super) fn end(&mut self) {
        self.jobs = None;
        // A panic of the thread has been reported by the thread itself.
        self.thread.take().map(JoinHandle::join);
    }
}

/// Does work on a file that may be damaged: a panic of the library becomes an error.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err("the database library panicked".to_owned()))
}
