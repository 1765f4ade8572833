//! Agents that read and change elements.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::agent::{Agent, text};
use crate::test_server::TestServer;

/// All elements of the board.
async fn elements(agent: &Agent) -> Vec<Value> {
    let found = agent.ask("find_elements", json!({ "limit": 200 })).await;
    assert_eq!(found["left_out"], 0);
    found["elements"].as_array().unwrap().clone()
}

fn ids(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|id| id.as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_agent_creates_reads_changes_arranges_and_deletes_elements() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let agent = Agent::connect(&server.url(""), Some(board.edit)).await;
    let new = json!({ "elements": [
        { "kind": "sticky", "id": "idea", "text": "Ship \"it\"" },
        { "kind": "rectangle", "id": "plan", "text": "Plan" },
        { "kind": "arrow", "from": "idea", "to": "plan" },
    ] });
    let created = agent.ask("create_elements", new).await;
    assert_eq!(ids(&created["created"]).len(), 3);
    let idea = created["words"]["idea"].as_str().unwrap();
    let read = agent.call("read_board", json!({})).await;
    let read = text(&read);
    assert!(read.starts_with("position: "), "{read}");
    for part in [
        "3 elements",
        r#"sticky "Ship \"it\"""#,
        "rectangle \"Plan\"",
        " -> ",
    ] {
        assert!(read.contains(part), "{part} is not in {read}");
    }
    let found = agent
        .ask(
            "find_elements",
            json!({ "kinds": ["sticky"], "text": "ship" }),
        )
        .await;
    assert_eq!(found["elements"][0]["id"], idea);
    assert_eq!(found["elements"].as_array().unwrap().len(), 1);

    let short = &idea[idea.len() - 8..];
    let change = json!({ "changes": [{ "id": short, "text": "Shipped", "color": "green" }] });
    let changed = agent.ask("change_elements", change).await;
    assert_eq!(ids(&changed["changed"]), [idea]);
    let found = agent.ask("find_elements", json!({ "ids": [short] })).await;
    let now = &found["elements"][0];
    assert_eq!(
        (&now["text"], &now["color"]),
        (&json!("Shipped"), &json!("green"))
    );

    let both = [idea, created["words"]["plan"].as_str().unwrap()];
    let stack = json!({ "arrange": { "action": "stack", "ids": both, "axis": "vertical" } });
    agent.ask("arrange", stack).await;
    let all = elements(&agent).await;
    let left = |id: &str| {
        let element = all.iter().find(|it| it["id"] == id).unwrap();
        element["bounds"][0].as_f64().unwrap()
    };
    assert!((left(both[0]) - left(both[1])).abs() < 1.0, "{all:?}");
    let tidy = json!({ "arrange": { "action": "tidy", "ids": both } });
    agent.ask("arrange", tidy.clone()).await;
    let again = agent.ask("arrange", tidy).await;
    assert!(again["changed"].is_null(), "it is tidy: {again}");

    let stroke = json!({ "points": [[0, 0], [50, 20], [90, 5]], "color": "blue" });
    let drawn = agent.ask("draw_stroke", stroke).await;
    assert_eq!(elements(&agent).await.len(), 4);
    let gone = agent
        .ask("delete_elements", json!({ "ids": drawn["created"] }))
        .await;
    assert_eq!(gone["deleted"], drawn["created"]);

    let after = json!({ "after": created["position"] });
    agent.ask("undo_mine", after).await;
    let found = agent.ask("find_elements", json!({ "ids": [idea] })).await;
    assert_eq!(
        found["elements"][0]["text"], "Ship \"it\"",
        "only what came later is undone"
    );
    agent.ask("undo_mine", json!({})).await;
    assert_eq!(elements(&agent).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_diagram_overlaps_nothing_and_its_arrows_are_bound() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let agent = Agent::connect(&server.url(""), Some(board.edit)).await;
    let node = |number: u32| {
        let text = format!("Step {number} of a process with a rather long name");
        json!({ "id": format!("n{number}"), "text": text })
    };
    let edge = |from: u32, to: u32| json!({ "from": format!("n{from}"), "to": format!("n{to}") });
    let nodes: Vec<_> = (0..12).map(node).collect();
    let edges: Vec<_> = (1..12).map(|to| edge((to - 1) / 2, to)).collect();
    let graph = json!({ "nodes": nodes, "edges": edges, "direction": "right" });
    let drawn = agent.ask("create_diagram", graph).await;
    assert_eq!(drawn["words"].as_object().unwrap().len(), 12);
    let source = json!({ "mermaid": "flowchart TD\n a[Start] --> b{Good?}\n b -->|yes| c[End]" });
    agent.ask("create_diagram", source).await;

    let all = elements(&agent).await;
    let boxes: Vec<_> = all.iter().filter(|it| it["kind"] != "line").collect();
    let lines: Vec<_> = all.iter().filter(|it| it["kind"] == "line").collect();
    assert!(
        boxes.len() >= 15 && lines.len() == 13,
        "{} {}",
        boxes.len(),
        lines.len()
    );
    let edges = |element: &Value| {
        let bounds = element["bounds"].as_array().unwrap().iter();
        <[f64; 4]>::try_from(bounds.map(|it| it.as_f64().unwrap()).collect::<Vec<_>>()).unwrap()
    };
    for (number, one) in boxes.iter().enumerate() {
        let a = edges(one);
        for other in &boxes[number + 1..] {
            let b = edges(other);
            let are_apart = a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];
            assert!(are_apart, "{one} overlaps {other}");
        }
    }
    for line in lines {
        for end in ["start", "end"] {
            let to = &line[end]["to"];
            assert!(
                boxes.iter().any(|it| it["id"] == *to),
                "{end} of {line} is not bound"
            );
        }
    }
    let undone = agent.ask("undo_mine", json!({})).await;
    assert_eq!(undone["changes"], 28, "{undone}");
}

#[tokio::test]
async fn an_agent_places_a_picture() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let agent = Agent::connect(&server.url(""), Some(board.edit)).await;
    let picture = image::RgbImage::from_fn(80, 40, |x, y| image::Rgb([x as u8, y as u8, 9]));
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let data = BASE64_STANDARD.encode(png.into_inner());
    let whole = format!("data:image/png;base64,{data}");
    let place = json!({ "data": whole, "x": 10, "y": 20, "width": 200, "alternative_text": "Red" });
    agent.ask("place_image", place).await;
    agent.ask("place_image", json!({ "data": data })).await;
    let all = elements(&agent).await;
    assert_eq!(
        (&all[0]["kind"], &all[0]["alternative_text"]),
        (&json!("image"), &json!("Red"))
    );
    assert_eq!(all[0]["bounds"], json!([10.0, 20.0, 210.0, 120.0]));
    assert_eq!(all[0]["picture"]["width"], 80);
    for (data, part) in [("?", "base64"), ("aGVsbG8=", "picture")] {
        let why = agent.refused("place_image", json!({ "data": data })).await;
        assert!(why.contains(part), "{data}: {why}");
    }
    let viewer = Agent::connect(&server.url(""), Some(board.view)).await;
    viewer
        .refused("place_image", json!({ "data": whole }))
        .await;
}

#[tokio::test]
async fn changes_in_vain_are_refused_with_the_place_of_the_fault() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let base = server.url("");
    let agent = Agent::connect(&base, Some(board.edit)).await;
    for (tool, arguments, part) in [
        (
            "create_elements",
            json!({ "elements": [{ "kind": "cloud" }] }),
            "elements[0].kind",
        ),
        (
            "create_elements",
            json!({ "elements": ["cloud"] }),
            "elements[0]",
        ),
        ("create_elements", json!({ "elements": 3 }), "sequence"),
        (
            "change_elements",
            json!({ "changes": [{ "id": "none" }] }),
            "changes[0].id",
        ),
        ("delete_elements", json!({ "ids": ["nothing1"] }), "ids[0]"),
        ("draw_stroke", json!({ "points": [] }), "points"),
        (
            "arrange",
            json!({ "arrange": { "action": "fly", "ids": [] } }),
            "fly",
        ),
        ("find_elements", json!({ "limit": 0 }), "limit"),
        (
            "create_diagram",
            json!({ "nodes": [{ "id": "a" }], "edges": [{ "from": "a", "to": "b" }] }),
            "`b`",
        ),
        (
            "create_diagram",
            json!({ "mermaid": "flowchart TD\n a[Start" }),
            "Line 2",
        ),
        ("create_diagram", json!({}), "empty"),
    ] {
        let why = agent.refused(tool, arguments.clone()).await;
        assert!(why.contains(part), "{tool} {arguments}: {why}");
    }
    assert_eq!(elements(&agent).await, Vec::<Value>::new());
    let viewer = Agent::connect(&base, Some(board.view)).await;
    for (tool, arguments) in [
        (
            "create_elements",
            json!({ "elements": [{ "kind": "sticky", "text": "x" }] }),
        ),
        ("create_diagram", json!({ "mermaid": "- a\n- b" })),
        ("draw_stroke", json!({ "points": [[0, 0], [9, 9]] })),
    ] {
        viewer.refused(tool, arguments).await;
    }
    assert_eq!(elements(&viewer).await, Vec::<Value>::new());
}
