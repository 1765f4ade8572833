//! Real `commonslate` server processes.
//!
//! `COMMONSLATE_BIN` names the program and `COMMONSLATE_DIST` the built client; without them the
//! release build in the workspace is taken.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use tokio::process::Command;

use crate::PATIENCE;
use crate::process::{KNOCK, Process, free_address};

/// What a server keeps its boards in.
#[derive(Debug, Clone)]
pub enum Keeping {
    /// The embedded store in this directory.
    Embedded(PathBuf),
    /// The Redis at this URL; the directory is still the server's own.
    Redis(String, PathBuf),
}

/// One server at an address of its own, which it keeps over restarts.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    keeping: Keeping,
    process: Process,
    /// Output of the lives before this one.
    earlier: Vec<String>,
}

impl Server {
    /// Starts a server and waits until it is ready.
    ///
    /// # Errors
    /// If the program or the client is not built, or it does not become ready.
    pub async fn start(keeping: Keeping) -> Result<Self> {
        let address = free_address()?;
        let process = spawn(address, &keeping)?;
        let mut server = Self {
            address,
            keeping,
            process,
            earlier: Vec::new(),
        };
        server.ready().await?;
        Ok(server)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its address as `http://…`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
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
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }

    /// Starts it again at the same address on the same data.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub async fn restart(&mut self) -> Result<()> {
        self.earlier.extend(self.process.output());
        self.process = spawn(self.address, &self.keeping)?;
        self.ready().await
    }

    /// Everything it has printed in all its lives.
    #[must_use]
    pub fn output(&self) -> Vec<String> {
        self.earlier
            .iter()
            .cloned()
            .chain(self.process.output())
            .collect()
    }

    async fn ready(&mut self) -> Result<()> {
        let url = format!("{}/readyz", self.url());
        let end = tokio::time::Instant::now() + PATIENCE;
        loop {
            // Refused while it starts: the state that this loop waits out.
            match reqwest::get(&url).await {
                Ok(answer) if answer.status().is_success() => return Ok(()),
                Ok(_) | Err(_) => self.process.check_running()?,
            }
            if tokio::time::Instant::now() > end {
                bail!(
                    "server not ready within {PATIENCE:?}:\n{}",
                    self.process.tail(40)
                );
            }
            tokio::time::sleep(KNOCK).await;
        }
    }
}

fn spawn(address: SocketAddr, keeping: &Keeping) -> Result<Process> {
    let program = built("COMMONSLATE_BIN", "target/release/commonslate")?;
    let dist = built("COMMONSLATE_DIST", "dist")?;
    let mut command = Command::new(program);
    // No public URL: people come by several addresses, some of them proxies.
    command
        .env_remove("REDIS_URL")
        .arg("--listen")
        .arg(address.to_string())
        .arg("--static-dir")
        .arg(dist);
    match keeping {
        Keeping::Embedded(data) => command.arg("--data-dir").arg(data),
        Keeping::Redis(url, data) => command
            .arg("--redis-url")
            .arg(url)
            .arg("--data-dir")
            .arg(data),
    };
    Process::spawn("commonslate", &mut command)
}

/// The path in the variable, or else the place in the workspace where `cargo xtask build` puts it.
fn built(variable: &str, place: &str) -> Result<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("no workspace")?;
    let path = std::env::var_os(variable).map_or_else(|| workspace.join(place), PathBuf::from);
    ensure!(
        path.exists(),
        "{} is missing: run `cargo xtask e2e`, which builds it, or set {variable}",
        path.display()
    );
    Ok(path)
}
