//! Programs that a test starts.
//!
//! Each runs in a process group of its own, so that its children end with it. Its output is
//! collected line by line, for waiting and for messages of failures.

use std::os::unix::process::CommandExt as _;
use std::process::{ExitStatus, Stdio};

use anyhow::{Context as _, Result, anyhow};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::PATIENCE;

/// Lines of output in a message of failure.
const TAIL: usize = 40;

/// A running program. Dropped, its process group is killed.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    group: Pid,
    lines: watch::Receiver<Vec<String>>,
    readers: JoinSet<()>,
    guard: Option<Guard>,
}

impl Process {
    /// Starts `command` and collects its standard output and error. `name` heads its messages.
    /// Needs a tokio runtime.
    ///
    /// # Errors
    /// If the program cannot be started.
    pub fn spawn(name: &str, command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| {
                format!("cannot start {name}: {:?}", command.as_std().get_program())
            })?;
        let id = child.id().context("a process without an id")?;
        let group = Pid::from_raw(i32::try_from(id)?).context("a process with the id 0")?;
        let (grow, lines) = watch::channel(Vec::new());
        let mut readers = JoinSet::new();
        if let Some(out) = child.stdout.take() {
            readers.spawn(collect(out, grow.clone()));
        }
        if let Some(err) = child.stderr.take() {
            readers.spawn(collect(err, grow));
        }
        Ok(Self {
            name: name.to_owned(),
            child,
            group,
            lines,
            readers,
            guard: Some(Guard::over(group)?),
        })
    }

    /// Its process id; `None` once it has ended.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Waits for the first line of output, from the start of the program on, from which `find`
    /// takes something.
    ///
    /// # Errors
    /// If the program ends or stays silent for [`PATIENCE`]; the message has its output.
    pub async fn line_with<T>(&self, find: impl Fn(&str) -> Option<T>) -> Result<T> {
        let mut lines = self.lines.clone();
        let search = async {
            let is_there = |lines: &Vec<String>| lines.iter().any(|line| find(line).is_some());
            let lines = lines.wait_for(is_there).await.ok()?;
            lines.iter().find_map(|line| find(line))
        };
        let found = timeout(PATIENCE, search).await;
        found.ok().flatten().ok_or_else(|| {
            let (name, tail) = (&self.name, self.tail(TAIL));
            anyhow!("{name} did not print the expected line:\n{tail}")
        })
    }

    /// Sends a signal to the program itself.
    ///
    /// # Errors
    /// If it has ended.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        let name = &self.name;
        self.id().with_context(|| format!("{name} has ended"))?;
        kill_process(self.group, signal).with_context(|| format!("cannot signal {name}"))
    }

    /// SIGKILL for the whole group; waits until the program is gone.
    ///
    /// # Errors
    /// If the system refuses.
    pub async fn kill(&mut self) -> Result<()> {
        self.kill_group();
        self.child
            .wait()
            .await
            .with_context(|| format!("cannot kill {}", self.name))?;
        self.clear_up().await;
        Ok(())
    }

    /// SIGTERM; waits until the program has ended by itself.
    ///
    /// # Errors
    /// If it does not end within [`PATIENCE`].
    pub async fn terminate(&mut self) -> Result<ExitStatus> {
        self.signal(Signal::TERM)?;
        self.ended().await
    }

    /// Waits until the program has ended by itself.
    ///
    /// # Errors
    /// If it does not end within [`PATIENCE`].
    pub async fn ended(&mut self) -> Result<ExitStatus> {
        let ended = timeout(PATIENCE, self.child.wait()).await;
        let name = &self.name;
        let status = ended.map_err(|_| anyhow!("{name} did not end within {PATIENCE:?}"))??;
        self.clear_up().await;
        Ok(status)
    }

    /// All lines that it has printed so far. Nothing is thrown away: tests look through all of it.
    #[must_use]
    pub fn output(&self) -> Vec<String> {
        self.lines.borrow().clone()
    }

    /// The last `count` lines of output, indented.
    #[must_use]
    pub fn tail(&self, count: usize) -> String {
        let lines = self.lines.borrow();
        let skip = lines.len().saturating_sub(count);
        lines
            .iter()
            .skip(skip)
            .map(|line| format!("  {line}\n"))
            .collect()
    }

    /// Ends the children that the program left, and reads its output to the end.
    async fn clear_up(&mut self) {
        self.kill_group();
        while self.readers.join_next().await.is_some() {}
        self.guard = None;
    }

    fn kill_group(&self) {
        // It fails if the group has no process left.
        kill_process_group(self.group, Signal::KILL).ok();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.id().is_some() {
            self.kill_group();
        }
    }
}

async fn collect(stream: impl AsyncRead + Unpin, grow: watch::Sender<Vec<String>>) {
    let mut reader = BufReader::new(stream).lines();
    while let Ok(Some(line)) = reader.next_line().await {
        grow.send_modify(|lines| lines.push(line));
    }
}

/// A shell that kills a process group once the test process is gone. Nothing is dropped after
/// Ctrl-C or SIGKILL, and a group of its own gets no Ctrl-C from the terminal.
#[derive(Debug)]
struct Guard(std::process::Child);

impl Guard {
    fn over(group: Pid) -> Result<Self> {
        // The test process holds the other end of the pipe and never writes: it ends with it.
        let script = format!("read -r _; kill -s KILL -- -{}", group.as_raw_nonzero());
        std::process::Command::new("sh")
            .args(["-c", &script])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .map(Self)
            .context("cannot start sh")
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // The group has ended, so the shell may be gone too.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
