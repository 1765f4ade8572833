//! Runs one scenario with its browser, servers, Redis and people, and checks what it leaves behind.
//!
//! A scenario also fails if a page had an exception, a server panicked, or a log contains a secret.
//! After a failure, screenshots of all pages and the end of each log are in `target/e2e/`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, anyhow, bail, ensure};
use tempfile::TempDir;
use testkit::board::{Board, Link};
use testkit::proxy::{FaultProxy, Framing};
use testkit::redis::{Redis, Version};
use testkit::server::Server;

use crate::browser::{Browser, SiteData};
use crate::log::Kind;
use crate::path_proxy::{PathProxy, PathTreatment};
use crate::person::Person;
use crate::storage::{self, Storage};

/// The longest scenario stops Redis for ten seconds, and a loaded machine with two cores is slow.
const DEADLINE: Duration = Duration::from_secs(240);

/// One scenario runs at a time, because browsers and servers share few cores.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Everything that one scenario uses. When it is dropped, all of it ends.
#[derive(Debug)]
pub struct TestEnv {
    /// The browser that all people share, each with a context of their own.
    pub browser: Browser,
    /// The servers, in the order of their start.
    pub servers: Vec<Server>,
    /// The Redis between them, if there is one.
    pub redis: Option<Redis>,
    people: Vec<(String, Person)>,
    secrets: Vec<String>,
    connections_break: bool,
    pages_fail: bool,
    files: TempDir,
}

/// Runs a scenario on a runtime of its own.
///
/// # Panics
/// If the scenario fails, so that its test fails.
pub fn scenario(name: &str, play: impl AsyncFnOnce(&mut TestEnv) -> Result<()>) {
    scenario_with(SiteData::Allowed, name, play);
}

/// As [`scenario`], in a browser with another setting.
///
/// # Panics
/// As [`scenario`].
#[expect(clippy::panic, reason = "a panic fails the test")]
pub fn scenario_with(
    site_data: SiteData,
    name: &str,
    play: impl AsyncFnOnce(&mut TestEnv) -> Result<()>,
) {
    let outcome = run(async {
        let _turn = TURN.lock().await;
        let mut env = TestEnv::start(site_data).await?;
        let played = tokio::time::timeout(DEADLINE, play(&mut env)).await;
        let played = played.unwrap_or_else(|_| Err(anyhow!("not over after {DEADLINE:?}")));
        let verdict = match played.and_then(|()| env.inspect()) {
            Ok(()) => Ok(()),
            Err(error) => Err(anyhow!("{error:#}\n{}", env.report(name).await)),
        };
        let closed = env.browser.close().await;
        verdict.and(closed)
    });
    if let Err(error) = outcome {
        panic!("{name}: {error:#}");
    }
}

fn run<T>(scenario: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?
        .block_on(scenario)
}

impl TestEnv {
    /// Starts a browser and nothing else.
    ///
    /// # Errors
    /// If the browser does not start.
    pub async fn start(site_data: SiteData) -> Result<Self> {
        Ok(Self {
            browser: Browser::launch(site_data).await?,
            servers: Vec::new(),
            redis: None,
            people: Vec::new(),
            secrets: Vec::new(),
            connections_break: false,
            pages_fail: false,
            files: tempfile::Builder::new().prefix("e2e-env-").tempdir()?,
        })
    }

    /// Starts one server on its embedded store and returns its URL.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn one_server(&mut self) -> Result<String> {
        let server = storage::start(&Storage::Embedded(self.data_dir())).await?;
        let url = server.url();
        self.servers.push(server);
        Ok(url)
    }

    /// As [`TestEnv::one_server`], with more options.
    ///
    /// # Errors
    /// As [`TestEnv::one_server`].
    pub async fn one_server_with(&mut self, options: &[&str]) -> Result<String> {
        let server = storage::start_with(&Storage::Embedded(self.data_dir()), options).await?;
        let url = server.url();
        self.servers.push(server);
        Ok(url)
    }

    /// Starts one server below a path, and the proxy through which it is reached.
    ///
    /// # Errors
    /// If one of them does not start.
    pub async fn server_below_path(&mut self, treatment: PathTreatment) -> Result<PathProxy> {
        let mut proxy = PathProxy::listen().await?;
        let options = ["--public-url", &proxy.url()];
        let server = storage::start_with(&Storage::Embedded(self.data_dir()), &options).await?;
        proxy.forward_to(server.address(), treatment);
        self.servers.push(server);
        Ok(proxy)
    }

    /// Starts a Redis and two servers joined by it, and returns their URLs.
    ///
    /// # Errors
    /// If one of them does not start.
    pub async fn two_servers(&mut self) -> Result<[String; 2]> {
        self.two_servers_with(&[]).await
    }

    /// As [`TestEnv::two_servers`], with more options.
    ///
    /// # Errors
    /// As [`TestEnv::two_servers`].
    pub async fn two_servers_with(&mut self, options: &[&str]) -> Result<[String; 2]> {
        let redis = Redis::start(Version::Seven, &[]).await?;
        for _ in 0..2 {
            let storage = Storage::Redis(redis.url(), self.data_dir());
            self.servers
                .push(storage::start_with(&storage, options).await?);
        }
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
            .map_err(|_| anyhow!("the scenario has not two servers"))
    }

    /// Starts a proxy for each of two people. Each connects to another server first and to the
    /// other one if that fails.
    ///
    /// # Errors
    /// If there are not two servers.
    pub async fn two_proxies(&self) -> Result<[FaultProxy; 2]> {
        let [first, second] = self.addresses()?;
        Ok([
            FaultProxy::start(Framing::Bytes, vec![first, second]).await?,
            FaultProxy::start(Framing::Bytes, vec![second, first]).await?,
        ])
    }

    fn data_dir(&self) -> PathBuf {
        self.files
            .path()
            .join(format!("data-{}", self.servers.len()))
    }

    /// The server at this index, in the order of their start.
    ///
    /// # Errors
    /// If there is none.
    pub fn server(&mut self, index: usize) -> Result<&mut Server> {
        self.servers
            .get_mut(index)
            .ok_or_else(|| anyhow!("the scenario has no server {index}"))
    }

    /// The Redis of the scenario.
    ///
    /// # Errors
    /// If there is none.
    pub fn redis(&mut self) -> Result<&mut Redis> {
        self.redis
            .as_mut()
            .ok_or_else(|| anyhow!("the scenario has no Redis"))
    }

    /// Creates a board over the API. From then on a log with one of its secrets is a failure.
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

    /// From here on a server log with the secret of this link is a failure.
    pub fn keep_secret(&mut self, link: Link) {
        self.secrets.push(link.secret.reveal());
    }

    /// Adds a person with an empty tab; `name` appears in reports.
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

    /// Adds a person who opens a board.
    ///
    /// # Errors
    /// If the board does not open.
    pub async fn guest(&mut self, name: &str, link: &str) -> Result<Person> {
        let person = self.person(name).await?;
        person.open(link).await?;
        Ok(person)
    }

    /// From here on lost connections are expected and no failure.
    pub fn connections_will_break(&mut self) {
        self.connections_break = true;
    }

    /// From here on exceptions in pages are expected and no failure.
    pub fn pages_will_fail(&mut self) {
        self.pages_fail = true;
    }

    /// Checks what must hold after every scenario.
    fn inspect(&self) -> Result<()> {
        for (name, person) in &self.people {
            for problem in person.page.log().problems() {
                let expected = match problem.kind {
                    Kind::Network => self.connections_break,
                    Kind::Fault => self.pages_fail,
                };
                ensure!(expected, "the page of {name} reported: {}", problem.text);
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

    /// Saves screenshots and logs of a failed scenario, and returns a summary.
    async fn report(&self, scenario: &str) -> String {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let workspace = manifest.parent().unwrap_or(manifest);
        let folder = workspace
            .join("target/e2e")
            .join(scenario.replace(' ', "_"));
        let mut text = format!("see {}\n", folder.display());
        // Pictures of an earlier failure would be misleading; there may be none.
        drop(tokio::fs::remove_dir_all(&folder).await);
        if let Err(error) = tokio::fs::create_dir_all(&folder).await {
            return format!("no report: {error}");
        }
        for (name, person) in &self.people {
            text += &format!("{name}: {}\n", person.page.describe().await);
            for problem in person.page.log().problems().iter().rev().take(5) {
                text += &format!("  {:?}: {}\n", problem.kind, problem.text);
            }
            if let Ok(png) = person.page.screenshot(None).await {
                // A screenshot that cannot be saved must not hide the failure.
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
