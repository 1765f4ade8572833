//! The assistant can do no more than the asker.

use std::time::Duration;

use serde_json::{Value, json};
use shared::api::{ManageBoard, ManageRequest};
use shared::id::PersonId;
use shared::protocol::{Person, Role, ServerMsg};
use testkit::board::Link;
use testkit::fixtures::{element_of, hello, ink, put, stroke};
use testkit::openai::{Endpoint, Reply};

use crate::asker::{Asker, board, server_with};
use crate::server_function::call;
use crate::test_server::TestServer;

/// A model that obeys what it reads on the board: it deletes everything.
fn obedient(number: usize, body: &Value) -> Reply {
    match number {
        0 => Reply::calls(&[("find_elements", json!({}))], 30),
        1 => {
            let messages = body["messages"].as_array().unwrap();
            let found = messages.last().unwrap()["content"].as_str().unwrap();
            let found: Value = serde_json::from_str(found).unwrap();
            let elements = found["elements"].as_array().unwrap().iter();
            let ids: Vec<_> = elements.map(|element| element["id"].clone()).collect();
            Reply::calls(&[("delete_elements", json!({ "ids": ids }))], 30)
        }
        _ => Reply::text("Done.", Duration::ZERO),
    }
}

#[tokio::test]
async fn an_injected_instruction_does_nothing_beyond_the_role_of_the_asker() {
    let endpoint = Endpoint::start(obedient).await;
    let (server, _data) = server_with(&endpoint).await;
    let links = server.board().await;
    let mut owner = Asker::join(server.address, links.owner, 1).await;
    assert_eq!(owner.role, Role::Owner);
    owner
        .commit(vec![put(stroke(
            element_of(1, 1),
            ink([(0.0, 0.0), (9.0, 9.0)]),
        ))])
        .await;
    // Viewers may ask only if owners let them write.
    set(&server, links.owner, json!({ "viewers_chat": true })).await;

    let mut viewer = Asker::join(server.address, links.view, 2).await;
    let answer = viewer.asked("@assistant explain the board").await;
    assert!(answer.text().ends_with("Done."), "{answer:?}");
    assert_eq!(board(server.address, links.edit).await.len(), 1);
    let asked = endpoint.asked();
    let refused = asked[2].body["messages"]
        .as_array()
        .unwrap()
        .last()
        .unwrap();
    assert!(
        refused["content"].as_str().unwrap().contains("no tool"),
        "{refused}"
    );
    let tools = asked[0].body["tools"].to_string();
    assert!(tools.contains("read_board") && !tools.contains("delete_elements"));
}

#[tokio::test]
async fn a_link_for_people_only_has_no_assistant() {
    let endpoint = Endpoint::start(obedient).await;
    let (server, _data) = server_with(&endpoint).await;
    let links = server.board().await;
    let path = format!(
        "{}/api/v1/boards/{}/links",
        server.url(""),
        links.owner.board
    );
    let made = reqwest::Client::new()
        .post(path)
        .bearer_auth(links.owner.secret.reveal())
        .json(&json!({"role": "edit", "label": "people", "programs": false}))
        .send();
    let made: Value = made.await.unwrap().json().await.unwrap();
    let link = made["url"].as_str().or_else(|| made["link"].as_str());
    let link = link.unwrap_or_else(|| panic!("{made}")).parse().unwrap();
    let mut ann = Asker::join(server.address, link, 1).await;
    let answer = ann.asked("@assistant\n- a\n- b").await;
    assert_eq!(
        answer.text(),
        "Your link is for people only, so I do nothing for it."
    );
    assert_eq!(board(server.address, links.edit).await.len(), 0);
    assert!(endpoint.asked().is_empty());
}

/// An owner changes a setting of the board.
async fn set(server: &TestServer, owner: Link, setting: Value) {
    let path = format!("{}/api/v1/boards/{}/settings", server.url(""), owner.board);
    let request = reqwest::Client::new().patch(path).json(&setting);
    let answer = request.bearer_auth(owner.secret.reveal()).send().await;
    assert!(answer.unwrap().status().is_success(), "{setting}");
    // The room reads the settings a moment later.
    tokio::time::sleep(Duration::from_secs(1)).await;
}

#[tokio::test]
async fn on_a_board_of_proposals_it_proposes_all_that_it_makes() {
    let endpoint = Endpoint::start(|number, _| match number {
        0 => Reply::calls(
            &[
                ("draw_stroke", json!({"points": [[0, 0], [9, 9], [20, 4]]})),
                (
                    "create_diagram",
                    json!({"nodes": [{"id": "a"}, {"id": "b"}]}),
                ),
            ],
            30,
        ),
        _ => Reply::text("I propose it.", Duration::ZERO),
    })
    .await;
    let (server, _data) = server_with(&endpoint).await;
    let links = server.board().await;
    set(&server, links.owner, json!({ "programs_propose": true })).await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    let answer = ann.asked("@assistant draw").await;
    assert!(answer.text().ends_with("I propose it."), "{answer:?}");
    let board = board(server.address, links.edit).await;
    assert_eq!(board.len(), 3);
    let mut elements = board.in_order();
    assert!(elements.all(|element| element.props.proposal().is_some()));
}

#[tokio::test]
async fn who_is_removed_takes_the_assistant_along() {
    let endpoint = Endpoint::start(|_, _| Reply::stalled("Let me")).await;
    let (server, _data) = server_with(&endpoint).await;
    let links = server.board().await;
    let mut owner = Asker::join(server.address, links.owner, 1).await;
    let mut ann = Asker::join(server.address, links.edit, 2).await;
    let question = ann.ask("@assistant draw", None).await;
    owner.begun(question).await;
    let here = |message: ServerMsg| match message {
        ServerMsg::People(people) => Some(people),
        _ => None,
    };
    let is_assistant = |person: &Person| person.profile.name == "Assistant";
    let people = owner.client.until("the assistant", |message| {
        here(message).filter(|people| people.iter().any(is_assistant))
    });
    let people = people.await;
    let is_asker = |person: &&Person| person.client == hello(links.edit.secret, 2).key.client_id();
    let asker = people.iter().find(is_asker).unwrap();
    let request = ManageRequest::Remove {
        person: PersonId::of(asker.client, asker.device),
        client: asker.client,
        name: "Ann".to_owned(),
    };
    let arguments = ManageBoard {
        board: links.owner.board,
        secret: links.owner.secret,
        request,
    };
    let (status, _) = call(&server, "manage_board", &arguments).await;
    assert_eq!(status, 200);
    let gone = owner.client.until("that it is gone", |message| {
        here(message).filter(|people| !people.iter().any(is_assistant))
    });
    gone.await;
}
