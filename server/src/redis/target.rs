//! The address of the Redis server, and how to connect to it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use redis::aio::{MultiplexedConnection, PubSub};
use redis::io::tcp::{TcpSettings, socket2::TcpKeepalive};
use redis::{
    AsyncConnectionConfig, Client, ConnectionAddr, IntoConnectionInfo as _, ProtocolVersion,
    PushInfo, PushKind,
};
use tokio::sync::Notify;

use super::keys::Names;
use super::refusal::outage;
use super::server_info::{ConnectError, Fsync, RedisOpenError, ServerInfo, classify, inspect};
use super::tls;
use crate::config::RedisConfig;
use crate::health::Outage;
use crate::metrics::{BrokerMetrics, Metrics};

/// Longest time for connecting and the first questions.
const CONNECT_LIMIT: Duration = Duration::from_secs(3);
/// After this silence the system asks whether the other side is alive.
const KEEPALIVE: Duration = Duration::from_secs(10);
/// After this long without an acknowledgement the system gives a connection up.
const USER_TIMEOUT: Duration = Duration::from_secs(5);
/// Commands that one connection may have on the wire.
const PIPELINE: usize = 1024;

/// Whether a server answered at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// It answered.
    Ready,
    /// It did not answer. Store and broker go on trying.
    Unreachable(String),
}

/// The server that `--redis-url` names. Cheap to clone; never shows the password.
#[derive(Clone)]
pub struct RedisTarget {
    /// RESP3, in which the library tells at once when a connection is closed.
    commands: Client,
    /// RESP2, which is all that subscriptions need.
    subscriptions: Client,
    names: Names,
    metrics: BrokerMetrics,
}

/// A connection for commands, to a server that may be used.
pub(super) struct Usable {
    pub(super) connection: MultiplexedConnection,
    pub(super) server: ServerInfo,
    /// Notified when the connection is closed.
    pub(super) closed: Arc<Notify>,
}

impl fmt::Debug for RedisTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedisTarget({})", self.address())
    }
}

impl RedisTarget {
    /// Reads the options and checks whether the server can be used.
    ///
    /// A server that cannot be reached is no error: store and broker recover by
    /// themselves when it is back. A server that must not be used is one.
    ///
    /// # Errors
    /// [`RedisOpenError`] for a malformed URL, a certificate that is not trusted, a wrong password, a
    /// version before 7.0, or a server that may evict boards.
    pub async fn open(config: &RedisConfig) -> Result<(Self, Reach), RedisOpenError> {
        let target = Self::parse(config)?;
        match target.connect().await {
            Ok(usable) => {
                target.warn_about(usable.server.fsync);
                Ok((target, Reach::Ready))
            }
            Err(ConnectError::Permanent(error)) => Err(error),
            Err(ConnectError::Temporary(reason)) => Ok((target, Reach::Unreachable(reason))),
        }
    }

    fn parse(config: &RedisConfig) -> Result<Self, RedisOpenError> {
        let bad = |error: redis::RedisError| RedisOpenError::BadUrl(error.to_string());
        let keepalive = TcpKeepalive::new()
            .with_time(KEEPALIVE)
            .with_interval(KEEPALIVE);
        let settings = TcpSettings::default()
            .set_nodelay(true)
            .set_keepalive(keepalive)
            .set_user_timeout(USER_TIMEOUT);
        let info = config
            .url
            .reveal()
            .into_connection_info()
            .map_err(bad)?
            .set_tcp_settings(settings);
        let client = |protocol| {
            let settings = info.redis_settings().clone().set_protocol(protocol);
            let info = info.clone().set_redis_settings(settings);
            match info.addr() {
                ConnectionAddr::TcpTls { .. } => {
                    tls::choose_cryptography();
                    tls::client(info, &config.tls)
                }
                _ => Client::open(info).map_err(bad),
            }
        };
        Ok(Self {
            commands: client(ProtocolVersion::RESP3)?,
            subscriptions: client(ProtocolVersion::RESP2)?,
            names: Names::new(&config.prefix, info.redis_settings().db()),
            metrics: Metrics::default().broker,
        })
    }

    /// The same server, whose connections are counted.
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

    /// Host and port, for people.
    #[must_use]
    pub fn address(&self) -> String {
        self.commands.get_connection_info().addr().to_string()
    }

    /// A connection for commands.
    pub(super) async fn connect(&self) -> Result<Usable, ConnectError> {
        let address = self.address();
        let closed = Arc::new(Notify::new());
        let on_close = Arc::clone(&closed);
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(None)
            .set_response_timeout(None)
            .set_pipeline_buffer_size(PIPELINE)
            .set_push_sender(move |push: PushInfo| {
                if push.kind == PushKind::Disconnection {
                    on_close.notify_one();
                }
                Ok::<(), std::convert::Infallible>(())
            });
        let attempt = async {
            let connecting = self
                .commands
                .get_multiplexed_async_connection_with_config(&config);
            let mut connection = connecting
                .await
                .map_err(|error| classify(&address, &error))?;
            let server = inspect(&mut connection, &address).await?;
            Ok(Usable {
                connection,
                server,
                closed,
            })
        };
        tokio::time::timeout(CONNECT_LIMIT, attempt)
            .await
            .unwrap_or_else(|_| Err(ConnectError::Temporary(self.no_answer())))
    }

    /// A connection for subscriptions.
    pub(super) async fn connect_pubsub(&self) -> Result<PubSub, Outage> {
        match tokio::time::timeout(CONNECT_LIMIT, self.subscriptions.get_async_pubsub()).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(error)) => Err(outage(&error, &self.names)),
            Err(_) => Err(Outage::shared(self.no_answer())),
        }
    }

    fn no_answer(&self) -> String {
        // A Redis without TLS waits for more when it is greeted with TLS.
        let hint = match self.commands.get_connection_info().addr() {
            ConnectionAddr::TcpTls { .. } => ", does it speak TLS there?",
            _ => "",
        };
        format!(
            "no answer from {} in {CONNECT_LIMIT:?}{hint}",
            self.address()
        )
    }

    fn warn_about(&self, fsync: Fsync) {
        let address = self.address();
        match fsync {
            Fsync::Never => tracing::warn!(
                %address,
                "Redis keeps no append-only file that reaches the disk each second: \
                 boards will not survive a power loss (set appendonly yes)"
            ),
            Fsync::Always | Fsync::EverySecondConfirmed | Fsync::EverySecondUnconfirmed => {}
        }
    }
}
