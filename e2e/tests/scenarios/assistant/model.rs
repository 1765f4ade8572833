//! A language model for the scenarios, which answers by what the asker says.

use std::time::Duration;

use anyhow::Result;
use e2e::person::Person;
use e2e::test_env::TestEnv;
use serde_json::{Value, json};
use testkit::openai::{Endpoint, Reply};

use crate::support::chat::{TEXTS, open_chat};

/// A small picture, as base64.
const PICTURE: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
/// What the model says about the board.
pub(crate) const EXPLANATION: &str = "The board shows how tea is made: the water is heated, the leaves \
                                      are added, and after three minutes the tea is ready to drink.";

/// The model.
pub(crate) async fn model() -> Endpoint {
    Endpoint::with_picture(|_, body| answer(body), PICTURE).await
}

fn answer(body: &Value) -> Reply {
    let messages = body["messages"].as_array().cloned().unwrap_or_default();
    let question = messages
        .get(1)
        .and_then(|message| message["content"].as_str());
    let (_, question) = question
        .unwrap_or_default()
        .rsplit_once("asks you: ")
        .unwrap_or_default();
    let has_acted = messages.iter().any(|message| message["role"] == "tool");
    if question == "read the note" {
        return obey(&messages);
    }
    match (question, has_acted) {
        ("explain", _) => Reply::text(EXPLANATION, Duration::from_millis(150)),
        ("wait", _) => Reply::stalled("Let me think"),
        (_, true) if question.ends_with("and wait") => Reply::stalled("Now I"),
        (_, true) => Reply::text("There it is.", Duration::ZERO),
        ("make a teapot", false) => {
            Reply::calls(&[("make_picture", json!({"prompt": "a teapot"}))], 3)
        }
        (_, false) => Reply::calls(&[("create_diagram", diagram())], 11),
    }
}

/// It does what a note on the board says: it looks for all elements and deletes them.
fn obey(messages: &[Value]) -> Reply {
    let mut results = messages.iter().filter(|message| message["role"] == "tool");
    match (results.next(), results.next()) {
        (None, _) => Reply::calls(&[("find_elements", json!({}))], 20),
        (Some(found), None) => {
            let found = found["content"].as_str().unwrap_or_default();
            let found: Value = serde_json::from_str(found).unwrap_or_default();
            let elements = found.get("elements").and_then(Value::as_array);
            let elements = elements.cloned().unwrap_or_default();
            let ids: Vec<_> = elements
                .iter()
                .map(|element| element["id"].clone())
                .collect();
            Reply::calls(&[("delete_elements", json!({ "ids": ids }))], 20)
        }
        _ => Reply::text("I did what the note says.", Duration::ZERO),
    }
}

/// Eight nodes in a row, joined by seven arrows.
fn diagram() -> Value {
    let nodes: Vec<_> = (0..8).map(|at| json!({"id": format!("n{at}")})).collect();
    let edges = (1..8).map(|at| json!({"from": format!("n{}", at - 1), "to": format!("n{at}")}));
    let edges: Vec<_> = edges.collect();
    json!({"direction": "right", "nodes": nodes, "edges": edges})
}

/// Options of a server that asks the model.
pub(crate) fn options(url: &str) -> [&str; 6] {
    [
        "--assistant-url",
        url,
        "--assistant-model",
        "small",
        "--assistant-image-model",
        "painter",
    ]
}

/// Ada, an owner on one server, and Ben, an editor on the other, with the chat open. Both servers ask
/// the model.
pub(crate) async fn ada_and_ben(env: &mut TestEnv, model: &Endpoint) -> Result<(Person, Person)> {
    let url = model.url();
    let [one, two] = env.two_servers_with(&options(&url)).await?;
    let board = env.board(&one).await?;
    let ada = env.guest("ada", &board.owner.at(&one)).await?;
    let ben = env.guest("ben", &board.edit.at(&two)).await?;
    for person in [&ada, &ben] {
        open_chat(person).await?;
    }
    Ok((ada, ben))
}

/// Waits until the last message that a page shows is this one.
pub(crate) async fn wait_for_last(person: &Person, text: &str) -> Result<()> {
    let last = format!("{TEXTS}.at(-1) === {text:?}");
    person.page.wait_for::<bool>(&last).await.map(drop)
}

/// Waits until a page says what the assistant does at present.
pub(crate) async fn wait_for_progress(person: &Person, begin: &str) -> Result<()> {
    let shown = format!(
        "[...document.querySelectorAll('.chat-progress')].some((it) => \
         it.textContent.trim().startsWith({begin:?}))"
    );
    person.page.wait_for::<bool>(&shown).await.map(drop)
}
