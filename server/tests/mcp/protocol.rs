//! The protocol: what is refused before a tool runs, resources, subscriptions, prompts, guides.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder};
use rmcp::model::{
    GetPromptRequestParams, ReadResourceRequestParams, ResourceContents, ServerNotification,
    SubscriptionFilter,
};
use serde_json::{Value, json};
use testkit::PATIENCE;
use tokio::time::timeout;

use crate::agent::{Agent, Version};
use crate::test_server::TestServer;

fn list_tools(server: &TestServer, method: Method) -> RequestBuilder {
    let request = Client::new().request(method, server.url("/mcp"));
    let accept = "application/json, text/event-stream";
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" });
    request.header("accept", accept).json(&body)
}

#[tokio::test]
async fn a_foreign_page_a_strange_host_and_a_large_body_are_refused() {
    let server = TestServer::start().await;
    let post = || list_tools(&server, Method::POST);
    let own = format!("http://{}", server.address);
    let large = "x".repeat(7 * 1024 * 1024);
    for (request, status) in [
        (post(), 200),
        (post().header("origin", &own), 200),
        (post().header("origin", "https://evil.example"), 403),
        (post().header("origin", "null"), 403),
        (post().header("sec-fetch-site", "cross-site"), 403),
        (
            post()
                .header("origin", "http://evil.example")
                .header("host", "evil.example"),
            403,
        ),
        (post().header("host", "board.lan"), 200),
        (post().header("content-encoding", "gzip"), 415),
        (post().body(large), 413),
        (post().body("{"), 415),
        (post().header("commonslate-program", "x".repeat(99)), 400),
        (list_tools(&server, Method::GET), 405),
        (list_tools(&server, Method::DELETE), 405),
    ] {
        let shown = format!("{request:?}");
        let shown: String = shown.chars().take(300).collect();
        assert_eq!(request.send().await.unwrap().status(), status, "{shown}");
    }
}

#[tokio::test]
async fn the_board_and_its_picture_are_resources() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let agent = Agent::connect(&server.url(""), Some(board.view)).await;
    let resources = agent.0.list_all_resources().await.unwrap();
    let preview = format!("commonslate://board/{}/preview.svg", board.id);
    let preview = resources.iter().find(|it| it.uri == preview).unwrap();
    let read = agent
        .0
        .read_resource(ReadResourceRequestParams::new(&*preview.uri));
    let ResourceContents::TextResourceContents {
        text, mime_type, ..
    } = &read.await.unwrap().contents[0]
    else {
        panic!("it is text");
    };
    assert_eq!(mime_type.as_deref(), Some("image/svg+xml"));
    assert!(text.starts_with("<svg"), "{text}");
    let uri = format!("commonslate://board/{}", board.id);
    let read = agent
        .0
        .read_resource(ReadResourceRequestParams::new(&*uri))
        .await;
    let read = serde_json::to_value(read.unwrap()).unwrap();
    let text = read["contents"][0]["text"].as_str().unwrap();
    assert!(
        text.starts_with("position: ") && text.contains("empty"),
        "{text}"
    );
    let other = server.board().await;
    for uri in [
        format!("commonslate://board/{}", other.id),
        format!("commonslate://board/{}/preview.svg", other.id),
        "commonslate://board/x".to_owned(),
        "file:///etc/passwd".to_owned(),
    ] {
        let read = agent.0.read_resource(ReadResourceRequestParams::new(&*uri));
        assert!(read.await.is_err(), "{uri}");
    }
    let stranger = Agent::connect(&server.url(""), None).await;
    assert_eq!(stranger.0.list_all_resources().await.unwrap(), []);
    assert_eq!(
        stranger
            .0
            .list_all_resource_templates()
            .await
            .unwrap()
            .len(),
        resources.len()
    );
}

#[tokio::test]
async fn a_subscriber_is_told_of_changes_until_the_link_ends() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let base = server.url("");
    let token = Some(board.edit.at(&base));
    let agent = Agent::start(&format!("{base}/mcp"), token, Version::Newest).await;
    let uri = format!("commonslate://board/{}/preview.svg", board.id);
    let filter = SubscriptionFilter::builder()
        .resource_subscriptions([&*uri, "file:///etc/passwd"])
        .build();
    let mut changes = agent.0.listen(filter).await.unwrap();
    // The subscription begins a moment after it was acknowledged.
    let writing = async {
        loop {
            agent.ask("write_chat", json!({ "text": "x" })).await;
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    };
    let told = timeout(PATIENCE, async {
        tokio::select! {
            told = changes.next() => told.unwrap().unwrap(),
            () = writing => unreachable!(),
        }
    });
    let ServerNotification::ResourceUpdatedNotification(told) = told.await.unwrap() else {
        panic!("another notification");
    };
    assert_eq!(told.params.uri, uri);
}

#[tokio::test]
async fn prompts_and_guides_lead_agents_to_the_tools() {
    let server = TestServer::start().await;
    let agent = Agent::connect(&server.url(""), None).await;
    let prompts = agent.0.list_all_prompts().await.unwrap();
    let names: Vec<_> = prompts.iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["explain_this_board", "turn_notes_into_diagram"]);
    let arguments = json!({ "notes": "a, then b" }).as_object().cloned();
    let prompt = GetPromptRequestParams::new(names[1]).with_arguments(arguments.unwrap());
    let prompt = agent.0.get_prompt(prompt).await.unwrap();
    let said = serde_json::to_value(&prompt.messages).unwrap();
    assert!(
        said[0]["content"]["text"]
            .as_str()
            .unwrap()
            .contains("a, then b")
    );

    let get = async |path: &str| {
        let answer = reqwest::get(server.url(path)).await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.text().await.unwrap()
    };
    let llms = get("/llms.txt").await;
    assert!(llms.contains(&server.url("/mcp")), "{llms}");
    let skill = get("/skill.md").await;
    let tools = agent.0.list_all_tools().await.unwrap();
    let unnamed = tools.iter().filter(|tool| !skill.contains(&*tool.name));
    let unnamed: Vec<_> = unnamed.map(|tool| &tool.name).collect();
    assert!(unnamed.is_empty(), "the skill does not name {unnamed:?}");
    let instructions = agent.0.peer_info().unwrap().instructions.clone();
    assert!(instructions.unwrap().contains("open_board"));
    let _: Value = serde_json::to_value(&tools).unwrap();
}
