//! What is measured: our servers, and the relays beside them.

use std::net::SocketAddrV4;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use testkit::board::{Board, Link};
use testkit::process::Process;
use testkit::usage::{cpu_seconds, resident};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::cores;
use crate::load::{Room, Speech};
use crate::relay;
use crate::servers::{Deployment, Servers};

/// Boards that are made at the same time.
const MAKING: usize = 16;

/// Which target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One of our servers with the embedded store.
    One,
    /// Two of our servers with Redis.
    Two,
    /// So many of our servers with Redis.
    Many(usize),
    /// A relay.
    Relay(relay::Kind),
}

impl Kind {
    /// What the others are compared with.
    pub(crate) const REFERENCE: Self = Self::Relay(relay::Kind::Tokio);
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [
        Self::One,
        Self::Two,
        Self::Relay(relay::Kind::Tokio),
        Self::Relay(relay::Kind::Epoll),
    ];

    /// How tables call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::One => "Commonslate, 1 node",
            Self::Two => "Commonslate, 2 nodes",
            Self::Many(_) => "Commonslate, many nodes",
            Self::Relay(relay::Kind::Tokio) => "tokio relay",
            Self::Relay(relay::Kind::Epoll) => "epoll relay",
        }
    }
}

/// The processor time and memory of the processes of a target.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Usage {
    /// Seconds of servers or relay.
    pub(crate) cpu: f64,
    /// Seconds of Redis.
    pub(crate) redis: f64,
    /// Resident bytes of servers or relay.
    pub(crate) memory: u64,
}

/// Running servers or a running relay.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) kind: Kind,
    servers: Servers,
    relay: Option<Process>,
    nodes: Vec<SocketAddrV4>,
    boards: Vec<Link>,
}

impl Target {
    /// Starts it on the core of the servers.
    ///
    /// # Errors
    /// A program is missing or does not start.
    pub(crate) async fn start(kind: Kind) -> Result<Self> {
        let _pinned = cores::start_servers();
        Self::start_here(kind).await
    }

    /// Starts it on the cores that this thread may use.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub(crate) async fn start_here(kind: Kind) -> Result<Self> {
        let (servers, relay, nodes) = match kind {
            Kind::One | Kind::Two | Kind::Many(_) => {
                let deployment = match kind {
                    Kind::Two => Deployment::OwnRedis(2),
                    Kind::Many(count) => Deployment::OwnRedis(count),
                    _ => Deployment::Embedded,
                };
                let servers = Servers::open(&deployment).await?;
                let nodes = servers.urls.iter().map(|url| node(url));
                let nodes = nodes.collect::<Result<Vec<_>>>()?;
                (servers, None, nodes)
            }
            Kind::Relay(kind) => {
                let (relay, address) = relay::start(kind).await?;
                let nodes = vec![node(&address.to_string())?];
                (Servers::default(), Some(relay), nodes)
            }
        };
        Ok(Self {
            kind,
            servers,
            relay,
            nodes,
            boards: Vec::new(),
        })
    }

    /// What its clients speak.
    pub(crate) const fn speech(&self) -> Speech {
        match self.kind {
            Kind::One | Kind::Two | Kind::Many(_) => Speech::Boards,
            Kind::Relay(_) => Speech::Relay,
        }
    }

    /// So many rooms; boards are made for those that have none.
    ///
    /// # Errors
    /// A server makes no board.
    pub(crate) async fn rooms(&mut self, count: u32, people: u32, pens: u32) -> Result<Vec<Room>> {
        if self.speech() == Speech::Boards {
            self.make_boards(usize::try_from(count)?).await?;
        }
        let room = |number: u32| Room {
            nodes: self.nodes.clone(),
            link: self
                .boards
                .get(usize::try_from(number).unwrap_or(0))
                .copied(),
            number,
            people,
            pens,
        };
        Ok((0..count).map(room).collect())
    }

    async fn make_boards(&mut self, count: usize) -> Result<()> {
        let permits = Arc::new(Semaphore::new(MAKING));
        let mut making = JoinSet::new();
        for at in self.boards.len()..count {
            let urls = &self.servers.urls;
            let url = urls
                .get(at % urls.len().max(1))
                .context("no server")?
                .clone();
            let permits = Arc::clone(&permits);
            making.spawn(async move {
                let _permit = permits.acquire_owned().await?;
                Board::create(&url).await
            });
        }
        while let Some(made) = making.join_next().await {
            self.boards.push(made??.edit);
        }
        Ok(())
    }

    /// What it has used until now.
    ///
    /// # Errors
    /// A process has ended.
    pub(crate) fn usage(&self) -> Result<Usage> {
        let mut usage = Usage::default();
        let relay = self.relay.iter().map(|it| ("relay".to_owned(), it.id()));
        for (name, process) in self.servers.processes().into_iter().chain(relay) {
            let gone = || format!("{name} has ended");
            let process = process.with_context(gone)?;
            let cpu = cpu_seconds(process).with_context(gone)?;
            if name == "Redis" {
                usage.redis += cpu;
            } else {
                usage.cpu += cpu;
                usage.memory += resident(process).with_context(gone)?;
            }
        }
        Ok(usage)
    }
}

fn node(url: &str) -> Result<SocketAddrV4> {
    let address = url.trim_start_matches("http://").parse();
    address.with_context(|| format!("{url} is no address of IPv4"))
}
