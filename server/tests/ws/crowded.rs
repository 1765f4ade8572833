//! Boards with as many people as a server takes.

use futures::{SinkExt as _, StreamExt as _};
use shared::id::ClientKey;
use shared::limits::MAX_PEOPLE;
use shared::protocol::{ClientMsg, Hello, encode};
use testkit::board::Link;
use testkit::fixtures::hello;
use testkit::{PATIENCE, client::Client};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::test_server::TestServer;

const CROWDED: Option<u16> = Some(4031);

/// A person who reads in a task of its own. The task ends with the code of the close frame.
struct Person(JoinHandle<Option<u16>>);

impl Person {
    /// Connects, and waits until the server sends something or closes the connection.
    async fn connect(server: &TestServer, link: Link, number: usize) -> Self {
        let url = format!("ws://{}/ws/{}", server.address, link.board);
        let (mut socket, _) = connect_async(url).await.unwrap();
        let mut key = [1; 16];
        key[8..].copy_from_slice(&(number as u64).to_be_bytes());
        let hello = ClientMsg::Hello(Hello {
            key: ClientKey::from_bytes(key),
            ..hello(link.secret, 1)
        });
        let hello = Message::Binary(encode(&hello).unwrap());
        socket.send(hello).await.unwrap();
        let mut first = Some(socket.next().await.unwrap());
        Self(tokio::spawn(async move {
            loop {
                match first.take() {
                    Some(Ok(Message::Close(frame))) => return frame.map(|it| it.code.into()),
                    Some(Ok(_)) => first = socket.next().await,
                    Some(Err(Error::ConnectionClosed)) | None => return None,
                    Some(Err(error)) => panic!("{error}"),
                }
            }
        }))
    }

    async fn close_code(self) -> Option<u16> {
        let ended = timeout(PATIENCE, self.0).await;
        ended.expect("the server closes").unwrap()
    }
}

#[tokio::test]
async fn one_person_too_many_is_told_so_and_one_who_may_draw_takes_the_place_of_a_viewer() {
    let server = TestServer::start().await;
    let (board, other) = (server.board().await, server.board().await);
    let mut viewers = Vec::new();
    for number in 0..MAX_PEOPLE {
        viewers.push(Person::connect(&server, board.view, number).await);
    }
    for _ in 0..2 {
        let late = Person::connect(&server, board.view, MAX_PEOPLE).await;
        assert_eq!(late.close_code().await, CROWDED);
    }
    // A person who reconnects has a place already, even if the older connection is still open.
    let again = Person::connect(&server, board.view, 7).await;
    assert!(!again.0.is_finished());
    assert_eq!(viewers.remove(7).close_code().await, Some(4109));
    Client::join(server.address, other.view, 1).await;

    let (_editor, _) = Client::join(server.address, board.edit, 1).await;
    assert_eq!(viewers.remove(0).close_code().await, CROWDED);
    assert!(viewers.iter().all(|viewer| !viewer.0.is_finished()));
}
