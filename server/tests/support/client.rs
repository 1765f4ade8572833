//! A client on a real WebSocket, and the strokes it draws.

use std::collections::VecDeque;
use std::net::SocketAddr;

use futures::{SinkExt as _, StreamExt as _};
use shared::geometry::{Ink, InkPoint, Quantum};
use shared::id::{BoardId, ClientId, ClientKey, ElementId, Position, Secret};
use shared::limits::MAX_FRAME_BYTES;
use shared::model::{Board, Body, Color, NewElement, OrderKey};
use shared::model::{Brush, Props, Stroke};
use shared::op::{Commit, Guard, Op};
use shared::protocol::{
    ClientMsg, Hello, LiveItem, PROTOCOL_VERSION, Profile, ServerMsg, StrokeStyle, Welcome, decode,
    encode,
};
use shared::sync::{History, Snapshot};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};

use crate::site::{Keys, PATIENCE, Site};

/// A WebSocket to a server.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Heard, and not asked for yet.
    heard: VecDeque<ServerMsg>,
}

impl Client {
    /// Connects and says nothing.
    pub(crate) async fn connect(address: SocketAddr, board: BoardId) -> Self {
        let (socket, _) = connect_async(format!("ws://{address}/ws/{board}"))
            .await
            .unwrap();
        Self {
            socket,
            heard: VecDeque::new(),
        }
    }

    /// Connects with a receive buffer of a few KiB.
    pub(crate) async fn connect_narrow(address: SocketAddr, board: BoardId) -> Self {
        let narrow = TcpSocket::new_v4().unwrap();
        narrow.set_recv_buffer_size(4 * 1024).unwrap();
        let stream = narrow.connect(address).await.unwrap();
        let url = format!("ws://{address}/ws/{board}");
        let (socket, _) = client_async(url, MaybeTlsStream::Plain(stream))
            .await
            .unwrap();
        Self {
            socket,
            heard: VecDeque::new(),
        }
    }

    /// Connects, says hello and waits for the welcome.
    pub(crate) async fn join(site: &Site, keys: Keys, secret: Secret, who: u8) -> (Self, Welcome) {
        Self::join_at(site.address, keys, secret, who).await
    }

    /// The same, by address.
    pub(crate) async fn join_at(
        address: SocketAddr,
        keys: Keys,
        secret: Secret,
        who: u8,
    ) -> (Self, Welcome) {
        let mut client = Self::connect(address, keys.board).await;
        client.send(&ClientMsg::Hello(hello(secret, who))).await;
        let welcome = client.until("a welcome", |message| match message {
            ServerMsg::Welcome(welcome) => Some(*welcome),
            _ => None,
        });
        let welcome = welcome.await;
        (client, welcome)
    }

    pub(crate) async fn send(&mut self, message: &ClientMsg) {
        let frame = encode(message).unwrap();
        self.send_raw(Message::Binary(frame)).await;
    }

    pub(crate) async fn send_raw(&mut self, message: Message) {
        self.socket.send(message).await.unwrap();
    }

    /// The first message not asked for yet in which `pick` finds something; the
    /// others stay for later calls.
    pub(crate) async fn until<T>(
        &mut self,
        what: &str,
        mut pick: impl FnMut(ServerMsg) -> Option<T>,
    ) -> T {
        for at in 0..self.heard.len() {
            if let Some(found) = pick(self.heard[at].clone()) {
                self.heard.remove(at);
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
                self.heard.push_back(message);
            }
        };
        let found = timeout(PATIENCE, search).await;
        found.unwrap_or_else(|_| panic!("{what} never came, but {:?}", self.heard))
    }

    /// The code with which the server closes the connection.
    pub(crate) async fn close_code(&mut self) -> Option<u16> {
        let search = async {
            loop {
                match self.next().await {
                    Ok(message) => self.heard.push_back(message),
                    Err(code) => return code,
                }
            }
        };
        timeout(PATIENCE, search)
            .await
            .expect("server closes the connection")
    }

    /// Waits until everything up to a place was heard, as a commit or an ack.
    pub(crate) async fn hears_seq(&mut self, wanted: u64) {
        self.until("the commit", |message| match message {
            ServerMsg::Commit { seq, .. } | ServerMsg::Ack { seq, .. } if seq == wanted => Some(()),
            _ => None,
        })
        .await;
    }

    /// The board as the server sends it to somebody new: a snapshot, and the
    /// commits from there to where the board stood at the welcome.
    pub(crate) async fn board(&mut self, welcome: &Welcome) -> Board {
        let mut bytes = Vec::new();
        let snapshot = self.until("a snapshot", |message| match message {
            ServerMsg::Snapshot { part, last } => {
                bytes.extend_from_slice(&part);
                last.then(|| decode::<Snapshot>(&bytes, usize::MAX).unwrap())
            }
            _ => None,
        });
        let mut history = History::new(snapshot.await);
        while history.at() != welcome.at {
            let next = history.at().seq + 1;
            let commit = self.until("the next commit", |message| match message {
                ServerMsg::Commit { seq, commit } if seq == next => Some(commit),
                _ => None,
            });
            history.push(&commit.await);
        }
        history.board().clone()
    }

    /// Everything heard and not asked for yet.
    pub(crate) fn unasked(&self) -> impl Iterator<Item = &ServerMsg> {
        self.heard.iter()
    }

    /// The next message, or the code of the close frame.
    async fn next(&mut self) -> Result<ServerMsg, Option<u16>> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Binary(frame))) => {
                    return Ok(decode(&frame, MAX_FRAME_BYTES).unwrap());
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(frame.map(|frame| frame.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(None),
            }
        }
    }
}

pub(crate) fn hello(secret: Secret, who: u8) -> Hello {
    Hello {
        version: PROTOCOL_VERSION,
        secret,
        key: key(who),
        session: 1,
        profile: Profile {
            name: format!("Person {who}"),
            color: Color::default(),
        },
        resume: None,
    }
}

pub(crate) fn resuming(secret: Secret, who: u8, session: u32, at: Position) -> Hello {
    Hello {
        session,
        resume: Some(at),
        ..hello(secret, who)
    }
}

pub(crate) fn key(who: u8) -> ClientKey {
    ClientKey::from_bytes([who; 16])
}

pub(crate) fn id(who: u8) -> ClientId {
    key(who).client_id()
}

pub(crate) fn element(who: u8, number: u64) -> ElementId {
    let mut bytes = [who; 16];
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    ElementId::from_bytes(bytes)
}

pub(crate) fn ink(points: usize) -> Ink {
    let points: Vec<InkPoint> = (0..points)
        .map(|at| InkPoint::new(at as f64, (at % 7) as f64, 0.5))
        .collect();
    Ink::encode(&points, Quantum::for_zoom(1.0)).unwrap()
}

/// A commit that puts one stroke on the board.
pub(crate) fn stroke(who: u8, cno: u64, points: usize) -> ClientMsg {
    let stroke = Stroke {
        brush: Brush::Pen,
        parts: vec![ink(points)],
        open: false,
        cuts: Vec::new(),
    };
    let props = Props {
        z: OrderKey::first(),
        at: shared::geometry::BoardPoint::new(0.0, 0.0),
        color: Color::default(),
        width: 2.0,
        opacity: 255,
        more: Default::default(),
    };
    let new = NewElement {
        id: element(who, cno),
        props,
        body: Body::Stroke(stroke),
        text: Default::default(),
    };
    ClientMsg::Commit(Commit {
        cno,
        guard: Guard::Any,
        ops: vec![Op::Put(Box::new(new))],
    })
}

pub(crate) fn begin(who: u8, number: u64) -> LiveItem {
    let style = StrokeStyle {
        brush: Brush::Pen,
        color: Color::default(),
        width: 2.0,
        opacity: 255,
        z: OrderKey::first(),
    };
    LiveItem::Begin {
        id: element(who, number),
        style,
    }
}
