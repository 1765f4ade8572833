//! The admission of clients, and the rights of their links.

use shared::id::{BoardId, Secret};
use shared::protocol::{ClientMsg, LiveUpdate, Refusal, Role, ServerMsg};
use testkit::client::Client;
use testkit::fixtures::{begin, commit_stroke, hello, wave};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::test_server::TestServer;

const NO_ACCESS: Option<u16> = Some(4103);
const TOO_FAST: Option<u16> = Some(4029);

#[tokio::test]
async fn each_link_gives_its_role() {
    let server = TestServer::start().await;
    let board = server.board().await;
    for (link, role) in [
        (board.owner, Role::Owner),
        (board.edit, Role::Edit),
        (board.view, Role::View),
    ] {
        let (_client, welcome) = Client::join(server.address, link, 1).await;
        assert_eq!(welcome.role, role);
    }
}

#[tokio::test]
async fn an_unknown_board_and_a_wrong_secret_are_refused_alike() {
    let server = TestServer::start().await;
    let board = server.board().await;
    for board in [board.id, BoardId::from_bytes([9; 16])] {
        let mut client = Client::connect(server.address, board).await;
        client
            .send(&ClientMsg::Hello(hello(Secret::from_bytes([9; 16]), 1)))
            .await;
        assert_eq!(client.close_code().await, NO_ACCESS);
    }
}

#[tokio::test]
async fn a_malformed_board_id_gets_a_close_code() {
    let server = TestServer::start().await;
    let mut client = Client::connect(server.address, "nonsense").await;
    client
        .send(&ClientMsg::Hello(hello(Secret::from_bytes([9; 16]), 1)))
        .await;
    assert_eq!(client.close_code().await, NO_ACCESS);
}

#[tokio::test]
async fn a_viewer_changes_nothing_and_shows_only_a_cursor() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let (mut viewer, _) = Client::join(server.address, board.view, 2).await;
    viewer.send(&commit_stroke(2, 1, 5)).await;
    viewer.send(&ClientMsg::Live(begin(2, 1))).await;
    viewer
        .send(&ClientMsg::Live(LiveUpdate::Ink {
            from: 0,
            ink: wave(3),
        }))
        .await;
    viewer
        .send(&ClientMsg::Live(LiveUpdate::Cursor(Some([1.0, 2.0]))))
        .await;
    let refused = viewer.until("a refusal", |message| match message {
        ServerMsg::Refused { cno, reason } => Some((cno, reason)),
        _ => None,
    });
    assert_eq!(refused.await, (1, Refusal::ViewOnly));
    // The cursor was sent last, so everything before it has arrived by then.
    let live = ann.until("the cursor", |message| match message {
        ServerMsg::Live(items) => Some(items),
        _ => None,
    });
    let items: Vec<_> = live.await.into_iter().map(|(_, item)| item).collect();
    assert_eq!(items, [LiveUpdate::Cursor(Some([1.0, 2.0]))]);
    ann.send(&commit_stroke(1, 1, 5)).await;
    ann.receives_seq(1).await;
}

#[tokio::test]
async fn many_wrong_secrets_are_rate_limited_and_the_right_one_gets_in() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let guess = async || {
        let mut client = Client::connect(server.address, board.id).await;
        client
            .send(&ClientMsg::Hello(hello(Secret::from_bytes([9; 16]), 1)))
            .await;
        client.close_code().await
    };
    for _ in 0..10 {
        assert_eq!(guess().await, NO_ACCESS);
    }
    assert_eq!(guess().await, TOO_FAST);
    Client::join(server.address, board.view, 1).await;
    assert_eq!(guess().await, TOO_FAST);
}

#[tokio::test]
async fn a_request_without_an_upgrade_is_told_what_is_missing() {
    let server = TestServer::start().await;
    let url = server.url("/ws/AAAAAAAAAAAAAAAAAAAAAA");
    let answer = reqwest::get(url).await.unwrap();
    assert_eq!(answer.status(), 426);
    assert_eq!(answer.headers()["upgrade"], "websocket");
    assert!(answer.text().await.unwrap().contains("Upgrade"));
}

#[tokio::test]
async fn pages_of_foreign_origins_do_not_get_a_websocket() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let status = async |origin: &str| {
        let url = format!("ws://{}/ws/{}", server.address, board.id);
        let mut request = url.into_client_request().unwrap();
        request
            .headers_mut()
            .insert("origin", origin.parse().unwrap());
        match connect_async(request).await {
            Ok((_, answer)) => answer.status().as_u16(),
            Err(Error::Http(answer)) => answer.status().as_u16(),
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(status(&format!("http://{}", server.address)).await, 101);
    assert_eq!(status("http://localhost:8080").await, 101);
    assert_eq!(status("https://evil.example").await, 403);
    assert_eq!(status("null").await, 403);
}
