//! Programs that run: listeners and agents, spread over all boards and servers.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use testkit::board::Board;
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::agent::Agent;
use super::listener::Listener;
use super::{AGENTS, LISTENERS};
use crate::figures::Times;
use crate::output::say;
use crate::servers::Servers;

/// What programs did.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// How long calls of agents took.
    calls: Times,
    /// Commits that listeners were told of.
    commits: u64,
}

impl Work {
    /// Adds the work of another phase.
    pub(super) fn merge(&mut self, other: &Self) {
        self.calls.merge(&other.calls);
        self.commits += other.commits;
    }

    /// Prints the work of so long a time.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn print(&self, worked: Duration) -> Result<()> {
        self.calls.print("call of an agent");
        let (calls, commits) = (self.calls.count(), self.commits);
        ensure!(calls > 0 && commits > 0, "the programs did nothing");
        say(&format!(
            "    each agent made a call in {:.1} s; each listener was told of {:.1} commits a second",
            worked.as_secs_f64() * AGENTS as f64 / calls as f64,
            commits as f64 / worked.as_secs_f64() / LISTENERS as f64,
        ));
        Ok(())
    }
}

/// Programs at work. Dropped, they stop.
pub(super) struct Running {
    tasks: JoinSet<Result<Infallible>>,
    calls: Arc<Mutex<Times>>,
    commits: Arc<AtomicU64>,
    since: Instant,
}

impl Running {
    /// Starts all programs on a runtime. Each has an address of its own, as programs of different people have, so the
    /// server's limits for one caller do not slow them down together.
    ///
    /// # Errors
    /// A listener is not let in.
    pub(super) async fn start(
        runtime: &Handle,
        servers: &Servers,
        boards: &[Board],
    ) -> Result<Self> {
        let mut running = Self {
            tasks: JoinSet::new(),
            calls: Arc::default(),
            commits: Arc::default(),
            since: Instant::now(),
        };
        let at = |number: usize| {
            let board = boards.get(number % boards.len()).context("no board")?;
            let turn = number / boards.len();
            let server = servers.urls.get(turn % servers.urls.len());
            anyhow::Ok((server.context("no server")?, board))
        };
        for number in 0..LISTENERS {
            let (server, board) = at(number)?;
            let listener = Listener::open(server.clone(), board.view, address(2, number)?);
            let listener = runtime.spawn(listener).await??;
            let listening = listener.listen(Arc::clone(&running.commits));
            running.tasks.spawn_on(listening, runtime);
        }
        for number in 0..AGENTS {
            let (server, board) = at(number)?;
            let agent = Agent::new(server, board.edit, number, address(3, number)?)?;
            let working = agent.work(Arc::clone(&running.calls));
            running.tasks.spawn_on(working, runtime);
        }
        running.since = Instant::now();
        Ok(running)
    }

    /// Stops all programs; returns what they did, and for how long they ran.
    ///
    /// # Errors
    /// A program has failed.
    pub(super) fn stop(mut self) -> Result<(Work, Duration)> {
        if let Some(failed) = self.tasks.try_join_next() {
            failed??;
        }
        let ran = self.since.elapsed();
        // No code panics while it holds the lock, so the times are always sound.
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let calls = std::mem::take(&mut *calls);
        let commits = self.commits.load(Ordering::Relaxed);
        Ok((Work { calls, commits }, ran))
    }
}

/// The address of a program on this machine.
fn address(kind: u8, number: usize) -> Result<IpAddr> {
    let number = u8::try_from(number + 1)?;
    Ok(Ipv4Addr::new(127, 0, kind, number).into())
}
