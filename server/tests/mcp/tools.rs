//! What the tools do.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rmcp::model::ContentBlock;
use serde_json::json;
use shared::protocol::ServerMsg;
use testkit::client::Client;
use testkit::fixtures::commit_stroke;

use crate::agent::{Agent, NAME, text};
use crate::test_server::TestServer;

#[tokio::test]
async fn every_tool_and_argument_is_described() {
    let server = TestServer::start().await;
    let agent = Agent::connect(&server.url(""), None).await;
    let tools = agent.0.list_all_tools().await.unwrap();
    let names: Vec<_> = tools.iter().map(|tool| &*tool.name).collect();
    let expected = [
        "arrange",
        "change_elements",
        "create_diagram",
        "create_elements",
        "delete_elements",
        "draw_stroke",
        "find_elements",
        "open_board",
        "place_image",
        "read_board",
        "read_chat",
        "see_board",
        "undo_mine",
        "wait_for_changes",
        "write_chat",
    ];
    assert_eq!(names, expected);
    for tool in tools {
        let name = &tool.name;
        assert!(tool.description.is_some_and(|it| it.len() > 40), "{name}");
        let hints = tool.annotations.unwrap();
        assert!(hints.title.is_some(), "{name}");
        let reads = ["open_", "read_", "see_", "find_", "wait_"];
        let is_reader = reads.iter().any(|it| name.starts_with(it));
        assert_eq!(hints.read_only_hint, Some(is_reader), "{name}");
        for (argument, schema) in tool.input_schema["properties"].as_object().unwrap() {
            let is_described = schema["description"]
                .as_str()
                .is_some_and(|it| it.len() > 10);
            assert!(is_described, "{name}: {argument}: {schema}");
        }
    }
}

#[tokio::test]
async fn an_agent_is_a_guest_who_reads_writes_and_hears_what_people_do() {
    let server = TestServer::start().await;
    let base = server.url("");
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    let agent = Agent::connect(&base, Some(board.edit)).await;
    let opened = agent.ask("open_board", json!({})).await;
    assert_eq!(opened["board"], board.id.to_string());
    assert_eq!(
        (&opened["role"], &opened["you"]),
        (&json!("edit"), &json!(NAME))
    );
    assert_eq!(opened["elements"], 0);
    assert!(opened["people"].as_array().unwrap().len() >= 2, "{opened}");
    let seen = ann.until("the guest", |message| match message {
        ServerMsg::People(people) => people.into_iter().find(|it| it.profile.name == NAME),
        _ => None,
    });
    seen.await;

    let written = agent.ask("write_chat", json!({ "text": "Hello!" })).await;
    let reply = json!({ "text": "And more.", "reply_to": written["id"] });
    let written = agent.ask("write_chat", reply).await;
    let read = agent.ask("read_chat", json!({})).await;
    let messages = read["messages"].as_array().unwrap();
    assert_eq!(messages.len(), 2);
    assert_eq!(
        (&messages[0]["author"], &messages[0]["text"]),
        (&json!(NAME), &json!("Hello!"))
    );
    assert_eq!(messages[1]["reply_to"], messages[0]["id"]);

    ann.send(&commit_stroke(1, 1, 10)).await;
    let wait = json!({ "after": written["position"], "seconds": 10 });
    let heard = agent.ask("wait_for_changes", wait).await;
    assert_eq!(
        heard["changes"][0]["put"].as_array().unwrap().len(),
        1,
        "{heard}"
    );
    let own = json!({ "after": opened["position"], "seconds": 10 });
    let heard_all = agent.ask("wait_for_changes", own).await;
    assert_eq!(
        heard_all["changes"].as_array().unwrap().len(),
        1,
        "its own work is left out"
    );
    let nothing = json!({ "after": heard["position"], "seconds": 1 });
    let quiet = agent.ask("wait_for_changes", nothing).await;
    assert_eq!(
        (&quiet["changes"], &quiet["position"]),
        (&json!([]), &heard["position"])
    );
    let undone = agent.ask("undo_mine", json!({})).await;
    assert_eq!(undone["changes"], 0, "it drew nothing");
}

#[tokio::test]
async fn an_agent_sees_the_board_or_a_part_of_it() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 200)).await;
    ann.until("the ack", |message| {
        matches!(message, ServerMsg::Ack { .. }).then_some(())
    })
    .await;
    let agent = Agent::connect(&server.url(""), Some(board.view)).await;
    let seen = agent.call("see_board", json!({ "size": 256 })).await;
    let ContentBlock::Image(image) = &seen.content[0] else {
        panic!("{seen:?}");
    };
    assert_eq!(image.mime_type, "image/png");
    let png = BASE64_STANDARD.decode(&image.data).unwrap();
    let png = image::load_from_memory(&png).unwrap();
    assert_eq!(png.width().max(png.height()), 256);
    assert!(text(&seen).contains("\"width\""), "{}", text(&seen));

    let area = json!({ "x": -50, "y": -20, "width": 400, "height": 100 });
    let seen = agent
        .call("see_board", json!({ "area": area, "format": "svg" }))
        .await;
    let svg = text(&seen);
    assert!(svg.contains("<svg") && svg.contains("<path"), "{svg}");
    assert!(
        svg.contains(r#"{"x":-50.0,"y":-20.0,"width":400.0,"height":100.0"#),
        "{svg}"
    );
    let area = json!({ "x": 90_000, "y": 0, "width": 10, "height": 10 });
    let seen = agent
        .call("see_board", json!({ "area": area, "format": "svg" }))
        .await;
    assert!(!text(&seen).contains("<path"), "{}", text(&seen));
}

#[tokio::test]
async fn what_an_agent_asks_in_vain_is_refused_with_the_cause() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let agent = Agent::connect(&server.url(""), Some(board.edit)).await;
    for (tool, arguments, part) in [
        ("write_chat", json!({}), "text"),
        ("write_chat", json!({ "text": "" }), "0 characters"),
        ("write_chat", json!({ "text": 7 }), "string"),
        (
            "write_chat",
            json!({ "text": "a", "reply_to": "?" }),
            "reply_to",
        ),
        (
            "write_chat",
            json!({ "text": "a", "colour": "red" }),
            "colour",
        ),
        ("read_chat", json!({ "page": 7 }), "no such page"),
        ("wait_for_changes", json!({ "seconds": 0 }), "seconds"),
        ("wait_for_changes", json!({ "seconds": 31 }), "seconds"),
        ("wait_for_changes", json!({ "after": "now" }), "after"),
        ("undo_mine", json!({ "after": "now" }), "after"),
        ("see_board", json!({ "size": 9_000 }), "size"),
        ("see_board", json!({ "format": "gif" }), "gif"),
        ("see_board", json!({ "frame": "x" }), "id"),
        (
            "see_board",
            json!({ "area": { "x": 0, "y": 0, "width": 0, "height": 1 } }),
            "area",
        ),
        (
            "see_board",
            json!({ "frame": "7gAAAAAAAAAAAAAAAAAAAQ" }),
            "frame",
        ),
        ("open_board", json!({ "link": "hello" }), "not the link"),
    ] {
        let why = agent.refused(tool, arguments.clone()).await;
        assert!(why.contains(part), "{tool} {arguments}: {why}");
    }
    let unknown = rmcp::model::CallToolRequestParams::new("fly");
    assert!(agent.0.call_tool(unknown).await.is_err());
}
