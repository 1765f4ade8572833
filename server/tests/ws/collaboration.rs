//! Two people on one board of one server.

use shared::protocol::{ClientMsg, Profile, ServerMsg};
use testkit::client::Client;
use testkit::fixtures::{client_id, commit_stroke, hello, resuming, wave};

use crate::live_ink::{draw_live, sees_live_ink, sees_person};
use crate::test_server::TestServer;

#[tokio::test]
async fn ink_is_seen_while_it_is_drawn_and_the_commit_after() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let (mut bob, _) = Client::join(server.address, board.edit, 2).await;
    let peer = sees_person(&mut bob, 1).await;

    draw_live(&mut ann, wave(5)).await;
    assert_eq!(sees_live_ink(&mut bob, peer).await, wave(5));

    ann.send(&commit_stroke(1, 1, 5)).await;
    let seen = bob.until("the commit", |message| match message {
        ServerMsg::Commit { seq, commit } => Some((seq, commit)),
        _ => None,
    });
    let (seq, seen) = seen.await;
    let ClientMsg::Commit(sent) = commit_stroke(1, 1, 5) else {
        unreachable!()
    };
    assert_eq!((seq, seen.author, seen.commit), (1, client_id(1), sent));
    let acked = ann.until("the ack", |message| match message {
        ServerMsg::Ack { seq, cno } => Some((seq, cno)),
        _ => None,
    });
    assert_eq!(acked.await, (1, 1));
}

#[tokio::test]
async fn a_client_that_joins_later_gets_the_whole_board() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    for cno in 1..=20 {
        ann.send(&commit_stroke(1, cno, 100)).await;
    }
    ann.receives_seq(20).await;
    let (mut bob, welcome) = Client::join(server.address, board.view, 2).await;
    assert!(!welcome.delta);
    assert_eq!(bob.board(&welcome).await.len(), 20);
}

#[tokio::test]
async fn a_reconnecting_client_gets_only_missed_commits_and_resends_harmlessly() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 5)).await;
    ann.receives_seq(1).await;
    let (bob, welcome) = Client::join(server.address, board.edit, 2).await;
    drop(bob);
    ann.send(&commit_stroke(1, 2, 5)).await;
    ann.receives_seq(2).await;

    let mut bob = Client::connect(server.address, board.id).await;
    bob.send(&ClientMsg::Hello(resuming(
        board.edit.secret,
        2,
        2,
        welcome.at,
    )))
    .await;
    let again = bob.until("a welcome", |message| match message {
        ServerMsg::Welcome(welcome) => Some(welcome),
        _ => None,
    });
    assert!(again.await.delta);
    bob.receives_seq(2).await;

    ann.send(&commit_stroke(1, 2, 5)).await;
    bob.send(&commit_stroke(2, 1, 5)).await;
    bob.until("the ack", |message| match message {
        ServerMsg::Ack { seq: 3, cno: 1 } => Some(()),
        _ => None,
    })
    .await;
}

#[tokio::test]
async fn a_newer_connection_of_the_same_client_replaces_the_older() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut first, welcome) = Client::join(server.address, board.edit, 1).await;
    let mut second = Client::connect(server.address, board.id).await;
    second
        .send(&ClientMsg::Hello(resuming(
            board.edit.secret,
            1,
            2,
            welcome.at,
        )))
        .await;
    assert_eq!(first.close_code().await, Some(4109));
    sees_names(&mut second, &["Person 1"]).await;
}

#[tokio::test]
async fn arrivals_profiles_and_departures_are_announced() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let (mut bob, _) = Client::join(server.address, board.view, 2).await;
    sees_names(&mut ann, &["Person 1", "Person 2"]).await;
    let profile = Profile {
        name: "Bob\u{7}".to_owned(),
        ..hello(board.view.secret, 2).profile
    };
    bob.send(&ClientMsg::Profile(profile)).await;
    sees_names(&mut ann, &["Bob", "Person 1"]).await;
    drop(bob);
    sees_names(&mut ann, &["Person 1"]).await;
}

#[tokio::test]
async fn a_new_title_reaches_all_clients_of_the_board() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.view, 1).await;
    let answer = reqwest::Client::new()
        .patch(server.url(&format!("/api/v1/boards/{}", board.id)))
        .bearer_auth(board.edit.secret.reveal())
        .json(&serde_json::json!({ "title": "Garden" }))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    ann.until("the title", |message| match message {
        ServerMsg::Title(title) if title == "Garden" => Some(()),
        _ => None,
    })
    .await;
}

#[tokio::test]
async fn a_quiet_board_sends_heartbeats() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut ann, welcome) = Client::join(server.address, board.edit, 1).await;
    for _ in 0..2 {
        let beat = ann.until("a heartbeat", |message| match message {
            ServerMsg::Heartbeat(beat) => Some(beat.at),
            _ => None,
        });
        assert_eq!(beat.await, welcome.at);
    }
}

/// Waits until a client is told that exactly these people are there.
async fn sees_names(client: &mut Client, expected: &[&str]) {
    client
        .until("these people", |message| match message {
            ServerMsg::People(people) => {
                let mut names: Vec<_> = people
                    .iter()
                    .map(|person| person.profile.name.as_str())
                    .collect();
                names.sort_unstable();
                (names == expected).then_some(())
            }
            _ => None,
        })
        .await;
}
