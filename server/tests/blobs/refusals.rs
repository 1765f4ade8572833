//! Uploads that are refused, each with its cause.

use reqwest::{Client, Method};
use shared::id::Secret;
use shared::limits::MAX_PICTURE_BYTES;
use shared::model::BlobHash;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpSocket, TcpStream};

use crate::pictures::{jpeg_with, noise, png, png_bomb, png_with};
use crate::test_server::TestServer;
use crate::uploads::{Visitor, read};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_viewer_uploads_nothing() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let viewer = Visitor::new(&server.url(""), board.view);
    let file = png(10, 10, 20);
    assert_eq!(viewer.upload(&file).await.status, 403);
    assert_eq!(viewer.post(file).await.status, 403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bytes_with_another_hash_are_refused_and_the_upload_begins_again() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let file = png(30, 30, 21);
    let hash = BlobHash::of(&file);
    let mut wrong = file.clone();
    *wrong.last_mut().unwrap() ^= 1;
    let request = ann.patch_request(hash, 0, file.len() as u64, "image/png");
    let answer = read(request.body(wrong).send().await.unwrap()).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("SHA-256"), "{}", answer.text);
    assert_eq!(ann.head(hash).await.0.offset, Some(0));
    assert_eq!(ann.upload(&file).await.status, 201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_length_does_not_keep_others_from_uploading() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let file = png(30, 30, 22);
    let (hash, length) = (BlobHash::of(&file), file.len() as u64);
    let request = ann.patch_request(hash, 0, length + 100, "image/png");
    let answer = read(request.body(file.clone()).send().await.unwrap()).await;
    assert_eq!((answer.status, answer.offset), (204, Some(length)));
    let at_end = ann.patch(&file, file.len(), file.len()).await;
    assert_eq!((at_end.status, at_end.offset), (409, Some(0)));
    assert_eq!(ann.upload(&file).await.status, 201);
    let long = ann.patch_request(BlobHash::of(b"x"), 0, 1, "image/png");
    let long = read(long.body(file).send().await.unwrap()).await;
    assert_eq!(long.status, 413);
    assert!(long.text.contains("Upload-Length"), "{}", long.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_say_too_little_are_refused() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let name = format!("/{}", BlobHash::of(b"x"));
    let bare = ann.request(Method::PATCH, &name).send().await.unwrap();
    assert_eq!(bare.status(), 400);
    for kind in ["text/html", "image/svg+xml", "image/avif", ""] {
        let request = ann.patch_request(BlobHash::of(b"x"), 0, 1, kind);
        assert_eq!(
            request.body("x").send().await.unwrap().status(),
            415,
            "{kind}"
        );
    }
    for length in [0, MAX_PICTURE_BYTES + 1, u64::MAX] {
        let request = ann.patch_request(BlobHash::of(b"x"), 0, length, "image/png");
        assert_eq!(request.send().await.unwrap().status(), 413, "{length}");
    }
    let packed = ann.patch_request(BlobHash::of(b"x"), 0, 1, "image/png");
    let packed = packed.header("content-encoding", "gzip").send().await;
    assert_eq!(packed.unwrap().status(), 415);
    let large = ann.post(vec![0; 1 + MAX_PICTURE_BYTES as usize]).await;
    assert_eq!(large.status, 413);
    let foreign = ann
        .request(Method::POST, "")
        .header("origin", "https://evil.example");
    assert_eq!(foreign.body("x").send().await.unwrap().status(), 403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_that_are_no_hash_reach_no_file() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let hash = BlobHash::of(b"x").to_string();
    for name in [
        "/..%2f..%2fboards.redb".to_owned(),
        "/%2e%2e".to_owned(),
        "/boards.redb".to_owned(),
        format!("/{}", hash.to_uppercase()),
        format!("/{hash}.part"),
        format!("/{hash}%00"),
        format!("/{hash}/x"),
    ] {
        for method in [Method::GET, Method::HEAD, Method::PATCH] {
            let request = ann.request(method.clone(), &name);
            let request = request
                .header("upload-offset", 0)
                .header("upload-length", 1);
            let status = request.send().await.unwrap().status().as_u16();
            assert!(matches!(status, 404 | 405), "{method} {name}: {status}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_clean_picture_is_refused_with_its_cause() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let jpeg = jpeg_with(&noise(8, 8, 1), 0xfe, b"Ada was here");
    let mut cut = png(50, 50, 23);
    cut.truncate(cut.len() / 2);
    for (file, kind, status, words) in [
        (png_bomb(60_000, 60_000), "image/png", 413, "60000"),
        (png_bomb(16_000, 16_000), "image/png", 413, "16000"),
        (png(5, 5, 1), "image/jpeg", 415, "image/png"),
        (jpeg, "image/jpeg", 422, "comment"),
        (png_with(b"tEXt", b"Author\0Ada"), "image/png", 422, "tEXt"),
        (png_with(b"eXIf", b"MM\0*"), "image/png", 422, "eXIf"),
        (cut, "image/png", 422, ""),
        (b"<svg xmlns=''/>".to_vec(), "image/png", 415, "SVG"),
        (b"<html><script>".to_vec(), "image/png", 415, "no PNG"),
        (b"\0\0\0\x1cftypavif".to_vec(), "image/png", 415, "AVIF"),
        (
            [png(4, 4, 1), b"PK\x03\x04".to_vec()].concat(),
            "image/png",
            422,
            "after the end",
        ),
    ] {
        let hash = BlobHash::of(&file);
        let request = ann.patch_request(hash, 0, file.len() as u64, kind);
        let answer = read(request.body(file).send().await.unwrap()).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        assert!(answer.text.contains(words), "{words}: {}", answer.text);
        assert_eq!(ann.head(hash).await.0.offset, Some(0), "nothing stays");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_still_sends_sees_why_it_is_refused() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let stranger = ann.with_secret(Secret::from_bytes([9; 16]));
    let large = || vec![0; 12_000_000];
    let post = || ann.request(Method::POST, "");
    let name = format!("/{}", BlobHash::of(b"x"));
    for (request, status) in [
        (post(), 413),
        (post().header("content-encoding", "br"), 415),
        (post().header("origin", "https://evil.example"), 403),
        (stranger.request(Method::POST, ""), 404),
        (ann.request(Method::PUT, &name), 405),
        (ann.request(Method::PATCH, &name), 400),
        (ann.request(Method::PATCH, "/nonsense"), 404),
        (
            ann.patch_request(BlobHash::of(b"x"), 5, 9_000, "image/png"),
            409,
        ),
    ] {
        let answer = request.body(large()).send().await.unwrap();
        assert_eq!(answer.status(), status);
    }
    let api = Client::new().post(server.url("/api/v1/boards"));
    let api = api.header("content-type", "application/json");
    // Less is read of a body that is no picture.
    let api = api.body(vec![0; 100_000]);
    assert_eq!(api.send().await.unwrap().status(), 413);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_body_without_end_is_cut_off() {
    let server = TestServer::start().await;
    let ann = Visitor::on_new_board(&server.url("")).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let head = format!(
        "POST /files/{} HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
        ann.link.board
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut sent = 0_u64;
    while stream.write_all(&[0; 64 * 1024]).await.is_ok() {
        sent += 64 * 1024;
        // The buffers of the system hold some megabytes beside the bytes that are read.
        assert!(sent < 16 * MAX_PICTURE_BYTES, "it is cut off");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn little_is_read_of_a_refused_body_that_is_no_picture() {
    let server = TestServer::start().await;
    for path in ["/api/v1/boards", "/sfn/nothing"] {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_send_buffer_size(64 * 1024).unwrap();
        let mut stream = socket.connect(server.address).await.unwrap();
        let head =
            format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut sent = 0_u64;
        while stream.write_all(&[0; 16 * 1024]).await.is_ok() {
            sent += 16 * 1024;
            // The buffers of the system hold some of it.
            assert!(
                sent < MAX_PICTURE_BYTES,
                "{path} reads as much as a picture"
            );
        }
    }
}
