//! Clients that send malformed frames: each is closed with the right code, and
//! other clients on the board notice nothing.

use rand::RngExt as _;
use shared::protocol::{ClientMsg, PROTOCOL_VERSION, Refusal, ServerMsg, encode};
use testkit::board::Board;
use testkit::client::Client;
use testkit::fixtures::{commit_stroke, hello};
use tokio_tungstenite::tungstenite::Message;

use crate::test_server::TestServer;

const PROTOCOL: Option<u16> = Some(4107);
const VERSION: Option<u16> = Some(4110);
const SILENT: Option<u16> = Some(4030);

/// A client that goes on drawing while others misbehave.
struct Bystander {
    client: Client,
    cno: u64,
}

impl Bystander {
    async fn on(server: &TestServer, board: &Board) -> Self {
        let (client, _) = Client::join(server.address, board.edit, 200).await;
        Self { client, cno: 0 }
    }

    async fn draws(&mut self) {
        self.cno += 1;
        self.client.send(&commit_stroke(200, self.cno, 5)).await;
        self.client.receives_seq(self.cno).await;
    }
}

#[tokio::test]
async fn a_first_frame_that_is_not_a_hello_closes_the_session() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let mut bystander = Bystander::on(&server, &board).await;
    let good = encode(&ClientMsg::Hello(hello(board.edit.secret, 1))).unwrap();
    let mut noise = vec![0; 300];
    rand::rng().fill(&mut noise[..]);
    let frames = [
        Message::text("hello"),
        Message::binary(noise),
        Message::binary(good.slice(..good.len() - 3)),
        Message::binary([&good[..], b"more"].concat()),
        Message::binary(vec![0x91; 4_000]),
        Message::binary(vec![0; 5 * 1024]),
        Message::binary(encode(&commit_stroke(1, 1, 5)).unwrap()),
        Message::binary(Vec::new()),
    ];
    for frame in frames {
        let mut client = Client::connect(server.address, board.id).await;
        client.send_raw(frame.clone()).await;
        assert_eq!(client.close_code().await, PROTOCOL, "{frame:?}");
        bystander.draws().await;
    }
}

#[tokio::test]
async fn a_hello_that_is_too_large_closes_the_session() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let mut long = hello(board.edit.secret, 1);
    long.profile.name = "x".repeat(5 * 1024);
    let mut client = Client::connect(server.address, board.id).await;
    client.send(&ClientMsg::Hello(long)).await;
    assert_eq!(client.close_code().await, PROTOCOL);
}

#[tokio::test]
async fn another_version_is_told_to_reload() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let mut other = hello(board.edit.secret, 1);
    other.version = PROTOCOL_VERSION + 1;
    let mut client = Client::connect(server.address, board.id).await;
    client.send(&ClientMsg::Hello(other)).await;
    assert_eq!(client.close_code().await, VERSION);
}

#[tokio::test]
async fn a_client_that_sends_no_hello_is_closed() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let mut client = Client::connect(server.address, board.id).await;
    assert_eq!(client.close_code().await, SILENT);
}

#[tokio::test]
async fn a_second_hello_closes_the_session() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut client, _) = Client::join(server.address, board.edit, 1).await;
    client
        .send(&ClientMsg::Hello(hello(board.edit.secret, 1)))
        .await;
    assert_eq!(client.close_code().await, PROTOCOL);
}

#[tokio::test]
async fn the_third_malformed_frame_closes_the_session_and_two_do_not() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let mut bystander = Bystander::on(&server, &board).await;
    let (mut client, _) = Client::join(server.address, board.edit, 1).await;
    client.send_raw(Message::text("one")).await;
    client.send_raw(Message::binary(vec![0xc1, 2, 3])).await;
    client.send(&commit_stroke(1, 1, 5)).await;
    client.receives_seq(1).await;
    client.send_raw(Message::binary(vec![0x91; 10_000])).await;
    assert_eq!(client.close_code().await, PROTOCOL);
    bystander.cno = 0;
    bystander.client.send(&commit_stroke(200, 1, 5)).await;
    bystander.client.receives_seq(2).await;
}

#[tokio::test]
async fn a_frame_that_is_too_large_closes_the_session() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let mut bystander = Bystander::on(&server, &board).await;
    let (mut client, _) = Client::join(server.address, board.edit, 1).await;
    client.send_raw(Message::binary(vec![0; 257 * 1024])).await;
    assert_eq!(client.close_code().await, PROTOCOL);
    bystander.draws().await;
}

#[tokio::test]
async fn a_commit_that_breaks_a_limit_of_decoding_is_refused_by_its_number() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut client, _) = Client::join(server.address, board.edit, 1).await;
    // {"c": [cno, "a", [{"?": nil}]]}: an op that this version does not have.
    let unreadable = |cno: u8| {
        Message::binary([b"\x81\xa1c\x93", &[cno][..], b"\xa1a\x91\x81\xa1?\xc0"].concat())
    };
    for cno in 1..=5 {
        client.send_raw(unreadable(cno)).await;
        let refused = client.until("a refusal", |message| match message {
            ServerMsg::Refused { cno, reason } => Some((cno, reason)),
            _ => None,
        });
        assert_eq!(refused.await, (u64::from(cno), Refusal::Invalid));
    }
    // Live updates of a form that this version does not have are dropped: {"l": {"?": nil}}.
    for _ in 0..5 {
        client
            .send_raw(Message::binary(b"\x81\xa1l\x81\xa1?\xc0".to_vec()))
            .await;
    }
    client.send(&commit_stroke(1, 6, 5)).await;
    client.receives_seq(6).await;

    let (mut viewer, _) = Client::join(server.address, board.view, 2).await;
    viewer.send_raw(unreadable(1)).await;
    let refused = viewer.until("a refusal", |message| match message {
        ServerMsg::Refused { cno, reason } => Some((cno, reason)),
        _ => None,
    });
    assert_eq!(refused.await, (1, Refusal::ViewOnly));
}
