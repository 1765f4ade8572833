//! What happens on a board, as a stream of events.

use reqwest::Method;
use testkit::client::Client;
use testkit::fixtures::commit_stroke;

use crate::script::{Script, answer, two_servers};
use crate::test_server::TestServer;

#[tokio::test]
async fn a_listener_hears_commits_messages_and_people_from_another_server() {
    let (_redis, [one, two]) = two_servers().await;
    let board = one.board().await;
    let listener = Script::new(&one, board.view, "listener");
    let mut events = listener.listen(None).await;
    let start = events.next().await.unwrap();
    assert_eq!(
        (start.name.as_str(), &start.data["is_gap"]),
        ("start", &false.into())
    );
    assert_eq!(start.id.as_deref(), start.data["position"].as_str());

    let (mut ann, _) = Client::join(two.address, board.edit, 1).await;
    ann.send(&commit_stroke(1, 1, 10)).await;
    let commit = events.until("commit").await;
    assert_eq!(commit.data["put"].as_array().unwrap().len(), 1);
    assert_eq!(commit.id.as_deref(), commit.data["position"].as_str());

    Script::new(&two, board.edit, "talker").say("hello").await;
    let commit = events.until("commit").await;
    assert_eq!(commit.data["messages"][0]["text"], "hello");
    assert_eq!(commit.data["by"]["name"], "talker");
}

#[tokio::test]
async fn a_listener_that_comes_again_misses_nothing() {
    let server = TestServer::start().await;
    let board = server.board().await;
    let listener = Script::new(&server, board.view, "listener");
    let talker = Script::new(&server, board.edit, "talker");
    let mut events = listener.listen(None).await;
    talker.say("one").await;
    let last = events.until("commit").await.id.unwrap();
    drop(events);
    talker.say("two").await;
    talker.say("three").await;
    let mut events = listener.listen(Some(&last)).await;
    let start = events.until("start").await;
    assert_eq!(
        (start.id.as_deref(), &start.data["is_gap"]),
        (Some(&*last), &false.into())
    );
    for text in ["two", "three"] {
        assert_eq!(
            events.until("commit").await.data["messages"][0]["text"],
            text
        );
    }
    let foreign = "AAAAAAAAAAAAAAAAAAAAAA.3";
    let mut events = listener.listen(Some(foreign)).await;
    assert_eq!(events.until("start").await.data["is_gap"], true);
    let wrong = listener.request(Method::GET, "/events?after=yesterday");
    assert_eq!(answer(wrong).await.0, 400);
}

#[tokio::test]
async fn a_listener_whose_link_is_revoked_is_told_and_closed() {
    let (_redis, [one, two]) = two_servers().await;
    let board = one.board().await;
    let listener = Script::new(&one, board.edit, "listener");
    let mut events = listener.listen(None).await;
    events.until("start").await;
    let owner = Script::new(&two, board.owner, "owner");
    let (_, links) = owner.get("/links").await;
    let id = links["links"][1]["id"].as_u64().unwrap();
    let revoke = owner.request(Method::DELETE, &format!("/links/{id}"));
    assert_eq!(answer(revoke).await.0, 204);
    let end = events.until("end").await;
    assert_eq!(end.data["status"], 410, "{}", end.data);
    assert!(events.next().await.is_none());
    let again = listener.request(Method::GET, "/events");
    assert_eq!(answer(again).await.0, 410);
}
