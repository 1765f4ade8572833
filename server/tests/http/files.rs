//! The client's files and the page, with their headers.

use std::path::Path;

use reqwest::header::HeaderMap;
use reqwest::{Client, Response};
use server::config::{Config, Storage};
use tempfile::TempDir;

use crate::test_server::TestServer;

/// The page as it is before Trunk adds the client to it.
const PAGE: &str = include_str!("../../../index.html");

async fn site_with_client() -> (TestServer, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let dist = dir.path().join("dist");
    let write = |name: &str, content: &str| write(&dist, name, content);
    write("index.html", PAGE);
    write("client-317355d2560345f5_bg.wasm", "wasm");
    write("client-317355d2560345f5_bg.wasm.br", "packed by br");
    write("client-317355d2560345f5_bg.wasm.gz", "packed by gz");
    write("client-317355d2560345f5.js", "js");
    write("favicon.svg", "<svg/>");
    write(".built", "secret notes");
    write("../outside.txt", "not ours");
    let mut config = Config::local(Storage::Embedded(dir.path().join("data")));
    config.static_dir = dist;
    (TestServer::with(config).await, dir)
}

fn write(dist: &Path, name: &str, content: &str) {
    std::fs::create_dir_all(dist).unwrap();
    std::fs::write(dist.join(name), content).unwrap();
}

async fn get(server: &TestServer, path: &str, headers: &[(&'static str, &str)]) -> Response {
    let mut asked = Client::new().get(server.url(path));
    for (name, value) in headers {
        asked = asked.header(*name, *value);
    }
    asked.send().await.unwrap()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn start_page_and_any_board_are_the_same_page_with_a_preview() {
    let (server, _dir) = site_with_client().await;
    let mut pages = Vec::new();
    for path in ["/", "/b/AAAAAAAAAAAAAAAAAAAAAA", "/b/malformed"] {
        let answer = get(&server, path, &[]).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(
            text(answer.headers(), "content-type"),
            "text/html; charset=utf-8"
        );
        assert_eq!(text(answer.headers(), "cache-control"), "no-cache");
        pages.push(answer.text().await.unwrap());
    }
    assert!(pages.iter().all(|page| *page == pages[0]));
    assert!(pages[0].contains("property=\"og:title\" content=\"Commonslate\""));
}

#[tokio::test]
async fn a_page_that_is_known_is_not_sent_again() {
    let (server, _dir) = site_with_client().await;
    let etag = text(get(&server, "/", &[]).await.headers(), "etag").to_owned();
    let again = get(&server, "/", &[("if-none-match", &etag)]).await;
    assert_eq!(again.status(), 304);
    assert_eq!(
        get(&server, "/", &[("if-none-match", "\"other\"")])
            .await
            .status(),
        200
    );
}

#[tokio::test]
async fn files_are_compressed_and_typed_and_hashed_ones_are_cached_forever() {
    let (server, _dir) = site_with_client().await;
    let wasm = "/client-317355d2560345f5_bg.wasm";
    for (accepts, encoding, content) in [
        ("br, gzip", "br", "packed by br"),
        ("gzip", "gzip", "packed by gz"),
        ("", "", "wasm"),
    ] {
        let answer = get(&server, wasm, &[("accept-encoding", accepts)]).await;
        assert_eq!(text(answer.headers(), "content-type"), "application/wasm");
        assert_eq!(text(answer.headers(), "content-encoding"), encoding);
        assert_eq!(
            text(answer.headers(), "cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(text(answer.headers(), "vary"), "accept-encoding");
        assert_eq!(answer.text().await.unwrap(), content);
    }
    let script = get(&server, "/client-317355d2560345f5.js", &[]).await;
    assert_eq!(text(script.headers(), "content-type"), "text/javascript");
    let icon = get(&server, "/favicon.svg", &[]).await;
    assert_eq!(text(icon.headers(), "content-type"), "image/svg+xml");
    assert_eq!(text(icon.headers(), "cache-control"), "no-cache");
}

#[tokio::test]
async fn a_compressed_page_is_sent_to_clients_that_accept_it() {
    let (server, dir) = site_with_client().await;
    write(&dir.path().join("dist"), "index.html.br", "packed by br");
    let page = get(&server, "/b/any", &[("accept-encoding", "br")]).await;
    assert_eq!(text(page.headers(), "content-encoding"), "br");
    assert_eq!(
        text(page.headers(), "content-type"),
        "text/html; charset=utf-8"
    );
    assert_eq!(page.text().await.unwrap(), "packed by br");
}

#[tokio::test]
async fn a_file_that_is_known_is_not_sent_again_and_stays_cached() {
    let (server, _dir) = site_with_client().await;
    let wasm = "/client-317355d2560345f5_bg.wasm";
    let first = get(&server, wasm, &[("accept-encoding", "br")]).await;
    let known = text(first.headers(), "etag").to_owned();
    let headers = [("accept-encoding", "br"), ("if-none-match", &*known)];
    let again = get(&server, wasm, &headers).await;
    assert_eq!(again.status(), 304);
    assert_eq!(
        text(again.headers(), "cache-control"),
        "public, max-age=31536000, immutable"
    );
    let since = text(first.headers(), "last-modified").to_owned();
    let headers = [("accept-encoding", "br"), ("if-modified-since", &*since)];
    assert_eq!(get(&server, wasm, &headers).await.status(), 304);
}

#[tokio::test]
async fn a_file_that_is_missing_is_not_cached_whatever_its_name() {
    let (server, _dir) = site_with_client().await;
    let missing = get(&server, "/client-0123456789abcdef.js", &[]).await;
    assert_eq!(missing.status(), 404);
    assert_eq!(text(missing.headers(), "cache-control"), "no-store");
    assert_eq!(
        text(missing.headers(), "content-type"),
        "application/problem+json"
    );
}

#[tokio::test]
async fn only_files_of_the_client_are_served() {
    let (server, _dir) = site_with_client().await;
    for path in [
        "/.built",
        "/%2ebuilt",
        "/..%2foutside.txt",
        "/%2e%2e/outside.txt",
        "/none.js",
    ] {
        assert_eq!(get(&server, path, &[]).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn links_are_followed_only_inside_the_directory() {
    use std::os::unix::fs::symlink;
    let (server, dir) = site_with_client().await;
    let dist = dir.path().join("dist");
    symlink("../outside.txt", dist.join("leak.txt")).unwrap();
    symlink("/etc/hostname", dist.join("host.js")).unwrap();
    symlink("..", dist.join("up")).unwrap();
    symlink(dist.join("favicon.svg"), dist.join("icon.svg")).unwrap();
    std::fs::write(dist.join("plain.js"), "plain").unwrap();
    symlink("../outside.txt", dist.join("plain.js.br")).unwrap();
    for path in [
        "/leak.txt",
        "/host.js",
        "/up/outside.txt",
        "/up/dist/favicon.svg/x",
    ] {
        let answer = get(&server, path, &[]).await;
        assert_eq!(answer.status(), 404, "{path}");
        assert_ne!(answer.text().await.unwrap(), "not ours");
    }
    let packed = get(&server, "/plain.js", &[("accept-encoding", "br")]).await;
    assert_ne!(packed.text().await.unwrap(), "not ours");
    assert_eq!(
        get(&server, "/icon.svg", &[]).await.text().await.unwrap(),
        "<svg/>"
    );

    std::fs::remove_file(dist.join("index.html")).unwrap();
    symlink("../outside.txt", dist.join("index.html")).unwrap();
    assert_eq!(get(&server, "/", &[]).await.status(), 503);

    // The directory itself may be a link, which changes when another build is put in place.
    std::fs::rename(&dist, dir.path().join("build-1")).unwrap();
    symlink("build-1", &dist).unwrap();
    assert_eq!(get(&server, "/favicon.svg", &[]).await.status(), 200);
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let (server, _dir) = site_with_client().await;
    for path in ["/", "/favicon.svg", "/none", "/api/v1/none", "/healthz"] {
        let answer = get(&server, path, &[]).await;
        let headers = answer.headers();
        assert_eq!(text(headers, "referrer-policy"), "no-referrer", "{path}");
        assert_eq!(text(headers, "x-content-type-options"), "nosniff");
        let policy = text(headers, "content-security-policy");
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval';"),
            "{policy}"
        );
        assert!(
            policy.contains(&format!("ws://{}", server.address)),
            "{policy}"
        );
        assert!(!policy.contains("script-src 'self' 'unsafe-inline'"));
    }
}

#[tokio::test]
async fn without_a_client_the_page_says_how_to_build_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut config = Config::local(Storage::Embedded(dir.path().join("data")));
    config.static_dir = dir.path().join("none");
    let server = TestServer::with(config).await;
    let answer = get(&server, "/", &[]).await;
    assert_eq!(answer.status(), 503);
    let page = answer.text().await.unwrap();
    assert!(page.contains("cargo xtask build") && page.contains("trunk serve"));
}
