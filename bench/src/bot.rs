//! One person on a WebSocket: does what is planned when it is due, and notes when
//! it sees what others do.
//!
//! Times count from the schedule, not from the moment of sending: a server that
//! holds its senders up cannot hide behind it.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use futures::{SinkExt as _, StreamExt as _};
use shared::id::{ClientId, ClientKey, Millis};
use shared::limits::MAX_FRAME_BYTES;
use shared::model::{Board, Body, Color};
use shared::op::{Guard, Op};
use shared::protocol::{ClientMsg, LiveItem, PeerNo, Profile, ServerMsg, decode, encode};
use shared::sync::{Replica, ReplicaEvent};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::tungstenite::{Bytes, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use crate::board;
use crate::figures::Figures;
use crate::hand::{Plan, What, stroke_of};

/// How long a bot may take until it has the board.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a bot that has everything still listens for live pieces.
const GRACE: Duration = Duration::from_millis(500);

/// What all bots of a run know.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) plans: Vec<Plan>,
    pub(crate) authors: HashMap<ClientId, u32>,
    /// What is due within this span is measured.
    pub(crate) measured: Range<Duration>,
    /// Bots that miss something give up at this time.
    pub(crate) deadline: Duration,
}

/// Who a bot is and where it draws.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub(crate) number: u32,
    /// Address of its server, such as `http://127.0.0.1:3000`.
    pub(crate) server: String,
    pub(crate) board: board::Board,
    /// Commits that its board will have in the end.
    pub(crate) expected: u64,
}

/// The key of a bot; nobody else is on these boards.
pub(crate) fn key(number: u32) -> ClientKey {
    ClientKey::from_bytes(u128::from(number + 1).to_be_bytes())
}

/// What a bot brings home.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) figures: Figures,
    pub(crate) board: Board,
}

/// See the module.
pub(crate) struct Bot {
    role: Role,
    script: Arc<Script>,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    replica: Replica,
    figures: Figures,
    /// Whose stroke, and which, a peer is drawing.
    drawing: BTreeMap<PeerNo, (u32, u32)>,
    made: Instant,
    begin: Instant,
}

impl Bot {
    /// Connects and waits until the board is there.
    ///
    /// # Errors
    /// The server does not let the bot in.
    pub(crate) async fn join(role: Role, script: Arc<Script>) -> Result<Self> {
        let host = role.server.replacen("http", "ws", 1);
        let url = format!("{host}/ws/{}", role.board.id);
        let (socket, _) = connect_async_with_config(&url, None, true)
            .await
            .with_context(|| format!("cannot connect to {url}"))?;
        let made = Instant::now();
        let replica = Replica::new(key(role.number), Vec::new(), 1, 0);
        let (figures, drawing) = (Figures::default(), BTreeMap::new());
        let mut bot = Self {
            role,
            script,
            socket,
            replica,
            figures,
            drawing,
            made,
            begin: made,
        };
        let profile = Profile {
            name: format!("Bot {}", bot.role.number),
            color: Color::Grey,
        };
        let hello = bot.replica.connected(bot.role.board.secret, 1, profile, 0);
        bot.socket.send(Message::Binary(encode(&hello)?)).await?;
        while bot.replica.at().is_none() {
            let frame = timeout(PATIENCE, bot.socket.next())
                .await
                .context("no welcome")?;
            bot.hear(frame.context("the server hung up")??)?;
        }
        Ok(bot)
    }

    /// Tells that it is ready, waits for the beginning, and plays its part.
    ///
    /// # Errors
    /// The connection ends, or the server does something unexpected.
    pub(crate) async fn play(
        mut self,
        ready: mpsc::Sender<()>,
        mut beginning: watch::Receiver<Option<Instant>>,
    ) -> Result<Report> {
        ready.send(()).await?;
        drop(ready);
        loop {
            if let Some(begin) = *beginning.borrow_and_update() {
                self.begin = begin;
                break;
            }
            tokio::select! {
                frame = self.socket.next() => self.hear(frame.context("the server hung up")??)?,
                changed = beginning.changed() => changed?,
            }
        }
        self.draw().await?;
        let board = self.replica.confirmed_board();
        self.figures.placed = self.replica.at().map_or(0, |at| at.seq);
        Ok(Report {
            figures: self.figures,
            board,
        })
    }

    async fn draw(&mut self) -> Result<()> {
        let mut next = 0;
        let mut until = self.begin + self.script.deadline;
        let mut is_complete = false;
        while Instant::now() < until {
            next = self.act(next);
            self.flush().await?;
            if !is_complete && self.has_everything(next) {
                is_complete = true;
                until = until.min(Instant::now() + GRACE);
            }
            let due = self
                .plan(self.role.number)
                .and_then(|plan| plan.actions.get(next));
            let wake = due.map_or(until, |action| (self.begin + action.due).min(until));
            let wake = wake.min(self.next_look());
            tokio::select! {
                frame = self.socket.next() => self.hear(frame.context("the server hung up")??)?,
                () = sleep_until(wake) => self.replica.handle_timeout(self.now()),
            }
            self.heed()?;
        }
        Ok(())
    }

    /// Does everything that is due.
    fn act(&mut self, mut next: usize) -> usize {
        let script = Arc::clone(&self.script);
        let number = usize::try_from(self.role.number).unwrap_or(usize::MAX);
        let Some(plan) = script.plans.get(number) else {
            return next;
        };
        while let Some(action) = plan.actions.get(next) {
            let due = self.begin + action.due;
            let now = Instant::now();
            if now < due {
                break;
            }
            if script.measured.contains(&action.due) {
                self.figures.late.add(now - due);
            }
            match &action.what {
                What::Live(item) => self.replica.send_live(item.clone()),
                What::Commit(op) => {
                    let now = self.now();
                    self.replica.submit(vec![op.clone()], Guard::Any, now);
                }
            }
            next += 1;
        }
        next
    }

    async fn flush(&mut self) -> Result<()> {
        let mut sent = false;
        while let Some(message) = self.replica.poll_transmit() {
            let frame = encode(&message)?;
            self.count_sent(&message, frame.len());
            self.socket.feed(Message::Binary(frame)).await?;
            sent = true;
        }
        if sent {
            self.socket.flush().await?;
        }
        Ok(())
    }

    fn count_sent(&mut self, message: &ClientMsg, bytes: usize) {
        match message {
            ClientMsg::Live(LiveItem::Ink { from: _, ink }) => {
                self.figures.pieces.add(bytes, ink.len());
                self.figures.drawn += ink.len() as u64;
            }
            ClientMsg::Commit(commit) => {
                let points = commit.ops.iter().map(points_of).sum();
                self.figures.stored.add(bytes, points);
            }
            ClientMsg::Hello(_) | ClientMsg::Live(_) | ClientMsg::Profile(_) => {}
        }
    }

    fn hear(&mut self, message: Message) -> Result<()> {
        let frame: Bytes = match message {
            Message::Binary(frame) => frame,
            Message::Close(close) => {
                bail!("bot {}: closed by the server: {close:?}", self.role.number)
            }
            Message::Text(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {
                return Ok(());
            }
        };
        self.figures.down_bytes += frame.len() as u64;
        let message: ServerMsg = decode(&frame, MAX_FRAME_BYTES)?;
        let seen = Instant::now();
        match &message {
            ServerMsg::Live(items) => {
                self.figures.heard.add(frame.len(), items.len());
                for (peer, item) in items {
                    self.see(*peer, item, seen);
                }
            }
            ServerMsg::Commit { seq: _, commit } => {
                if let Some(bot) = self.script.authors.get(&commit.author).copied() {
                    let due = self.commit_due(bot, commit.commit.cno);
                    if let Some(late) = self.measured(due, seen) {
                        self.figures.commits.add(late);
                    }
                }
            }
            ServerMsg::Ack { seq: _, cno } => {
                let due = self.commit_due(self.role.number, *cno);
                if let Some(late) = self.measured(due, seen) {
                    self.figures.saved.add(late);
                }
            }
            _ => {}
        }
        let now = self.now();
        self.replica.receive(message, now).map_err(Into::into)
    }

    fn see(&mut self, peer: PeerNo, item: &LiveItem, seen: Instant) {
        match item {
            LiveItem::Begin { id, style: _ } => {
                self.drawing.insert(peer, stroke_of(*id));
            }
            LiveItem::Ink { from, ink: _ } => {
                let Some((bot, stroke)) = self.drawing.get(&peer).copied() else {
                    return;
                };
                let due = self
                    .plan(bot)
                    .and_then(|plan| plan.piece_due(stroke, *from));
                if let Some(late) = self.measured(due, seen).filter(|_| bot != self.role.number) {
                    self.figures.live.add(late);
                }
            }
            LiveItem::Cursor(_)
            | LiveItem::End { .. }
            | LiveItem::Select(_)
            | LiveItem::Transform(_)
            | LiveItem::Draft(_)
            | LiveItem::Laser(_) => {}
        }
    }

    /// How long after it was due something was seen, if it is to be measured.
    fn measured(&self, due: Option<Duration>, seen: Instant) -> Option<Duration> {
        let due = due.filter(|due| self.script.measured.contains(due))?;
        Some(seen.saturating_duration_since(self.begin + due))
    }

    fn plan(&self, bot: u32) -> Option<&Plan> {
        self.script.plans.get(usize::try_from(bot).ok()?)
    }

    fn commit_due(&self, bot: u32, cno: u64) -> Option<Duration> {
        let at = usize::try_from(cno).ok()?.checked_sub(1)?;
        self.plan(bot)?.commits.get(at).copied()
    }

    fn has_everything(&self, next: usize) -> bool {
        let is_done = self
            .plan(self.role.number)
            .is_none_or(|plan| next >= plan.actions.len());
        let placed = self.replica.at().map_or(0, |at| at.seq);
        is_done && self.replica.pending() == 0 && placed >= self.role.expected
    }

    /// Takes what the replica tells; trouble ends the run.
    fn heed(&mut self) -> Result<()> {
        while let Some(event) = self.replica.poll_event() {
            match event {
                ReplicaEvent::Refused(reason) => bail!("a commit was refused: {reason:?}"),
                ReplicaEvent::Redial => bail!("nothing was heard from the server for 5 s"),
                ReplicaEvent::Goodbye(_) => bail!("the server goes away"),
                ReplicaEvent::IdentityLost => bail!("the server forgot earlier commits"),
                ReplicaEvent::Changed(_)
                | ReplicaEvent::Reset
                | ReplicaEvent::Keep(_)
                | ReplicaEvent::Forget(_)
                | ReplicaEvent::Peers
                | ReplicaEvent::Title(_) => {}
            }
        }
        Ok(())
    }

    fn now(&self) -> Millis {
        u64::try_from(self.made.elapsed().as_millis()).unwrap_or(Millis::MAX)
    }

    fn next_look(&self) -> Instant {
        let look = self
            .replica
            .poll_timeout(self.now())
            .unwrap_or_else(|| self.now() + 1_000);
        self.made + Duration::from_millis(look + 1)
    }
}

/// Points that an op stores.
fn points_of(op: &Op) -> usize {
    match op {
        Op::Put(new) | Op::Restore(new) => match &new.body {
            Body::Stroke(stroke) => stroke.len(),
            Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } | Body::Frame => 0,
        },
        Op::Extend { ink, .. } => ink.len(),
        Op::Set { .. }
        | Op::Delete { .. }
        | Op::Text { .. }
        | Op::Cut { .. }
        | Op::Uncut { .. } => 0,
    }
}
