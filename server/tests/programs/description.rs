//! The description of the API, and the page that shows it.

use serde_json::Value;
use server::config::{Config, Exit};

use crate::test_server::TestServer;

/// The largest file of the page, so that a small server can send it.
const MAX_FILE: usize = 1024 * 1024;

fn config(args: &[&str]) -> Config {
    let first = ["commonslate", "--listen", "127.0.0.1:0"];
    match Config::read(first.iter().chain(args).map(Into::into)) {
        Ok(config) => config,
        Err(Exit::Help(text) | Exit::Usage(text)) => panic!("{text}"),
    }
}

async fn described(server: &TestServer, path: &str) -> Value {
    let answer = reqwest::get(server.url(path)).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/json");
    answer.json().await.unwrap()
}

#[tokio::test]
async fn the_description_names_the_address_at_which_the_server_is_reached() {
    let server = TestServer::start().await;
    let here = described(&server, "/api/v1/openapi.json").await;
    assert_eq!(here["servers"][0]["url"], server.url(""));

    let data = tempfile::tempdir().unwrap();
    let dir = data.path().to_str().unwrap();
    let public = "https://example.org/white/board";
    let config = config(&["--data-dir", dir, "--public-url", public]);
    let server = TestServer::with(config).await;
    let there = described(&server, "/white/board/api/v1/openapi.json").await;
    assert_eq!(there["servers"][0]["url"], public);
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let lead = client
        .build()
        .unwrap()
        .get(server.url("/white/board/api/v1"))
        .send();
    let lead = lead.await.unwrap();
    assert_eq!(lead.headers()["location"], "/white/board/api/v1/docs/");
}

#[tokio::test]
async fn every_call_asks_for_a_link_except_the_one_that_makes_a_board() {
    let server = TestServer::start().await;
    let described = described(&server, "/api/v1/openapi.json").await;
    assert_eq!(described["security"], serde_json::json!([{ "link": [] }]));
    let mut open = Vec::new();
    let mut count = 0;
    for (path, calls) in described["paths"].as_object().unwrap() {
        for (method, call) in calls.as_object().unwrap() {
            count += 1;
            if call["security"].is_array() {
                open.push(format!("{method} {path}"));
            }
            let refusals = call["responses"].as_object().unwrap().iter();
            for (status, refusal) in refusals.filter(|(status, _)| status.as_str() >= "400") {
                let content = &refusal["content"]["application/problem+json"];
                assert!(content.is_object(), "{method} {path} {status}");
            }
        }
    }
    assert!(count >= 15, "{count}");
    assert_eq!(open, ["post /api/v1/boards"]);
}

#[tokio::test]
async fn the_page_needs_nothing_but_files_of_the_server_and_no_inline_script() {
    let server = TestServer::start().await;
    let page = reqwest::get(server.url("/api/v1/docs/")).await.unwrap();
    assert_eq!(page.status(), 200);
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("default-src 'none'; script-src 'self';"),
        "{policy}"
    );
    let page = page.text().await.unwrap();
    let links = page
        .split('"')
        .filter(|it| it.ends_with(".js") || it.ends_with(".css"));
    let links: Vec<&str> = links.collect();
    assert_eq!(links.len(), 7, "{page}");
    assert!(
        !page.contains("://") && page.contains("width=device-width"),
        "{page}"
    );
    for name in links {
        let file = reqwest::get(server.url(&format!("/api/v1/docs/{name}"))).await;
        let file = file.unwrap();
        assert_eq!(file.status(), 200, "{name}");
        let is_packed = file.headers().contains_key("content-encoding");
        assert_eq!(
            is_packed,
            !["own.css", "theme.js", "swagger-initializer.js"].contains(&name)
        );
        let bytes = file.bytes().await.unwrap();
        assert!(bytes.len() < MAX_FILE, "{name}: {}", bytes.len());
        if name == "swagger-initializer.js" {
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                text.contains("../openapi.json") && !text.contains("://"),
                "{text}"
            );
        }
    }
    let none = reqwest::get(server.url("/api/v1/docs/more.js"))
        .await
        .unwrap();
    assert_eq!(none.status(), 404);
}
