//! A store with its broker, of each kind, for the contract suites.

use std::sync::Arc;

use redis::aio::MultiplexedConnection;
use server::broker::memory::MemoryBroker;
use server::broker::redis::RedisBroker;
use server::broker::{Broker, BrokerMsg, Subscription};
use server::config::RedisConfig;
use server::health::Health;
use server::redis::{Reach, RedisOpenError, RedisTarget};
use server::store::embedded::EmbeddedStore;
use server::store::redis::RedisStore;
use server::store::{BoardRecord, Store, StoreError};
use shared::id::{BoardId, ClientId, Epoch, NodeId, Position, Secret, Seq};
use shared::limits::MAX_BOARD_BYTES;
use shared::protocol::{Role, StoredCommit};
use shared::sync::log::{Batch, BatchReply, Outcome};
use tempfile::TempDir;
use testkit::PATIENCE;
use testkit::redis::{Redis, Version};
use testkit::redis_cluster::RedisCluster;
use testkit::redis_sentinel::RedisSentinel;

/// A store and its broker.
pub(crate) struct Backend {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) broker: Arc<dyn Broker>,
    pub(crate) kind: Kind,
}

/// Which kind of store it is, with what only this kind has.
pub(crate) enum Kind {
    Embedded {
        store: Arc<EmbeddedStore>,
        _dir: TempDir,
    },
    Redis {
        store: Arc<RedisStore>,
        server: Box<Redis>,
        target: Box<RedisTarget>,
    },
    Cluster {
        store: Arc<RedisStore>,
        cluster: Box<RedisCluster>,
        target: Box<RedisTarget>,
    },
    Sentinel {
        store: Arc<RedisStore>,
        servers: Box<RedisSentinel>,
        target: Box<RedisTarget>,
    },
}

/// A store and a broker on a Redis.
type OnRedis = (Arc<RedisStore>, Arc<RedisBroker>, Box<RedisTarget>);

impl Backend {
    pub(crate) async fn embedded() -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let broker = Arc::new(MemoryBroker::new());
        let store = Arc::new(EmbeddedStore::open(dir.path(), broker.log_publisher()).unwrap());
        let kind = Kind::Embedded {
            store: Arc::clone(&store),
            _dir: dir,
        };
        Some(Self {
            store,
            broker,
            kind,
        })
    }

    pub(crate) async fn redis7() -> Option<Self> {
        Self::on(Version::Seven).await
    }

    pub(crate) async fn redis8() -> Option<Self> {
        Self::on(Version::Eight).await
    }

    /// A store on a Redis of a version; `None` if tests on it are skipped.
    async fn on(version: Version) -> Option<Self> {
        if version.is_skipped() {
            return None;
        }
        let server = Redis::start(version, &[]).await.unwrap();
        Some(Self::redis(server).await)
    }

    pub(crate) async fn redis(server: Redis) -> Self {
        let (store, broker, target) = on_redis(&RedisConfig::at(&server.url()).unwrap()).await;
        Self {
            store: Arc::<RedisStore>::clone(&store),
            broker,
            kind: Kind::Redis {
                store,
                server: Box::new(server),
                target,
            },
        }
    }

    pub(crate) async fn cluster7() -> Option<Self> {
        Self::on_cluster(Version::Seven).await
    }

    pub(crate) async fn cluster8() -> Option<Self> {
        Self::on_cluster(Version::Eight).await
    }

    /// A store on three masters of a cluster; `None` if tests on the version are skipped.
    async fn on_cluster(version: Version) -> Option<Self> {
        if version.is_skipped() {
            return None;
        }
        let cluster = RedisCluster::start(version, 3, 0, &[]).await.unwrap();
        Some(Self::cluster(cluster).await)
    }

    pub(crate) async fn cluster(cluster: RedisCluster) -> Self {
        let (store, broker, target) = on_redis(&RedisConfig::at(&cluster.url()).unwrap()).await;
        Self {
            store: Arc::<RedisStore>::clone(&store),
            broker,
            kind: Kind::Cluster {
                store,
                cluster: Box::new(cluster),
                target,
            },
        }
    }

    pub(crate) async fn sentinel7() -> Option<Self> {
        Self::by_sentinel(Version::Seven).await
    }

    pub(crate) async fn sentinel8() -> Option<Self> {
        Self::by_sentinel(Version::Eight).await
    }

    /// A store on a master with one replica; `None` if tests on the version are skipped.
    async fn by_sentinel(version: Version) -> Option<Self> {
        if version.is_skipped() {
            return None;
        }
        let servers = RedisSentinel::start(version, 1, &[]).await.unwrap();
        Some(Self::sentinel(servers).await)
    }

    pub(crate) async fn sentinel(servers: RedisSentinel) -> Self {
        let config = RedisConfig::by_sentinels(&servers.url(), &servers.sentinels()).unwrap();
        let (store, broker, target) = on_redis(&config).await;
        Self {
            store: Arc::<RedisStore>::clone(&store),
            broker,
            kind: Kind::Sentinel {
                store,
                servers: Box::new(servers),
                target,
            },
        }
    }

    /// Another server process on the same data, as far as that is possible.
    pub(crate) fn neighbour(&self) -> (Arc<dyn Store>, Arc<dyn Broker>) {
        match &self.kind {
            Kind::Embedded { .. } => (Arc::clone(&self.store), Arc::clone(&self.broker)),
            Kind::Redis { target, .. }
            | Kind::Cluster { target, .. }
            | Kind::Sentinel { target, .. } => {
                let node = NodeId::from_bytes(rand::random());
                (
                    Arc::new(RedisStore::new(target, node)),
                    Arc::new(RedisBroker::new(target, node)),
                )
            }
        }
    }

    pub(crate) fn server(&mut self) -> &mut Redis {
        match &mut self.kind {
            Kind::Redis { server, .. } => server,
            _ => panic!("no single Redis here"),
        }
    }

    pub(crate) async fn archived(&self, board: BoardId) -> Vec<(Seq, StoredCommit)> {
        let mut commits = Vec::new();
        for number in 0.. {
            match self.store.archived(board, number).await.unwrap() {
                Some(segment) => commits.extend(segment),
                None => break,
            }
        }
        commits
    }

    /// Creates a board; returns its id and position.
    pub(crate) async fn board(&self) -> (BoardId, Position) {
        let board = BoardId::from_bytes(rand::random());
        let epoch = fresh_epoch();
        self.store
            .create(board, &record("A board"), epoch)
            .await
            .unwrap();
        (board, Position { epoch, seq: 0 })
    }

    /// Stores commits of one author, numbered from `first`, one batch.
    pub(crate) async fn store_run(
        &self,
        board: BoardId,
        at: Position,
        author: ClientId,
        count: u64,
    ) -> Position {
        let first = at.seq + 1;
        let commits = (first..first + count)
            .map(|cno| commit(author, cno, 20))
            .collect();
        let outcomes = done(self.store.commit(board, &batch(at, commits)).await.unwrap());
        let expected: Vec<_> = (first..first + count).map(Outcome::Stored).collect();
        assert_eq!(outcomes, expected);
        Position {
            seq: at.seq + count,
            ..at
        }
    }
}

/// A store and a broker of one server.
async fn on_redis(config: &RedisConfig) -> OnRedis {
    let (target, reach) = RedisTarget::open(config).await.unwrap();
    assert_eq!(reach, Reach::Ready);
    let node = NodeId::from_bytes(rand::random());
    let store = Arc::new(RedisStore::new(&target, node));
    let broker = Arc::new(RedisBroker::new(&target, node));
    (store, broker, Box::new(target))
}

/// Opens the Redis at an address with the default options.
pub(crate) async fn open_redis(url: &str) -> Result<(RedisTarget, Reach), RedisOpenError> {
    RedisTarget::open(&RedisConfig::at(url).unwrap()).await
}

/// Waits until the health of a store is as wanted.
pub(crate) async fn until_health(store: &dyn Store, wanted: impl Fn(&Health) -> bool) -> Health {
    let mut health = store.health();
    let found = tokio::time::timeout(PATIENCE, health.wait_for(wanted)).await;
    found.expect("the health changes").unwrap().clone()
}

/// A connection of the test's own.
pub(crate) async fn connect(server: &Redis) -> MultiplexedConnection {
    server.connect().await.unwrap()
}

pub(crate) fn fresh_epoch() -> Epoch {
    Epoch::from_bytes(rand::random())
}

pub(crate) fn author(number: u8) -> ClientId {
    ClientId::from_bytes([number; 16])
}

pub(crate) fn record(title: &str) -> BoardRecord {
    let hash = Secret::from_bytes(rand::random()).hash();
    BoardRecord::new(title.to_owned(), 1_700_000_000_000, [(Role::Owner, hash)])
}

pub(crate) fn commit(author: ClientId, cno: u64, size: usize) -> StoredCommit {
    // Bytes that differ by author and number, and are no text.
    let mark = author.as_bytes()[0] ^ u8::try_from(cno % 251).unwrap();
    StoredCommit {
        author,
        cno,
        payload: vec![mark; size].into(),
    }
}

pub(crate) fn batch(at: Position, commits: Vec<StoredCommit>) -> Batch {
    Batch {
        epoch: at.epoch,
        known_seq: at.seq,
        fresh_epoch: fresh_epoch(),
        max_bytes: MAX_BOARD_BYTES,
        commits,
    }
}

pub(crate) fn done(reply: BatchReply) -> Vec<Outcome> {
    match reply {
        BatchReply::Done(outcomes) => outcomes,
        other => panic!("expected outcomes, got {other:?}"),
    }
}

/// Repeats a call until the store answers, as a server does.
pub(crate) async fn persist<T, F>(mut call: impl FnMut() -> F) -> T
where
    F: Future<Output = Result<T, StoreError>>,
{
    let trying = async {
        loop {
            match call().await {
                Ok(value) => return value,
                Err(StoreError::Unavailable(_)) => tokio::task::yield_now().await,
                Err(error) => panic!("{error}"),
            }
        }
    };
    tokio::time::timeout(PATIENCE, trying)
        .await
        .expect("store comes back")
}

/// The next message that is not live.
pub(crate) async fn next_durable(subscription: &mut Subscription) -> BrokerMsg {
    let next = async {
        loop {
            match subscription
                .messages
                .recv()
                .await
                .expect("subscription is open")
            {
                BrokerMsg::Live(_) => {}
                other => return other,
            }
        }
    };
    tokio::time::timeout(PATIENCE, next)
        .await
        .expect("a durable message comes")
}

/// The next message for which `pick` finds something.
pub(crate) async fn next_of<T>(
    subscription: &mut Subscription,
    mut pick: impl FnMut(BrokerMsg) -> Option<T>,
) -> T {
    let next = async {
        loop {
            let message = subscription
                .messages
                .recv()
                .await
                .expect("subscription is open");
            if let Some(found) = pick(message) {
                return found;
            }
        }
    };
    tokio::time::timeout(PATIENCE, next)
        .await
        .expect("the message comes")
}
