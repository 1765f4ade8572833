//! Revokes links at one server and measures how long it takes until the connections by them are closed
//! at another one. In a second series Redis is restarted before each revocation.
//!
//! `cargo run --release -p bench --example revocations`; `COMMONSLATE_BIN` names the server.

#![expect(clippy::print_stdout, reason = "the result is printed")]

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use reqwest::{Client as Http, StatusCode};
use serde::{Deserialize, Serialize};
use testkit::board::{Board, Link};
use testkit::client::Client;
use testkit::redis::{Redis, Version};
use testkit::server::{Server, program};
use tokio::time::sleep;

/// Revocations in each series. A board takes 60 changes a minute, and each round makes two.
const ROUNDS: usize = 20;
/// The close code of a link that was revoked.
const REVOKED: Option<u16> = Some(4104);
/// Wait before a request is sent again that a server refused while Redis was away.
const AGAIN: Duration = Duration::from_millis(100);

/// The body of a request that makes a link.
#[derive(Debug, Serialize)]
struct NewLink {
    role: &'static str,
}

/// The answer to it.
#[derive(Debug, Deserialize)]
struct Made {
    id: u32,
    url: String,
}

/// Two servers that share a Redis.
struct Site {
    redis: Redis,
    one: Server,
    two: Server,
    http: Http,
}

impl Site {
    async fn start() -> Result<Self> {
        let redis = Redis::start(Version::Seven, &[]).await?;
        let url = redis.url();
        let options = ["--redis-url", &url, "--log", "error"];
        Ok(Self {
            one: Server::start(&program()?, &options).await?,
            two: Server::start(&program()?, &options).await?,
            redis,
            http: Http::new(),
        })
    }

    /// The address of the links of a board.
    fn links(&self, board: &Board) -> String {
        format!("{}/api/v1/boards/{}/links", self.one.url(), board.id)
    }

    /// Makes a link, as soon as the store answers.
    async fn make(&self, board: &Board) -> Result<(u32, Link)> {
        loop {
            let request = self.http.post(self.links(board));
            let request = request.bearer_auth(board.owner.secret.reveal());
            let answer = request.json(&NewLink { role: "edit" }).send().await?;
            if answer.status() == StatusCode::CREATED {
                let made: Made = answer.json().await?;
                return Ok((made.id, made.url.parse()?));
            }
            ensure!(answer.status() == StatusCode::SERVICE_UNAVAILABLE);
            sleep(AGAIN).await;
        }
    }

    /// Revokes a link. Returns when the request was sent that the server accepted.
    async fn revoke(&self, board: &Board, id: u32) -> Result<Instant> {
        let url = format!("{}/{id}", self.links(board));
        loop {
            let request = self.http.delete(&url);
            let request = request.bearer_auth(board.owner.secret.reveal());
            let sent = Instant::now();
            let answer = request.send().await?;
            if answer.status() == StatusCode::NO_CONTENT {
                return Ok(sent);
            }
            ensure!(answer.status() == StatusCode::SERVICE_UNAVAILABLE);
            sleep(AGAIN).await;
        }
    }

    /// How long a connection stayed open after its link was revoked at the other server.
    async fn round(&mut self, board: &Board, restart: bool) -> Result<Duration> {
        let (id, link) = self.make(board).await?;
        let (mut visitor, _) = Client::join(self.two.address(), link, 1).await;
        if restart {
            self.redis.kill().await?;
            self.redis.restart().await?;
        }
        let closed = async {
            let code = visitor.close_code().await;
            (code, Instant::now())
        };
        let (sent, (code, closed)) = tokio::join!(self.revoke(board, id), closed);
        ensure!(code == REVOKED, "closed with {code:?}");
        Ok(closed.saturating_duration_since(sent?))
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut site = Site::start().await?;
    for (restart, name) in [(false, "Redis runs"), (true, "Redis restarts before each")] {
        let board = Board::create(&site.one.url()).await?;
        let mut waits = Vec::new();
        for _ in 0..ROUNDS {
            waits.push(site.round(&board, restart).await?);
        }
        waits.sort_unstable();
        let middle = waits.get(ROUNDS / 2).context("no rounds")?;
        let last = waits.last().context("no rounds")?;
        println!(
            "{name}: {ROUNDS} revocations, p50 {} ms, max {} ms",
            middle.as_millis(),
            last.as_millis()
        );
    }
    Ok(())
}
