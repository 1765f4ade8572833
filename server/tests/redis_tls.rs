//! The program with a Redis behind TLS.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "support/program.rs"]
#[allow(dead_code, reason = "each suite uses a part of it")]
mod program;
#[path = "support/tls_front.rs"]
mod tls_front;

use std::path::{Path, PathBuf};

use program::{draws, refused_redis, start, until_ready_is};
use tempfile::TempDir;
use testkit::authority::{Authority, Validity};
use testkit::redis::{Redis, Version};
use tls_front::{Clients, TlsFront};

/// The name in a good certificate.
const HOST: &str = "127.0.0.1";

/// A Redis, an authority, and the authority's file.
struct Setup {
    redis: Redis,
    authority: Authority,
    dir: TempDir,
}

impl Setup {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let authority = Authority::generate();
        std::fs::write(dir.path().join("ca.pem"), authority.pem()).unwrap();
        let redis = Redis::start(Version::Seven, &[]).await.unwrap();
        Self {
            redis,
            authority,
            dir,
        }
    }

    fn ca_file(&self) -> String {
        self.file("ca.pem").display().to_string()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    async fn front(&self, host: &str, validity: Validity, clients: Clients) -> TlsFront {
        let identity = self.authority.identity(host, validity);
        TlsFront::start(&self.redis.url(), identity, &self.authority, clients).await
    }

    /// The program refuses the server behind a TLS front with one line.
    async fn is_refused(&self, url: &str, words: &str) {
        let line = refused_redis(url, &["--redis-ca-file", &self.ca_file()]).await;
        assert!(
            line.contains(words) && line.contains("--redis-url"),
            "{line}"
        );
    }
}

/// The program works with a Redis.
async fn works(options: &[&str]) {
    let server = start(options).await;
    assert_eq!(until_ready_is(&server, 200).await["status"], "ok");
    draws(&server).await;
}

#[tokio::test]
async fn a_redis_with_a_certificate_of_an_own_authority_is_used() {
    let setup = Setup::new().await;
    let front = setup.front(HOST, Validity::Now, Clients::Any).await;
    works(&[
        "--redis-url",
        &front.url(),
        "--redis-ca-file",
        &setup.ca_file(),
    ])
    .await;
}

#[tokio::test]
async fn a_client_certificate_is_shown() {
    let setup = Setup::new().await;
    let front = setup
        .front(HOST, Validity::Now, Clients::WithCertificate)
        .await;
    setup.is_refused(&front.url(), "client certificate").await;
    let (certificate, key) = (setup.file("client.pem"), setup.file("client.key"));
    let identity = setup.authority.identity("commonslate", Validity::Now);
    std::fs::write(&certificate, identity.certificate_pem()).unwrap();
    std::fs::write(&key, identity.key_pem()).unwrap();
    let text = |path: &Path| path.display().to_string();
    works(&[
        "--redis-url",
        &front.url(),
        "--redis-ca-file",
        &setup.ca_file(),
        "--redis-cert-file",
        &text(&certificate),
        "--redis-key-file",
        &text(&key),
    ])
    .await;
}

#[tokio::test]
async fn an_unknown_authority_is_one_line() {
    let setup = Setup::new().await;
    let front = setup.front(HOST, Validity::Now, Clients::Any).await;
    let url = front.url().replace("rediss://", "rediss://user:hunter2@");
    let line = refused_redis(&url, &[]).await;
    assert!(
        line.contains("unknown authority") && line.contains("--redis-ca-file"),
        "{line}"
    );
    assert!(!line.contains("hunter2"), "{line}");
}

#[tokio::test]
async fn a_certificate_for_another_name_is_one_line() {
    let setup = Setup::new().await;
    let front = setup
        .front("redis.example", Validity::Now, Clients::Any)
        .await;
    setup.is_refused(&front.url(), "for another name").await;
}

#[tokio::test]
async fn an_expired_certificate_is_one_line() {
    let setup = Setup::new().await;
    let front = setup.front(HOST, Validity::Past, Clients::Any).await;
    setup.is_refused(&front.url(), "has expired").await;
}

#[tokio::test]
async fn a_redis_without_tls_is_named_and_waited_for() {
    let setup = Setup::new().await;
    let url = setup.redis.url().replace("redis://", "rediss://");
    let server = start(&["--redis-url", &url]).await;
    server.says("does it speak TLS there?").await.unwrap();
}

#[tokio::test]
async fn an_address_without_tls_of_a_redis_with_it_is_one_line() {
    let setup = Setup::new().await;
    let front = setup.front(HOST, Validity::Now, Clients::Any).await;
    let url = front.url().replace("rediss://", "redis://");
    let line = refused_redis(&url, &[]).await;
    assert!(line.contains("begins with rediss://"), "{line}");
}

#[tokio::test]
async fn files_that_cannot_be_used_are_one_line() {
    let setup = Setup::new().await;
    let no_pem = setup.file("notes.txt");
    std::fs::write(&no_pem, "nothing of use").unwrap();
    for file in [setup.file("missing.pem"), no_pem] {
        let file = file.display().to_string();
        let line = refused_redis("rediss://127.0.0.1:1/", &["--redis-ca-file", &file]).await;
        assert!(line.contains(&file), "{line}");
    }
}

#[tokio::test]
async fn a_certificate_that_becomes_wrong_is_named_and_waited_for() {
    let setup = Setup::new().await;
    let mut front = setup.front(HOST, Validity::Now, Clients::Any).await;
    let options = [
        "--redis-url",
        &front.url(),
        "--redis-ca-file",
        &setup.ca_file(),
    ];
    let server = start(&options).await;
    until_ready_is(&server, 200).await;
    front.show(&setup.authority.identity(HOST, Validity::Past));
    server.says("has expired").await.unwrap();
    front.show(&setup.authority.identity(HOST, Validity::Now));
    server
        .says("INFO server::health: works service=\"store\"")
        .await
        .unwrap();
}
