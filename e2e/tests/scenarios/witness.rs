//! Somebody without a browser who is on a board too: knows to the number what is
//! written down, and can put on it what hands would take long to draw.
//!
//! Speaks the ordinary protocol by the core's own half of it. What the witness has seen,
//! the people whom it waits for have seen too: what hands do next finds it there.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use e2e::PATIENCE;
use e2e::person::Person;
use futures::{SinkExt as _, StreamExt as _};
use shared::id::{ClientKey, Millis, Secret};
use shared::limits::MAX_FRAME_BYTES;
use shared::model::{Board, Color, Element};
use shared::op::{Guard, Op};
use shared::protocol::{Profile, ServerMsg, decode, encode};
use shared::sync::Replica;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// How often the replica is told what time it is.
const TICK: Duration = Duration::from_millis(250);

/// See the module.
#[derive(Debug)]
pub(crate) struct Witness {
    board: watch::Receiver<Board>,
    seq: Arc<AtomicU64>,
    wishes: mpsc::UnboundedSender<Vec<Op>>,
    waits_for: Vec<Person>,
}

struct Line {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    replica: Replica,
    seq: Arc<AtomicU64>,
    since: Instant,
}

impl Witness {
    /// Comes to a board and waits until it is there.
    ///
    /// # Errors
    /// If the server does not let the witness in.
    pub(crate) async fn join(server: &str, board: &e2e::board::Board) -> Result<Self> {
        let url = format!("{}/ws/{}", server.replacen("http", "ws", 1), board.board);
        let (socket, _) = connect_async(&url).await.with_context(|| url.clone())?;
        let replica = Replica::new(ClientKey::from_bytes([0x77; 16]), Vec::new(), 1, 0);
        let since = Instant::now();
        let mut line = Line {
            socket,
            replica,
            seq: Arc::default(),
            since,
        };
        let profile = Profile {
            name: "Witness".to_owned(),
            color: Color::Grey,
        };
        let secret: Secret = board.links.edit.secret().parse()?;
        let hello = line.replica.connected(secret, 1, profile, 0);
        line.socket.send(Message::Binary(encode(&hello)?)).await?;
        while line.replica.at().is_none() {
            line.hear().await?;
        }
        let (shown, board) = watch::channel(line.replica.confirmed_board());
        let seq = Arc::clone(&line.seq);
        let (wishes, wanted) = mpsc::unbounded_channel();
        tokio::spawn(line.live(shown, wanted));
        Ok(Self {
            board,
            seq,
            wishes,
            waits_for: Vec::new(),
        })
    }

    /// From here on nothing counts as seen before these people have it on their pages. Who
    /// is cut off on purpose is left out.
    pub(crate) fn waits_for(mut self, people: &[&Person]) -> Self {
        self.waits_for = people.iter().copied().cloned().collect();
        self
    }

    /// Puts a change on the board; [`Witness::sees`] tells when it is written down.
    pub(crate) fn does(&self, ops: Vec<Op>) -> Result<()> {
        self.wishes.send(ops).context("the witness is gone")
    }

    /// Waits until the board shows something, also to those the witness waits for, and
    /// returns it.
    ///
    /// # Errors
    /// If it does not within [`PATIENCE`]; says what was looked for and what is there.
    pub(crate) async fn sees<T>(
        &self,
        what: &str,
        look: impl Fn(&Board) -> Option<T>,
    ) -> Result<T> {
        let found = self.sees_alone(what, look).await?;
        for person in &self.waits_for {
            person.has_come_to(self.seq()).await.context("too late")?;
        }
        Ok(found)
    }

    async fn sees_alone<T>(&self, what: &str, look: impl Fn(&Board) -> Option<T>) -> Result<T> {
        let mut board = self.board.clone();
        let end = tokio::time::Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look(&board.borrow_and_update()) {
                return Ok(found);
            }
            match tokio::time::timeout_at(end, board.changed()).await {
                Ok(changed) => changed.context("the witness is gone")?,
                Err(_) => bail!("{what} is not on the board:\n{}", words(&board.borrow())),
            }
        }
    }

    /// Waits until some element is so, and returns it.
    ///
    /// # Errors
    /// As [`Witness::sees`].
    pub(crate) async fn finds(&self, what: &str, is: impl Fn(&Element) -> bool) -> Result<Element> {
        self.sees(what, |board| {
            let mut all = board.in_order();
            all.find(|element| is(element)).map(|it| (**it).clone())
        })
        .await
    }

    /// The number of the last commit that has come here.
    pub(crate) fn seq(&self) -> u64 {
        self.seq.load(Ordering::SeqCst)
    }

    /// The board as it is now.
    pub(crate) fn board(&self) -> Board {
        self.board.borrow().clone()
    }
}

fn words(board: &Board) -> String {
    let lines: Vec<String> = board
        .in_order()
        .map(|element| {
            format!(
                "  {:?} {:?} {:?}",
                element.body,
                element.props,
                element.text.plain()
            )
            .chars()
            .take(600)
            .collect()
        })
        .collect();
    lines.join("\n")
}

impl Line {
    /// Listens and does what is wished until nobody wants it any more.
    async fn live(
        mut self,
        shown: watch::Sender<Board>,
        mut wanted: mpsc::UnboundedReceiver<Vec<Op>>,
    ) {
        loop {
            let now = self.now();
            tokio::select! {
                heard = self.hear() => if heard.is_err() { return },
                wish = wanted.recv() => match wish {
                    Some(ops) => drop(self.replica.submit(ops, Guard::Any, now)),
                    None => return,
                },
                () = tokio::time::sleep(TICK) => self.replica.handle_timeout(now),
            }
            while self.replica.poll_event().is_some() {}
            while let Some(message) = self.replica.poll_transmit() {
                let Ok(frame) = encode(&message) else { return };
                if self.socket.send(Message::Binary(frame)).await.is_err() {
                    return;
                }
            }
            let seq = self.replica.at().map_or(0, |at| at.seq);
            // The number last: whoever knows it finds that board.
            shown.send_replace(self.replica.confirmed_board());
            self.seq.store(seq, Ordering::SeqCst);
        }
    }

    async fn hear(&mut self) -> Result<()> {
        let message = self.socket.next().await.context("the server hung up")??;
        match message {
            Message::Binary(frame) => {
                let message: ServerMsg = decode(&frame, MAX_FRAME_BYTES)?;
                let now = self.now();
                self.replica.receive(message, now).map_err(Into::into)
            }
            Message::Close(close) => bail!("closed by the server: {close:?}"),
            Message::Text(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => Ok(()),
        }
    }

    fn now(&self) -> Millis {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(Millis::MAX)
    }
}
