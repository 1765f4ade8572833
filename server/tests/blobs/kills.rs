//! A server that is killed in the middle of an upload.

use std::path::Path;

use server::blob::files::FileBlobs;
use server::blob::{BlobKey, BlobStore as _, Piece};
use shared::model::BlobHash;
use testkit::server::Server;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::PROGRAM;
use crate::pictures::png;
use crate::uploads::Visitor;

/// Sends the head of an upload and a part of its body, and keeps the connection open.
async fn begin(visitor: &Visitor, server: &Server, file: &[u8], sent: usize) -> TcpStream {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let head = format!(
        "PATCH /files/{}/{} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Content-Type: image/png\r\nUpload-Offset: 0\r\nUpload-Length: {}\r\n\
         Content-Length: {}\r\n\r\n",
        visitor.link.board,
        BlobHash::of(file),
        visitor.link.secret.reveal(),
        file.len(),
        file.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&file[..sent]).await.unwrap();
    stream
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bytes_that_were_acknowledged_survive_a_killed_server() {
    let data = tempfile::tempdir().unwrap();
    let options = ["--data-dir", data.path().to_str().unwrap()];
    let mut server = Server::start(Path::new(PROGRAM), &options).await.unwrap();
    let ann = Visitor::on_new_board(&server.url()).await;
    let file = png(900, 600, 30);
    let hash = BlobHash::of(&file);
    let acknowledged = ann.patch(&file, 0, 700_000).await;
    assert_eq!(
        (acknowledged.status, acknowledged.offset),
        (204, Some(700_000))
    );
    server.kill().await.unwrap();
    server.restart().await.unwrap();
    assert_eq!(ann.head(hash).await.0.offset, Some(700_000));
    assert_eq!(ann.patch(&file, 700_000, file.len()).await.status, 201);
    server.kill().await.unwrap();
    server.restart().await.unwrap();
    assert_eq!(ann.load(hash).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_within_a_request_says_how_much_it_has() {
    let data = tempfile::tempdir().unwrap();
    let options = ["--data-dir", data.path().to_str().unwrap()];
    let mut server = Server::start(Path::new(PROGRAM), &options).await.unwrap();
    let ann = Visitor::on_new_board(&server.url()).await;
    let file = png(900, 600, 31);
    let hash = BlobHash::of(&file);
    let stream = begin(&ann, &server, &file, 1_000_000).await;
    // Pieces are stored as they come, before the request ends.
    while ann.head(hash).await.0.offset.unwrap() < 500_000 {
        tokio::task::yield_now().await;
    }
    server.kill().await.unwrap();
    server.restart().await.unwrap();
    drop(stream);
    let offset = ann.head(hash).await.0.offset.unwrap();
    assert!((500_000..=1_000_000).contains(&offset), "{offset}");
    let offset = usize::try_from(offset).unwrap();
    assert_eq!(ann.patch(&file, offset, file.len()).await.status, 201);
    assert_eq!(ann.load(hash).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_of_a_body_that_was_cut_off_stays() {
    let data = tempfile::tempdir().unwrap();
    let options = ["--data-dir", data.path().to_str().unwrap()];
    let server = Server::start(Path::new(PROGRAM), &options).await.unwrap();
    let ann = Visitor::on_new_board(&server.url()).await;
    let file = png(900, 600, 32);
    let hash = BlobHash::of(&file);
    drop(begin(&ann, &server, &file, 400_001).await);
    while ann.head(hash).await.0.offset.unwrap() < 400_001 {
        tokio::task::yield_now().await;
    }
    assert_eq!(ann.patch(&file, 400_001, file.len()).await.status, 201);
    assert_eq!(ann.load(hash).await, file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_whose_last_byte_was_stored_by_a_killed_server_is_finished_by_an_empty_piece() {
    let data = tempfile::tempdir().unwrap();
    let options = ["--data-dir", data.path().to_str().unwrap()];
    let server = Server::start(Path::new(PROGRAM), &options).await.unwrap();
    let ann = Visitor::on_new_board(&server.url()).await;
    let file = png(20, 20, 33);
    let (hash, length) = (BlobHash::of(&file), file.len() as u64);
    let store = FileBlobs::new(data.path().join("blobs"));
    let piece = Piece {
        offset: 0,
        length,
        bytes: file.clone().into(),
    };
    let board = ann.link.board;
    store.append(BlobKey { board, hash }, &piece).await.unwrap();
    let (state, _) = ann.head(hash).await;
    assert_eq!((state.status, state.offset), (404, Some(length)));
    assert_eq!(ann.patch(&file, file.len(), file.len()).await.status, 201);
    assert_eq!(ann.load(hash).await, file);
}
