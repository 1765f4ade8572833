//! Who is let in, and what their link allows.

use shared::id::{BoardId, Secret};
use shared::protocol::{ClientMsg, LiveItem, Refusal, Role, ServerMsg};
use testkit::client::Client;
use testkit::fixtures::{begin, commit_stroke, hello, wave};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::site::Site;

const NO_ACCESS: Option<u16> = Some(4103);

#[tokio::test]
async fn each_link_gives_its_role() {
    let site = Site::start().await;
    let board = site.board().await;
    for (link, role) in [
        (board.owner, Role::Owner),
        (board.edit, Role::Edit),
        (board.view, Role::View),
    ] {
        let (_client, welcome) = Client::join(site.address, link, 1).await;
        assert_eq!(welcome.role, role);
    }
}

#[tokio::test]
async fn an_unknown_board_and_a_wrong_secret_are_refused_alike() {
    let site = Site::start().await;
    let board = site.board().await;
    for board in [board.id, BoardId::from_bytes([9; 16])] {
        let mut client = Client::connect(site.address, board).await;
        client
            .send(&ClientMsg::Hello(hello(Secret::from_bytes([9; 16]), 1)))
            .await;
        assert_eq!(client.close_code().await, NO_ACCESS);
    }
}

#[tokio::test]
async fn a_malformed_board_id_is_told_by_a_close_code() {
    let site = Site::start().await;
    let mut client = Client::connect(site.address, "nonsense").await;
    client
        .send(&ClientMsg::Hello(hello(Secret::from_bytes([9; 16]), 1)))
        .await;
    assert_eq!(client.close_code().await, NO_ACCESS);
}

#[tokio::test]
async fn a_viewer_changes_nothing_and_shows_only_a_cursor() {
    let site = Site::start().await;
    let board = site.board().await;
    let (mut ann, _) = Client::join(site.address, board.edit, 1).await;
    let (mut viewer, _) = Client::join(site.address, board.view, 2).await;
    viewer.send(&commit_stroke(2, 1, 5)).await;
    viewer.send(&ClientMsg::Live(begin(2, 1))).await;
    viewer
        .send(&ClientMsg::Live(LiveItem::Ink {
            from: 0,
            ink: wave(3),
        }))
        .await;
    viewer
        .send(&ClientMsg::Live(LiveItem::Cursor(Some([1.0, 2.0]))))
        .await;
    let refused = viewer.until("a refusal", |message| match message {
        ServerMsg::Refused { cno, reason } => Some((cno, reason)),
        _ => None,
    });
    assert_eq!(refused.await, (1, Refusal::ViewOnly));
    // The cursor was sent last, so whatever came before it has arrived by then.
    let live = ann.until("the cursor", |message| match message {
        ServerMsg::Live(items) => Some(items),
        _ => None,
    });
    let items: Vec<_> = live.await.into_iter().map(|(_, item)| item).collect();
    assert_eq!(items, [LiveItem::Cursor(Some([1.0, 2.0]))]);
    ann.send(&commit_stroke(1, 1, 5)).await;
    ann.hears_seq(1).await;
}

#[tokio::test]
async fn many_wrong_secrets_are_slowed_down_and_the_right_one_waits_too() {
    let site = Site::start().await;
    let board = site.board().await;
    for _ in 0..10 {
        let mut client = Client::connect(site.address, board.id).await;
        client
            .send(&ClientMsg::Hello(hello(Secret::from_bytes([9; 16]), 1)))
            .await;
        assert_eq!(client.close_code().await, NO_ACCESS);
    }
    let url = format!("ws://{}/ws/{}", site.address, board.id);
    let Err(Error::Http(answer)) = connect_async(url).await else {
        panic!("let in")
    };
    assert_eq!(answer.status(), 429);
    assert!(answer.headers().contains_key("retry-after"));
}

#[tokio::test]
async fn pages_of_strangers_do_not_get_a_socket() {
    let site = Site::start().await;
    let board = site.board().await;
    let status = async |origin: &str| {
        let url = format!("ws://{}/ws/{}", site.address, board.id);
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
    assert_eq!(status(&format!("http://{}", site.address)).await, 101);
    assert_eq!(status("http://localhost:8080").await, 101);
    assert_eq!(status("https://evil.example").await, 403);
    assert_eq!(status("null").await, 403);
}
