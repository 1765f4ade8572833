//! Clients that read too slowly or talk too much.

use futures::SinkExt as _;
use shared::protocol::{ClientMsg, LiveItem, ServerMsg, encode};
use tokio_tungstenite::tungstenite::Message;

use crate::client::{Client, hello, stroke};
use crate::site::Site;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_that_stands_still_holds_nobody_up() {
    let site = Site::start().await;
    let keys = site.board().await;
    // Joins and never reads, with buffers that hold next to nothing.
    let mut stuck = Client::connect_narrow(site.address, keys.board).await;
    stuck.send(&ClientMsg::Hello(hello(keys.view, 3))).await;
    let (mut ann, _) = Client::join(&site, keys, keys.edit, 1).await;
    let (mut bob, _) = Client::join(&site, keys, keys.edit, 2).await;
    // Far more than the buffers on its way hold.
    for cno in 1..=120 {
        ann.send(&stroke(1, cno, 9_000)).await;
        ann.hears_seq(cno).await;
        bob.hears_seq(cno).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commits_beyond_the_pace_wait_and_none_is_lost() {
    let site = Site::start().await;
    let keys = site.board().await;
    let (mut ann, _) = Client::join(&site, keys, keys.edit, 1).await;
    let mut sent = 0;
    for acked in 1..=150 {
        // As a client does: a window of commits on the wire.
        while sent < 150 && sent < acked + 30 {
            sent += 1;
            ann.send(&stroke(1, sent, 3)).await;
        }
        ann.hears_seq(acked).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_live_messages_ends_the_session_after_a_while() {
    let site = Site::start().await;
    let keys = site.board().await;
    let (flood, _) = Client::join(&site, keys, keys.edit, 1).await;
    let (mut bob, _) = Client::join(&site, keys, keys.edit, 2).await;
    let Client { socket, .. } = flood;
    let (mut to_server, from_server) = futures::StreamExt::split(socket);
    let cursor = encode(&ClientMsg::Live(LiveItem::Cursor(Some([1.0, 1.0])))).unwrap();
    let flooding = tokio::spawn(async move {
        while to_server
            .send(Message::Binary(cursor.clone()))
            .await
            .is_ok()
        {}
    });
    let code = tokio::spawn(close_code(from_server));
    bob.send(&stroke(2, 1, 5)).await;
    bob.until("the ack", |message| match message {
        ServerMsg::Ack { cno: 1, .. } => Some(()),
        _ => None,
    })
    .await;
    let code = tokio::time::timeout(crate::site::PATIENCE, code)
        .await
        .unwrap()
        .unwrap();
    // The close frame may be lost when we are still writing as the socket closes.
    assert!(matches!(code, Some(4029) | None), "{code:?}");
    flooding.abort();
}

async fn close_code<S, E>(mut frames: S) -> Option<u16>
where
    S: futures::Stream<Item = Result<Message, E>> + Unpin,
{
    while let Some(Ok(frame)) = futures::StreamExt::next(&mut frames).await {
        if let Message::Close(frame) = frame {
            return frame.map(|frame| frame.code.into());
        }
    }
    None
}
