//! The processes of a run, with a fault proxy on each way between them.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use redis::AsyncConnectionConfig;
use redis::aio::MultiplexedConnection;
use shared::id::{ClientId, CommitNo, Seq};
use tempfile::TempDir;
use testkit::PATIENCE;
use testkit::board::Board;
use testkit::proxy::{Buffers, FaultProxy, Framing};
use testkit::redis::Redis;
use testkit::reverse_proxy::Kind;
use testkit::server::Server;
use testkit::usage::resident;

use crate::front::Front;
use crate::settings::Settings;

/// What stores the boards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Storage {
    /// So many servers on one Redis.
    Redis(usize),
    /// One server on its embedded store.
    Embedded,
}

/// How people reach the servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Through a fault proxy for each server.
    Faulty(Buffers),
    /// Through one reverse proxy.
    Behind(Kind),
}

/// The processes of a run.
#[derive(Debug)]
pub(crate) struct Deployment {
    pub(crate) servers: Vec<Server>,
    /// Before all servers, if people reach them through it.
    front: Option<Front>,
    /// Before each server, towards the clients.
    pub(crate) edges: Vec<FaultProxy>,
    pub(crate) redis: Option<Redis>,
    /// Between each server and Redis.
    pub(crate) redis_links: Vec<FaultProxy>,
    pub(crate) board: Board,
    pub(crate) data: TempDir,
}

impl Deployment {
    pub(crate) async fn start(settings: &Settings, storage: Storage, entry: Entry) -> Result<Self> {
        let data = tempfile::tempdir()?;
        let usual = usual_options(settings, entry)?;
        let (mut servers, mut redis_links) = (Vec::new(), Vec::new());
        let mut redis = None;
        match storage {
            Storage::Embedded => {
                let dir = data.path().join("boards");
                let dir = dir.to_string_lossy().into_owned();
                servers.push(server(settings, 0, &usual, &["--data-dir", &dir]).await?);
            }
            Storage::Redis(count) => {
                let started = Redis::start(settings.redis, &[]).await?;
                for number in 0..count {
                    let link = FaultProxy::start(Framing::Redis, vec![address_of(&started)?]);
                    let link = link.await?;
                    let url = format!("redis://{}/", link.address());
                    let options = ["--redis-url", &url];
                    servers.push(server(settings, number, &usual, &options).await?);
                    redis_links.push(link);
                }
                redis = Some(started);
            }
        }
        let (front, buffers) = match entry {
            Entry::Faulty(buffers) => (None, buffers),
            Entry::Behind(kind) => (Some(Front::start(kind, &servers).await?), Buffers::Usual),
        };
        let mut edges = Vec::new();
        for server in &servers {
            let targets = vec![server.address()];
            edges.push(FaultProxy::start_with(Framing::WebSocket, targets, buffers).await?);
        }
        let first = servers.first().context("no server")?;
        let board = Board::create(&first.url()).await?;
        Ok(Self {
            servers,
            front,
            edges,
            redis,
            redis_links,
            board,
            data,
        })
    }

    /// The addresses for clients, beginning with a server.
    pub(crate) fn urls_from(&self, first: usize) -> Vec<String> {
        if let Some(front) = &self.front {
            return vec![front.url()];
        }
        let count = self.edges.len();
        let order = (0..count).map(|at| (first + at) % count);
        order.map(|at| self.edges[at].url()).collect()
    }

    pub(crate) fn front(&self) -> Result<&Front> {
        self.front.as_ref().context("no proxy in this case")
    }

    pub(crate) fn redis(&mut self) -> Result<&mut Redis> {
        self.redis.as_mut().context("no Redis in this case")
    }

    /// A connection of the test's own, past the proxies.
    pub(crate) async fn ask_redis(&self) -> Result<MultiplexedConnection> {
        let redis = self.redis.as_ref().context("no Redis in this case")?;
        connect(redis).await
    }

    /// The commits that the store in Redis still has in its log; `None` without Redis.
    pub(crate) async fn stored(&self) -> Result<Option<Vec<(Seq, ClientId, CommitNo)>>> {
        if self.redis.is_none() {
            return Ok(None);
        }
        let mut redis = self.ask_redis().await?;
        let key = format!("cs:{{{}}}:log", self.board.id);
        let range = redis::cmd("XRANGE").arg(key).arg("-").arg("+").to_owned();
        let entries: Vec<(String, Vec<Vec<u8>>)> = range.query_async(&mut redis).await?;
        let read = |(id, fields): (String, Vec<Vec<u8>>)| {
            let seq = id.split('-').next()?.parse().ok()?;
            let author = ClientId::from_bytes(fields.get(1)?.as_slice().try_into().ok()?);
            let cno = std::str::from_utf8(fields.get(3)?).ok()?.parse().ok()?;
            Some((seq, author, cno))
        };
        let stored: Option<Vec<_>> = entries.into_iter().map(read).collect();
        Ok(Some(stored.context("an entry of the log is malformed")?))
    }

    /// Resident bytes of each running server.
    pub(crate) fn resident(&self) -> Vec<u64> {
        self.servers
            .iter()
            .filter_map(|it| resident(it.id()?))
            .collect()
    }
}

/// A connection to a Redis, which may be slow.
pub(crate) async fn connect(redis: &Redis) -> Result<MultiplexedConnection> {
    let client = redis::Client::open(redis.url())?;
    let patient = AsyncConnectionConfig::new()
        .set_response_timeout(Some(PATIENCE))
        .set_connection_timeout(Some(PATIENCE));
    let connecting = client.get_multiplexed_async_connection_with_config(&patient);
    Ok(connecting.await?)
}

pub(crate) fn address_of(redis: &Redis) -> Result<SocketAddr> {
    let url = redis.url();
    let address = url.trim_start_matches("redis://").trim_end_matches('/');
    address.parse().context("a Redis without an address")
}

/// The options of all servers of a run.
fn usual_options(settings: &Settings, entry: Entry) -> Result<Vec<String>> {
    let mut usual = ["--boards-per-hour", "1000000", "--log", "warn"]
        .map(str::to_owned)
        .to_vec();
    if let Entry::Behind(_) = entry {
        usual.push("--trust-proxy".to_owned());
    }
    if settings.pages > 0 {
        let dist = testkit::server::dist()?.to_string_lossy().into_owned();
        usual.extend(["--static-dir".to_owned(), dist]);
    }
    Ok(usual)
}

async fn server(
    settings: &Settings,
    number: usize,
    usual: &[String],
    options: &[&str],
) -> Result<Server> {
    let usual = usual.iter().map(String::as_str);
    let options: Vec<&str> = options.iter().copied().chain(usual).collect();
    let without = settings.without.join(",");
    let mut environment = vec![("COMMONSLATE_WITHOUT".to_owned(), without)];
    environment.extend(
        settings
            .environments
            .get(number)
            .cloned()
            .unwrap_or_default(),
    );
    Server::start_in(&settings.program, &options, environment).await
}

/// The newest append-only file of a Redis.
pub(crate) fn append_only_file(dir: &Path) -> Result<PathBuf> {
    let files = std::fs::read_dir(dir.join("appendonlydir"))?;
    let mut files: Vec<PathBuf> = files.flatten().map(|file| file.path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".incr.aof"));
    files.sort();
    files.pop().context("Redis has no append-only file")
}
