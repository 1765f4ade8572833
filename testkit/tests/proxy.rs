//! The fault proxy does to bytes what it was told, and nothing else.

#![cfg(feature = "servers")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::net::SocketAddr;
use std::time::Duration;

use testkit::PATIENCE;
use testkit::proxy::{Cut, Direction, FaultProxy, Flow, Framing, Link};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, timeout};

/// Long enough for bytes that are not held to arrive.
const SOON: Duration = Duration::from_millis(100);

/// A server that sends back what it gets, until the other side has sent all.
async fn echo() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let (mut from, mut to) = stream.split();
                // A connection that was cut ends with an error.
                drop(tokio::io::copy(&mut from, &mut to).await);
            });
        }
    });
    address
}

async fn through(framing: Framing) -> (FaultProxy, TcpStream) {
    let proxy = FaultProxy::start(framing, vec![echo().await])
        .await
        .unwrap();
    let stream = TcpStream::connect(proxy.address()).await.unwrap();
    (proxy, stream)
}

async fn returns(stream: &mut TcpStream, wanted: &[u8]) {
    let mut got = vec![0; wanted.len()];
    let reading = stream.read_exact(&mut got);
    timeout(PATIENCE, reading).await.unwrap().unwrap();
    assert_eq!(got, wanted);
}

#[tokio::test]
async fn slices_delays_and_limits_keep_all_bytes_in_order() {
    let (proxy, mut stream) = through(Framing::Bytes).await;
    let bytes: Vec<u8> = (0..=255).collect();
    for flow in [
        Flow {
            slice: Some(1),
            ..Flow::default()
        },
        Flow {
            delay: Duration::from_millis(20),
            jitter: Duration::from_millis(20),
            ..Flow::default()
        },
        Flow {
            bytes_per_second: Some(2_000),
            ..Flow::default()
        },
    ] {
        proxy.set(Link::both(flow));
        let began = Instant::now();
        stream.write_all(&bytes).await.unwrap();
        returns(&mut stream, &bytes).await;
        let least = Duration::from_millis(if flow.slice.is_some() { 0 } else { 40 });
        assert!(began.elapsed() >= least, "{flow:?}");
    }
}

#[tokio::test]
async fn held_bytes_come_after_the_hold() {
    let (proxy, mut stream) = through(Framing::Bytes).await;
    proxy.set(Link::held_in(Direction::Down));
    stream.write_all(b"held").await.unwrap();
    assert!(timeout(SOON, stream.read_u8()).await.is_err());
    proxy.restore();
    returns(&mut stream, b"held").await;
}

#[tokio::test]
async fn exactly_one_message_is_swallowed() {
    let (proxy, mut stream) = through(Framing::Redis).await;
    proxy.swallow(Direction::Down, b"two");
    stream
        .write_all(b"+one\r\n$3\r\ntwo\r\n+three\r\n+two\r\n")
        .await
        .unwrap();
    returns(&mut stream, b"+one\r\n+three\r\n+two\r\n").await;
    assert!(proxy.has_swallowed());
}

#[tokio::test]
async fn connections_end_as_they_were_cut() {
    let (proxy, mut stream) = through(Framing::Bytes).await;
    stream.write_all(b"x").await.unwrap();
    returns(&mut stream, b"x").await;
    proxy.cut(Cut::HalfClose(Direction::Up));
    // The server sees the end and closes too.
    assert_eq!(
        timeout(PATIENCE, stream.read(&mut [0]))
            .await
            .unwrap()
            .unwrap(),
        0
    );

    let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
    stream.write_all(b"x").await.unwrap();
    returns(&mut stream, b"x").await;
    proxy.cut(Cut::Silence);
    stream.write_all(b"lost").await.unwrap();
    assert!(timeout(SOON, stream.read_u8()).await.is_err(), "silence");
    proxy.cut(Cut::Reset);
    let reset = timeout(PATIENCE, stream.read_u8()).await.unwrap();
    assert_eq!(
        reset.unwrap_err().kind(),
        std::io::ErrorKind::ConnectionReset
    );
}

#[tokio::test]
async fn a_refusing_proxy_accepts_again_after_it_is_restored() {
    let (proxy, _stream) = through(Framing::Bytes).await;
    proxy.refuse();
    let refused = async {
        let mut stream = TcpStream::connect(proxy.address()).await?;
        stream.read_u8().await
    };
    assert!(timeout(PATIENCE, refused).await.unwrap().is_err());
    proxy.restore();
    let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
    stream.write_all(b"again").await.unwrap();
    returns(&mut stream, b"again").await;
}
