//! The one thread that writes.
//!
//! All waiting requests go into one transaction with one fsync (group commit):
//! a request on a quiet store is written at once, and while the disk is busy
//! the next group gathers. Answers and messages go out after the fsync, in the
//! order of the writes.
//!
//! After a failure the content of the disk is unknown, and the library refuses all further use of
//! the file. So the thread opens the file again, and compares it with what was acknowledged. While
//! the disk takes no bytes, requests are refused and boards can be read.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use redb::Durability;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::file::{Current, OpenFile};
use super::reopen::Reopener;
use super::run::Run;
use super::tables::{Tables, count_transaction};
use super::writer::{Done, Job, Progress, Publish, Request, guarded};
use crate::health::{Health, HealthReporter, Outage};
use crate::protection::{self, Protection};

/// Requests in one transaction, so that the first one's answer is not held up
/// by an endless stream of others.
const GROUP: usize = 256;
/// How often the thread looks whether the file is still at its path.
const CHECK_EVERY: Duration = Duration::from_secs(1);
/// Shortest wait before a failed disk is tried again.
const SHORTEST_WAIT: Duration = Duration::from_millis(500);
/// Longest wait before a failed disk is tried again.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// A trial takes at most one part in so many of the time, since opening a large file takes a while.
const TRIAL_SHARE: u32 = 10;

/// The state of the writing thread.
pub(super) struct Thread {
    pub(super) current: Arc<Current>,
    reopener: Reopener,
    pub(super) publish: Publish,
    health: HealthReporter,
    pub(super) run: Run,
    /// Why nothing could be written when the file was opened.
    failed: Option<String>,
    /// The number of the last transaction that was acknowledged.
    pub(super) acknowledged: u64,
    trouble: Option<Trouble>,
}

/// The disk takes no commits.
struct Trouble {
    reason: String,
    /// When to try again.
    again: Instant,
}

impl Thread {
    pub(super) fn new(
        dir: PathBuf,
        current: Arc<Current>,
        progress: Progress,
        publish: Publish,
        health: HealthReporter,
    ) -> Self {
        Self {
            reopener: Reopener::new(dir, Arc::clone(&current)),
            current,
            publish,
            health,
            run: progress.run,
            failed: progress.failed,
            acknowledged: progress.written,
            trouble: None,
        }
    }

    /// Runs until the store is dropped.
    pub(super) async fn run(mut self, mut waiting: mpsc::Receiver<Job>) {
        if let Some(reason) = self.failed.take() {
            self.fail(&reason);
        }
        let mut jobs = Vec::with_capacity(GROUP);
        loop {
            let wake = match &self.trouble {
                Some(trouble) => trouble.again,
                None => Instant::now() + CHECK_EVERY,
            };
            tokio::select! {
                count = waiting.recv_many(&mut jobs, GROUP) => {
                    if count == 0 {
                        return;
                    }
                    self.take(jobs.drain(..));
                }
                () = sleep_until(wake) => self.check(),
            }
        }
    }

    fn take(&mut self, jobs: impl Iterator<Item = Job>) {
        if self.is_trial_due() {
            self.try_again();
        }
        let mut requests = Vec::new();
        for job in jobs {
            match (job, &self.trouble) {
                (Job::Write(request), Some(trouble)) => request.refuse(&trouble.reason),
                (Job::Write(request), None) => requests.push(request),
                // The next transaction, even an empty one, meets the failure.
                (Job::Check, _) => {}
            }
        }
        if self.trouble.is_none() {
            self.write(requests);
        }
    }

    fn is_trial_due(&self) -> bool {
        self.trouble
            .as_ref()
            .is_some_and(|trouble| trouble.again <= Instant::now())
    }

    /// Nothing is to be written: tries a failed disk again, or looks whether the file is there.
    fn check(&mut self) {
        if self.trouble.is_some() {
            if self.is_trial_due() {
                self.try_again();
            }
        } else if let Ok(Err(error)) = self.current.with(OpenFile::check_place) {
            self.fail(&error.to_string());
        } else if self.run.is_unnoted()
            && let Err(error) = self.note_file()
        {
            tracing::debug!(error, "the file cannot be noted");
        }
    }

    fn write(&mut self, requests: Vec<Box<dyn Request>>) {
        let mut done = Vec::with_capacity(requests.len());
        let written = guarded(|| self.transaction(requests, &mut done));
        let safe = match written {
            Ok(number) => {
                self.acknowledged = number;
                self.run.stored(number);
                Ok(())
            }
            Err(reason) => Err(reason),
        };
        self.answer_all(done, &safe);
        if let Err(reason) = safe {
            self.fail(&reason);
        }
    }

    /// One transaction; returns its number. Requests after one that failed are dropped, and their
    /// callers are told that the outcome is unknown, like all others of the group.
    fn transaction(
        &self,
        requests: Vec<Box<dyn Request>>,
        done: &mut Vec<Done>,
    ) -> Result<u64, String> {
        let work = |open: &OpenFile| -> Result<u64, redb::Error> {
            let mut transaction = open.database.begin_write()?;
            if !protection::is_on(Protection::Fsync) {
                transaction.set_durability(Durability::None)?;
            }
            let mut tables = Tables::open(&transaction)?;
            for request in requests {
                let mut result = request.carry_out(&mut tables);
                let failed = result.failed.take();
                done.push(result);
                if let Some(error) = failed {
                    return Err(error);
                }
            }
            drop(tables);
            let number = count_transaction(&transaction)?;
            transaction.commit()?;
            open.check_place()?;
            Ok(number)
        };
        let written = self.current.with(work).map_err(|error| error.to_string())?;
        written.map_err(|error| error.to_string())
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

    /// The file failed. A failure that does not last is over after this.
    fn fail(&mut self, reason: &str) {
        tracing::error!(reason, "writing to the data directory failed");
        self.reopener.file_failed();
        self.try_again();
    }

    fn try_again(&mut self) {
        let began = Instant::now();
        match self.recover() {
            Ok(()) => {
                self.trouble = None;
                self.health.set(Health::Ok);
            }
            Err(reason) => {
                let reason = format!("the data directory takes no commits: {reason}");
                let wait = (began.elapsed() * TRIAL_SHARE).clamp(SHORTEST_WAIT, LONGEST_WAIT);
                self.health.set(Health::Down(Outage::own(&reason)));
                self.trouble = Some(Trouble {
                    reason,
                    again: Instant::now() + wait,
                });
            }
        }
    }

    /// Opens the file again, and finds out whether the disk takes commits.
    fn recover(&mut self) -> Result<(), String> {
        let recovered = self
            .reopener
            .reopen_if_failed()
            .and_then(|()| guarded(|| self.try_disk()))
            .and_then(|()| guarded(|| self.settle()));
        if recovered.is_err() {
            self.reopener.file_failed();
            self.reopener.open_for_reading();
        }
        recovered
    }
}
