//! A whole server inside the test process, on a free port of the loopback.

use std::net::SocketAddr;
use std::path::Path;

use server::config::{Config, Keeping};
use server::{RunError, bind, run};
use shared::api::CreatedBoard;
use shared::id::{BoardId, Secret};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Duration, timeout};

/// Longest wait for anything in a test; reaching it fails the test.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A running server.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<Result<(), RunError>>,
    _data: Option<TempDir>,
}

/// A board with its secrets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Keys {
    pub(crate) board: BoardId,
    pub(crate) owner: Secret,
    pub(crate) edit: Secret,
    pub(crate) view: Secret,
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
    pub(crate) async fn board(&self) -> Keys {
        let answer = reqwest::Client::new()
            .post(self.url("/api/v1/boards"))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 201);
        let json: serde_json::Value = answer.json().await.unwrap();
        Keys::read(&json)
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

impl Keys {
    /// From the answer of the REST API.
    pub(crate) fn read(json: &serde_json::Value) -> Self {
        let secret = |role: &str| secret_of(json["links"][role].as_str().unwrap());
        Self {
            board: json["board"].as_str().unwrap().parse().unwrap(),
            owner: secret("owner"),
            edit: secret("edit"),
            view: secret("view"),
        }
    }

    /// From the answer of the server function.
    pub(crate) fn of(created: &CreatedBoard) -> Self {
        Self {
            board: created.board,
            owner: secret_of(&created.links.owner),
            edit: secret_of(&created.links.edit),
            view: secret_of(&created.links.view),
        }
    }
}

fn secret_of(link: &str) -> Secret {
    link.split_once('#').unwrap().1.parse().unwrap()
}
