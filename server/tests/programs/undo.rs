//! A program undoes its own work, and only that.

use serde_json::json;
use testkit::client::Client;
use testkit::fixtures::commit_stroke;

use crate::script::{Script, two_servers};

#[tokio::test]
async fn a_program_undoes_what_it_did_on_any_server_and_nothing_else() {
    let (_redis, [one, two]) = two_servers().await;
    let board = one.board().await;
    let (mut ann, _) = Client::join(two.address, board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 10)).await;
    ann.receives_seq(1).await;
    let at_one = Script::new(&one, board.edit, "painter");
    let at_two = Script::new(&two, board.edit, "painter");
    let other = Script::new(&two, board.edit, "other");
    let make = |x: i32| json!({ "create": [{ "kind": "sticky", "text": "a", "x": x, "y": 0 }] });
    let (status, first) = at_one.post("/changes", make(0)).await;
    assert_eq!(status, 201, "{first}");
    assert_eq!(at_two.post("/changes", make(400)).await.0, 201);
    assert_eq!(other.post("/changes", make(800)).await.0, 201);
    let count = async |script: &Script| {
        let (status, body) = script.get("/elements").await;
        assert_eq!(status, 200, "{body}");
        body["elements"].as_array().unwrap().len()
    };
    assert_eq!(count(&at_one).await, 4);
    let after = json!({ "after": first["position"] });
    let (status, body) = at_one.post("/undo", after).await;
    assert_eq!(
        (status.as_u16(), &body["changes"]),
        (200, &json!(1)),
        "{body}"
    );
    assert_eq!(count(&at_two).await, 3);
    let (status, body) = at_two.post("/undo", json!({})).await;
    assert_eq!(
        (status.as_u16(), &body["changes"]),
        (200, &json!(1)),
        "{body}"
    );
    assert_eq!(
        count(&at_one).await,
        2,
        "those of Ann and of the other program stay"
    );
    let (_, body) = at_two.post("/undo", json!({})).await;
    assert_eq!(body, json!({ "changes": 0, "position": null }));
}
