//! The Redis that the options name: one server, a cluster, or a master that Sentinels know.

use std::fmt;
use std::time::Duration;

use futures::future::join_all;
use redis::io::tcp::{TcpSettings, socket2::TcpKeepalive};
use redis::sentinel::{SentinelClient, SentinelClientBuilder, SentinelServerType};
use redis::{
    Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo as _, ProtocolVersion, RedisError,
    TlsMode,
};

use super::discovery::{Discovery, Source};
use super::keys::Names;
use super::node::{Membership, Node};
use super::server_info::{ConnectError, Fsync, RedisOpenError};
use super::tls;
use super::topology_watch::TopologyWatch;
use crate::config::{RedisConfig, RedisUrl};
use crate::metrics::{BrokerMetrics, Metrics};

/// After this silence the system asks whether the other side is alive.
const KEEPALIVE: Duration = Duration::from_secs(10);
/// After this long without an acknowledgement the system gives a connection up.
const USER_TIMEOUT: Duration = Duration::from_secs(5);

/// Whether a server answered at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// All masters answered.
    Ready,
    /// A master did not answer. Store and broker go on trying.
    Unreachable(String),
}

/// The Redis that `--redis-url` names. Cheap to clone; never shows the password.
#[derive(Clone)]
pub struct RedisTarget {
    topology: TopologyWatch,
    names: Names,
    metrics: BrokerMetrics,
}

impl fmt::Debug for RedisTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedisTarget({:?})", self.topology.now())
    }
}

impl RedisTarget {
    /// Reads the options, finds the masters and checks whether they can be used. Needs a tokio
    /// runtime.
    ///
    /// A server that cannot be reached is no error: store and broker recover by
    /// themselves when it is back. A server that must not be used is one.
    ///
    /// # Errors
    /// [`RedisOpenError`] for a malformed URL, a certificate that is not trusted, a wrong password, a
    /// version before 7.0, a server that may evict boards, or another database than 0 of a cluster.
    pub async fn open(config: &RedisConfig) -> Result<(Self, Reach), RedisOpenError> {
        let (source, database) = source(config)?;
        let mut discovery = Discovery::new(source);
        let (first, reach) = match discovery.find(None).await {
            Ok(topology) => {
                let reach = check(topology.masters().collect()).await?;
                (Ok(topology), reach)
            }
            Err(ConnectError::Permanent(error)) => return Err(error),
            Err(ConnectError::Temporary(reason)) => {
                (Err(reason.clone()), Reach::Unreachable(reason))
            }
        };
        let target = Self {
            topology: TopologyWatch::start(discovery, first),
            names: Names::new(&config.prefix, database),
            metrics: Metrics::default().broker,
        };
        Ok((target, reach))
    }

    /// The same Redis, whose connections are counted.
    #[must_use]
    pub(crate) fn measured_by(self, metrics: BrokerMetrics) -> Self {
        Self { metrics, ..self }
    }

    /// Where connections are counted.
    pub(crate) const fn metrics(&self) -> &BrokerMetrics {
        &self.metrics
    }

    /// The names of keys and channels.
    pub(crate) const fn names(&self) -> &Names {
        &self.names
    }

    /// The masters at present.
    pub(crate) const fn topology(&self) -> &TopologyWatch {
        &self.topology
    }
}

/// Checks whether the masters can be used, and whether all answer.
async fn check(masters: Vec<&Node>) -> Result<Reach, RedisOpenError> {
    let answers = join_all(masters.iter().map(|node| node.connect())).await;
    let mut reach = Reach::Ready;
    for (node, answer) in masters.iter().zip(answers) {
        match answer {
            Ok(usable) => warn_about(node.address(), usable.server.fsync),
            Err(ConnectError::Permanent(error)) => return Err(error),
            Err(ConnectError::Temporary(reason)) => {
                reach = Reach::Unreachable(format!("{}: {reason}", node.address()));
            }
        }
    }
    Ok(reach)
}

fn warn_about(address: &str, fsync: Fsync) {
    match fsync {
        Fsync::Never => tracing::warn!(
            %address,
            "Redis keeps no append-only file that reaches the disk each second: \
             boards will not survive a power loss (set appendonly yes)"
        ),
        Fsync::Always | Fsync::EverySecondConfirmed | Fsync::EverySecondUnconfirmed => {}
    }
}

fn bad(error: &RedisError) -> RedisOpenError {
    RedisOpenError::BadUrl(error.to_string())
}

/// Where the masters are asked for, and the number of the database.
fn source(config: &RedisConfig) -> Result<(Source, i64), RedisOpenError> {
    let nodes = clients(&config.url, config)?
        .into_iter()
        .map(|client| Node::new(client, Membership::Alone))
        .collect::<Vec<_>>();
    let Some(pattern) = nodes.first().cloned() else {
        return Err(RedisOpenError::BadUrl("it is empty".to_owned()));
    };
    let database = pattern.info().redis_settings().db();
    let source = match &config.sentinels {
        None => Source::Addresses(nodes),
        Some(url) => Source::Sentinels {
            client: Box::new(sentinel_client(url, &pattern, config)?),
            pattern,
            addresses: url.to_string(),
        },
    };
    Ok((source, database))
}

/// A client for each address of a URL.
fn clients(url: &RedisUrl, config: &RedisConfig) -> Result<Vec<Client>, RedisOpenError> {
    let client = |address: &String| {
        let info = address
            .as_str()
            .into_connection_info()
            .map_err(|error| bad(&error))?
            .set_tcp_settings(tcp_settings());
        let settings = info.redis_settings().clone();
        let info = info.set_redis_settings(settings.set_protocol(ProtocolVersion::RESP3));
        match info.addr() {
            ConnectionAddr::TcpTls { .. } => {
                crate::cryptography::choose();
                tls::client(info, &config.tls)
            }
            _ => Client::open(info).map_err(|error| bad(&error)),
        }
    };
    url.reveal().iter().map(client).collect()
}

fn tcp_settings() -> TcpSettings {
    let keepalive = TcpKeepalive::new()
        .with_time(KEEPALIVE)
        .with_interval(KEEPALIVE);
    TcpSettings::default()
        .set_nodelay(true)
        .set_keepalive(keepalive)
        .set_user_timeout(USER_TIMEOUT)
}

/// A client for Sentinels that know the master by the host in the address of Redis.
fn sentinel_client(
    url: &RedisUrl,
    pattern: &Node,
    config: &RedisConfig,
) -> Result<SentinelClient, RedisOpenError> {
    let sentinels = clients(url, config)?;
    let addresses = sentinels
        .iter()
        .map(|client| client.get_connection_info().addr().clone());
    let kind = SentinelServerType::Master;
    let mut builder = SentinelClientBuilder::new(addresses, pattern.host(), kind)
        .map_err(|error| bad(&error))?
        .set_client_to_redis_tcp_settings(tcp_settings())
        .set_client_to_sentinel_tcp_settings(tcp_settings());
    let of = |info: &ConnectionInfo| info.redis_settings().clone();
    if let Some(settings) = sentinels.first().map(|it| of(it.get_connection_info())) {
        if let Some(name) = settings.username() {
            builder = builder.set_client_to_sentinel_username(name);
        }
        if let Some(password) = settings.password() {
            builder = builder.set_client_to_sentinel_password(password);
        }
    }
    let settings = of(pattern.info());
    if let Some(name) = settings.username() {
        builder = builder.set_client_to_redis_username(name);
    }
    if let Some(password) = settings.password() {
        builder = builder.set_client_to_redis_password(password);
    }
    if let ConnectionAddr::TcpTls { .. } = pattern.info().addr() {
        builder = builder
            .set_client_to_redis_tls_mode(TlsMode::Secure)
            .set_client_to_redis_certificates(tls::certificates(&config.tls)?);
    }
    builder.build().map_err(|error| bad(&error))
}
