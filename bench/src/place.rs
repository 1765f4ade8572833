//! Where bots draw: servers that run already, or that are started here.
//!
//! Knows programs and processes. Must not know boards or bots.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

/// How long a program may take until it says that it is ready.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where boards are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// By servers that run already, nobody here knows how.
    Elsewhere(Vec<String>),
    /// By one server alone.
    Embedded,
    /// In this Redis, by so many servers.
    Redis(String, usize),
    /// In a Redis that is started for it.
    OwnRedis(usize),
}

/// A process that was started, and whose time can be looked at.
#[derive(Debug)]
pub(crate) struct Process {
    pub(crate) name: String,
    child: Child,
    _output: BufReader<ChildStdout>,
}

/// Servers to draw at. They end with it.
#[derive(Debug)]
pub(crate) struct Place {
    /// Addresses such as `http://127.0.0.1:3000`.
    pub(crate) urls: Vec<String>,
    pub(crate) processes: Vec<Process>,
    _dir: Option<TempDir>,
}

impl Place {
    /// Starts what must be started.
    ///
    /// # Errors
    /// A program is missing or does not start.
    pub(crate) async fn open(keeping: &Keeping) -> Result<Self> {
        if let Keeping::Elsewhere(urls) = keeping {
            let urls = urls
                .iter()
                .map(|url| url.trim_end_matches('/').to_owned())
                .collect();
            return Ok(Self {
                urls,
                processes: Vec::new(),
                _dir: None,
            });
        }
        let dir = tempfile::tempdir()?;
        let mut place = Self {
            urls: Vec::new(),
            processes: Vec::new(),
            _dir: None,
        };
        match keeping {
            Keeping::Elsewhere(_) => {}
            Keeping::Embedded => {
                let data = dir.path().join("data");
                place
                    .server(&["--data-dir", &data.to_string_lossy()])
                    .await?;
            }
            Keeping::Redis(url, servers) => {
                for _ in 0..*servers {
                    place.server(&["--redis-url", url]).await?;
                }
            }
            Keeping::OwnRedis(servers) => {
                let url = place.redis(dir.path()).await?;
                for _ in 0..*servers {
                    place.server(&["--redis-url", &url]).await?;
                }
            }
        }
        place._dir = Some(dir);
        Ok(place)
    }

    async fn server(&mut self, options: &[&str]) -> Result<()> {
        let program = env::var_os("COMMONSLATE_BIN").context(
            "COMMONSLATE_BIN names no server; `cargo xtask bench` sets it, or give --url",
        )?;
        let mut command = Command::new(program);
        command.args([
            "--listen",
            "127.0.0.1:0",
            "--boards-per-hour",
            "1000000",
            "--log",
            "warn",
        ]);
        command.args(options).env_remove("REDIS_URL");
        let name = format!("server {}", self.urls.len() + 1);
        let (process, line) = Process::start(name, &mut command, "http://").await?;
        let from = line.find("http://").unwrap_or(0);
        let url = line
            .get(from..)
            .unwrap_or_default()
            .trim()
            .trim_end_matches('/');
        self.urls.push(url.to_owned());
        self.processes.push(process);
        Ok(())
    }

    /// Starts a Redis that syncs each second, behind a socket file, so that no
    /// port need be free.
    async fn redis(&mut self, dir: &Path) -> Result<String> {
        let program = redis_program().context("no redis-server")?;
        let socket = dir.join("redis.sock");
        let mut command = Command::new(program);
        command.args([
            "--port",
            "0",
            "--save",
            "",
            "--appendonly",
            "yes",
            "--unixsocket",
        ]);
        command.arg(&socket).arg("--dir").arg(dir);
        let ready = "eady to accept connections";
        let (process, _) = Process::start("Redis".to_owned(), &mut command, ready).await?;
        self.processes.push(process);
        Ok(format!("redis+unix://{}", socket.display()))
    }
}

/// The Redis server to start, if there is one: `REDIS_SERVER`, or on the path.
pub(crate) fn redis_program() -> Option<PathBuf> {
    if let Some(path) = env::var_os("REDIS_SERVER") {
        return Some(path.into());
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|dir| dir.join("redis-server"))
        .find(|program| program.is_file())
}

impl Process {
    /// Starts a program and waits for a line that holds `sign`; answers it too.
    async fn start(name: String, command: &mut Command, sign: &str) -> Result<(Self, String)> {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let mut child = command
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let stdout = child.stdout.take().context("no output to read")?;
        let mut output = BufReader::new(stdout);
        let waiting = async {
            loop {
                let mut line = String::new();
                if output.read_line(&mut line).await? == 0 {
                    bail!("{name} ended before it was ready");
                }
                if line.contains(sign) {
                    return Ok(line);
                }
            }
        };
        let line = timeout(PATIENCE, waiting)
            .await
            .with_context(|| format!("{name} is not ready"))??;
        Ok((
            Self {
                name,
                child,
                _output: output,
            },
            line,
        ))
    }

    /// Seconds of processor time that it has used; `None` where that cannot be read.
    pub(crate) fn cpu_seconds(&self) -> Option<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()?)).ok()?;
        cpu_ticks(&stat).map(|ticks| ticks as f64 / rustix::param::clock_ticks_per_second() as f64)
    }
}

/// User and system time in `/proc/<pid>/stat`. The name in it may hold anything,
/// so what is counted begins behind its bracket.
fn cpu_ticks(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(user + system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_found_behind_a_strange_name() {
        let stat = "12 (a) 7 b)) S 1 2 3 4 5 6 7 8 9 10 40 2 0 0";
        assert_eq!(cpu_ticks(stat), Some(42));
        assert_eq!(cpu_ticks("nonsense"), None);
    }
}
