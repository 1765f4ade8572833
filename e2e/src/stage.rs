//! Sets a scene, plays it, and looks at what it leaves behind.
//!
//! A scenario that fails leaves pictures of every page and the tails of every log under
//! `target/e2e/`. One that succeeds must also leave no exception on any page, no panic in any
//! server, and no secret in any log.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, anyhow, bail, ensure};
use tempfile::TempDir;
use testkit::board::{Board, Link};
use testkit::redis::{Redis, Version};
use testkit::server::Server;

use crate::browser::Browser;
use crate::log::Kind;
use crate::person::Person;
use crate::proxy::Proxy;
use crate::server::{self, Keeping};

/// The longest scene kills Redis for ten seconds; a machine of two cores under load is slow.
const SCENE_DEADLINE: Duration = Duration::from_secs(240);

/// One scene at a time in a process: browsers and servers share few cores with each other.
static CURTAIN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Everything of one scene; dropped, it is all gone.
#[derive(Debug)]
pub struct Stage {
    /// The browser that all people share.
    pub browser: Browser,
    /// The servers, in the order of their start.
    pub servers: Vec<Server>,
    /// The Redis between them, if there is one.
    pub redis: Option<Redis>,
    people: Vec<(String, Person)>,
    secrets: Vec<String>,
    connections_break: bool,
    files: TempDir,
}

/// Plays a scene on a runtime of its own and fails the test if it fails.
///
/// # Panics
/// If the scene fails: this is the `assert!` of the scenarios.
#[expect(clippy::panic, reason = "how a test fails")]
pub fn scene(name: &str, play: impl AsyncFnOnce(&mut Stage) -> Result<()>) {
    let outcome = run(async {
        let _curtain = CURTAIN.lock().await;
        let mut stage = Stage::set().await?;
        let played = tokio::time::timeout(SCENE_DEADLINE, play(&mut stage)).await;
        let played = played.unwrap_or_else(|_| Err(anyhow!("not over after {SCENE_DEADLINE:?}")));
        let verdict = match played.and_then(|()| stage.inspect()) {
            Ok(()) => Ok(()),
            Err(error) => Err(anyhow!("{error:#}\n{}", stage.report(name).await)),
        };
        let closed = stage.browser.close().await;
        verdict.and(closed)
    });
    if let Err(error) = outcome {
        panic!("{name}: {error:#}");
    }
}

fn run<T>(scene: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?
        .block_on(scene)
}

impl Stage {
    /// A stage with a browser and nothing else.
    ///
    /// # Errors
    /// If the browser does not start.
    pub async fn set() -> Result<Self> {
        Ok(Self {
            browser: Browser::launch().await?,
            servers: Vec::new(),
            redis: None,
            people: Vec::new(),
            secrets: Vec::new(),
            connections_break: false,
            files: tempfile::Builder::new().prefix("e2e-stage-").tempdir()?,
        })
    }

    /// Starts one server on its embedded store and returns its URL.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn one_server(&mut self) -> Result<String> {
        let server = server::start(&Keeping::Embedded(self.data_dir())).await?;
        let url = server.url();
        self.servers.push(server);
        Ok(url)
    }

    /// Starts a Redis and two servers joined by it, and returns their URLs.
    ///
    /// # Errors
    /// If one of them does not start.
    pub async fn two_servers(&mut self) -> Result<[String; 2]> {
        let redis = Redis::start(Version::Seven, &[]).await?;
        let first = server::start(&Keeping::Redis(redis.url(), self.data_dir())).await?;
        self.servers.push(first);
        let second = server::start(&Keeping::Redis(redis.url(), self.data_dir())).await?;
        self.servers.push(second);
        self.redis = Some(redis);
        let [first, second] = self.addresses()?;
        Ok([format!("http://{first}"), format!("http://{second}")])
    }

    /// The addresses of the two servers.
    ///
    /// # Errors
    /// If there are not two.
    pub fn addresses(&self) -> Result<[SocketAddr; 2]> {
        let addresses: Vec<SocketAddr> = self.servers.iter().map(Server::address).collect();
        addresses
            .try_into()
            .map_err(|_| anyhow!("the scene has not two servers"))
    }

    /// A way in for each of two people: each prefers another server and falls back to the other.
    ///
    /// # Errors
    /// If there are not two servers.
    pub async fn two_ways_in(&self) -> Result<[Proxy; 2]> {
        let [first, second] = self.addresses()?;
        Ok([
            Proxy::start(vec![first, second]).await?,
            Proxy::start(vec![second, first]).await?,
        ])
    }

    fn data_dir(&self) -> PathBuf {
        self.files
            .path()
            .join(format!("data-{}", self.servers.len()))
    }

    /// The server started at this place.
    ///
    /// # Errors
    /// If there is none.
    pub fn server(&mut self, index: usize) -> Result<&mut Server> {
        self.servers
            .get_mut(index)
            .ok_or_else(|| anyhow!("the scene has no server {index}"))
    }

    /// The Redis of the scene.
    ///
    /// # Errors
    /// If there is none.
    pub fn redis(&mut self) -> Result<&mut Redis> {
        self.redis
            .as_mut()
            .ok_or_else(|| anyhow!("the scene has no Redis"))
    }

    /// Makes a board over the API; its secrets may then appear in no log.
    ///
    /// # Errors
    /// If the server refuses.
    pub async fn board(&mut self, server: &str) -> Result<Board> {
        let board = Board::create(server).await?;
        for link in board.links() {
            self.keep_secret(link);
        }
        Ok(board)
    }

    /// From here on the secret of this link may appear in no log of a server.
    pub fn keep_secret(&mut self, link: Link) {
        self.secrets.push(link.secret.reveal());
    }

    /// Somebody comes in with an empty tab; `name` is for the reports.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn person(&mut self, name: &str) -> Result<Person> {
        let context = self.browser.context().await?;
        let page = context.page().await?;
        let person = Person { context, page };
        self.people.push((name.to_owned(), person.clone()));
        Ok(person)
    }

    /// Somebody comes in and opens a board.
    ///
    /// # Errors
    /// If the board does not open.
    pub async fn guest(&mut self, name: &str, link: &str) -> Result<Person> {
        let person = self.person(name).await?;
        person.open(link).await?;
        Ok(person)
    }

    /// From here on lost connections are part of the plot, and no complaint about them counts.
    pub fn connections_will_break(&mut self) {
        self.connections_break = true;
    }

    /// What must be true after every scene.
    fn inspect(&self) -> Result<()> {
        for (name, person) in &self.people {
            for complaint in person.page.log().complaints() {
                let expected = complaint.kind == Kind::Network && self.connections_break;
                ensure!(
                    expected,
                    "the page of {name} complained: {}",
                    complaint.text
                );
            }
        }
        for line in self.servers.iter().flat_map(Server::output) {
            ensure!(!line.contains("panicked at"), "a server panicked: {line}");
            if self.secrets.iter().any(|secret| line.contains(secret)) {
                bail!("a server wrote a secret to its log: {line}");
            }
        }
        Ok(())
    }

    /// Saves what can be seen and heard of a failed scene; returns a summary.
    async fn report(&self, scene: &str) -> String {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let workspace = manifest.parent().unwrap_or(manifest);
        let folder = workspace.join("target/e2e").join(scene.replace(' ', "_"));
        let mut text = format!("see {}\n", folder.display());
        // Pictures of an earlier failure would mislead; there may be none.
        drop(tokio::fs::remove_dir_all(&folder).await);
        if let Err(error) = tokio::fs::create_dir_all(&folder).await {
            return format!("no report: {error}");
        }
        for (name, person) in &self.people {
            text += &format!("{name}: {}\n", person.page.describe().await);
            for complaint in person.page.log().complaints().iter().rev().take(5) {
                text += &format!("  {:?}: {}\n", complaint.kind, complaint.text);
            }
            if let Ok(png) = person.page.screenshot(None).await {
                // Reporting a failure must not hide it behind another.
                drop(tokio::fs::write(folder.join(format!("{name}.png")), png).await);
            }
        }
        for (index, server) in self.servers.iter().enumerate() {
            let output = server.output();
            let skip = output.len().saturating_sub(15);
            text += &format!("server {index}, last lines:\n");
            text.extend(output.iter().skip(skip).map(|line| format!("  {line}\n")));
            drop(
                tokio::fs::write(
                    folder.join(format!("server-{index}.log")),
                    output.join("\n"),
                )
                .await,
            );
        }
        text
    }
}
