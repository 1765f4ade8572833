//! Links that end and people who are removed: their connections are closed, on every server.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::json;
use shared::api::{BoardManagement, ManageBoard, ManageRequest};
use shared::id::{DeviceKey, PersonId};
use shared::protocol::{ClientMsg, Hello, Refusal, Rights, ServerMsg};
use testkit::board::{Board, Link};
use testkit::client::Client;
use testkit::fixtures::{commit_stroke, hello, key};
use testkit::redis::{Redis, Version};

use crate::owner::{Asker, in_ms};
use crate::server_function::call;
use crate::test_server::{TestServer, redis_config as config};

const CROWDED: Option<u16> = Some(4031);
const REVOKED: Option<u16> = Some(4104);
const EXPIRED: Option<u16> = Some(4105);
const REMOVED: Option<u16> = Some(4106);
/// Within this a change holds on every server.
const PROMISED: Duration = Duration::from_secs(2);

/// Connects with any hello and waits for the welcome.
async fn join(server: &TestServer, link: Link, hello: Hello) -> Client {
    let mut client = Client::connect(server.address, link.board).await;
    client.send(&ClientMsg::Hello(hello)).await;
    let welcome = client.until("a welcome", |message| match message {
        ServerMsg::Welcome(_) => Some(()),
        _ => None,
    });
    welcome.await;
    client
}

/// The code with which a server refuses a client.
async fn refusal(server: &TestServer, link: Link, hello: Hello) -> Option<u16> {
    let mut client = Client::connect(server.address, link.board).await;
    client.send(&ClientMsg::Hello(hello)).await;
    client.close_code().await
}

pub(crate) async fn manage(
    server: &TestServer,
    board: &Board,
    request: ManageRequest,
) -> BoardManagement {
    let arguments = ManageBoard {
        board: board.id,
        secret: board.owner.secret,
        request,
    };
    let (status, body) = call(server, "manage_board", &arguments).await;
    assert_eq!(status, StatusCode::OK);
    rmp_serde::from_slice(&body).unwrap()
}

#[tokio::test]
async fn a_revoked_link_closes_its_people_and_no_others() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let owner = Asker::owner(&server, &board);
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let (mut ben, _) = Client::join(server.address, board.view, 2).await;
    let counts = async || {
        let links = owner.links().await;
        let people = links.iter().map(|link| link["people"].as_u64().unwrap());
        people.collect::<Vec<_>>()
    };
    assert_eq!(counts().await, [0, 1, 1]);
    assert_eq!(owner.revoke(2).await, 204);
    assert_eq!(ben.close_code().await, REVOKED);
    let again = refusal(&server, board.view, hello(board.view.secret, 2));
    assert_eq!(again.await, REVOKED);
    ann.send(&commit_stroke(1, 1, 5)).await;
    ann.receives_seq(1).await;
    assert_eq!(counts().await, [0, 1, 0]);
}

#[tokio::test]
async fn a_rotated_link_closes_those_who_came_by_the_old_secret() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let (_, link) = Asker::owner(&server, &board).rotate(1).await;
    assert_eq!(ann.close_code().await, REVOKED);
    let (mut ann, _) = Client::join(server.address, link, 1).await;
    ann.send(&commit_stroke(1, 1, 5)).await;
    ann.receives_seq(1).await;
}

#[tokio::test]
async fn a_link_that_expires_closes_its_people() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let owner = Asker::owner(&server, &board);
    let terms = json!({ "role": "edit", "expires_ms": in_ms(1_500) });
    let (_, link) = owner.make(terms).await;
    let (mut ann, _) = Client::join(server.address, link, 1).await;
    let start = Instant::now();
    assert_eq!(ann.close_code().await, EXPIRED);
    assert!(start.elapsed() < Duration::from_millis(1_500) + PROMISED);
    let again = refusal(&server, link, hello(link.secret, 1));
    assert_eq!(again.await, EXPIRED);
}

#[tokio::test]
async fn a_full_link_takes_no_other_person() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let owner = Asker::owner(&server, &board);
    let terms = json!({ "role": "edit", "max_people": 1 });
    let (id, link) = owner.make(terms).await;
    let (ann, _) = Client::join(server.address, link, 1).await;
    let refused = refusal(&server, link, hello(link.secret, 2));
    assert_eq!(refused.await, CROWDED);
    // The same person may come again, and others by other links.
    let mut again = hello(link.secret, 1);
    again.session = 2;
    join(&server, link, again).await;
    drop(ann);
    Client::join(server.address, board.edit, 3).await;
    owner.change(id, json!({ "max_people": 2 })).await;
    Client::join(server.address, link, 2).await;
}

#[tokio::test]
async fn a_removed_person_cannot_come_back_until_an_owner_allows_it() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let device = DeviceKey::from_bytes([8; 16]);
    let with_device = |who, session| Hello {
        device: Some(device),
        session,
        ..hello(board.edit.secret, who)
    };
    let mut ann = join(&server, board.edit, with_device(1, 1)).await;
    let person = PersonId::of(key(1).client_id(), Some(device.device_id()));
    let request = ManageRequest::Remove {
        person,
        client: key(1).client_id(),
        name: "Ann".to_owned(),
    };
    let state = manage(&server, &board, request).await;
    assert_eq!(state.removed[0].link.map(|link| link.0), Some(1));
    assert_eq!(ann.close_code().await, REMOVED);
    // Neither by another tab of the browser nor by the same client.
    let other_tab = refusal(&server, board.edit, with_device(7, 1));
    assert_eq!(other_tab.await, REMOVED);
    let same_client = Hello {
        device: None,
        ..with_device(1, 2)
    };
    let same_client = refusal(&server, board.edit, same_client);
    assert_eq!(same_client.await, REMOVED);
    manage(&server, &board, ManageRequest::Allow { person }).await;
    join(&server, board.edit, with_device(1, 3)).await;
}

#[tokio::test]
async fn a_revocation_survives_a_restart_of_the_server() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::on_dir(data.path()).await;
    let board = server.board().await;
    Asker::owner(&server, &board).revoke(1).await;
    server.stop().await;
    let server = TestServer::on_dir(data.path()).await;
    let refused = refusal(&server, board.edit, hello(board.edit.secret, 1));
    assert_eq!(refused.await, REVOKED);
    Client::join(server.address, board.view, 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revocation_holds_on_the_other_server_within_two_seconds() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let (one, two) = (
        TestServer::with(config(&redis)).await,
        TestServer::with(config(&redis)).await,
    );
    let board = one.board().await;
    let owner = Asker::owner(&one, &board);
    let (mut ann, _) = Client::join(two.address, board.edit, 1).await;
    let (mut ben, _) = Client::join(one.address, board.edit, 2).await;
    let start = Instant::now();
    let closed = async {
        for client in [&mut ann, &mut ben] {
            assert_eq!(client.close_code().await, REVOKED);
        }
        start.elapsed()
    };
    // The answer comes when Redis has written the change to its disk.
    let ((_, link), closed) = tokio::join!(owner.rotate(1), closed);
    assert!(closed < PROMISED, "{closed:?}");
    let refused = refusal(&two, board.edit, hello(board.edit.secret, 1));
    assert_eq!(refused.await, REVOKED);
    Client::join(two.address, link, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_counted_by_link_over_all_servers() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let (one, two) = (
        TestServer::with(config(&redis)).await,
        TestServer::with(config(&redis)).await,
    );
    let board = one.board().await;
    let owner = Asker::owner(&one, &board);
    let (ann, _) = Client::join(one.address, board.edit, 1).await;
    let (ben, _) = Client::join(two.address, board.edit, 2).await;
    let counts = async |wanted: u64| {
        let counting = async { while owner.links().await[1]["people"] != wanted {} };
        let counted = tokio::time::timeout(testkit::PATIENCE, counting).await;
        assert!(counted.is_ok(), "never {wanted}");
    };
    counts(2).await;
    let terms = json!({ "max_people": 2 });
    owner.change(1, terms).await;
    let refused = async {
        loop {
            // A client that comes before the other server knows of the limit is let in.
            let asked = refusal(&two, board.edit, hello(board.edit.secret, 3));
            if tokio::time::timeout(PROMISED, asked).await == Ok(CROWDED) {
                return;
            }
        }
    };
    tokio::time::timeout(testkit::PATIENCE, refused)
        .await
        .unwrap();
    drop(ben);
    counts(1).await;
    drop(ann);
    counts(0).await;
}

#[tokio::test]
async fn a_frozen_board_takes_changes_of_owners_only_and_a_muted_person_changes_nothing() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let (mut owner, _) = Client::join(server.address, board.owner, 2).await;
    manage(&server, &board, ManageRequest::Freeze(true)).await;
    told(&mut ann, |rights| rights.frozen && !rights.draw).await;
    ann.send(&commit_stroke(1, 1, 5)).await;
    assert_eq!(refused(&mut ann).await, Refusal::Frozen);
    told(&mut owner, |rights| rights.frozen && rights.draw).await;
    owner.send(&commit_stroke(2, 1, 5)).await;
    let drawn = owner.until("an ack", |message| match message {
        ServerMsg::Ack { .. } => Some(()),
        _ => None,
    });
    drawn.await;
    manage(&server, &board, ManageRequest::Freeze(false)).await;
    told(&mut ann, |rights| !rights.frozen && rights.draw).await;
    let mute = ManageRequest::Mute {
        person: PersonId::of(key(1).client_id(), None),
        name: "Person 1".to_owned(),
        on: true,
    };
    manage(&server, &board, mute).await;
    told(&mut ann, |rights| rights.muted && !rights.draw).await;
    ann.send(&commit_stroke(1, 2, 5)).await;
    assert_eq!(refused(&mut ann).await, Refusal::Muted);
    // People who join later are told the same rights.
    drop(ann);
    let again = Hello {
        session: 2,
        ..hello(board.edit.secret, 1)
    };
    let mut ann = join(&server, board.edit, again).await;
    told(&mut ann, |rights| rights.muted).await;
}

/// Waits until a client is told such rights.
async fn told(client: &mut Client, wanted: impl Fn(&Rights) -> bool) {
    let told = client.until("the rights", |message| match message {
        ServerMsg::Rights(rights) if wanted(&rights) => Some(()),
        _ => None,
    });
    told.await;
}

async fn refused(client: &mut Client) -> Refusal {
    let refused = client.until("a refusal", |message| match message {
        ServerMsg::Refused { reason, .. } => Some(reason),
        _ => None,
    });
    refused.await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revocation_survives_a_crash_of_redis() {
    let mut redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let (one, two) = (
        TestServer::with(config(&redis)).await,
        TestServer::with(config(&redis)).await,
    );
    let board = one.board().await;
    let (mut ann, _) = Client::join(two.address, board.edit, 1).await;
    assert_eq!(Asker::owner(&one, &board).revoke(1).await, 204);
    redis.kill().await.unwrap();
    assert_eq!(ann.close_code().await, REVOKED);
    redis.restart().await.unwrap();
    let code = async {
        loop {
            let code = refusal(&two, board.edit, hello(board.edit.secret, 1)).await;
            // The server answers so while it connects to Redis again.
            if code != Some(4013) {
                return code;
            }
        }
    };
    assert_eq!(code.await, REVOKED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revocation_that_redis_lost_is_stored_again() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let server = TestServer::with(config(&redis)).await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let (_ben, _) = Client::join(server.address, board.view, 2).await;
    let mut connection = redis.connect().await.unwrap();
    let meta = format!("cs:{{{}}}:meta", board.id);
    let mut read = redis::cmd("HMGET");
    read.arg(&meta).arg("r").arg("rv");
    let before: (Vec<u8>, u64) = read.query_async(&mut connection).await.unwrap();
    Asker::owner(&server, &board).revoke(1).await;
    assert_eq!(ann.close_code().await, REVOKED);
    let after: (Vec<u8>, u64) = read.query_async(&mut connection).await.unwrap();
    assert_ne!(before, after);

    let mut lose = redis::cmd("HSET");
    lose.arg(&meta)
        .arg("r")
        .arg(before.0)
        .arg("rv")
        .arg(before.1);
    lose.exec_async(&mut connection).await.unwrap();
    let stored_again = async {
        loop {
            let now: (Vec<u8>, u64) = read.query_async(&mut connection).await.unwrap();
            if now.0 == after.0 {
                return;
            }
            // Even before that, the room lets no client in by the link.
            let refused = refusal(&server, board.edit, hello(board.edit.secret, 1));
            assert_eq!(refused.await, REVOKED);
        }
    };
    let stored_again = tokio::time::timeout(testkit::PATIENCE, stored_again);
    stored_again.await.expect("the revocation is stored again");
}
