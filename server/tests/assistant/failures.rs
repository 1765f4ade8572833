//! Answers that end early: nothing half-done remains, and the message says why.

use std::num::NonZeroU32;
use std::time::Duration;

use serde_json::json;
use server::config::{Config, Storage};
use shared::chat::ChatChange;
use testkit::openai::{Endpoint, Part, Reply};

use crate::asker::{Asker, board, messages, server_with, settings};
use crate::test_server::TestServer;

fn diagram() -> Reply {
    let nodes: Vec<_> = (0..12)
        .map(|number| json!({"id": format!("n{number}")}))
        .collect();
    Reply::calls(&[("create_diagram", json!({ "nodes": nodes }))], 100)
}

#[tokio::test]
async fn errors_of_the_endpoint_are_told_and_what_was_drawn_is_taken_back() {
    for (reply, told) in [
        (Reply::error(401, "bad key"), "does not take the key"),
        (Reply::error(429, "slow down"), "too many requests"),
        (Reply::error(500, "out of memory"), "Out of memory."),
        (Reply::error(503, ""), "cannot be reached"),
        (Reply::Json(200, json!({"hello": 1})), "sent no answer"),
        (
            Reply::Stream(vec![Part::Bytes(b"data: {\"choices\": 7}\n\n".to_vec())]),
            "not in the form of OpenAI",
        ),
        (
            Reply::Stream(vec![Part::Bytes(b"data: {\"choi".to_vec()), Part::Break]),
            "cannot be reached",
        ),
        (
            Reply::Stream(vec![Part::Bytes(
                b"data: {\"choices\":[{\"delta\":{\"refusal\":\"I must not.\"}}]}\n\ndata: [DONE]\n\n".to_vec(),
            )]),
            "declined to answer: I must not.",
        ),
    ] {
        let later = reply.clone();
        let endpoint = Endpoint::start(move |number, _| match number {
            0 => diagram(),
            _ => later.clone(),
        })
        .await;
        let (server, _data) = server_with(&endpoint).await;
        let links = server.board().await;
        let mut ann = Asker::join(server.address, links.edit, 1).await;
        let answer = ann.asked("@assistant draw").await;
        assert!(answer.text().contains(told), "{told:?}: {answer:?}");
        assert!(answer.text().contains("I took back what I drew."), "{answer:?}");
        assert_eq!(board(server.address, links.edit).await.len(), 0, "{reply:?}");
    }
}

#[tokio::test]
async fn an_endpoint_that_is_down_is_told_at_once() {
    let endpoint = Endpoint::start(|_, _| diagram()).await;
    let (server, _data) = server_with(&endpoint).await;
    drop(endpoint);
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    let answer = ann.asked("@assistant draw").await;
    assert_eq!(
        answer.text(),
        "The language model cannot be reached at present."
    );
}

#[tokio::test]
async fn the_asker_or_an_owner_stops_it_while_it_draws_and_nothing_remains() {
    for is_owner in [false, true] {
        let endpoint = Endpoint::start(|_, _| diagram()).await;
        let (server, _data) = server_with(&endpoint).await;
        let links = server.board().await;
        let mut ann = Asker::join(server.address, links.edit, 1).await;
        let mut owner = Asker::join(server.address, links.owner, 2).await;
        let question = ann.ask("@assistant draw", None).await;
        let answer = ann.begun(question).await;
        loop {
            let (text, is_open) = ann.grown(answer).await;
            assert!(is_open, "{text}");
            if text.contains("Drawing") && text.contains(" of 12") {
                break;
            }
        }
        assert!(!board(server.address, links.edit).await.is_empty());
        let stop = ChatChange::Stop { id: answer };
        match is_owner {
            true => owner.chat(stop).await,
            false => ann.chat(stop).await,
        }
        let rest = ann.rest(answer).await;
        assert_eq!(rest.text(), "Stopped. I took back what I drew.");
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(board(server.address, links.edit).await.len(), 0);
    }
}

#[tokio::test]
async fn a_model_that_stalls_can_be_stopped() {
    let endpoint = Endpoint::start(|_, _| Reply::stalled("Let me see")).await;
    let (server, _data) = server_with(&endpoint).await;
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    let question = ann.ask("@assistant draw", None).await;
    let answer = ann.begun(question).await;
    while !ann.grown(answer).await.0.starts_with("Let me see") {}
    ann.chat(ChatChange::Stop { id: answer }).await;
    assert_eq!(ann.rest(answer).await.text(), "Let me see\n\nStopped.");
}

#[tokio::test]
async fn a_board_asks_so_often_in_an_hour_and_no_more() {
    let endpoint = Endpoint::start(|_, _| Reply::text("Yes.", Duration::ZERO)).await;
    let data = tempfile::tempdir().unwrap();
    let mut config = Config::local(Storage::Embedded(data.path().to_owned()));
    let mut few = settings(&endpoint);
    few.questions_per_hour = NonZeroU32::MIN;
    config.assistant = Some(few);
    let server = TestServer::with(config).await;
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    assert_eq!(ann.asked("@assistant ok?").await.text(), "Yes.");
    let answer = ann.asked("@assistant ok?").await;
    assert!(
        answer.text().contains("may ask again in 60 min"),
        "{answer:?}"
    );
    let answer = ann.asked("@assistant help").await;
    assert!(
        answer.text().starts_with("Without"),
        "commands go on: {answer:?}"
    );
}

#[tokio::test]
async fn a_server_that_shuts_down_takes_back_what_it_drew_and_ends_its_answers() {
    let endpoint = Endpoint::start(|number, _| match number {
        0 => diagram(),
        _ => Reply::stalled("Now I"),
    })
    .await;
    let (server, data) = server_with(&endpoint).await;
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    let question = ann.ask("@assistant draw", None).await;
    let answer = ann.begun(question).await;
    while !ann.grown(answer).await.0.starts_with("Now I") {}
    server.stop().await;
    let server = TestServer::on_dir(data.path()).await;
    assert_eq!(board(server.address, links.edit).await.len(), 0);
    let newest = messages(server.address, links.edit).await;
    let text = newest.last().unwrap();
    assert!(
        text.ends_with("The server restarts. Ask again. I took back what I drew."),
        "{text}"
    );
}

#[tokio::test]
async fn questions_of_one_person_wait_for_each_other_and_few_of_them() {
    let endpoint = Endpoint::start(|_, _| Reply::text("Yes.", Duration::from_millis(800))).await;
    let (server, _data) = server_with(&endpoint).await;
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    let mut questions = Vec::new();
    for _ in 0..4 {
        questions.push(ann.ask("@assistant ok?", None).await);
    }
    for (number, question) in questions.iter().take(3).enumerate() {
        let answer = ann.begun(*question).await;
        assert_eq!(ann.rest(answer).await.text(), "Yes.", "question {number}");
    }
    // The fourth one got no answer; the next one is answered again.
    assert_eq!(ann.asked("@assistant ok?").await.text(), "Yes.");
    assert_eq!(endpoint.asked().len(), 4);
}

#[tokio::test]
async fn the_reason_stands_at_the_end_of_a_long_answer() {
    let long = "word ".repeat(1_500);
    let endpoint = Endpoint::start(move |_, _| {
        let chunk = format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{long}\"}}}}]}}\n\n");
        Reply::Stream(vec![Part::Bytes(chunk.into_bytes()), Part::Stall])
    })
    .await;
    let (server, _data) = server_with(&endpoint).await;
    let links = server.board().await;
    let mut ann = Asker::join(server.address, links.edit, 1).await;
    let question = ann.ask("@assistant tell me", None).await;
    let answer = ann.begun(question).await;
    while !ann.grown(answer).await.0.contains("word") {}
    ann.chat(ChatChange::Stop { id: answer }).await;
    let rest = ann.rest(answer).await;
    assert!(rest.text().ends_with("Stopped."), "{}", rest.text());
    assert!(rest.text().chars().count() <= 4_000);
}
