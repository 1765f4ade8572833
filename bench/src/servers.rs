//! The servers of a run: running servers, or servers that are started for it.

use std::path::Path;

use anyhow::Result;
use tempfile::TempDir;
use testkit::redis::{Redis, Version};
use testkit::server::{Server, program};
use tokio::process::Command;

/// The option of the server for the connections that it takes.
const LIMIT: &str = "--max-connections";
/// What is demanded by it: each is a file, and systems often let a process have 20,000.
const MOST_CONNECTIONS: u32 = 19_000;
/// What a server without the option takes.
const USUAL_CONNECTIONS: u32 = 7_500;

/// How many connections a server takes that is started here.
///
/// # Errors
/// The program is missing.
pub(crate) async fn connections_each() -> Result<u32> {
    let takes = takes_limit(&program()?).await?;
    Ok(if takes {
        MOST_CONNECTIONS
    } else {
        USUAL_CONNECTIONS
    })
}

async fn takes_limit(program: &Path) -> Result<bool> {
    let help = Command::new(program).arg("--help").output().await?;
    Ok(String::from_utf8_lossy(&help.stdout).contains(LIMIT))
}

/// Which servers run, and where they store boards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deployment {
    /// Running servers at these addresses.
    Running(Vec<String>),
    /// One server with the embedded store.
    Embedded,
    /// This many servers with a running Redis at this address.
    Redis(String, usize),
    /// This many servers with a Redis that is started for them.
    OwnRedis(usize),
}

/// The servers of a run. Dropped, it ends the servers that it started.
#[derive(Debug, Default)]
pub(crate) struct Servers {
    /// Addresses such as `http://127.0.0.1:3000`.
    pub(crate) urls: Vec<String>,
    started: Vec<Server>,
    redis: Option<Redis>,
    data: Option<TempDir>,
}

impl Servers {
    /// Starts the servers of a deployment.
    ///
    /// # Errors
    /// A program is missing or does not start.
    pub(crate) async fn open(deployment: &Deployment) -> Result<Self> {
        let mut servers = Self::default();
        match deployment {
            Deployment::Running(urls) => {
                let urls = urls.iter().map(|url| url.trim_end_matches('/').to_owned());
                servers.urls = urls.collect();
            }
            Deployment::Embedded => {
                let data = tempfile::tempdir()?;
                let dir = data.path().to_string_lossy();
                servers.start(1, ["--data-dir", &dir]).await?;
                servers.data = Some(data);
            }
            Deployment::Redis(url, count) => servers.start(*count, ["--redis-url", url]).await?,
            Deployment::OwnRedis(count) => {
                let redis = Redis::on_socket(Version::Seven).await?;
                servers.start(*count, ["--redis-url", &redis.url()]).await?;
                servers.redis = Some(redis);
            }
        }
        Ok(servers)
    }

    /// Starts servers with an option and its value.
    async fn start(&mut self, count: usize, [option, value]: [&str; 2]) -> Result<()> {
        let program = program()?;
        let limit = ["--boards-per-hour", "1000000"];
        let mut options = [&[option, value], &limit[..], &["--log", "warn"]].concat();
        let most = MOST_CONNECTIONS.to_string();
        if takes_limit(&program).await? {
            options.extend([LIMIT, &most]);
        }
        for _ in 0..count {
            let server = Server::start(&program, &options).await?;
            self.urls.push(server.url());
            self.started.push(server);
        }
        Ok(())
    }

    /// Names and ids of the processes that were started here.
    pub(crate) fn processes(&self) -> Vec<(String, Option<u32>)> {
        let redis = self.redis.iter().map(|it| ("Redis".to_owned(), it.id()));
        let servers = self.started.iter().enumerate();
        let servers = servers.map(|(at, it)| (format!("server {}", at + 1), it.id()));
        redis.chain(servers).collect()
    }
}
