//! Servers that keep pictures in a bucket of S3.

use std::path::Path;

use shared::model::BlobHash;
use testkit::authority::{Authority, Validity};
use testkit::server::{Server, command};

use crate::PROGRAM;
use crate::pictures::png;
use crate::s3_server::S3Server;
use crate::tls_front::{Clients, TlsFront};
use crate::uploads::Visitor;

/// A server with boards in a directory and pictures in a bucket.
async fn start(data: &Path, endpoint: &str, variables: Vec<(String, String)>) -> Server {
    let options = [
        "--data-dir",
        data.to_str().unwrap(),
        "--blob-store",
        "s3://pictures/team",
        "--blob-store-endpoint",
        endpoint,
    ];
    let server = Server::start_in(Path::new(PROGRAM), &options, variables);
    server.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_in_a_bucket_survives_a_killed_server_and_a_bucket_that_went_away() {
    let data = tempfile::tempdir().unwrap();
    let mut bucket = S3Server::start().await;
    let endpoint = bucket.endpoint().to_string();
    let mut server = start(data.path(), &endpoint, S3Server::variables()).await;
    let ann = Visitor::on_new_board(&server.url()).await;
    let file = png(900, 600, 60);
    let hash = BlobHash::of(&file);
    let begun = ann.patch(&file, 0, 700_000).await;
    assert_eq!((begun.status, begun.offset), (204, Some(700_000)));
    server.kill().await.unwrap();
    server.restart().await.unwrap();
    assert_eq!(ann.head(hash).await.0.offset, Some(700_000));
    bucket.stop().await;
    let away = ann.patch(&file, 700_000, file.len()).await;
    assert_eq!(away.status, 503, "{}", away.text);
    bucket.start_again().await;
    let offset = ann.head(hash).await.0.offset.unwrap();
    let offset = usize::try_from(offset).unwrap();
    assert_eq!(ann.patch(&file, offset, file.len()).await.status, 201);
    server.kill().await.unwrap();
    server.restart().await.unwrap();
    assert_eq!(ann.load(hash).await, file);
    let folder = format!("team/{}/", ann.link.board);
    let names = bucket.names();
    let of_board = names.iter().filter(|name| name.starts_with(&folder));
    assert_eq!(of_board.count(), 2, "the index and the picture: {names:?}");
    assert!(
        !data.path().join("blobs").exists(),
        "none is beside the boards"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bucket_is_reached_by_tls() {
    let data = tempfile::tempdir().unwrap();
    let bucket = S3Server::start().await;
    let authority = Authority::generate();
    let identity = authority.identity("127.0.0.1", Validity::Now);
    let plain = bucket.endpoint().to_string().replace("http:", "redis:");
    let front = TlsFront::start(&plain, identity, &authority, Clients::Any).await;
    let trusted = data.path().join("authorities.pem");
    std::fs::write(&trusted, authority.pem()).unwrap();
    let mut variables = S3Server::variables();
    let trusted = trusted.to_str().unwrap().to_owned();
    variables.push(("SSL_CERT_FILE".to_owned(), trusted));
    let endpoint = front.url().replace("rediss:", "https:");
    let server = start(data.path(), &endpoint, variables).await;
    let ann = Visitor::on_new_board(&server.url()).await;
    let file = png(30, 20, 61);
    assert_eq!(ann.upload(&file).await.status, 201);
    assert_eq!(ann.load(BlobHash::of(&file)).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bucket_that_cannot_be_used_is_named_in_one_line() {
    let bucket = S3Server::start().await;
    let endpoint = bucket.endpoint().to_string();
    let mut wrong = S3Server::variables();
    wrong[1].1 = "not-the-secret".to_owned();
    for (place, variables, named) in [
        ("s3://pictures", wrong, "AWS_SECRET_ACCESS_KEY"),
        ("s3://other/team", S3Server::variables(), "does not exist"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let mut command = command(Path::new(PROGRAM), dir.path());
        let options = ["--blob-store", place, "--blob-store-endpoint", &endpoint];
        command.args(["--listen", "127.0.0.1:0"]).args(options);
        command.envs(variables).kill_on_drop(true);
        let output = command.output().await.unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        for word in [place, named, "--blob-store"] {
            assert!(said.contains(word), "{said}");
        }
        assert!(!said.contains("not-the-secret"), "{said}");
    }
}
