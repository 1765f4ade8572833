//! Two servers that share a real Redis.

use server::config::Storage;
use shared::protocol::{ClientMsg, Hello, LiveUpdate, ServerMsg, StoreStatus};
use testkit::client::Client;
use testkit::fixtures::{commit_stroke, hello, wave};
use testkit::redis::{Redis, Version};

use crate::live_ink::{draw_live, sees_live_ink, sees_person};
use crate::test_server::{TestServer, redis_config as config};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_on_two_servers_share_ink_commits_presence_and_title() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    assert!(matches!(config(&redis).storage, Storage::Redis(_)));
    let (one, two) = (
        TestServer::with(config(&redis)).await,
        TestServer::with(config(&redis)).await,
    );
    let board = one.board().await;
    let (mut ann, _) = Client::join(one.address, board.edit, 1).await;
    let (mut bob, _) = Client::join(two.address, board.edit, 2).await;

    sees_person(&mut ann, 2).await;
    let peer = sees_person(&mut bob, 1).await;

    draw_live(&mut ann, wave(5)).await;
    assert_eq!(sees_live_ink(&mut bob, peer).await, wave(5));

    for cno in 1..=40 {
        ann.send(&commit_stroke(1, cno, 10)).await;
        bob.send(&commit_stroke(2, cno, 10)).await;
    }
    for seq in 1..=80 {
        ann.receives_seq(seq).await;
        bob.receives_seq(seq).await;
    }

    let renamed = reqwest::Client::new()
        .patch(one.url(&format!("/api/v1/boards/{}", board.id)))
        .bearer_auth(board.owner.secret.reveal())
        .json(&serde_json::json!({ "title": "Both" }))
        .send()
        .await
        .unwrap();
    assert_eq!(renamed.status(), 200);
    for client in [&mut ann, &mut bob] {
        client
            .until("the title", |message| match message {
                ServerMsg::Title(title) if title == "Both" => Some(()),
                _ => None,
            })
            .await;
    }
    one.stop().await;
    bob.send(&commit_stroke(2, 41, 10)).await;
    bob.receives_seq(81).await;
    two.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drawing_continues_while_redis_is_down_and_is_stored_later() {
    let options = ["--appendfsync", "always"];
    let mut redis = Redis::start(Version::Seven, &options).await.unwrap();
    let (one, two) = (
        TestServer::with(config(&redis)).await,
        TestServer::with(config(&redis)).await,
    );
    let board = one.board().await;
    let (mut ann, _) = Client::join(one.address, board.edit, 1).await;
    let (mut bob, _) = Client::join(two.address, board.edit, 2).await;
    ann.send(&commit_stroke(1, 1, 10)).await;
    bob.receives_seq(1).await;

    redis.kill().await.unwrap();
    ann.send(&commit_stroke(1, 2, 10)).await;
    storing(&mut ann, StoreStatus::Down).await;
    storing(&mut bob, StoreStatus::Down).await;
    let ready = reqwest::get(one.url("/readyz")).await.unwrap();
    assert_eq!(
        ready.status(),
        200,
        "a store that is away makes no server unready"
    );
    let report: serde_json::Value = ready.json().await.unwrap();
    assert_eq!(report["status"], "degraded", "{report}");
    assert_eq!(report["store"]["state"], "down", "{report}");
    assert!(report["store"]["reason"].is_string(), "{report}");

    redis.restart().await.unwrap();
    storing(&mut ann, StoreStatus::Up).await;
    ann.receives_seq(2).await;
    bob.receives_seq(2).await;
}

/// Waits until a client is told that the store is up or down.
async fn storing(client: &mut Client, wanted: StoreStatus) {
    client
        .until("news of the store", |message| match message {
            ServerMsg::StoreStatus(storing) if storing == wanted => Some(()),
            _ => None,
        })
        .await;
}

/// A raised hand, as a client is told it.
const HAND: LiveUpdate = LiveUpdate::Hand(Some(7));

/// Waits until a client is told that client 1 raises a hand.
async fn sees_hand(client: &mut Client) {
    let peer = sees_person(client, 1).await;
    client
        .until("a raised hand", |message| match message {
            ServerMsg::Live(items) if items.contains(&(peer, HAND)) => Some(()),
            _ => None,
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_raised_hand_is_told_to_all_who_join_also_to_a_page_that_loads_again_at_once() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let (one, two) = (
        TestServer::with(config(&redis)).await,
        TestServer::with(config(&redis)).await,
    );
    let board = one.board().await;
    let (mut ann, _) = Client::join(one.address, board.edit, 1).await;
    ann.send(&ClientMsg::Live(HAND)).await;
    // The first client of the second server: its room has heard nothing of the hand.
    let (mut bob, _) = Client::join(two.address, board.view, 2).await;
    sees_hand(&mut bob).await;
    sees_person(&mut ann, 2).await;
    for (session, server) in [(2, &two), (3, &one)] {
        drop(bob);
        bob = Client::connect(server.address, board.id).await;
        let hello = Hello {
            session,
            ..hello(board.view.secret, 2)
        };
        bob.send(&ClientMsg::Hello(hello)).await;
        sees_hand(&mut bob).await;
    }
    one.stop().await;
    two.stop().await;
}
