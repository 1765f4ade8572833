//! A real `redis-server` that writes every command to its append-only file.
//!
//! `REDIS_SERVER` names the program; [`Flavour::Eight`] takes `REDIS8_SERVER`.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::Command;

use crate::PATIENCE;
use crate::process::{KNOCK, Process, free_address};

/// Which Redis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// `REDIS_SERVER`, else the `redis-server` on the path.
    Usual,
    /// `REDIS8_SERVER`, which must be set.
    Eight,
}

/// A Redis at an address and with data of its own, both kept over restarts.
#[derive(Debug)]
pub struct Redis {
    address: SocketAddr,
    program: String,
    process: Process,
    data: TempDir,
}

impl Redis {
    /// Starts a Redis with no data and waits until it answers.
    ///
    /// # Errors
    /// If the program is missing or does not answer.
    pub async fn start(flavour: Flavour) -> Result<Self> {
        let program = match flavour {
            Flavour::Usual => {
                std::env::var("REDIS_SERVER").unwrap_or_else(|_| "redis-server".to_owned())
            }
            Flavour::Eight => std::env::var("REDIS8_SERVER").context("REDIS8_SERVER is not set")?,
        };
        let data = tempfile::Builder::new().prefix("e2e-redis-").tempdir()?;
        let address = free_address()?;
        let process = spawn(&program, address, &data)?;
        let mut redis = Self {
            address,
            program,
            process,
            data,
        };
        redis.ready().await?;
        Ok(redis)
    }

    /// `redis://127.0.0.1:<port>/`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://{}/", self.address)
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
        self.process = spawn(&self.program, self.address, &self.data)?;
        self.ready().await
    }

    async fn ready(&mut self) -> Result<()> {
        let end = tokio::time::Instant::now() + PATIENCE;
        while !self.pongs().await {
            self.process.check_running()?;
            if tokio::time::Instant::now() > end {
                bail!(
                    "redis not ready within {PATIENCE:?}:\n{}",
                    self.process.tail(20)
                );
            }
            tokio::time::sleep(KNOCK).await;
        }
        Ok(())
    }

    /// Whether it answers `PING`; while it loads its file it answers an error instead.
    async fn pongs(&self) -> bool {
        let Ok(mut socket) = TcpStream::connect(self.address).await else {
            return false;
        };
        let mut answer = [0; 7];
        socket.write_all(b"PING\r\n").await.is_ok()
            && socket.read_exact(&mut answer).await.is_ok()
            && answer == *b"+PONG\r\n"
    }
}

fn spawn(program: &str, address: SocketAddr, data: &TempDir) -> Result<Process> {
    let mut command = Command::new(program);
    command
        .args(["--bind", "127.0.0.1", "--port", &address.port().to_string()])
        .args([
            "--appendonly",
            "yes",
            "--appendfsync",
            "everysec",
            "--save",
            "",
        ])
        .arg("--dir")
        .arg(data.path());
    Process::spawn("redis-server", &mut command)
}
