//! Where bots draw: servers that run already, or that are started here.
//!
//! Knows servers and Redis. Must not know boards or bots.

use anyhow::Result;
use tempfile::TempDir;
use testkit::redis::{Redis, Version};
use testkit::server::{Server, program};

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

/// Servers to draw at. Those that were started here end with it.
#[derive(Debug, Default)]
pub(crate) struct Place {
    /// Addresses such as `http://127.0.0.1:3000`.
    pub(crate) urls: Vec<String>,
    servers: Vec<Server>,
    redis: Option<Redis>,
    data: Option<TempDir>,
}

impl Place {
    /// Starts what must be started.
    ///
    /// # Errors
    /// A program is missing or does not start.
    pub(crate) async fn open(keeping: &Keeping) -> Result<Self> {
        let mut place = Self::default();
        match keeping {
            Keeping::Elsewhere(urls) => {
                let urls = urls.iter().map(|url| url.trim_end_matches('/').to_owned());
                place.urls = urls.collect();
            }
            Keeping::Embedded => {
                let data = tempfile::tempdir()?;
                let dir = data.path().to_string_lossy();
                place.start(1, ["--data-dir", &dir]).await?;
                place.data = Some(data);
            }
            Keeping::Redis(url, servers) => place.start(*servers, ["--redis-url", url]).await?,
            Keeping::OwnRedis(servers) => {
                let redis = Redis::on_socket(Version::Seven).await?;
                place.start(*servers, ["--redis-url", &redis.url()]).await?;
                place.redis = Some(redis);
            }
        }
        Ok(place)
    }

    /// Starts servers with an option of theirs and its value.
    async fn start(&mut self, servers: usize, [option, value]: [&str; 2]) -> Result<()> {
        let limit = ["--boards-per-hour", "1000000"];
        let options = [&[option, value], &limit[..], &["--log", "warn"]].concat();
        for _ in 0..servers {
            let server = Server::start(&program()?, &options).await?;
            self.urls.push(server.url());
            self.servers.push(server);
        }
        Ok(())
    }

    /// Names and ids of the processes that were started here.
    pub(crate) fn processes(&self) -> Vec<(String, Option<u32>)> {
        let redis = self.redis.iter().map(|it| ("Redis".to_owned(), it.id()));
        let servers = self.servers.iter().enumerate();
        let servers = servers.map(|(at, it)| (format!("server {}", at + 1), it.id()));
        redis.chain(servers).collect()
    }
}
