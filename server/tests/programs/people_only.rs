//! Links by which no program may come.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use shared::protocol::ServerMsg;
use testkit::client::Client;
use testkit::fixtures::commit_stroke;

use crate::script::{Script, answer, two_servers};
use crate::test_server::TestServer;

/// How soon every server must have sent programs away.
const SOON: Duration = Duration::from_secs(2);
const EDIT_LINK: u32 = 1;

async fn set_programs(owner: &Script, link: u32, programs: bool) -> Value {
    let request = owner.request(Method::PATCH, &format!("/links/{link}"));
    let (status, link) = answer(request.json(&json!({ "programs": programs }))).await;
    assert_eq!(status, 200, "{link}");
    link
}

/// The names of the people in the next announcement that has so many.
async fn names(client: &mut Client, count: usize) -> Vec<String> {
    let mut names: Vec<String> = client
        .until("people", |message| match message {
            ServerMsg::People(people) if people.len() == count => {
                Some(people.into_iter().map(|it| it.profile.name).collect())
            }
            _ => None,
        })
        .await;
    names.sort();
    names
}

#[tokio::test]
async fn a_link_for_people_only_lets_in_no_program_and_sends_those_there_away() {
    let (_redis, [one, two]) = two_servers().await;
    let board = one.board().await;
    let owner = Script::new(&one, board.owner, "owner");
    let (mut ann, _) = Client::join(two.address, board.edit, 1).await;
    let talker = Script::new(&two, board.edit, "talker");
    let mut events = talker.listen(None).await;
    events.until("start").await;
    let other = Script::new(&two, board.view, "other");
    let mut others = other.listen(None).await;
    others.until("start").await;
    talker.say("hello").await;
    assert_eq!(names(&mut ann, 4).await[1..], ["other", "talker", "talker"]);

    let link = set_programs(&owner, EDIT_LINK, false).await;
    assert_eq!(link["programs"], false);
    let since = Instant::now();
    let end = events.until("end").await;
    assert_eq!(end.data["status"], 403, "{}", end.data);
    assert_eq!(end.data["detail"], "this link is for people only");
    assert!(events.next().await.is_none());
    assert_eq!(names(&mut ann, 2).await[1..], ["other"], "the guest left");
    assert!(since.elapsed() < SOON, "{:?}", since.elapsed());
    for (method, path) in [
        (Method::GET, "/chat"),
        (Method::POST, "/chat"),
        (Method::GET, "/events"),
        (Method::POST, "/undo"),
    ] {
        let request = talker.request(method, path).json(&json!({ "text": "a" }));
        let (status, problem) = answer(request).await;
        assert_eq!(status, 403, "{path}: {problem}");
        assert_eq!(problem["detail"], "this link is for people only");
    }
    // People go on, and programs by another link do.
    ann.send(&commit_stroke(1, 1, 10)).await;
    let commit = loop {
        let commit = others.until("commit").await;
        if commit.data["messages"] == json!([]) {
            break commit;
        }
    };
    assert_eq!(commit.data["put"].as_array().unwrap().len(), 1);

    set_programs(&owner, EDIT_LINK, true).await;
    talker.say("again").await;
}

#[tokio::test]
async fn a_link_keeps_that_it_is_for_people_only() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::on_dir(data.path()).await;
    let board = server.board().await;
    let owner = Script::new(&server, board.owner, "owner");
    let all = owner.get("/links").await.1;
    for link in all["links"].as_array().unwrap() {
        assert_eq!(link["programs"], true, "the first links are open");
    }
    let new = json!({ "role": "edit", "programs": false });
    let (status, made) = owner.post("/links", new).await;
    assert_eq!((status.as_u16(), &made["programs"]), (201, &json!(false)));
    let renamed = json!({ "label": "Team" });
    let request = owner.request(Method::PATCH, "/links/3").json(&renamed);
    assert_eq!(answer(request).await.1["programs"], false);
    let (_, rotated) = owner.post("/links/3/rotate", Value::Null).await;
    assert_eq!(
        (&rotated["id"], &rotated["programs"]),
        (&json!(4), &json!(false))
    );
    server.stop().await;
    let server = TestServer::on_dir(data.path()).await;
    let owner = Script::new(&server, board.owner, "owner");
    assert_eq!(owner.get("/links").await.1["links"][4]["programs"], false);
}
