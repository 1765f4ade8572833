//! A master and its replicas, watched by Sentinels.

use anyhow::{Context as _, Result};
use redis::cmd;
use tempfile::TempDir;
use tokio::process::Command;

use crate::port::on_free_port;
use crate::process::Process;
use crate::redis::{Redis, Version, connect, until};

/// The name of the master.
pub const MASTER: &str = "board-master";
/// Sentinels, of which most must agree that the master is dead.
const SENTINELS: usize = 3;

/// A master, its replicas and three Sentinels.
#[derive(Debug)]
pub struct RedisSentinel {
    /// The master of the start, then the replicas.
    pub servers: Vec<Redis>,
    sentinels: Vec<Sentinel>,
}

#[derive(Debug)]
struct Sentinel {
    port: u16,
    process: Process,
    _dir: TempDir,
}

impl RedisSentinel {
    /// Starts them and waits until the replicas have caught up. `options` are those of every Redis.
    /// A master that is silent for 500 ms is held for dead.
    ///
    /// # Errors
    /// If one does not start, or a replica does not catch up.
    pub async fn start(version: Version, replicas: usize, options: &[&str]) -> Result<Self> {
        // A replica that attaches is served at once.
        let options = [&["--repl-diskless-sync-delay", "0"], options].concat();
        let master = Redis::start(version, &options).await?;
        let port = master.port()?;
        let mut servers = vec![master];
        for _ in 0..replicas {
            let address = port.to_string();
            let own = ["--replicaof", "127.0.0.1", &address];
            servers.push(Redis::start(version, &[&own[..], &options].concat()).await?);
        }
        let mut known = servers.first().context("no master")?.connect().await?;
        until(async || {
            let info: String = cmd("INFO")
                .arg("replication")
                .query_async(&mut known)
                .await?;
            Ok(info.matches("state=online").count() == replicas)
        })
        .await?;
        let mut sentinels = Vec::new();
        for _ in 0..SENTINELS {
            sentinels.push(Sentinel::start(version, port).await?);
        }
        Ok(Self { servers, sentinels })
    }

    /// The address of the master by its name.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://{MASTER}/")
    }

    /// The addresses of the Sentinels.
    #[must_use]
    pub fn sentinels(&self) -> String {
        let hosts: Vec<String> = self
            .sentinels
            .iter()
            .map(|sentinel| format!("127.0.0.1:{}", sentinel.port))
            .collect();
        format!("redis://{}", hosts.join(","))
    }

    /// Waits until the Sentinels know each other and the replicas, so that they can replace the
    /// master.
    ///
    /// # Errors
    /// If they do not find each other.
    pub async fn until_failover_is_possible(&self) -> Result<()> {
        for sentinel in &self.sentinels {
            sentinel.knows_all(self.servers.len() - 1).await?;
        }
        Ok(())
    }

    /// SIGKILL for one of the Sentinels.
    ///
    /// # Errors
    /// If the system refuses.
    pub async fn kill_sentinel(&mut self, number: usize) -> Result<()> {
        self.sentinels[number].process.kill().await
    }

    /// Waits until a server is master by the word of a Sentinel.
    ///
    /// # Errors
    /// If it does not become master.
    pub async fn until_master_is(&self, index: usize) -> Result<()> {
        let sentinel = self.sentinels.last().context("no Sentinel")?;
        let wanted = self.servers[index].port()?;
        until(async || {
            let (_, port): (String, u16) = sentinel.ask("get-master-addr-by-name").await?;
            Ok(port == wanted)
        })
        .await
    }
}

impl Sentinel {
    async fn start(version: Version, master: u16) -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let program = version.program()?;
        let (port, process) = on_free_port(async |port| {
            let file = dir.path().join("sentinel.conf");
            let lines = format!(
                "port {port}\nbind 127.0.0.1\ndir {}\n\
                 sentinel monitor {MASTER} 127.0.0.1 {master} 2\n\
                 sentinel down-after-milliseconds {MASTER} 500\n\
                 sentinel failover-timeout {MASTER} 3000\n",
                dir.path().display()
            );
            std::fs::write(&file, lines)?;
            let mut command = Command::new(&program);
            command.arg(&file).arg("--sentinel");
            let process = Process::spawn("sentinel", &mut command)?;
            let watches = |line: &str| line.contains("+monitor master").then_some(());
            process.line_with(watches).await?;
            Ok((port, process))
        })
        .await?;
        Ok(Self {
            port,
            process,
            _dir: dir,
        })
    }

    async fn ask<T: redis::FromRedisValue>(&self, what: &str) -> Result<T> {
        let mut connection = connect(&format!("redis://127.0.0.1:{}", self.port)).await?;
        let mut ask = cmd("SENTINEL");
        ask.arg(what).arg(MASTER);
        Ok(ask.query_async(&mut connection).await?)
    }

    async fn knows_all(&self, replicas: usize) -> Result<()> {
        until(async || {
            let others: Vec<redis::Value> = self.ask("sentinels").await?;
            let known: Vec<redis::Value> = self.ask("replicas").await?;
            Ok(others.len() == SENTINELS - 1 && known.len() == replicas)
        })
        .await
    }
}
