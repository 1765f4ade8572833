//! Clients that hold connections, send frames that no message needs, or send messages that never end.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use shared::limits::MAX_FRAME_BYTES;
use shared::protocol::{ClientMsg, encode};
use testkit::PATIENCE;
use testkit::board::Link;
use testkit::client::Client;
use testkit::fixtures::{commit_stroke, hello};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{interval, sleep, timeout};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::test_server::TestServer;

const PROTOCOL: Option<u16> = Some(4107);
const TOO_FAST: Option<u16> = Some(4029);
const STALLED: Option<u16> = Some(4030);

const BINARY: u8 = 2;
const CONTINUATION: u8 = 0;
const LAST: u8 = 0x80;

/// A WebSocket whose bytes a test writes itself.
struct RawSocket(WebSocketStream<TcpStream>);

impl RawSocket {
    /// Connects from an address of this machine.
    async fn connect(server: SocketAddr, board: &str, from: Ipv4Addr) -> Result<Self, Error> {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from((from, 0))).unwrap();
        let stream = socket.connect(server).await.unwrap();
        let url = format!("ws://{server}/ws/{board}");
        Ok(Self(client_async(url, stream).await?.0))
    }

    /// Connects as the client of a number and is let in.
    async fn join(server: SocketAddr, link: Link, who: u8) -> Self {
        let board = link.board.to_string();
        let joining = Self::connect(server, &board, Ipv4Addr::LOCALHOST);
        let mut socket = joining.await.unwrap();
        let hello = encode(&ClientMsg::Hello(hello(link.secret, who))).unwrap();
        socket.0.send(Message::Binary(hello)).await.unwrap();
        while !socket.0.next().await.unwrap().unwrap().is_binary() {}
        socket
    }

    /// Writes bytes as they are; the server may have closed the connection meanwhile.
    async fn write(&mut self, bytes: &[u8]) {
        if let Err(error) = self.0.get_mut().write_all(bytes).await {
            assert_ne!(error.kind(), std::io::ErrorKind::InvalidInput, "{error}");
        }
    }

    /// The code of the close frame.
    async fn close_code(&mut self) -> Option<u16> {
        let closing = async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Close(frame))) => return frame.map(|it| it.code.into()),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return None,
                }
            }
        };
        timeout(PATIENCE, closing).await.expect("the server closes")
    }

    /// Writes the same bytes again and again, until the server closes the connection.
    async fn flood(mut self, bytes: Vec<u8>, each: Duration) -> Option<u16> {
        let mut tick = interval(each);
        loop {
            tokio::select! {
                biased;
                message = self.0.next() => match message {
                    Some(Ok(Message::Close(frame))) => return frame.map(|it| it.code.into()),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return None,
                },
                _ = tick.tick() => self.write(&bytes).await,
            }
        }
    }
}

/// The header of a frame with a mask of zeros.
fn header(first: u8, len: usize) -> Vec<u8> {
    let mut bytes = vec![first];
    match (u8::try_from(len), u16::try_from(len)) {
        (Ok(len @ 0..=125), _) => bytes.push(0x80 | len),
        (_, Ok(len)) => {
            bytes.push(0x80 | 126);
            bytes.extend(len.to_be_bytes());
        }
        (_, Err(_)) => {
            bytes.push(0x80 | 127);
            bytes.extend((len as u64).to_be_bytes());
        }
    }
    bytes.extend([0; 4]);
    bytes
}

#[tokio::test]
async fn a_first_frame_longer_than_a_hello_is_closed_at_its_header() {
    let server = TestServer::start().await;
    let board = server.board().await.id.to_string();
    let whole = header(LAST | BINARY, 250 * 1024);
    let fragments = [
        header(BINARY, 4_000),
        vec![0; 4_000],
        header(CONTINUATION, 4_000),
    ]
    .concat();
    for begin in [whole, fragments] {
        let socket = RawSocket::connect(server.address, &board, Ipv4Addr::LOCALHOST);
        let mut socket = socket.await.unwrap();
        socket.write(&begin).await;
        assert_eq!(socket.close_code().await, PROTOCOL);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sockets_without_hello_from_a_few_addresses_keep_nobody_out() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let id = board.id.to_string();
    let mut held = Vec::new();
    for number in 0..1_000 {
        let from = Ipv4Addr::new(127, 0, 1, 1 + (number % 4) as u8);
        held.push(RawSocket::connect(server.address, &id, from).await.unwrap());
    }
    // Each of the four has as many as one address may have.
    let more = RawSocket::connect(server.address, &id, Ipv4Addr::new(127, 0, 1, 1)).await;
    assert!(matches!(more, Err(Error::Http(answer)) if answer.status() == 503));
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 5)).await;
    ann.receives_seq(1).await;
    assert_eq!(held[0].close_code().await, TOO_FAST);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn floods_of_control_frames_and_fragments_close_the_session() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let flood = async |who: u8, frame: Vec<u8>| {
        let socket = RawSocket::join(server.address, board.edit, who).await;
        let code = socket.flood(frame.repeat(40), Duration::from_millis(20));
        timeout(PATIENCE, code).await.expect("the flood is closed")
    };
    let ping = header(LAST | 9, 0);
    let pong = [header(LAST | 10, 125), vec![0; 125]].concat();
    let fragment = [header(CONTINUATION, 1), vec![0]].concat();
    let codes = tokio::join!(flood(11, ping), flood(12, pong));
    assert_eq!(codes, (TOO_FAST, TOO_FAST));
    let mut begun = RawSocket::join(server.address, board.edit, 2).await;
    begun.write(&header(BINARY, 0)).await;
    assert_eq!(
        begun
            .flood(fragment.repeat(40), Duration::from_millis(20))
            .await,
        PROTOCOL
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_does_not_grow_is_closed_and_a_slow_one_passes() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let mut stalled = RawSocket::join(server.address, board.edit, 3).await;
    stalled.write(&header(LAST | BINARY, 100_000)).await;
    // A byte a second, so that the connection is never silent.
    let stalled = stalled.flood(vec![0], Duration::from_secs(1));
    // Pings amid the fragments, so that messages arrive all the time.
    let mut half = RawSocket::join(server.address, board.view, 4).await;
    half.write(&[header(BINARY, 1), vec![0]].concat()).await;
    let half = half.flood(header(LAST | 9, 0), Duration::from_millis(100));

    // A commit of nearly the greatest size, which takes more than the ten seconds of the window.
    let mut slow = RawSocket::join(server.address, board.edit, 5).await;
    let commit = encode(&commit_stroke(5, 1, 9_000)).unwrap();
    let mut frame = header(LAST | BINARY, MAX_FRAME_BYTES - 1_024);
    frame.resize(frame.len() + MAX_FRAME_BYTES - 1_024, 0);
    let slow = async {
        for bytes in frame.chunks(2_000) {
            slow.write(bytes).await;
            sleep(Duration::from_millis(100)).await;
        }
        // That was no message, so it counts as malformed, and the session goes on.
        slow.0.send(Message::Binary(commit)).await.unwrap();
        while let Some(Ok(message)) = slow.0.next().await {
            if matches!(&message, Message::Binary(bytes) if bytes[..3] == *b"\x81\xa1a") {
                return true;
            }
        }
        false
    };
    let (stalled, half, is_acked) = tokio::join!(stalled, half, timeout(PATIENCE, slow));
    assert_eq!((stalled, half), (STALLED, STALLED));
    assert!(is_acked.unwrap(), "the slow client gets its ack");
}
