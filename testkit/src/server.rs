//! Real `commonslate` servers as processes.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result, ensure};
use reqwest::header::DATE;
use rustix::process::{Pid, Resource, Rlimit, Signal, prlimit};
use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::{sleep, timeout};

use crate::PATIENCE;
use crate::port::on_free_port;
use crate::process::Process;

/// How often a server is asked whether it is ready.
const LOOK: Duration = Duration::from_millis(50);
/// What a server prints when it can be reached; its address follows.
const READY: &str = "Commonslate is at http";

/// One server at an address of its own, which it keeps over restarts. Dropped, it is killed.
#[derive(Debug)]
pub struct Server {
    program: PathBuf,
    options: Vec<String>,
    environment: Vec<(String, String)>,
    address: SocketAddr,
    process: Process,
    /// Output of the lives before this one.
    earlier: Vec<String>,
    /// Where it runs, so that its defaults leave nothing behind.
    dir: TempDir,
}

impl Server {
    /// Starts a program on a free port and waits until it prints its address. `options` are those
    /// of its command line, without `--listen`.
    ///
    /// # Errors
    /// If it does not start; the message has its output.
    pub async fn start(program: &Path, options: &[&str]) -> Result<Self> {
        Self::start_in(program, options, Vec::new()).await
    }

    /// Starts a program as [`Server::start`] does, with these variables in its environment.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub async fn start_in(
        program: &Path,
        options: &[&str],
        environment: Vec<(String, String)>,
    ) -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
        let (address, process) = on_free_port(async |port| {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
            let process = launch(program, &options, &environment, address, dir.path()).await?;
            Ok((address, process))
        })
        .await?;
        Ok(Self {
            program: program.to_owned(),
            options,
            environment,
            address,
            process,
            earlier: Vec::new(),
            dir,
        })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its address as `http://…`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its process id; `None` once it has ended.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.process.id()
    }

    /// Waits for a line of output with these words in it.
    ///
    /// # Errors
    /// As [`Process::line_with`].
    pub async fn says(&self, words: &str) -> Result<()> {
        let find = |line: &str| line.contains(words).then_some(());
        self.process.line_with(find).await
    }

    /// Waits until `/readyz` says that it is ready.
    ///
    /// # Errors
    /// If it is not within [`PATIENCE`].
    pub async fn ready(&self) -> Result<()> {
        let asking = async {
            let url = format!("{}/readyz", self.url());
            // No event tells of it.
            while !reqwest::get(&url)
                .await
                .is_ok_and(|it| it.status().is_success())
            {
                sleep(LOOK).await;
            }
        };
        let waited = timeout(PATIENCE, asking).await;
        waited.with_context(|| format!("not ready:\n{}", self.process.tail(20)))
    }

    /// Where it runs.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// The time of its clock, to a second.
    ///
    /// # Errors
    /// If it does not answer with a date.
    pub async fn date(&self) -> Result<SystemTime> {
        let answer = reqwest::get(format!("{}/healthz", self.url())).await?;
        let date = answer.headers().get(DATE).context("no date")?;
        Ok(httpdate::parse_http_date(date.to_str()?)?)
    }

    /// Limits the size of the files that it may write, or lifts the limit.
    ///
    /// # Errors
    /// If it has ended, or the system refuses.
    pub fn limit_file_size(&self, bytes: Option<u64>) -> Result<()> {
        let id = self.id().context("the server has ended")?;
        let limit = Rlimit {
            current: bytes,
            maximum: None,
        };
        prlimit(Pid::from_raw(i32::try_from(id)?), Resource::Fsize, limit)?;
        Ok(())
    }

    /// Freezes it: connections stay, nothing answers.
    ///
    /// # Errors
    /// If it has ended.
    pub fn freeze(&self) -> Result<()> {
        self.process.signal(Signal::STOP)
    }

    /// Ends [`Server::freeze`].
    ///
    /// # Errors
    /// If it has ended.
    pub fn thaw(&self) -> Result<()> {
        self.process.signal(Signal::CONT)
    }

    /// SIGKILL: it gets no chance to write anything.
    ///
    /// # Errors
    /// If the system refuses.
    pub async fn kill(&mut self) -> Result<()> {
        self.process.kill().await
    }

    /// SIGTERM: it says goodbye and ends by itself.
    ///
    /// # Errors
    /// If it does not end, or ends with an error.
    pub async fn terminate(&mut self) -> Result<()> {
        let status = self.process.terminate().await?;
        let tail = self.process.tail(20);
        ensure!(status.success(), "the server ended with {status}:\n{tail}");
        Ok(())
    }

    /// Sends it a signal.
    ///
    /// # Errors
    /// If it has ended.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        self.process.signal(signal)
    }

    /// Waits until it has ended by itself.
    ///
    /// # Errors
    /// If it does not end within [`PATIENCE`].
    pub async fn ended(&mut self) -> Result<ExitStatus> {
        self.process.ended().await
    }

    /// Starts it again at the same address with the same options.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub async fn restart(&mut self) -> Result<()> {
        self.earlier.extend(self.process.output());
        let (program, options, environment) = (&self.program, &self.options, &self.environment);
        let (address, dir) = (self.address, self.dir.path());
        self.process = launch(program, options, environment, address, dir).await?;
        Ok(())
    }

    /// All lines that it has printed in all its lives.
    #[must_use]
    pub fn output(&self) -> Vec<String> {
        let now = self.process.output();
        self.earlier.iter().cloned().chain(now).collect()
    }
}

async fn launch(
    program: &Path,
    options: &[String],
    environment: &[(String, String)],
    address: SocketAddr,
    dir: &Path,
) -> Result<Process> {
    let mut command = command(program, dir);
    command
        .envs(environment.iter().cloned())
        .args(options)
        .arg("--listen")
        .arg(address.to_string());
    let process = Process::spawn("commonslate", &mut command)?;
    let is_ready = |line: &str| line.starts_with(READY).then_some(());
    process.line_with(is_ready).await?;
    Ok(process)
}

/// The command of a server that runs in a directory and knows nothing from our environment.
#[must_use]
pub fn command(program: &Path, dir: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_remove("RUST_LOG")
        .env_remove("REDIS_URL")
        .current_dir(dir);
    command
}

/// The server to test: `COMMONSLATE_BIN`, or else the release build in the workspace.
///
/// # Errors
/// If it is not built.
pub fn program() -> Result<PathBuf> {
    built("COMMONSLATE_BIN", "target/release/commonslate")
}

/// The built client: `COMMONSLATE_DIST`, or else `dist` in the workspace.
///
/// # Errors
/// If it is not built.
pub fn dist() -> Result<PathBuf> {
    built("COMMONSLATE_DIST", "dist")
}

/// The path in the variable, or else the place in the workspace where `cargo xtask build` puts it.
fn built(variable: &str, place: &str) -> Result<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("no workspace")?;
    let path = std::env::var_os(variable).map_or_else(|| workspace.join(place), PathBuf::from);
    ensure!(
        path.exists(),
        "{} is missing: `cargo xtask build` makes it, or {variable} names another one",
        path.display()
    );
    Ok(path)
}
