//! A whole server inside the test process, on a free port of the loopback.

use std::net::SocketAddr;
use std::path::Path;

use server::config::{Config, Exit, Storage};
use server::{Listeners, RunError, run};
use tempfile::TempDir;
use testkit::PATIENCE;
use testkit::board::Board;
use testkit::redis::Redis;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// A running server.
#[derive(Debug)]
pub(crate) struct TestServer {
    pub(crate) address: SocketAddr,
    /// Where its metrics are.
    pub(crate) metrics: Option<SocketAddr>,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<Result<(), RunError>>,
    _data: Option<TempDir>,
}

impl TestServer {
    /// A server with an embedded store of its own.
    pub(crate) async fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut server = Self::on_dir(data.path()).await;
        server._data = Some(data);
        server
    }

    /// A server on a data directory.
    pub(crate) async fn on_dir(dir: &Path) -> Self {
        Self::with(Config::local(Storage::Embedded(dir.to_owned()))).await
    }

    /// A server with this configuration.
    pub(crate) async fn with(config: Config) -> Self {
        let listeners = Listeners::bind(&config).await.unwrap();
        let address = listeners.main.local_addr().unwrap();
        let metrics = listeners.metrics.as_ref();
        let metrics = metrics.map(|metrics| metrics.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            // Dropping the handle stops the server as well.
            let ended = run(listeners, config, async { drop(stopped.await) }).await;
            // A test may notice only that no answer comes.
            ended.inspect_err(|error| eprintln!("the server ended: {error}"))
        });
        Self {
            address,
            metrics,
            stop: Some(stop),
            running,
            _data: None,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Makes a board over REST.
    pub(crate) async fn board(&self) -> Board {
        Board::create(&self.url("")).await.unwrap()
    }

    /// Shuts the server down and waits for it.
    pub(crate) async fn stop(mut self) {
        drop(self.stop.take());
        timeout(PATIENCE, self.running)
            .await
            .expect("server ends")
            .unwrap()
            .unwrap();
    }
}

/// The configuration of a server that stores its boards in a Redis.
pub(crate) fn redis_config(redis: &Redis) -> Config {
    let args = [
        "commonslate",
        "--redis-url",
        &redis.url(),
        "--listen",
        "127.0.0.1:0",
    ];
    match Config::read(args.map(Into::into)) {
        Ok(config) => config,
        Err(Exit::Help(text) | Exit::Usage(text)) => panic!("{text}"),
    }
}
