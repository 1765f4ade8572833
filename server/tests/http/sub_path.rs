//! A server below a path of an address that it shares with others.

use reqwest::{Client, Response};
use serde_json::Value;
use server::config::Config;
use shared::id::BoardId;
use tempfile::TempDir;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::test_server::TestServer;

/// The page as it is before Trunk adds the client to it.
const PAGE: &str = include_str!("../../../index.html");

async fn server_at(public_url: &str) -> (TestServer, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("index.html"), PAGE).unwrap();
    // The compressed page has the address of the root in it.
    std::fs::write(dir.path().join("index.html.br"), "packed by br").unwrap();
    std::fs::write(dir.path().join("client-317355d2560345f5.js"), "js").unwrap();
    let (data, dist) = (dir.path().join("data"), dir.path());
    let args = [
        "commonslate",
        "--listen",
        "127.0.0.1:0",
        "--public-url",
        public_url,
        "--data-dir",
        data.to_str().unwrap(),
        "--static-dir",
        dist.to_str().unwrap(),
    ];
    let config = Config::read(args.map(Into::into)).unwrap();
    (TestServer::with(config).await, dir)
}

async fn get(server: &TestServer, path: &str) -> Response {
    let request = Client::new()
        .get(server.url(path))
        .header("accept-encoding", "br");
    request.send().await.unwrap()
}

#[tokio::test]
async fn everything_is_reached_with_and_without_the_path() {
    let (server, _dir) = server_at("https://example.org/white/board/").await;
    // A proxy that keeps the path, and one that removes it.
    for prefix in ["/white/board", ""] {
        for page in ["/", "/b/AAAAAAAAAAAAAAAAAAAAAA"] {
            let answer = get(&server, &format!("{prefix}{page}")).await;
            assert_eq!(answer.status(), 200, "{prefix}{page}");
            assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
            assert_eq!(answer.headers()["cache-control"], "no-cache");
            let page = answer.text().await.unwrap();
            assert!(page.contains("<base href=\"/white/board/\">"), "{page}");
        }
        let script = get(&server, &format!("{prefix}/client-317355d2560345f5.js")).await;
        assert_eq!(script.text().await.unwrap(), "js");
        assert_eq!(
            get(&server, &format!("{prefix}/healthz")).await.status(),
            200
        );
        assert_eq!(get(&server, &format!("{prefix}/none")).await.status(), 404);

        let made = Client::new().post(server.url(&format!("{prefix}/api/v1/boards")));
        let made = made.send().await.unwrap();
        assert_eq!(made.status(), 201);
        let location = made.headers()["location"].to_str().unwrap().to_owned();
        let made: Value = made.json().await.unwrap();
        let board: BoardId = made["board"].as_str().unwrap().parse().unwrap();
        assert_eq!(location, format!("/white/board/api/v1/boards/{board}"));
        let link = made["links"]["edit"].as_str().unwrap();
        let expected = format!("https://example.org/white/board/b/{board}#");
        assert!(link.starts_with(&expected), "{link}");

        let url = format!("ws://{}{prefix}/ws/{board}", server.address);
        let mut request = url.into_client_request().unwrap();
        let origin = "https://example.org".parse().unwrap();
        request.headers_mut().insert("origin", origin);
        let (_socket, answer) = connect_async(request).await.unwrap();
        assert_eq!(answer.status(), 101);
    }
    // Without the slash at the end, the page knows its base too.
    assert_eq!(get(&server, "/white/board").await.status(), 200);
    assert_eq!(get(&server, "/white/boards").await.status(), 404);
}

#[tokio::test]
async fn every_address_in_the_page_is_relative_to_its_base() {
    assert!(PAGE.contains("<base href=\"/\">"));
    let addresses = PAGE.split(['"']).filter(|text| text.starts_with('/'));
    assert_eq!(
        addresses.collect::<Vec<_>>(),
        ["/"],
        "only the base is absolute"
    );
}
