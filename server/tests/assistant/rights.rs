//! The assistant can do no more than the asker.

use std::time::Duration;

use serde_json::{Value, json};
use shared::protocol::Role;
use testkit::fixtures::{element_of, ink, put, stroke};
use testkit::openai::{Endpoint, Reply};

use crate::asker::{Asker, board, server_with};

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
    let settings = format!(
        "{}/api/v1/boards/{}/settings",
        server.url(""),
        links.owner.board
    );
    let allowed = reqwest::Client::new()
        .patch(settings)
        .bearer_auth(links.owner.secret.reveal())
        .json(&json!({ "viewers_chat": true }))
        .send();
    assert!(allowed.await.unwrap().status().is_success());
    tokio::time::sleep(Duration::from_secs(1)).await;

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
