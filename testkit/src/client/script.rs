//! A client that sends any message of a test, valid or not, and waits for messages.

use std::collections::VecDeque;
use std::net::SocketAddr;

use shared::model::Board;
use shared::protocol::{ClientMsg, ServerMsg, SnapshotPart, Welcome};
use shared::sync::{ConfirmedState, Receipts, Snapshot, SnapshotAssembly};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use super::connection::{Connection, Ended};
use crate::PATIENCE;
use crate::board::Link;
use crate::fixtures::hello;

/// A client whose messages a test writes and reads. Its methods panic if an expected message does not
/// come.
#[derive(Debug)]
pub struct Client {
    connection: Connection,
    receipts: Receipts,
    /// Messages that no call has taken yet.
    received: VecDeque<ServerMsg>,
}

impl Client {
    /// Connects to a board, by its id or any other text, and sends nothing.
    pub async fn connect(server: SocketAddr, board: impl ToString) -> Self {
        let server = format!("http://{server}");
        let opened = Connection::open(&server, &board.to_string()).await;
        Self::on(opened.unwrap())
    }

    /// Connects with a receive buffer of a few KiB.
    pub async fn connect_narrow(server: SocketAddr, board: impl ToString) -> Self {
        let opened = Connection::open_narrow(server, &board.to_string()).await;
        Self::on(opened.unwrap())
    }

    fn on(connection: Connection) -> Self {
        Self {
            connection,
            receipts: Receipts::default(),
            received: VecDeque::new(),
        }
    }

    /// Connects, sends the hello of the client of a number, and waits for the welcome.
    pub async fn join(server: SocketAddr, link: Link, who: u8) -> (Self, Welcome) {
        Self::join_at(&format!("http://{server}"), link, who).await
    }

    /// As [`Client::join`], at a server or proxy of this address, which may have a path.
    pub async fn join_at(url: &str, link: Link, who: u8) -> (Self, Welcome) {
        let opened = Connection::open(url, &link.board.to_string()).await;
        let mut client = Self::on(opened.unwrap());
        client
            .send(&ClientMsg::Hello(hello(link.secret, who)))
            .await;
        let welcome = client.until("a welcome", |message| match message {
            ServerMsg::Welcome(welcome) => Some(*welcome),
            _ => None,
        });
        let welcome = welcome.await;
        (client, welcome)
    }

    /// Sends a message.
    pub async fn send(&mut self, message: &ClientMsg) {
        self.connection.send(message).await.unwrap();
    }

    /// Sends a frame of any kind.
    pub async fn send_raw(&mut self, frame: Message) {
        self.connection.send_raw(frame).await.unwrap();
    }

    /// Waits for the first message from which `pick` takes something. The others are kept for later
    /// calls.
    pub async fn until<T>(
        &mut self,
        what: &str,
        mut pick: impl FnMut(ServerMsg) -> Option<T>,
    ) -> T {
        for at in 0..self.received.len() {
            if let Some(found) = pick(self.received[at].clone()) {
                self.received.remove(at);
                return found;
            }
        }
        let search = async {
            loop {
                let message = self
                    .next()
                    .await
                    .unwrap_or_else(|code| panic!("closed with {code:?} while waiting for {what}"));
                if let Some(found) = pick(message.clone()) {
                    return found;
                }
                self.received.push_back(message);
            }
        };
        let found = timeout(PATIENCE, search).await;
        found.unwrap_or_else(|_| panic!("{what} never came, but {:?}", self.received))
    }

    /// Waits until the connection ends; returns the code with which the server closed it, or
    /// `None` if it gave none.
    pub async fn close_code(&mut self) -> Option<u16> {
        let search = async {
            loop {
                match self.next().await {
                    Ok(message) => self.received.push_back(message),
                    Err(code) => return code,
                }
            }
        };
        timeout(PATIENCE, search)
            .await
            .expect("server closes the connection")
    }

    /// Waits for the commit at a place, which comes as a commit or an ack.
    pub async fn receives_seq(&mut self, wanted: u64) {
        self.until("the commit", |message| match message {
            ServerMsg::Commit { seq, .. } | ServerMsg::Ack { seq, .. } if seq == wanted => Some(()),
            _ => None,
        })
        .await;
    }

    /// The next part of a snapshot.
    pub async fn part(&mut self) -> SnapshotPart {
        let part = self.until("a part of a snapshot", |message| match message {
            ServerMsg::Snapshot(part) => Some(part),
            _ => None,
        });
        part.await
    }

    /// The board as the server sends it to a new client.
    pub async fn board(&mut self, welcome: &Welcome) -> Board {
        self.state(welcome).await.board
    }

    /// The state as the server sends it to a new client: a snapshot, and the commits from there to
    /// the position in the welcome.
    pub async fn state(&mut self, welcome: &Welcome) -> Snapshot {
        let first = self.part().await;
        let mut assembly = SnapshotAssembly::begin(&first).unwrap();
        assembly.add(first).unwrap();
        while !assembly.is_complete() {
            assembly.add(self.part().await).unwrap();
        }
        let mut history = ConfirmedState::new(assembly.finish().unwrap());
        while history.at() != welcome.at {
            let next = history.at().seq + 1;
            let commit = self.until("the next commit", |message| match message {
                ServerMsg::Commit { seq, commit } if seq == next => Some(commit),
                _ => None,
            });
            history.push(&commit.await);
        }
        history.state().clone()
    }

    /// All messages that were received and not asked for yet.
    pub fn unread(&self) -> impl Iterator<Item = &ServerMsg> {
        self.received.iter()
    }

    /// The next message, or the code of the close frame. Acknowledges what was received.
    async fn next(&mut self) -> Result<ServerMsg, Option<u16>> {
        match self.connection.next().await {
            Ok(received) => {
                self.receipts.received(received.bytes);
                if let Some(bytes) = self.receipts.next_due() {
                    self.connection.send(&ClientMsg::Received(bytes)).await.ok();
                }
                Ok(received.message)
            }
            Err(Ended::Closed(code)) => Err(code),
            Err(Ended::Broken(_)) => Err(None),
            Err(Ended::Malformed(error)) => panic!("the server sent no message: {error}"),
        }
    }
}
