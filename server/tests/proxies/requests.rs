//! Requests by HTTP: pages and files, quotas, origins, paths.

use std::net::Ipv4Addr;

use reqwest::{Client, Response, StatusCode};
use serde_json::Value;
use testkit::board::Board;
use testkit::client::Client as Visitor;
use testkit::fixtures::commit_stroke;
use testkit::reverse_proxy::{Kind, PATH, Setup, Treatment};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::pictures::png;
use crate::site::{CONTENT, FILE, PACKED, Site};

/// Boards that one address may make at one server.
const QUOTA: usize = 2;
/// Another client than 127.0.0.1.
const OTHER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
const FOREIGN: &str = "https://evil.example";

async fn get(url: String, encoding: &str) -> Response {
    let asked = Client::new().get(url).header("accept-encoding", encoding);
    asked.send().await.unwrap()
}

/// Makes a board and says so in headers; returns the status.
async fn create(url: &str, headers: &[(&'static str, &str)]) -> StatusCode {
    let mut asked = Client::new().post(format!("{url}/api/v1/boards"));
    for (name, value) in headers {
        asked = asked.header(*name, *value);
    }
    asked.send().await.unwrap().status()
}

/// Asks for a WebSocket as a page of an origin does; returns the status.
async fn upgrade(url: &str, headers: &[(&'static str, &str)]) -> u16 {
    let address = format!("{}/ws/AAAAAAAAAAAAAAAAAAAAAA", url.replace("http", "ws"));
    let mut request = address.into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    match connect_async(request).await {
        Ok((_, answer)) => answer.status().as_u16(),
        Err(Error::Http(answer)) => answer.status().as_u16(),
        Err(other) => panic!("{other}"),
    }
}

pub(crate) async fn pages_and_files_pass_as_the_server_sends_them(kind: Kind) {
    let site = Site::start(kind).await;
    let url = site.way.url();
    for path in ["/", "/b/AAAAAAAAAAAAAAAAAAAAAA"] {
        let page = get(format!("{url}{path}"), "identity").await;
        assert_eq!(page.status(), 200);
        let kind = page.headers()["content-type"].to_str().unwrap();
        assert_eq!(kind, "text/html; charset=utf-8");
        for kept in ["content-security-policy", "x-content-type-options"] {
            assert!(page.headers().contains_key(kept), "{path} lacks {kept}");
        }
        assert!(page.text().await.unwrap().contains("<base href=\"/\">"));
    }
    for (encoding, content) in [("identity", CONTENT), ("br", PACKED)] {
        let file = get(format!("{url}/{FILE}"), encoding).await;
        let header = |name: &str| file.headers().get(name).map(|it| it.to_str().unwrap());
        assert!(header("cache-control").unwrap().contains("immutable"));
        let packed = (encoding == "br").then_some("br");
        assert_eq!(header("content-encoding"), packed);
        assert_eq!(file.text().await.unwrap(), content);
    }
    for path in ["/healthz", "/readyz"] {
        assert_eq!(get(format!("{url}{path}"), "identity").await.status(), 200);
    }
}

pub(crate) async fn each_client_has_a_quota_of_its_own_whatever_it_claims(kind: Kind) {
    let quota = QUOTA.to_string();
    let site = Site::start_with(kind, &["--boards-per-hour", &quota], |setup| setup).await;
    let other = site.proxy.tunnel(OTHER).await.unwrap();
    // Each server counts for itself.
    let allowed = QUOTA * site.servers.len();
    let mut made = 0;
    for attempt in 0..=allowed + 4 {
        let claim = format!("9.9.{attempt}.9");
        let forwarded = format!("for={claim};host=evil.example");
        let claims = [("x-forwarded-for", &*claim), ("forwarded", &*forwarded)];
        match create(&site.way.url(), &claims).await {
            StatusCode::CREATED => made += 1,
            refused => assert_eq!(refused, 429),
        }
    }
    assert_eq!(made, allowed, "an address that a client claims is believed");
    assert_eq!(create(&other.url(), &[]).await, 201);
    for server in &site.servers {
        let output = server.output().join("\n");
        assert!(!output.contains("does not name the client"), "{output}");
    }
}

pub(crate) async fn only_pages_of_the_own_origin_change_anything(kind: Kind) {
    let site = Site::start(kind).await;
    let (url, own) = (site.way.url(), site.origin());
    let claims: [&[(&str, &str)]; 3] = [
        &[("origin", FOREIGN)],
        &[
            ("origin", FOREIGN),
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "https"),
        ],
        &[
            ("origin", FOREIGN),
            ("forwarded", "host=evil.example;proto=https"),
        ],
    ];
    for headers in claims {
        assert_eq!(create(&url, headers).await, 403, "{headers:?}");
        assert_eq!(upgrade(&url, headers).await, 403, "{headers:?}");
    }
    assert_eq!(create(&url, &[("origin", &own)]).await, 201);
    assert_eq!(upgrade(&url, &[("origin", &own)]).await, 101);
}

pub(crate) async fn servers_below_a_path_that_the_proxy_keeps_are_reached(kind: Kind) {
    are_reached_below_a_path(kind, Treatment::Kept).await;
}

pub(crate) async fn servers_below_a_path_that_the_proxy_removes_are_reached(kind: Kind) {
    are_reached_below_a_path(kind, Treatment::Removed).await;
}

async fn are_reached_below_a_path(kind: Kind, treatment: Treatment) {
    let public = format!("https://example.org{PATH}");
    let below = |setup| Setup { treatment, ..setup };
    let site = Site::start_with(kind, &["--public-url", &public], below).await;
    let url = format!("{}{PATH}", site.way.url());
    let page = get(format!("{url}/"), "identity").await;
    assert_eq!(page.status(), 200);
    let page = page.text().await.unwrap();
    assert!(page.contains(&format!("<base href=\"{PATH}/\">")), "{page}");
    let file = get(format!("{url}/{FILE}"), "identity").await;
    assert_eq!(file.text().await.unwrap(), CONTENT);

    let made = Client::new().post(format!("{url}/api/v1/boards"));
    let made = made.send().await.unwrap().text().await.unwrap();
    let answer: Value = serde_json::from_str(&made).unwrap();
    let link = answer["links"]["edit"].as_str().unwrap();
    assert!(link.starts_with(&format!("{public}/b/")), "{link}");
    let board = Board::read(&made).unwrap();
    let (mut ann, _) = Visitor::join_at(&url, board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 10)).await;
    ann.receives_seq(1).await;
    let own = [("origin", "https://example.org")];
    assert_eq!(upgrade(&url, &own).await, 101);
    assert_eq!(upgrade(&url, &[("origin", FOREIGN)]).await, 403);

    let elsewhere = get(format!("{}/{FILE}", site.way.url()), "identity").await;
    // Caddy answers 200 to requests for which it has no rule.
    assert_ne!(elsewhere.text().await.unwrap(), CONTENT);
}

pub(crate) async fn a_picture_larger_than_a_megabyte_passes_and_its_refusal_too(kind: Kind) {
    let site = Site::start(kind).await;
    let url = site.way.url();
    let board = Board::create(&url).await.unwrap();
    let post = async |file: Vec<u8>| {
        let address = format!("{url}/files/{}", board.id);
        let request = Client::new().post(address).body(file);
        let request = request.bearer_auth(board.edit.secret.reveal());
        request.send().await.unwrap()
    };
    let taken = post(png(1_000, 800, 1)).await;
    assert_eq!(taken.status(), 201);
    let hash = taken.json::<Value>().await.unwrap()["sha256"].clone();
    let address = format!("{url}/files/{}/{}", board.id, hash.as_str().unwrap());
    let asked = Client::new().get(address);
    let loaded = asked.bearer_auth(board.view.secret.reveal()).send().await;
    let loaded = loaded.unwrap();
    assert_eq!(
        loaded.headers()["content-security-policy"],
        "default-src 'none'; sandbox"
    );
    assert!(loaded.bytes().await.unwrap() == png(1_000, 800, 1));
    let refused = post(vec![7; 3_000_000]).await;
    assert_eq!(refused.status(), 415);
    assert_eq!(
        refused.headers()["content-type"],
        "application/problem+json"
    );
}
