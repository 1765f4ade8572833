//! The conversation of a board, over real sockets and real stores.

use server::config::{Config, Storage};
use shared::chat::MessageBody;
use shared::id::MessageId;
use shared::op::Op;
use shared::protocol::Profile;
use shared::sync::Replica;
use testkit::board::Link;
use testkit::client::BoardClient;
use testkit::fixtures::{chat_op, key, post};
use testkit::redis::{Redis, Version};

use crate::test_server::{TestServer, redis_config as config};

async fn join(server: &TestServer, link: Link, who: u8) -> BoardClient {
    let profile = Profile {
        name: format!("Person {who}"),
        ..Profile::default()
    };
    let joined = BoardClient::join(&server.url(""), link, key(who), profile).await;
    joined.unwrap()
}

/// Sends messages of these numbers, 20 in a commit.
async fn say(client: &mut BoardClient, who: u8, numbers: std::ops::Range<u64>) {
    for portion in numbers.collect::<Vec<_>>().chunks(20) {
        let said = portion.iter().map(|number| {
            let change = post(*number, format!("message {number}"));
            Op::Chat(Box::new(chat_op(who, change)))
        });
        client.submit(said.collect());
    }
    client
        .until(|replica| replica.pending() == 0)
        .await
        .unwrap();
}

fn ids(replica: &Replica) -> Vec<MessageId> {
    let messages = replica.conversation().messages();
    messages.map(|message| message.id).collect()
}

/// Reads all messages, page by page.
async fn read_all(client: &mut BoardClient) -> Vec<MessageId> {
    while client.replica().conversation().has_older() {
        let before = ids(client.replica()).len();
        client.read_older_messages();
        let has_more = |replica: &Replica| ids(replica).len() > before;
        client.until(has_more).await.unwrap();
    }
    ids(client.replica())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_conversation_survives_a_restart_and_is_read_in_pages() {
    let data = tempfile::tempdir().unwrap();
    let config = || Config::local(Storage::Embedded(data.path().to_owned()));
    let server = TestServer::with(config()).await;
    let board = server.board().await;
    let mut ann = join(&server, board.edit, 1).await;
    say(&mut ann, 1, 0..240).await;
    let written = ids(ann.replica());
    drop(ann);
    server.stop().await;

    let server = TestServer::with(config()).await;
    let mut bob = join(&server, board.view, 2).await;
    let conversation = bob.replica().conversation();
    assert_eq!(conversation.total(), 240);
    assert!(conversation.messages().count() <= 100);
    let names = conversation.messages().map(|message| &message.stamp.name);
    assert!(names.into_iter().all(|name| name == "Person 1"));
    let read = read_all(&mut bob).await;
    assert_eq!(read.len(), 240);
    assert_eq!(read, written);
    let texts = bob.replica().conversation().messages().zip(0..);
    for (message, number) in texts {
        let expected = format!("message {number}");
        assert!(matches!(&message.body, MessageBody::Text(body) if body.text == expected));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_on_two_servers_have_the_same_conversation() {
    let redis = Redis::start(Version::Seven, &[]).await.unwrap();
    let one = TestServer::with(config(&redis)).await;
    let two = TestServer::with(config(&redis)).await;
    let board = one.board().await;
    let mut ann = join(&one, board.edit, 1).await;
    let mut bob = join(&two, board.edit, 2).await;
    for round in 0..4 {
        let first = round * 60;
        let of_ann = say(&mut ann, 1, first..first + 30);
        let of_bob = say(&mut bob, 2, first + 30..first + 60);
        tokio::join!(of_ann, of_bob);
    }
    for client in [&mut ann, &mut bob] {
        let has_all = |replica: &Replica| replica.conversation().total() == 240;
        client.until(has_all).await.unwrap();
    }
    let all = ids(ann.replica());
    assert_eq!(all.len(), 240);
    assert_eq!(all, ids(bob.replica()));
    for server in [&one, &two] {
        let mut late = join(server, board.view, 3).await;
        let has_all = |replica: &Replica| replica.conversation().total() == 240;
        late.until(has_all).await.unwrap();
        assert_eq!(read_all(&mut late).await, all);
    }
}
