//! A whole server inside the test process, on a free port of the loopback.

use std::net::SocketAddr;
use std::path::Path;

use server::config::{Config, Keeping};
use server::{RunError, bind, run};
use tempfile::TempDir;
use testkit::PATIENCE;
use testkit::board::Board;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// A running server.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<Result<(), RunError>>,
    _data: Option<TempDir>,
}

impl Site {
    /// A server alone, with a store of its own.
    pub(crate) async fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut site = Self::on_dir(data.path()).await;
        site._data = Some(data);
        site
    }

    /// A server on a data directory.
    pub(crate) async fn on_dir(dir: &Path) -> Self {
        Self::with(Config::local(Keeping::Embedded(dir.to_owned()))).await
    }

    /// A server that was told this.
    pub(crate) async fn with(config: Config) -> Self {
        let listener = bind(config.listen).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(run(listener, config, async {
            // Dropping the handle stops the server as well.
            drop(stopped.await);
        }));
        Self {
            address,
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

    /// Ends the server politely and waits for it.
    pub(crate) async fn stop(mut self) {
        drop(self.stop.take());
        timeout(PATIENCE, self.running)
            .await
            .expect("server ends")
            .unwrap()
            .unwrap();
    }
}
