//! The history of a board: undoing the work of a person, origins of elements, bringing back what a
//! cleared board had. Two servers share a real Redis.

use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use shared::api::{
    AskHistory, ElementOrigin, HistoryAnswer, HistoryQuestion, ManageRequest, WorkPart,
};
use shared::id::PersonId;
use shared::model::{Color, Prop};
use shared::op::{Commit, Guard, Op};
use shared::protocol::{ClientMsg, ServerMsg};
use testkit::board::{Board, Link};
use testkit::client::Client;
use testkit::fixtures::{client_id, commit, commit_stroke, element_of, set};
use testkit::redis::{Redis, Version};

use crate::links::manage;
use crate::server_function::call;
use crate::test_server::{TestServer, redis_config as config};

fn read<T: DeserializeOwned>(bytes: &[u8]) -> T {
    rmp_serde::from_slice(bytes).unwrap()
}

async fn ask(server: &TestServer, link: Link, question: HistoryQuestion) -> (StatusCode, Vec<u8>) {
    let arguments = AskHistory {
        board: link.board,
        secret: link.secret,
        question,
    };
    call(server, "ask_history", &arguments).await
}

async fn change(server: &TestServer, board: &Board, question: HistoryQuestion) -> (Guard, Vec<Op>) {
    let (status, bytes) = ask(server, board.owner, question).await;
    assert_eq!(status, StatusCode::OK);
    match read(&bytes) {
        HistoryAnswer::Change { guard, ops } => (guard, ops),
        HistoryAnswer::Origins(_) => panic!("{bytes:?} is no change"),
    }
}

async fn origins(server: &TestServer, link: Link, cnos: &[u64]) -> Vec<ElementOrigin> {
    let ids = cnos.iter().map(|cno| element_of(1, *cno)).collect();
    let (status, bytes) = ask(server, link, HistoryQuestion::Origins(ids)).await;
    assert_eq!(status, StatusCode::OK);
    match read(&bytes) {
        HistoryAnswer::Origins(origins) => origins,
        HistoryAnswer::Change { .. } => panic!("{bytes:?} are no origins"),
    }
}

/// The person of a client that names no device.
fn person(who: u8) -> PersonId {
    PersonId::of(client_id(who), None)
}

fn recolour(who: u8, element: u64, cno: u64, color: Color) -> ClientMsg {
    let op = set(element_of(who, element), Prop::Color(color));
    ClientMsg::Commit(commit(cno, vec![op]))
}

async fn until_noted(server: &TestServer, link: Link, cnos: &[u64]) -> Vec<ElementOrigin> {
    loop {
        let found = origins(server, link, cnos).await;
        let traces = found
            .iter()
            .flat_map(|one| one.changed.iter().chain([&one.created]));
        if traces.clone().count() > 0 && traces.into_iter().all(|trace| trace.by.is_some()) {
            return found;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_undoes_the_work_of_a_person_on_the_other_server() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let (one, two) = (
        TestServer::with(config(&redis)).await,
        TestServer::with(config(&redis)).await,
    );
    let board = one.board().await;
    let (mut ada, _) = Client::join(one.address, board.edit, 1).await;
    let (mut ben, _) = Client::join(two.address, board.edit, 2).await;
    let (mut owner, _) = Client::join(one.address, board.owner, 3).await;
    for cno in [1, 2] {
        ada.send(&commit_stroke(1, cno, 5)).await;
        ada.receives_seq(cno).await;
    }
    ben.receives_seq(2).await;
    ben.send(&commit_stroke(2, 1, 5)).await;
    ben.send(&recolour(1, 1, 2, Color::Red)).await;
    ben.receives_seq(4).await;
    let found = until_noted(&two, board.view, &[1, 2]).await;
    let people = |one: &ElementOrigin| {
        let id = |trace: &shared::api::Trace| trace.by.as_ref().map(|by| by.person);
        (id(&one.created), one.changed.as_ref().and_then(id))
    };
    let mut shown: Vec<_> = found.iter().map(people).collect();
    shown.sort();
    assert_eq!(
        shown,
        [(Some(person(1)), None), (Some(person(1)), Some(person(2)))]
    );
    assert!(found.iter().all(|one| one.created.at_ms.is_some()));

    let part = WorkPart::All;
    let question = HistoryQuestion::WorkOf {
        person: person(2),
        part,
    };
    let (status, _) = ask(&one, board.edit, question.clone()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (guard, ops) = change(&one, &board, question.clone()).await;
    assert_eq!(guard, Guard::WorkOf(vec![client_id(2)]));
    assert_eq!(ops.len(), 2, "{ops:?}");
    owner
        .send(&ClientMsg::Commit(Commit { cno: 1, guard, ops }))
        .await;
    let received = ben.until("the commit of the owner", |message| match message {
        ServerMsg::Commit { seq: 5, commit } => Some(commit.commit.ops.len()),
        _ => None,
    });
    assert_eq!(received.await, 2);
    let (_, left) = change(&two, &board, question).await;
    assert_eq!(left, []);
}

#[tokio::test]
async fn a_cleared_board_can_be_asked_for_what_it_had() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut ada, _) = Client::join(server.address, board.edit, 1).await;
    for cno in 1..=3 {
        ada.send(&commit_stroke(1, cno, 5)).await;
        ada.receives_seq(cno).await;
    }
    let name = "Ada".to_owned();
    let cleared = manage(&server, &board, ManageRequest::Clear { elements: 3, name }).await;
    assert_eq!((cleared.cleared[0].at, cleared.cleared[0].elements), (3, 3));
    let ids = (1..=3).map(|cno| element_of(1, cno)).collect();
    let clear = commit(4, vec![Op::Delete { ids }]);
    ada.send(&ClientMsg::Commit(clear)).await;
    ada.receives_seq(4).await;
    let (guard, ops) = change(&server, &board, HistoryQuestion::LostSince(3)).await;
    assert_eq!((guard, ops.len()), (Guard::Any, 3));
    assert!(ops.iter().all(|op| matches!(op, Op::Restore(_))), "{ops:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_that_was_lost_and_restored_knows_what_was_drawn_since() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let server = TestServer::with(config(&redis)).await;
    let board = server.board().await;
    let (mut ada, _) = Client::join(server.address, board.edit, 1).await;
    ada.send(&commit_stroke(1, 1, 5)).await;
    ada.receives_seq(1).await;
    let mut connection = redis.connect().await.unwrap();
    let _: () = redis::cmd("FLUSHALL")
        .query_async(&mut connection)
        .await
        .unwrap();
    let restored = ada.until("another epoch", |message| match message {
        ServerMsg::NewEpoch { .. } => Some(()),
        _ => None,
    });
    restored.await;
    ada.send(&commit_stroke(1, 2, 5)).await;
    ada.receives_seq(2).await;
    let found = until_noted(&server, board.view, &[1, 2]).await;
    let ids: Vec<_> = found.iter().map(|one| one.id).collect();
    assert_eq!(ids, [element_of(1, 2)]);
}

#[tokio::test]
async fn a_question_about_too_many_elements_is_refused() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let ids = (0..501).map(|number| element_of(1, number)).collect();
    let (status, _) = ask(&server, board.view, HistoryQuestion::Origins(ids)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}
