//! Real Redis servers for tests: each on a free port of the loopback, with a
//! directory of its own, gone when dropped.

use std::env;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::Stdio;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// Which server a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    /// `REDIS_SERVER`, else `redis-server` on the path.
    Seven,
    /// `REDIS8_SERVER`.
    Eight,
}

impl Version {
    /// The program to run; `None` if tests of this version are to be skipped.
    pub(crate) fn program(self) -> Option<PathBuf> {
        match self {
            Self::Seven => Some(
                env::var_os("REDIS_SERVER")
                    .unwrap_or_else(|| "redis-server".into())
                    .into(),
            ),
            Self::Eight => match env::var_os("REDIS8_SERVER") {
                Some(path) => Some(path.into()),
                None if env::var_os("COMMONSLATE_SKIP_REDIS8").is_some_and(|it| it == "1") => None,
                None => panic!(
                    "REDIS8_SERVER is not set: it names the program of a Redis server of version \
                     8. `cargo xtask test` sets it; COMMONSLATE_SKIP_REDIS8=1 skips these tests"
                ),
            },
        }
    }
}

/// A running server.
#[derive(Debug)]
pub(crate) struct RedisServer {
    program: PathBuf,
    options: Vec<String>,
    port: u16,
    dir: TempDir,
    child: Child,
}

impl RedisServer {
    /// Starts a server that syncs its append-only file each second; `options`
    /// come after, as on its command line. `None` if tests of this version are
    /// to be skipped.
    pub(crate) async fn start(version: Version, options: &[&str]) -> Option<Self> {
        let program = version.program()?;
        let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
        let dir = tempfile::tempdir().unwrap();
        // Another program may take the port in between: then try another.
        for _ in 0..20 {
            let port = free_port();
            if let Some(child) = launch(&program, port, &dir, &options).await {
                return Some(Self {
                    program,
                    options,
                    port,
                    dir,
                    child,
                });
            }
        }
        panic!("{} does not start", program.display());
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// A connection of the test's own.
    pub(crate) async fn connect(&self) -> redis::aio::MultiplexedConnection {
        let client = redis::Client::open(self.url()).unwrap();
        client.get_multiplexed_async_connection().await.unwrap()
    }

    /// Kills the server without warning.
    pub(crate) async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// Starts the server again, on the same port and directory.
    pub(crate) async fn restart(&mut self) {
        let started = launch(&self.program, self.port, &self.dir, &self.options).await;
        self.child = started.expect("server starts again");
    }

    /// Freezes the server: connections stay, nothing answers.
    pub(crate) async fn freeze(&self) {
        self.signal("-STOP").await;
    }

    /// Ends [`Self::freeze`].
    pub(crate) async fn thaw(&self) {
        self.signal("-CONT").await;
    }

    async fn signal(&self, signal: &str) {
        let pid = self.child.id().expect("server runs").to_string();
        let status = Command::new("kill")
            .args([signal, &pid])
            .status()
            .await
            .unwrap();
        assert!(status.success());
    }
}

/// A port below those that the system hands out by itself, so that nobody gets
/// it by chance while a server is down.
fn free_port() -> u16 {
    loop {
        let port = rand::random_range(20_000..32_000);
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}

/// Starts the program and waits until it says that it is ready; `None` if it ends.
async fn launch(program: &PathBuf, port: u16, dir: &TempDir, options: &[String]) -> Option<Child> {
    let mut child = Command::new(program)
        .args([
            "--bind",
            "127.0.0.1",
            "--port",
            &port.to_string(),
            "--daemonize",
            "no",
        ])
        .args(["--dir", dir.path().to_str().unwrap(), "--save", ""])
        .args(["--appendonly", "yes", "--appendfsync", "everysec"])
        .args(options)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap_or_else(|error| panic!("{} cannot be run: {error}", program.display()));
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if line.contains("Ready to accept connections") {
            // Go on reading, or the server would wait for us one day.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Some(child);
        }
    }
    None
}
