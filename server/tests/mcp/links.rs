//! A link is the only credential, and gives no more than its role.

use serde_json::json;
use shared::id::{BoardId, Secret};
use testkit::board::Link;

use crate::agent::{Agent, Version};
use crate::script::{Script, answer, two_servers};
use crate::test_server::TestServer;

#[tokio::test]
async fn a_link_is_a_header_a_path_or_an_argument() {
    let server = TestServer::start().await;
    let base = server.url("");
    let board = server.board().await;
    let (id, secret) = (board.id, board.edit.secret.reveal());
    let by_path = format!("{base}/mcp/{id}");
    for (url, token) in [
        (
            format!("{base}/mcp"),
            board.edit.at("https://elsewhere.example"),
        ),
        (format!("{base}/mcp"), format!("{id}.{secret}")),
        (by_path.clone(), secret.clone()),
    ] {
        for version in [Version::Handshake, Version::Newest] {
            let agent = Agent::start(&url, Some(token.clone()), version).await;
            assert_eq!(agent.ask("open_board", json!({})).await["role"], "edit");
        }
    }
    let none = Agent::connect(&base, None).await;
    let why = none.refused("read_chat", json!({})).await;
    assert!(why.contains("as the argument `board`"), "{why}");
    let argument = json!({ "board": board.edit.at(&base), "text": "by argument" });
    none.ask("write_chat", argument).await;
    let opened = none
        .ask("open_board", json!({ "link": board.view.at(&base) }))
        .await;
    assert_eq!(opened["role"], "view");
    let other = server.board().await;
    let agent = Agent::connect(&base, Some(board.edit)).await;
    let opened = agent
        .ask("open_board", json!({ "link": other.owner.at(&base) }))
        .await;
    assert_eq!(
        opened["board"],
        other.id.to_string(),
        "the argument replaces the header"
    );
}

#[tokio::test]
async fn a_wrong_link_opens_nothing() {
    let server = TestServer::start().await;
    let base = server.url("");
    let board = server.board().await;
    let wrong = [
        Link {
            secret: Secret::from_bytes([1; 16]),
            ..board.edit
        },
        Link {
            board: BoardId::from_bytes([1; 16]),
            ..board.edit
        },
    ];
    for link in wrong {
        let agent = Agent::connect(&base, Some(link)).await;
        let mut causes = Vec::new();
        for (tool, arguments) in [
            ("open_board", json!({})),
            ("write_chat", json!({ "text": "x" })),
            ("see_board", json!({})),
            ("wait_for_changes", json!({})),
        ] {
            causes.push(agent.refused(tool, arguments).await);
        }
        causes.dedup();
        assert_eq!(causes.len(), 1, "{causes:?}");
        assert!(agent.0.list_all_resources().await.is_err());
    }
    let guesser = Agent::connect(&base, Some(wrong[0])).await;
    let why = guesser.refused("read_chat", json!({})).await;
    assert!(
        why.contains("too many requests"),
        "the eleventh guess: {why}"
    );
    let right = Agent::connect(&base, Some(board.edit)).await;
    right.ask("read_chat", json!({})).await;
    for token in ["hello", "a.b"] {
        let url = format!("{base}/mcp");
        let agent = Agent::start(&url, Some(token.to_owned()), Version::Handshake).await;
        let why = agent.refused("read_chat", json!({})).await;
        assert!(why.contains("not the link"), "{token}: {why}");
    }
}

#[tokio::test]
async fn a_view_link_only_reads() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let agent = Agent::connect(&server.url(""), Some(board.view)).await;
    assert_eq!(agent.ask("open_board", json!({})).await["role"], "view");
    let why = agent.refused("write_chat", json!({ "text": "x" })).await;
    assert!(why.contains("does not let you write"), "{why}");
    let read = agent.ask("read_chat", json!({})).await;
    assert_eq!(read["messages"], json!([]));
    agent.call("see_board", json!({})).await;
}

#[tokio::test]
async fn a_revoked_link_stops_at_once_on_all_servers() {
    let (_redis, [one, two]) = two_servers().await;
    let board = one.board().await;
    let agent = Agent::connect(&one.url(""), Some(board.edit)).await;
    agent.ask("open_board", json!({})).await;
    let waiting = agent.refused("wait_for_changes", json!({ "seconds": 30 }));
    let revoking = async {
        let owner = Script::new(&two, board.owner, "owner");
        let (_, links) = owner.get("/links").await;
        let id = links["links"][1]["id"].as_u64().unwrap();
        let revoke = owner.request(reqwest::Method::DELETE, &format!("/links/{id}"));
        assert_eq!(answer(revoke).await.0, 204);
    };
    let (why, ()) = tokio::join!(waiting, revoking);
    assert!(why.contains("revoked"), "{why}");
    for (tool, arguments) in [
        ("read_chat", json!({})),
        ("write_chat", json!({ "text": "x" })),
        ("open_board", json!({})),
    ] {
        let why = agent.refused(tool, arguments).await;
        assert!(why.contains("revoked"), "{tool}: {why}");
    }
}

#[tokio::test]
async fn a_link_for_people_only_lets_no_agent_in() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let owner = Script::new(&server, board.owner, "owner");
    let (_, links) = owner.get("/links").await;
    let id = links["links"][1]["id"].as_u64().unwrap();
    let change = owner.request(reqwest::Method::PATCH, &format!("/links/{id}"));
    assert_eq!(
        answer(change.json(&json!({ "programs": false }))).await.0,
        200
    );
    let agent = Agent::connect(&server.url(""), Some(board.edit)).await;
    for tool in ["open_board", "read_chat", "see_board"] {
        let why = agent.refused(tool, json!({})).await;
        assert!(why.contains("people"), "{why}");
    }
}
