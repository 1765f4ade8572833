//! Programs read and change elements.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::client::Client;
use testkit::fixtures::commit_stroke;

use crate::script::{Script, answer, two_servers};
use crate::test_server::TestServer;

/// Two boxes with an arrow between them.
fn plan() -> Value {
    json!({ "create": [
        { "kind": "rectangle", "id": "idea", "text": "Idea" },
        { "kind": "rectangle", "id": "plan", "text": "A plan that is somewhat longer" },
        { "kind": "arrow", "from": "idea", "to": "plan", "text": "becomes" },
        { "kind": "sticky", "text": "Remember the milk" },
    ]})
}

#[tokio::test]
async fn elements_are_created_read_changed_and_deleted() {
    let (_redis, [one, two]) = two_servers().await;
    let board = one.board().await;
    let (mut ann, _) = Client::join(two.address, board.view, 1).await;
    let script = Script::new(&one, board.edit, "planner");
    let (status, made) = script.post("/changes", plan()).await;
    assert_eq!(status, 201, "{made}");
    ann.receives_seq(1).await;
    let ids: Vec<&str> = made["created"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 4);
    assert_eq!(made["words"]["plan"], ids[1]);

    let reader = Script::new(&two, board.view, "reader");
    let (_, page) = reader.get("/elements?kind=arrow,sticky").await;
    let kinds: Vec<&Value> = page["elements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["kind"])
        .collect();
    assert_eq!(kinds, ["line", "sticky"]);
    let arrow = &page["elements"][0];
    assert_eq!(
        (&arrow["start"]["to"], &arrow["end"]["to"]),
        (&json!(ids[0]), &json!(ids[1]))
    );

    let path = format!("/elements/{}", ids[3]);
    let change = script
        .request(Method::PATCH, &path)
        .json(&json!({ "text": "Done", "color": "green" }));
    let (status, changed) = answer(change).await;
    assert_eq!(
        (status.as_u16(), &changed["changed"]),
        (201, &json!([ids[3]])),
        "{changed}"
    );
    let (_, sticky) = script.get(&path).await;
    assert_eq!(
        (&sticky["text"], &sticky["color"], &sticky["signed"]),
        (&json!("Done"), &json!("green"), &json!("planner"))
    );
    assert_eq!(answer(script.request(Method::DELETE, &path)).await.0, 201);
    assert_eq!(script.get(&path).await.0, 404);
    let align = json!({ "action": "align", "ids": [ids[0], ids[1]], "to": "top" });
    let (status, aligned) = script.post("/arrange", align).await;
    assert_eq!(status, 201, "{aligned}");

    let notes = ["Slow login", "Login fails"].map(|it| json!({ "kind": "sticky", "text": it }));
    let (_, made) = script.post("/elements", json!({ "elements": notes })).await;
    let cluster = json!({ "action": "cluster", "ids": made["created"], "titles": true });
    let (status, clustered) = script.post("/arrange", cluster).await;
    assert_eq!(status, 201, "{clustered}");
    let title = format!("/elements/{}", clustered["created"][0].as_str().unwrap());
    assert_eq!(script.get(&title).await.1["text"], json!("Login"));
    let (status, refused) = script
        .post("/arrange", json!({ "action": "tidy", "ids": [] }))
        .await;
    assert_eq!(status, 422, "{refused}");
}

#[tokio::test]
async fn a_list_goes_on_where_the_page_before_ended_although_the_board_changes() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let script = Script::new(&server, board.edit, "list");
    let notes: Vec<Value> = (0..25)
        .map(|at| json!({ "kind": "text", "text": format!("note {at}") }))
        .collect();
    let (status, made) = script.post("/elements", json!({ "elements": notes })).await;
    assert_eq!(status, 201, "{made}");
    let mut seen = Vec::new();
    let mut next = Value::Null;
    for page in 0.. {
        let after = next
            .as_str()
            .map(|next| format!("&after={next}"))
            .unwrap_or_default();
        let (status, body) = script.get(&format!("/elements?limit=10{after}")).await;
        assert_eq!(status, 200, "{body}");
        let elements = body["elements"].as_array().unwrap();
        seen.extend(
            elements
                .iter()
                .map(|it| it["text"].as_str().unwrap().to_owned()),
        );
        if page == 0 {
            // The last one of the page, after which the next page begins.
            let gone = format!("/elements/{}", elements[9]["id"].as_str().unwrap());
            assert_eq!(answer(script.request(Method::DELETE, &gone)).await.0, 201);
        }
        next = body["next"].clone();
        if next.is_null() {
            break;
        }
    }
    let expected: Vec<String> = (0..25).map(|at| format!("note {at}")).collect();
    assert_eq!(seen, expected);
    for wrong in [
        "limit=0",
        "limit=1001",
        "limit=x",
        "after=x",
        "kind=nonsense",
        "area=1,2",
    ] {
        let (status, body) = script.get(&format!("/elements?{wrong}")).await;
        assert_eq!(status, 400, "{wrong}: {body}");
    }
}

#[tokio::test]
async fn a_repeated_request_takes_effect_once_on_every_server() {
    let (_redis, [one, two]) = two_servers().await;
    let board = one.board().await;
    let mut answers = Vec::new();
    for server in [&one, &two, &one] {
        let script = Script::new(server, board.edit, "again");
        let request = script.request(Method::POST, "/changes").json(&plan());
        let (status, body) = answer(request.header("Idempotency-Key", "order 7")).await;
        assert_eq!(status, 201, "{body}");
        answers.push(body["created"].clone());
    }
    assert!(answers.iter().all(|ids| *ids == answers[0]), "{answers:?}");
    let script = Script::new(&two, board.edit, "again");
    let (_, page) = script.get("/elements").await;
    assert_eq!(page["elements"].as_array().unwrap().len(), 4);
    let request = script.request(Method::POST, "/changes").json(&plan());
    let (status, _) = answer(request.header("Idempotency-Key", "order 8")).await;
    assert_eq!(status, 201);
    let (_, page) = script.get("/elements").await;
    assert_eq!(page["elements"].as_array().unwrap().len(), 8);
}

#[tokio::test]
async fn a_change_is_refused_if_the_board_changed_under_it() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let script = Script::new(&server, board.edit, "careful");
    let (_, made) = script.post("/changes", plan()).await;
    let position = made["position"].as_str().unwrap();
    let (mut ann, _) = Client::join(server.address, board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 10)).await;
    ann.receives_seq(2).await;
    let change = |tag: &str| {
        let request = script.request(Method::POST, "/changes").json(&plan());
        request.header("If-Match", tag)
    };
    let (status, body) = answer(change(&format!("\"{position}\""))).await;
    assert_eq!(status, 412, "{body}");
    let (_, page) = script.get("/elements").await;
    let now = format!("\"{}\"", page["position"].as_str().unwrap());
    assert_eq!(answer(change(&now)).await.0, 201);
    assert_eq!(answer(change("yesterday")).await.0, 400);
    assert_eq!(answer(change("*")).await.0, 201);
}

#[tokio::test]
async fn each_fault_is_named_and_changes_nothing() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let script = Script::new(&server, board.edit, "wrong");
    for (body, status, part) in [
        (
            json!({ "create": [{ "kind": "sphere" }] }),
            422,
            "create[0]",
        ),
        (
            json!({ "create": [{ "kind": "sticky", "color": "loud" }] }),
            422,
            "create[0].color",
        ),
        (
            json!({ "create": [{ "kind": "sticky", "x": 1e99 }] }),
            422,
            "create[0].x",
        ),
        (
            json!({ "create": [{ "kind": "arrow", "from": "nothing", "to": "b" }] }),
            404,
            "create[0]",
        ),
        (
            json!({ "change": [{ "id": "nothing", "text": "a" }] }),
            404,
            "change[0]",
        ),
        (json!({ "delete": ["nothing"] }), 404, "delete[0]"),
        (json!({ "destroy": [] }), 400, "destroy"),
        (json!(7), 400, ""),
    ] {
        let (got, problem) = script.post("/changes", body.clone()).await;
        assert_eq!(got, status, "{body}: {problem}");
        assert!(
            problem["detail"].as_str().unwrap().contains(part),
            "{body}: {problem}"
        );
    }
    let viewer = Script::new(&server, board.view, "viewer");
    assert_eq!(viewer.post("/changes", plan()).await.0, 403);
    let (_, page) = script.get("/elements").await;
    assert_eq!(page["elements"], json!([]));
    let large = script
        .request(Method::POST, "/changes")
        .body("x".repeat(3_000_000));
    let (status, _) = answer(large.header("content-type", "application/json")).await;
    assert_eq!(status, 413);
}

#[tokio::test]
async fn a_proposal_is_marked_and_is_all_that_programs_may_make_if_an_owner_says_so() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let script = Script::new(&server, board.edit, "guest");
    let owner = Script::new(&server, board.owner, "owner");
    let settings = owner
        .request(Method::PATCH, "/settings")
        .json(&json!({ "programs_propose": true }));
    assert_eq!(answer(settings).await.0, 200);
    let (_, _) = script.get("/chat").await;
    let mut direct = script.post("/changes", plan()).await;
    // The room reads the settings anew within a moment.
    for _ in 0..20 {
        if direct.0 == 403 {
            break;
        }
        direct = script.post("/changes", plan()).await;
    }
    assert_eq!(direct.0, 403, "{}", direct.1);
    let mut proposed = plan();
    proposed["propose"] = json!(true);
    let (status, made) = script.post("/changes", proposed).await;
    assert_eq!(status, 201, "{made}");
    let id = made["created"][0].as_str().unwrap();
    let (_, element) = script.get(&format!("/elements/{id}")).await;
    assert_eq!(element["proposal"], made["proposal"]);
}
