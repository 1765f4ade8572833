//! Real Redis servers as processes, each with data of its own.

use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use redis::AsyncConnectionConfig;
use redis::aio::MultiplexedConnection;
use rustix::process::Signal;
use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::{sleep, timeout};

use crate::PATIENCE;
use crate::port::on_free_port;
use crate::process::Process;

/// What a Redis server prints when it takes connections; its first letter depends on the version.
const READY: &str = "eady to accept connections";

/// Wait between two looks at a state.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Which Redis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// The oldest that is supported: `REDIS_SERVER`, else `redis-server` on the path.
    Seven,
    /// `REDIS8_SERVER`.
    Eight,
}

impl Version {
    /// Whether tests on it are to be left out: `COMMONSLATE_SKIP_REDIS8=1` says so for
    /// [`Version::Eight`], unless `REDIS8_SERVER` is set.
    #[must_use]
    pub fn is_skipped(self) -> bool {
        match self {
            Self::Seven => false,
            Self::Eight => {
                env::var_os("REDIS8_SERVER").is_none()
                    && env::var_os("COMMONSLATE_SKIP_REDIS8").is_some_and(|it| it == "1")
            }
        }
    }

    /// Whether its program is there.
    #[must_use]
    pub fn is_installed(self) -> bool {
        let on_path = |program: &Path| {
            let path = env::var_os("PATH").unwrap_or_default();
            env::split_paths(&path).any(|dir| dir.join(program).is_file())
        };
        self.program().is_ok_and(|program| on_path(&program))
    }

    pub(crate) fn program(self) -> Result<PathBuf> {
        match self {
            Self::Seven => Ok(env::var_os("REDIS_SERVER")
                .unwrap_or_else(|| "redis-server".into())
                .into()),
            Self::Eight => env::var_os("REDIS8_SERVER").map(Into::into).context(
                "REDIS8_SERVER is not set: it names the program of a Redis server of version 8. \
                 `cargo xtask test` sets it; COMMONSLATE_SKIP_REDIS8=1 skips these tests",
            ),
        }
    }
}

/// Where a server listens.
#[derive(Debug, Clone, Copy)]
enum Listening {
    Port(u16),
    /// On a socket file in its directory.
    Socket,
}

/// A Redis that writes every command to its append-only file and syncs it each second. Its
/// address and data are kept over restarts and gone when it is dropped.
#[derive(Debug)]
pub struct Redis {
    program: PathBuf,
    options: Vec<String>,
    listening: Listening,
    dir: TempDir,
    process: Process,
}

impl Redis {
    /// Starts a Redis on a free port and waits until it takes connections. `options` come after
    /// ours on its command line.
    ///
    /// # Errors
    /// If the program is missing or does not start; the message has its output.
    pub async fn start(version: Version, options: &[&str]) -> Result<Self> {
        let (program, dir) = (version.program()?, tempfile::tempdir()?);
        let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
        let (listening, process) = on_free_port(async |port| {
            let listening = Listening::Port(port);
            let process = launch(&program, listening, dir.path(), &options).await?;
            Ok((listening, process))
        })
        .await?;
        Ok(Self {
            program,
            options,
            listening,
            dir,
            process,
        })
    }

    /// Starts a Redis behind a socket file, which costs less than TCP.
    ///
    /// # Errors
    /// As [`Redis::start`].
    pub async fn on_socket(version: Version) -> Result<Self> {
        let (program, dir) = (version.program()?, tempfile::tempdir()?);
        let listening = Listening::Socket;
        let process = launch(&program, listening, dir.path(), &[]).await?;
        Ok(Self {
            program,
            options: Vec::new(),
            listening,
            dir,
            process,
        })
    }

    /// The address that clients connect to.
    #[must_use]
    pub fn url(&self) -> String {
        match self.listening {
            Listening::Port(port) => format!("redis://127.0.0.1:{port}/"),
            Listening::Socket => format!("redis+unix://{}", socket(self.dir.path()).display()),
        }
    }

    /// The port that it listens on.
    ///
    /// # Errors
    /// If it listens on a socket file.
    pub fn port(&self) -> Result<u16> {
        match self.listening {
            Listening::Port(port) => Ok(port),
            Listening::Socket => Err(anyhow!("this Redis has no port")),
        }
    }

    /// A connection of the test's own.
    ///
    /// # Errors
    /// If it cannot be reached.
    pub async fn connect(&self) -> Result<MultiplexedConnection> {
        connect(&self.url()).await
    }

    /// Its process id; `None` once it has ended.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.process.id()
    }

    /// SIGKILL.
    ///
    /// # Errors
    /// If the system refuses.
    pub async fn kill(&mut self) -> Result<()> {
        self.process.kill().await
    }

    /// Starts it again at the same address on the same data.
    ///
    /// # Errors
    /// As [`Redis::start`].
    pub async fn restart(&mut self) -> Result<()> {
        let (program, dir) = (&self.program, self.dir.path());
        self.process = launch(program, self.listening, dir, &self.options).await?;
        Ok(())
    }

    /// Where it keeps its data.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Freezes it: connections stay, nothing answers.
    ///
    /// # Errors
    /// If it has ended.
    pub fn freeze(&self) -> Result<()> {
        self.process.signal(Signal::STOP)
    }

    /// Ends [`Redis::freeze`].
    ///
    /// # Errors
    /// If it has ended.
    pub fn thaw(&self) -> Result<()> {
        self.process.signal(Signal::CONT)
    }
}

fn socket(dir: &Path) -> PathBuf {
    dir.join("redis.sock")
}

async fn launch(
    program: &Path,
    listening: Listening,
    dir: &Path,
    options: &[String],
) -> Result<Process> {
    let mut command = Command::new(program);
    match listening {
        Listening::Port(port) => {
            command.args(["--bind", "127.0.0.1", "--port", &port.to_string()]);
        }
        Listening::Socket => {
            command.args(["--port", "0", "--unixsocket"]);
            command.arg(socket(dir));
        }
    }
    command
        .args(["--daemonize", "no", "--save", ""])
        .args(["--appendonly", "yes", "--appendfsync", "everysec"])
        .arg("--dir")
        .arg(dir)
        .args(options);
    let process = Process::spawn("redis-server", &mut command)?;
    let is_ready = |line: &str| line.contains(READY).then_some(());
    process.line_with(is_ready).await?;
    Ok(process)
}

/// Connects to a Redis or a Sentinel, which may be slow.
pub(crate) async fn connect(url: &str) -> Result<MultiplexedConnection> {
    let client = redis::Client::open(url)?;
    let patient = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE));
    Ok(client
        .get_multiplexed_async_connection_with_config(&patient)
        .await?)
}

/// Waits until servers are in a state of which no event tells.
///
/// # Errors
/// Those of `holds`, and if the servers do not come to that state.
pub async fn until(mut holds: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    let checking = async {
        while !holds().await? {
            sleep(LOOK_EVERY).await;
        }
        anyhow::Ok(())
    };
    timeout(PATIENCE, checking)
        .await
        .context("the servers do not come to this state")?
}
