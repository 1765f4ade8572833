//! `/metrics`: real clients, and what Prometheus reads afterwards.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/program.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod program;
#[path = "support/test_server.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod test_server;

#[path = "metrics/clients.rs"]
mod clients;
#[path = "metrics/documentation.rs"]
mod documentation;
#[path = "metrics/exposition.rs"]
mod exposition;
#[path = "metrics/listener.rs"]
mod listener;
#[path = "metrics/redis.rs"]
mod redis;

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use exposition::Scrape;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use server::config::{Config, Storage};
use test_server::TestServer;
use testkit::PATIENCE;
use tokio::time::{sleep, timeout};

/// Some address for the metrics, on a free port.
const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

/// A server with metrics, on a data directory.
async fn server_on(dir: &Path) -> TestServer {
    TestServer::with(config(Storage::Embedded(dir.to_owned()))).await
}

fn config(storage: Storage) -> Config {
    Config {
        metrics_listen: Some(ANY),
        ..Config::local(storage)
    }
}

/// The metrics at an address, as Prometheus asks for them.
async fn scrape(address: SocketAddr) -> Scrape {
    let asked = reqwest::Client::new()
        .get(format!("http://{address}/metrics"))
        .header(
            ACCEPT,
            "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5",
        );
    let answer = asked.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let kind = answer.headers()[CONTENT_TYPE].to_str().unwrap().to_owned();
    assert_eq!(
        kind,
        "application/openmetrics-text; version=1.0.0; charset=utf-8"
    );
    Scrape::read(&answer.text().await.unwrap())
}

/// The metrics of a server.
async fn metrics_of(server: &TestServer) -> Scrape {
    scrape(server.metrics.unwrap()).await
}

/// Scrapes until the metrics are as wanted.
async fn until(server: &TestServer, holds: impl Fn(&Scrape) -> bool) -> Scrape {
    let asking = async {
        loop {
            let scrape = metrics_of(server).await;
            if holds(&scrape) {
                return scrape;
            }
            // No event tells of it.
            sleep(Duration::from_millis(50)).await;
        }
    };
    match timeout(PATIENCE, asking).await {
        Ok(scrape) => scrape,
        Err(_) => panic!("the metrics stay {:#?}", metrics_of(server).await),
    }
}
