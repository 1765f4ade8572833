//! Limits of the HTTP server itself, and its health checks.

use std::net::{Ipv4Addr, SocketAddr};

use serde_json::{Value, json};
use testkit::PATIENCE;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::test_server::TestServer;

/// Sends bytes and reads until the server closes the connection.
async fn raw(server: &TestServer, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    let read = timeout(PATIENCE, stream.read_to_end(&mut answer)).await;
    // A reset closes the connection too.
    drop(read.expect("server closes the connection"));
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_connection_whose_answers_are_not_read_is_closed() {
    let server = TestServer::start().await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4 * 1024).unwrap();
    let mut stream = socket.connect(server.address).await.unwrap();
    let requests = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n".repeat(100);
    // The buffers of the system fill, then the server waits, and at last it gives up.
    let sending = async { while stream.write_all(requests.as_bytes()).await.is_ok() {} };
    timeout(PATIENCE, sending)
        .await
        .expect("server closes the connection");
}

#[tokio::test]
async fn headers_that_do_not_end_in_time_close_the_connection() {
    let server = TestServer::start().await;
    let answer = raw(&server, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
        "{answer}"
    );
}

#[tokio::test]
async fn too_many_or_too_long_headers_are_refused() {
    let server = TestServer::start().await;
    let many = "X-A: b\r\n".repeat(100);
    let long = format!("X-A: {}\r\n", "b".repeat(20_000));
    for headers in [many, long] {
        let request = format!("GET /healthz HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
        assert!(
            raw(&server, request.as_bytes())
                .await
                .starts_with("HTTP/1.1 431")
        );
    }
}

#[tokio::test]
async fn a_body_in_chunks_is_limited_too() {
    let server = TestServer::start().await;
    let chunks = format!("3e8\r\n{}\r\n", "x".repeat(1_000)).repeat(17);
    for (path, kind) in [
        ("/sfn/create_board", "application/msgpack"),
        ("/api/v1/boards", "application/json"),
    ] {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nConnection: close\r\n\
             Transfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\n"
        );
        let answer = raw(&server, request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn health_and_readiness_answer() {
    let server = TestServer::start().await;
    assert_eq!(
        reqwest::get(server.url("/healthz")).await.unwrap().status(),
        200
    );
    let ready = reqwest::get(server.url("/readyz")).await.unwrap();
    assert_eq!(ready.status(), 200);
    let report: Value = ready.json().await.unwrap();
    assert_eq!(
        report,
        json!({
            "status": "ok",
            "store": { "state": "ok" },
            "broker": { "state": "ok" },
            "boards": 0,
        })
    );
}

#[tokio::test]
async fn garbage_is_answered_and_the_server_goes_on() {
    let server = TestServer::start().await;
    assert!(
        raw(&server, b"\x16\x03\x01 not http \r\n\r\n")
            .await
            .starts_with("HTTP/1.1 400")
    );
    assert_eq!(
        reqwest::get(server.url("/healthz")).await.unwrap().status(),
        200
    );
}

#[tokio::test]
async fn a_connection_that_asks_for_nothing_more_is_closed() {
    let server = TestServer::start().await;
    let answer = raw(&server, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn idle_connections_from_a_few_addresses_keep_nobody_out() {
    let server = TestServer::start().await;
    let mut held = Vec::new();
    for number in 0..2_100_u16 {
        let socket = TcpSocket::new_v4().unwrap();
        let from = Ipv4Addr::new(127, 0, 3, 1 + (number % 4) as u8);
        socket.bind(SocketAddr::from((from, 0))).unwrap();
        held.push(socket.connect(server.address).await.unwrap());
    }
    for _ in 0..20 {
        let answer = reqwest::get(server.url("/healthz")).await.unwrap();
        assert_eq!(answer.status(), 200);
    }
}
