//! One Redis server, and how to connect to it.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{
    AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, PushInfo, PushKind, RedisResult,
};
use tokio::sync::Notify;
use tokio::time::timeout;

use super::server_info::{ConnectError, ServerInfo, classify, inspect};

/// Longest time for connecting and the first questions.
pub(super) const CONNECT_LIMIT: Duration = Duration::from_secs(3);
/// Commands that one connection may have on the wire.
const PIPELINE: usize = 1024;

/// Whether a server belongs to a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Membership {
    /// It has all boards.
    Alone,
    /// It has the boards of its slots, and publishes only to its own subscribers.
    InCluster,
}

/// One server. Cheap to clone; never shows the password.
#[derive(Clone)]
pub(crate) struct Node {
    address: Arc<str>,
    membership: Membership,
    /// RESP3, in which the library tells at once when a connection is closed.
    client: Arc<Client>,
}

/// A connection for commands, to a server that may be used.
pub(super) struct Usable {
    pub(super) connection: MultiplexedConnection,
    pub(super) server: ServerInfo,
    /// Notified when the connection is closed.
    pub(super) closed: Arc<Notify>,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        (&self.address, self.membership) == (&other.address, other.membership)
    }
}

impl Eq for Node {}

impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.address, self.membership).hash(state);
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Node({})", self.address)
    }
}

impl Node {
    pub(super) fn new(client: Client, membership: Membership) -> Self {
        Self {
            address: client.get_connection_info().addr().to_string().into(),
            membership,
            client: Arc::new(client),
        }
    }

    /// The same server, known to belong to a cluster.
    pub(super) fn in_cluster(&self) -> Self {
        Self {
            membership: Membership::InCluster,
            ..self.clone()
        }
    }

    /// Another server that is reached in the same way: with the same user, password and TLS.
    pub(super) fn at(&self, host: &str, port: u16) -> RedisResult<Self> {
        let host = host.to_owned();
        let address = match self.info().addr() {
            ConnectionAddr::TcpTls {
                insecure,
                tls_params,
                ..
            } => ConnectionAddr::TcpTls {
                host,
                port,
                insecure: *insecure,
                tls_params: tls_params.clone(),
            },
            _ => ConnectionAddr::Tcp(host, port),
        };
        let client = Client::open(self.info().clone().set_addr(address))?;
        Ok(Self::new(client, self.membership))
    }

    /// Host and port, for people.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Whether it belongs to a cluster.
    pub(crate) fn is_in_cluster(&self) -> bool {
        self.membership == Membership::InCluster
    }

    /// The host without the port.
    pub(super) fn host(&self) -> &str {
        match self.info().addr() {
            ConnectionAddr::Tcp(host, _) | ConnectionAddr::TcpTls { host, .. } => host,
            _ => "",
        }
    }

    pub(super) fn info(&self) -> &ConnectionInfo {
        self.client.get_connection_info()
    }

    /// A connection for commands.
    pub(super) async fn connect(&self) -> Result<Usable, ConnectError> {
        let closed = Arc::new(Notify::new());
        let on_close = Arc::clone(&closed);
        let on_push = move |push: PushInfo| {
            if push.kind == PushKind::Disconnection {
                on_close.notify_one();
            }
        };
        let attempt = async {
            let mut connection = self.open(on_push).await?;
            let server = inspect(&mut connection, &self.address).await?;
            Ok(Usable {
                connection,
                server,
                closed,
            })
        };
        self.in_time(attempt).await
    }

    /// The version and the settings of the server now.
    pub(super) async fn look(
        &self,
        connection: &mut MultiplexedConnection,
    ) -> Result<ServerInfo, ConnectError> {
        inspect(connection, &self.address).await
    }

    /// A connection for subscriptions, whose messages are handed to `on_push`, which must not block.
    pub(super) async fn connect_pubsub(
        &self,
        on_push: impl Fn(PushInfo) + Send + Sync + 'static,
    ) -> Result<MultiplexedConnection, ConnectError> {
        self.in_time(self.open(on_push)).await
    }

    async fn open(
        &self,
        on_push: impl Fn(PushInfo) + Send + Sync + 'static,
    ) -> Result<MultiplexedConnection, ConnectError> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(None)
            .set_response_timeout(None)
            .set_pipeline_buffer_size(PIPELINE)
            .set_push_sender(move |push| {
                on_push(push);
                Ok::<(), std::convert::Infallible>(())
            });
        self.client
            .get_multiplexed_async_connection_with_config(&config)
            .await
            .map_err(|error| classify(&self.address, &error))
    }

    async fn in_time<T>(
        &self,
        attempt: impl Future<Output = Result<T, ConnectError>>,
    ) -> Result<T, ConnectError> {
        timeout(CONNECT_LIMIT, attempt)
            .await
            .unwrap_or_else(|_| Err(ConnectError::Temporary(self.no_answer())))
    }

    fn no_answer(&self) -> String {
        // A Redis without TLS waits for more when it is greeted with TLS.
        let hint = match self.info().addr() {
            ConnectionAddr::TcpTls { .. } => ", does it speak TLS there?",
            _ => "",
        };
        format!("no answer from {} in {CONNECT_LIMIT:?}{hint}", self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_server_is_reached_with_the_same_user_password_and_tls() {
        crate::cryptography::choose();
        let client = Client::open("rediss://user:secret@10.0.0.1:7000/0").unwrap();
        let other = Node::new(client, Membership::Alone)
            .at("10.0.0.2", 7001)
            .unwrap();
        let settings = other.info().redis_settings();
        assert_eq!(other.address(), "10.0.0.2:7001");
        assert!(matches!(
            other.info().addr(),
            ConnectionAddr::TcpTls {
                insecure: false,
                ..
            }
        ));
        assert_eq!(
            (settings.username(), settings.password()),
            (Some("user"), Some("secret"))
        );
        assert!(!format!("{other:?}").contains("secret"));
    }
}
