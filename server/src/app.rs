//! Starts a server, runs it, and shuts it down.

use std::ffi::OsString;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures::future;
use shared::id::NodeId;
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::assistant::Assistant;
use crate::blob::BlobStore;
use crate::blob::files::FileBlobs;
use crate::blob::redis::RedisBlobs;
use crate::blob::s3::{S3Blobs, S3OpenError};
use crate::broker::Broker;
use crate::broker::memory::MemoryBroker;
use crate::broker::redis::RedisBroker;
use crate::clock::{Clock, NoRandomness, random16};
use crate::config::{BlobPlace, Config, Storage};
use crate::cpu_budget::CpuBudgets;
use crate::export::Exports;
use crate::http;
use crate::load::Load;
use crate::metrics::Metrics;
use crate::open_limit::OpenLimit;
use crate::people_limit::PeopleLimit;
use crate::redis::{Reach, RedisOpenError, RedisTarget};
use crate::room::{Context, HeadWatch, Hub, Questions, Turns};
use crate::service::{Blobs, Boards};
use crate::state::{AppState, RequestWarnings};
use crate::store::Store;
use crate::store::embedded::{EmbeddedStore, OpenError};
use crate::store::measured::MeasuredStore;
use crate::store::redis::RedisStore;
use crate::transfer_budget::TransferBudget;

/// How long tasks may take to end once the server shuts down. Rooms give up
/// sooner; this is for connections that do not read.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(10);

/// The directory of the pictures in a data directory.
const BLOBS_DIR: &str = "blobs";

/// WebSockets of all callers that have not sent their hello yet.
const MAX_HANDSHAKES: usize = 1_000;
/// Those of one caller; a school behind one address that reconnects at once still fits.
const MAX_HANDSHAKES_EACH: usize = 250;

/// Uploads in pieces that go on at the same time. Each holds one piece of 256 KiB.
const MAX_UPLOADS: usize = 256;
/// Those of one caller.
const MAX_UPLOADS_EACH: usize = 64;
/// Uploads that are kept in memory until they are whole, 8 MiB each.
const MAX_WHOLE_UPLOADS: usize = 16;
/// Those of one caller.
const MAX_WHOLE_UPLOADS_EACH: usize = 8;

/// Why a server cannot run. Each is one line that says what to change.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address} ({option}): {reason}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// The option that names the address.
        option: &'static str,
        /// The error of the system.
        reason: String,
    },
    /// The embedded store cannot be opened.
    #[error("{0} (--data-dir)")]
    Data(#[from] OpenError),
    /// Redis cannot be used.
    #[error("{0} (--redis-url)")]
    Redis(#[from] RedisOpenError),
    /// The bucket for pictures cannot be used.
    #[error("{0} (--blob-store)")]
    Blobs(#[from] S3OpenError),
    /// The system has no randomness.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The listener broke.
    #[error("cannot accept connections: {0}")]
    Accept(#[from] io::Error),
}

/// The sockets on which a server listens.
#[derive(Debug)]
pub struct Listeners {
    /// For people: pages, calls and WebSockets.
    pub main: TcpListener,
    /// For Prometheus.
    pub metrics: Option<TcpListener>,
}

impl Listeners {
    /// Listens on the addresses in a configuration.
    ///
    /// # Errors
    /// [`RunError::Listen`].
    pub async fn bind(config: &Config) -> Result<Self, RunError> {
        Ok(Self {
            main: bind(config.listen, "--listen").await?,
            metrics: match config.metrics_listen {
                Some(address) => Some(bind(address, "--metrics-listen").await?),
                None => None,
            },
        })
    }
}

async fn bind(address: SocketAddr, option: &'static str) -> Result<TcpListener, RunError> {
    TcpListener::bind(address).await.map_err(|error| {
        let reason = match error.kind() {
            io::ErrorKind::AddrInUse => "address already in use".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::AddrNotAvailable => "this machine does not have that address".to_owned(),
            _ => error.to_string(),
        };
        RunError::Listen {
            address,
            option,
            reason,
        }
    })
}

/// Runs a server until `shutdown` is ready, then shuts it down: rooms store all commits that they
/// were sent, and clients are told to reconnect. Prints the server's address on standard output once
/// it takes connections.
///
/// # Errors
/// [`RunError`], only before the first connection.
pub async fn run(
    listeners: Listeners,
    config: Config,
    shutdown: impl Future<Output = ()>,
) -> Result<(), RunError> {
    let address = listeners.main.local_addr()?;
    let (questions, asked) = Questions::channel();
    let (context, blobs) = services(&config, questions).await?;
    let (tasks, draining) = (TaskTracker::new(), CancellationToken::new());
    let cpu = CpuBudgets::new(context.clock, &context.metrics);
    let exports = Exports::new(context.clock, config.font_dir.clone());
    let hub = Hub::new(context.clone(), tasks.clone(), draining.clone());
    let boards = Arc::new(Boards::new(
        context.clone(),
        hub.clone(),
        config.boards_per_hour,
    ));
    let blobs = Blobs::new(context.clone(), hub.clone(), Arc::clone(&boards), blobs);
    let max_sockets = usize::try_from(config.max_connections.get()).unwrap_or(usize::MAX);
    let state = Arc::new(AppState {
        config,
        context,
        hub,
        boards,
        blobs: Arc::new(blobs),
        cpu,
        exports,
        transfers: TransferBudget::default(),
        // One caller may have all of them until others come.
        sockets: OpenLimit::new(max_sockets, max_sockets),
        uploads: OpenLimit::new(MAX_UPLOADS, MAX_UPLOADS_EACH),
        whole_uploads: OpenLimit::new(MAX_WHOLE_UPLOADS, MAX_WHOLE_UPLOADS_EACH),
        people: PeopleLimit::default(),
        handshakes: OpenLimit::new(MAX_HANDSHAKES, MAX_HANDSHAKES_EACH),
        warnings: RequestWarnings::default(),
        tasks,
        draining,
    });
    let sweeping = (Arc::clone(&state.blobs), state.draining.clone());
    state
        .tasks
        .spawn(async move { sweeping.0.sweep_daily(sweeping.1).await });
    state.tasks.spawn(Assistant::new(&state).answer_all(asked));
    let draining = state.draining.clone();
    let (load, heads) = (state.context.load.clone(), state.context.heads.clone());
    let watching = future::join(load.measure(), heads.run(Arc::clone(&state.context.store)));
    state
        .tasks
        .spawn(async move { draining.run_until_cancelled(watching).await });
    let ended = CancellationToken::new();
    let listening = listen(listeners, &state, &ended)?;
    announce(&state.config, address);
    shutdown.await;
    tracing::info!("shutting down");
    state.draining.cancel();
    state.context.metrics.shutdown_began();
    state.tasks.close();
    if timeout(SHUTDOWN_LIMIT, state.tasks.wait()).await.is_err() {
        tracing::warn!(
            left = state.tasks.len(),
            "some connections did not end in time"
        );
    }
    ended.cancel();
    listening.wait().await;
    Ok(())
}

/// Serves the listeners until `ended` is cancelled; the tracker ends with them.
fn listen(
    listeners: Listeners,
    state: &Arc<AppState>,
    ended: &CancellationToken,
) -> Result<TaskTracker, RunError> {
    let listening = TaskTracker::new();
    let Listeners { main, metrics } = listeners;
    listening.spawn(http::serve(main, Arc::clone(state), ended.clone()));
    if let Some(metrics) = metrics {
        tracing::info!(address = %metrics.local_addr()?, "metrics can be scraped");
        let serving = http::serve_metrics(metrics, Arc::clone(state), ended.clone());
        listening.spawn(serving);
    }
    listening.close();
    Ok(listening)
}

/// Store, broker and what else rooms share, and where blobs are stored.
async fn services(
    config: &Config,
    questions: Questions,
) -> Result<(Context, Arc<dyn BlobStore>), RunError> {
    let node = NodeId::from_bytes(random16()?);
    let metrics = Arc::new(Metrics::default());
    let Stores {
        store,
        broker,
        blobs,
    } = stores(config, node, &metrics).await?;
    let measured = MeasuredStore::new(store, metrics.store.clone());
    let context = Context {
        node,
        clock: Clock::start(),
        load: Load::default(),
        metrics,
        store: Arc::new(measured),
        heads: HeadWatch::default(),
        store_warnings: Arc::default(),
        broker,
        replays: Turns::default(),
        commits: Turns::default(),
        snapshots: Turns::default(),
        questions,
    };
    Ok((context, blobs))
}

/// What the place of the boards decides.
struct Stores {
    store: Arc<dyn Store>,
    broker: Arc<dyn Broker>,
    blobs: Arc<dyn BlobStore>,
}

async fn stores(config: &Config, node: NodeId, metrics: &Metrics) -> Result<Stores, RunError> {
    let elsewhere = match &config.blob_place {
        Some(place) => Some(blobs_elsewhere(place).await?),
        None => None,
    };
    match &config.storage {
        Storage::Embedded(dir) => {
            let broker = Arc::new(MemoryBroker::new());
            let store = EmbeddedStore::open(dir, broker.log_publisher())?;
            let beside = || Arc::new(FileBlobs::new(dir.join(BLOBS_DIR))) as Arc<dyn BlobStore>;
            Ok(Stores {
                store: Arc::new(store),
                broker,
                blobs: elsewhere.unwrap_or_else(beside),
            })
        }
        Storage::Redis(redis) => {
            let (target, reach) = RedisTarget::open(redis).await?;
            if let Reach::Unreachable(reason) = reach {
                // People can draw meanwhile, and everything is stored when Redis comes up.
                let url = &redis.url;
                tracing::error!(redis = %url, %reason, "Redis cannot be reached yet (--redis-url)");
            }
            let target = target.measured_by(metrics.broker.clone());
            let beside = || Arc::new(RedisBlobs::new(&target)) as Arc<dyn BlobStore>;
            Ok(Stores {
                store: Arc::new(RedisStore::new(&target, node)),
                broker: Arc::new(RedisBroker::new(&target, node)),
                blobs: elsewhere.unwrap_or_else(beside),
            })
        }
    }
}

async fn blobs_elsewhere(place: &BlobPlace) -> Result<Arc<dyn BlobStore>, RunError> {
    let place = match place {
        BlobPlace::Dir(dir) => return Ok(Arc::new(FileBlobs::new(dir.clone()))),
        BlobPlace::S3(place) => place,
    };
    let opened = S3Blobs::open(place, variables()).await?;
    if let Some(reason) = opened.unreachable {
        // Pages keep their pictures meanwhile, and upload them when the bucket can be reached.
        tracing::error!(%place, %reason, "pictures cannot be reached yet (--blob-store)");
    }
    Ok(Arc::new(opened.blobs))
}

/// The variables of the environment whose values are text.
fn variables() -> Vec<(String, String)> {
    let text = |(name, value): (OsString, OsString)| {
        Some((name.into_string().ok()?, value.into_string().ok()?))
    };
    std::env::vars_os().filter_map(text).collect()
}

#[expect(
    clippy::print_stdout,
    reason = "the one line on standard output, for people and scripts"
)]
fn announce(config: &Config, address: SocketAddr) {
    let local = format!("http://{address}");
    let place = config
        .public_url
        .as_ref()
        .map_or(local, ToString::to_string);
    tracing::info!(%address, storage = ?config.storage, "ready");
    println!("Commonslate is at {place}/");
}
