//! The listener of the metrics: what it answers, who reaches it, and when it ends.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use server::config::{Config, PublicUrl, Storage};
use testkit::PATIENCE;
use testkit::board::Board;
use testkit::server::Server;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::program::{refused, start};
use crate::test_server::TestServer;
use crate::{ANY, config, scrape, server_on};

async fn status(url: String) -> u16 {
    reqwest::get(url).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn the_listener_serves_metrics_and_nothing_else() {
    let data = tempfile::tempdir().unwrap();
    let server = server_on(data.path()).await;
    let board = server.board().await;
    let metrics = server.metrics.unwrap();
    let paths = ["", "healthz", "api/v1/boards", "index.html", "metrics/"];
    for path in paths.into_iter().chain([&*format!("b/{}", board.id)]) {
        assert_eq!(
            status(format!("http://{metrics}/{path}")).await,
            404,
            "{path}"
        );
    }
    let client = reqwest::Client::new();
    let posted = client
        .post(format!("http://{metrics}/metrics"))
        .send()
        .await;
    assert_eq!(posted.unwrap().status(), 405);
}

#[tokio::test]
async fn a_caller_that_asks_for_nothing_gets_the_older_format() {
    let data = tempfile::tempdir().unwrap();
    let server = server_on(data.path()).await;
    let metrics = server.metrics.unwrap();
    let answer = reqwest::get(format!("http://{metrics}/metrics"))
        .await
        .unwrap();
    let kind = answer.headers()[CONTENT_TYPE].to_str().unwrap();
    assert_eq!(kind, "text/plain; version=0.0.4; charset=utf-8");
    let text = answer.text().await.unwrap();
    assert!(text.contains("\n# TYPE commonslate_connections_opened_total counter\n"));
    assert!(!text.contains("# EOF") && !text.contains("# UNIT"));
}

#[tokio::test]
async fn the_main_listener_never_serves_metrics() {
    let (data, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let storage = Storage::Embedded(data.path().to_owned());
    let args = [
        "commonslate",
        "--public-url",
        "https://example.org/whiteboard",
    ];
    let public_url: Option<PublicUrl> = Config::read(args.map(Into::into)).unwrap().public_url;
    let server = TestServer::with(Config {
        public_url,
        ..config(storage)
    })
    .await;
    let without = TestServer::on_dir(other.path()).await;
    assert_eq!(without.metrics, None);
    for url in [
        server.url("/metrics"),
        server.url("/whiteboard/metrics"),
        server.url("//metrics"),
        without.url("/metrics"),
    ] {
        assert_eq!(status(url.clone()).await, 404, "{url}");
    }
    scrape(server.metrics.unwrap()).await;
}

#[tokio::test]
async fn an_address_that_cannot_be_used_is_one_line() {
    let (code, line) = refused(&["--metrics-listen", "nowhere"]).await;
    assert_eq!(code, 2);
    assert!(line.contains("--metrics-listen"), "{line}");
    let taken = TcpListener::bind(ANY).unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let data = tempfile::tempdir().unwrap();
    let dir = data.path().to_str().unwrap();
    for (address, reason) in [
        (&*taken, "already in use"),
        ("192.0.2.1:9100", "does not have that address"),
    ] {
        let options = ["--metrics-listen", address, "--listen", "127.0.0.1:0"];
        let (code, line) = refused(&[&options[..], &["--data-dir", dir]].concat()).await;
        assert_eq!(code, 1);
        let named = ["--metrics-listen", address, reason];
        assert!(named.iter().all(|it| line.contains(it)), "{line}");
    }
}

/// A server as a process, and the address of its metrics.
async fn program() -> (Server, SocketAddr) {
    let server = start(&["--metrics-listen", "127.0.0.1:0"]).await;
    server.says("metrics can be scraped").await.unwrap();
    let line = server
        .output()
        .into_iter()
        .find(|line| line.contains("metrics can be scraped"));
    let line = line.unwrap();
    let (_, address) = line.split_once("address=").unwrap();
    (server, address.trim().parse().unwrap())
}

#[tokio::test]
async fn a_server_that_ends_says_so_until_the_end() {
    let (mut server, metrics) = program().await;
    let board = Board::create(&server.url()).await.unwrap();
    // A request whose body does not come keeps the server from ending for some seconds.
    let mut held = TcpStream::connect(server.address()).await.unwrap();
    let head = "POST /api/v1/boards HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\
                Content-Type: application/json\r\nExpect: 100-continue\r\n\r\n";
    held.write_all(head.as_bytes()).await.unwrap();
    // The server waits for the body now.
    let mut answer = [0; 12];
    let reading = held.read_exact(&mut answer);
    timeout(PATIENCE, reading).await.unwrap().unwrap();
    assert_eq!(&answer, b"HTTP/1.1 100");
    let ending = async {
        while scrape(metrics).await.value("commonslate_draining") < 1.0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    server.signal(rustix::process::Signal::TERM).unwrap();
    timeout(PATIENCE, ending).await.unwrap();
    for _ in 0..3 {
        let ready = reqwest::get(format!("{}/readyz", server.url()))
            .await
            .unwrap();
        assert_eq!(ready.status(), 503);
        let report: serde_json::Value = ready.json().await.unwrap();
        assert_eq!(report["status"], "draining");
    }
    assert_eq!(status(format!("{}/healthz", server.url())).await, 200);
    // A WebSocket gets no answer at all, so that a proxy tries the next server.
    let socket = testkit::client::Connection::open(&server.url(), &board.id.to_string()).await;
    assert!(socket.is_err());
    let refused = "commonslate_http_refusals_total{reason=\"draining\"}";
    assert_eq!(scrape(metrics).await.value(refused), 1.0);
    assert!(server.ended().await.unwrap().success());
    assert!(TcpStream::connect(metrics).await.is_err());
    drop(held);
}
