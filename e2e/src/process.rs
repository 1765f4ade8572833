//! Child processes of a test: started with captured output, killed when dropped.
//!
//! Knows nothing of what the process does.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use rustix::process::{Pid, Signal};
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;

use crate::PATIENCE;

/// Between two attempts to reach a process that is starting.
pub(crate) const KNOCK: Duration = Duration::from_millis(20);

/// A running child, its output line by line.
#[derive(Debug)]
pub struct Process {
    child: Child,
    name: String,
    lines: Arc<Mutex<Vec<String>>>,
    grown: watch::Receiver<usize>,
}

impl Process {
    /// Starts `command` and reads its standard output and error. `name` heads its messages.
    ///
    /// # Errors
    /// If the program cannot be started.
    pub fn spawn(name: &str, command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| {
                format!("cannot start {name}: {:?}", command.as_std().get_program())
            })?;
        let lines = Arc::new(Mutex::new(Vec::new()));
        let (grow, grown) = watch::channel(0);
        let grow = Arc::new(grow);
        if let Some(out) = child.stdout.take() {
            tokio::spawn(collect(out, Arc::clone(&lines), Arc::clone(&grow)));
        }
        if let Some(err) = child.stderr.take() {
            tokio::spawn(collect(err, Arc::clone(&lines), grow));
        }
        Ok(Self {
            child,
            name: name.to_owned(),
            lines,
            grown,
        })
    }

    /// Waits for the first output line from which `find` takes something.
    ///
    /// # Errors
    /// If the process ends or stays silent for [`PATIENCE`].
    pub async fn line_with<T>(&mut self, find: impl Fn(&str) -> Option<T>) -> Result<T> {
        let lines = Arc::clone(&self.lines);
        let search = async {
            let mut seen = 0;
            loop {
                let fresh: Vec<String> =
                    lock(&lines).iter().skip(seen).map(String::clone).collect();
                seen += fresh.len();
                if let Some(found) = fresh.iter().find_map(|line| find(line)) {
                    return Some(found);
                }
                self.grown.changed().await.ok()?;
            }
        };
        let found = tokio::time::timeout(PATIENCE, search).await;
        found.ok().flatten().ok_or_else(|| {
            anyhow!(
                "{} never printed what was waited for:\n{}",
                self.name,
                self.tail(40)
            )
        })
    }

    /// Fails with the output if the process has ended already.
    ///
    /// # Errors
    /// If it is no longer running.
    pub fn check_running(&mut self) -> Result<()> {
        if let Some(status) = self.child.try_wait()? {
            bail!("{} ended with {status}:\n{}", self.name, self.tail(40));
        }
        Ok(())
    }

    /// SIGKILL, and waits until it is gone.
    ///
    /// # Errors
    /// If the system refuses.
    pub async fn kill(&mut self) -> Result<()> {
        self.child
            .kill()
            .await
            .with_context(|| format!("cannot kill {}", self.name))
    }

    /// SIGTERM, and waits until it has ended by itself.
    ///
    /// # Errors
    /// If it does not end within [`PATIENCE`].
    pub async fn terminate(&mut self) -> Result<ExitStatus> {
        let id = self
            .child
            .id()
            .ok_or_else(|| anyhow!("{} has ended already", self.name))?;
        let pid = i32::try_from(id).ok().and_then(Pid::from_raw);
        let pid = pid.ok_or_else(|| anyhow!("impossible process id {id}"))?;
        rustix::process::kill_process(pid, Signal::TERM)?;
        let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        Ok(ended.map_err(|_| anyhow!("{} ignored SIGTERM for {PATIENCE:?}", self.name))??)
    }

    /// Everything it has printed so far.
    #[must_use]
    pub fn output(&self) -> Vec<String> {
        lock(&self.lines).clone()
    }

    /// The last `count` lines of output.
    #[must_use]
    pub fn tail(&self, count: usize) -> String {
        let lines = lock(&self.lines);
        let skip = lines.len().saturating_sub(count);
        lines
            .iter()
            .skip(skip)
            .map(|line| format!("  {line}\n"))
            .collect()
    }
}

async fn collect(
    stream: impl AsyncRead + Unpin,
    lines: Arc<Mutex<Vec<String>>>,
    grow: Arc<watch::Sender<usize>>,
) {
    let mut reader = BufReader::new(stream).lines();
    while let Ok(Some(line)) = reader.next_line().await {
        lock(&lines).push(line);
        grow.send_modify(|count| *count += 1);
    }
}

fn lock(lines: &Mutex<Vec<String>>) -> std::sync::MutexGuard<'_, Vec<String>> {
    lines.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A loopback address whose port nobody uses at this moment.
///
/// Somebody else could take it before the caller does; the kernel hands out ephemeral ports in a
/// wide cycle, so in practice nobody does.
///
/// # Errors
/// If no port is left.
pub fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?)
}
