//! Programs in the conversation of a board.

use serde_json::json;
use shared::protocol::ServerMsg;
use testkit::client::Client;

use crate::script::{Script, two_servers};
use crate::test_server::TestServer;

#[tokio::test]
async fn a_program_writes_and_reads_the_chat_as_a_guest_whom_all_see() {
    let (_redis, [one, two]) = two_servers().await;
    let board = one.board().await;
    let (mut ann, _) = Client::join(two.address, board.edit, 1).await;
    let script = Script::new(&one, board.edit, "nightly");

    let first = script.say("The build is green.").await;
    let (status, _) = script
        .post("/chat", json!({ "text": "Or not.", "reply_to": first }))
        .await;
    assert_eq!(status, 201);
    let seen = ann.until("the guest", |message| match message {
        ServerMsg::People(people) => people.into_iter().find(|it| it.profile.name == "nightly"),
        _ => None,
    });
    assert!(seen.await.device.is_some());

    let other = Script::new(&two, board.view, "reader");
    let (status, body) = other.get("/chat").await;
    assert_eq!(status, 200);
    let messages = body["messages"].as_array().unwrap();
    let shown: Vec<_> = messages
        .iter()
        .map(|it| (&it["author"], &it["text"], &it["reply_to"]))
        .collect();
    let (nightly, none) = (json!("nightly"), json!(null));
    let texts = [json!("The build is green."), json!("Or not.")];
    let id = json!(first);
    assert_eq!(
        shown,
        [(&nightly, &texts[0], &none), (&nightly, &texts[1], &id)]
    );
    assert_eq!(body["older"], json!(null));
    assert_eq!(messages[0]["person"], messages[1]["person"]);
}

#[tokio::test]
async fn older_pages_are_read_with_their_later_changes() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let script = Script::new(&server, board.edit, "talker");
    for number in 0..130 {
        // The rate limit of a session lets some wait.
        script.say(&format!("message {number}")).await;
    }
    let mut texts = Vec::new();
    let mut path = "/chat".to_owned();
    loop {
        let (status, body) = script.get(&path).await;
        assert_eq!(status, 200, "{body}");
        let messages = body["messages"].as_array().unwrap();
        let page = messages
            .iter()
            .map(|it| it["text"].as_str().unwrap().to_owned());
        texts.splice(..0, page);
        match body["older"].as_u64() {
            Some(page) => path = format!("/chat?page={page}"),
            None => break,
        }
    }
    let expected: Vec<_> = (0..130).map(|number| format!("message {number}")).collect();
    assert_eq!(texts, expected);
    let (status, body) = script.get("/chat?page=77").await;
    assert_eq!(
        (status.as_u16(), &body["detail"]),
        (404, &json!("the chat has no such page"))
    );
}

#[tokio::test]
async fn what_a_program_may_not_do_is_refused_with_the_cause() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let editor = Script::new(&server, board.edit, "editor");
    for (body, status) in [
        (json!({ "text": "" }), 422),
        (json!({ "text": "x".repeat(4_001) }), 422),
        (json!({ "text": "a", "reply_to": "?" }), 422),
        (json!({ "text": "a", "more": 1 }), 400),
        (json!(["a"]), 400),
    ] {
        let (got, problem) = editor.post("/chat", body.clone()).await;
        assert_eq!(got, status, "{body}: {problem}");
        assert!(
            problem["detail"].as_str().is_some_and(|it| !it.is_empty()),
            "{problem}"
        );
    }
    let viewer = Script::new(&server, board.view, "viewer");
    let (status, problem) = viewer.post("/chat", json!({ "text": "a" })).await;
    assert_eq!(status, 403, "{problem}");
    let owner = Script::new(&server, board.owner, "owner");
    let settings = owner.request(reqwest::Method::PATCH, "/settings");
    let settings = settings.json(&json!({ "viewers_chat": true }));
    assert_eq!(crate::script::answer(settings).await.0, 200);
    let mut last = viewer.post("/chat", json!({ "text": "a" })).await;
    // The room reads the settings anew within a moment.
    for _ in 0..20 {
        if last.0 == 201 {
            break;
        }
        last = viewer.post("/chat", json!({ "text": "a" })).await;
    }
    assert_eq!(last.0, 201, "{}", last.1);
    let nameless = editor.request(reqwest::Method::GET, "/chat");
    let nameless = nameless.header("Commonslate-Program", "x".repeat(99));
    let (status, _) = crate::script::answer(nameless).await;
    assert_eq!(status, 200, "the first of two names counts");
}
