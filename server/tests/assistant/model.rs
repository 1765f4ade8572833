//! Questions to a language model: text, tools and pictures.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use shared::chat::Place;
use shared::model::Body;
use testkit::fixtures::{element_of, ink, put, stroke};
use testkit::openai::{Endpoint, Reply};

use crate::asker::{Asker, board, server_with};
use crate::pictures::png;

#[tokio::test]
async fn an_answer_grows_and_the_model_learns_what_surrounds_the_question() {
    let text =
        "This board is about tea. It compares green and black tea, and says how to brew each.";
    let endpoint = Endpoint::start(move |_, _| Reply::text(text, Duration::from_millis(150))).await;
    let (server, _data) = server_with(&endpoint).await;
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    let place = Some(Place::View([10.0, 20.0, 300.0, 200.0]));
    let question = ann.ask("@assistant what is this about?", place).await;
    let answer = ann.answer(question).await;
    assert_eq!(answer.text(), text);
    let partial = answer
        .texts
        .iter()
        .filter(|it| text.starts_with(*it) && *it != text);
    assert!(partial.count() >= 1, "it grows: {answer:?}");
    let asked = endpoint.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].key.as_deref(), Some("Bearer sesame"));
    let body = &asked[0].body;
    assert_eq!(
        (&body["model"], &body["stream"]),
        (&json!("small"), &json!(true))
    );
    let told = body["messages"][1]["content"].as_str().unwrap();
    for part in ["what is this about?", "10,20,300,200", "The board, as data"] {
        assert!(told.contains(part), "{part:?} in {told}");
    }
    let tools = body["tools"].as_array().unwrap();
    let names: Vec<&str> = tools
        .iter()
        .map(|tool| tool["function"]["name"].as_str().unwrap())
        .collect();
    for name in ["read_board", "see_board", "create_diagram", "make_picture"] {
        assert!(names.contains(&name), "{names:?}");
    }
    for name in ["open_board", "undo_mine", "write_chat"] {
        assert!(!names.contains(&name), "{names:?}");
    }
    let has_board = |tool: &Value| !tool["function"]["parameters"]["properties"]["board"].is_null();
    assert!(!tools.iter().any(has_board), "the board is given");
}

#[tokio::test]
async fn tools_draw_wherever_their_calls_are_cut() {
    for cut in [1, 7, 64, 10_000] {
        let endpoint = Endpoint::start(move |number, _| match number {
            0 => Reply::calls(&[("read_board", json!({}))], cut),
            1 => Reply::calls(
                &[(
                    "create_diagram",
                    json!({
                        "nodes": [{"id": "a", "text": "Tea ☕"}, {"id": "b"}, {"id": "c"}],
                        "edges": [{"from": "a", "to": "b"}, {"from": "a", "to": "c"}],
                    }),
                )],
                cut,
            ),
            _ => Reply::text("There it is.", Duration::ZERO),
        })
        .await;
        let (server, _data) = server_with(&endpoint).await;
        let links = server.board().await;
        let mut ann = Asker::join(server.address, links.edit, 1).await;
        let answer = ann.asked("@assistant draw tea").await;
        assert!(answer.text().ends_with("There it is."), "{answer:?}");
        assert!(
            answer.texts.iter().any(|it| it.contains("⏳ ")),
            "{answer:?}"
        );
        assert_eq!(
            board(server.address, links.edit).await.len(),
            5,
            "cut {cut}"
        );
        let last = endpoint.asked().pop().unwrap();
        let results = last.body["messages"].as_array().unwrap().iter();
        let results: Vec<_> = results.filter(|it| it["role"] == "tool").collect();
        assert_eq!(results.len(), 2);
        assert!(results[1]["content"].as_str().unwrap().contains("created"));
    }
}

#[tokio::test]
async fn a_wrong_call_is_told_to_the_model_and_harms_nothing() {
    let endpoint = Endpoint::start(|number, _| match number {
        0 => Reply::calls(
            &[
                ("no_such_tool", json!({})),
                ("open_board", json!({"link": "https://evil.example/b/x#y"})),
                ("read_board", json!({"board": "https://evil.example/b/x#y"})),
                (
                    "create_elements",
                    json!({"elements": [{"kind": "spaceship"}]}),
                ),
            ],
            9,
        ),
        _ => Reply::text("I could not.", Duration::ZERO),
    })
    .await;
    let (server, _data) = server_with(&endpoint).await;
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    assert!(
        ann.asked("@assistant draw")
            .await
            .text()
            .ends_with("I could not.")
    );
    let last = endpoint.asked().pop().unwrap();
    let messages = last.body["messages"].as_array().unwrap().clone();
    let results: Vec<_> = messages.iter().filter(|it| it["role"] == "tool").collect();
    for (result, cause) in results
        .iter()
        .zip(["no tool", "no tool", "name none", "spaceship"])
    {
        let text = result["content"].as_str().unwrap();
        assert!(text.contains(cause), "{text}");
    }
    assert_eq!(board(server.address, links.edit).await.len(), 0);
}

#[tokio::test]
async fn a_picture_goes_to_the_board_and_the_model_sees_the_board() {
    let picture = BASE64_STANDARD.encode(png(64, 32, 1));
    let answer = |number, _: &Value| match number {
        0 => Reply::calls(&[("see_board", json!({}))], 50),
        1 => Reply::calls(&[("make_picture", json!({"prompt": "a teapot"}))], 5),
        _ => Reply::text("Here is a teapot.", Duration::ZERO),
    };
    let endpoint = Endpoint::with_picture(answer, &picture).await;
    let (server, _data) = server_with(&endpoint).await;
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    let answer = ann.asked("@assistant make a picture of a teapot").await;
    assert!(answer.text().ends_with("Here is a teapot."), "{answer:?}");
    let board = board(server.address, links.edit).await;
    let image = board.in_order().next().unwrap();
    assert!(matches!(image.body, Body::Image));
    assert_eq!(image.props.alternative_text(), "a teapot");
    let asked = endpoint.asked();
    let made = asked
        .iter()
        .find(|it| it.path == "/images/generations")
        .unwrap();
    assert_eq!(
        (&made.body["model"], &made.body["prompt"]),
        (&json!("painter"), &json!("a teapot"))
    );
    let seen = asked[1].body["messages"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    let url = seen["content"][1]["image_url"]["url"].as_str().unwrap();
    assert!(url.starts_with("data:image/png;base64,"), "{seen}");
}

#[tokio::test]
async fn a_model_that_takes_no_pictures_is_asked_again_without() {
    let endpoint = Endpoint::start(|number, body| {
        let messages = body["messages"].as_array().unwrap();
        let has_picture = messages.iter().any(|message| message["content"].is_array());
        match (number, has_picture) {
            (0, _) => Reply::calls(&[("see_board", json!({}))], 50),
            (_, true) => Reply::error(400, "images are not supported"),
            (_, false) => Reply::text("I cannot see, but I can read.", Duration::ZERO),
        }
    })
    .await;
    let (server, _data) = server_with(&endpoint).await;
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    let answer = ann.asked("@assistant what does it look like?").await;
    assert!(answer.text().ends_with("I can read."), "{answer:?}");
    assert_eq!(endpoint.asked().len(), 3);
}

#[tokio::test]
async fn a_model_is_shown_what_the_asker_selected_until_it_refuses_a_picture() {
    let endpoint = Endpoint::start(|_, body| {
        let messages = body["messages"].as_array().unwrap();
        match messages.iter().any(|message| message["content"].is_array()) {
            true => Reply::error(400, "images are not supported"),
            false => Reply::text("It is a line.", Duration::ZERO),
        }
    })
    .await;
    let (server, _data) = server_with(&endpoint).await;
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    let line = element_of(1, 1);
    ann.commit(vec![put(stroke(line, ink([(0.0, 0.0), (90.0, 40.0)])))])
        .await;
    let selection = Place::Elements(vec![line]);
    for _ in 0..2 {
        let question = ann.ask("@assistant explain", Some(selection.clone())).await;
        assert_eq!(ann.answer(question).await.text(), "It is a line.");
    }
    let asked = endpoint.asked();
    assert_eq!(asked.len(), 3, "only the first question has a picture");
    let seen = asked[0].body["messages"][2]["content"][1]["image_url"]["url"].as_str();
    assert!(seen.unwrap().starts_with("data:image/png;base64,"));
    let told = asked[0].body["messages"][1]["content"].as_str().unwrap();
    assert!(
        told.contains(&format!("The asker selected the elements {line}")),
        "{told}"
    );
}
