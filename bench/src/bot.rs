//! One person on a WebSocket: does what is planned when it is due, and notes when
//! it sees what others do.
//!
//! Times count from the schedule, not from the moment of sending: a server that
//! holds its senders up cannot hide behind it.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use shared::id::{ClientId, ClientKey};
use shared::model::{Board, Color};
use shared::protocol::{LiveItem, PeerNo, Profile, ServerMsg};
use testkit::PATIENCE;
use testkit::board::Link;
use testkit::client::{BoardClient, Received};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until, timeout};

use crate::figures::Figures;
use crate::hand::{Plan, What, stroke_of};

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
    pub(crate) link: Link,
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
    client: BoardClient,
    figures: Figures,
    /// Whose stroke, and which, a peer is drawing.
    drawing: BTreeMap<PeerNo, (u32, u32)>,
    begin: Instant,
}

impl Bot {
    /// Connects and waits until the board is there.
    ///
    /// # Errors
    /// The server does not let the bot in.
    pub(crate) async fn join(role: Role, script: Arc<Script>) -> Result<Self> {
        let profile = Profile {
            name: format!("Bot {}", role.number),
            color: Color::Grey,
        };
        let key = key(role.number);
        let mut client = BoardClient::connect(&role.server, role.link, key, profile).await?;
        client.flush(|_, _| ()).await?;
        let mut bot = Self {
            role,
            script,
            client,
            figures: Figures::default(),
            drawing: BTreeMap::new(),
            begin: Instant::now(),
        };
        while bot.client.replica().at().is_none() {
            let received = timeout(PATIENCE, bot.client.receive()).await;
            bot.hear(received.context("no welcome")??)?;
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
                received = self.client.receive() => self.hear(received?)?,
                changed = beginning.changed() => changed?,
            }
        }
        self.draw().await?;
        let board = self.client.replica().confirmed_board();
        self.figures.placed = self.client.replica().at().map_or(0, |at| at.seq);
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
            let figures = &mut self.figures;
            self.client
                .flush(|message, bytes| figures.sent(message, bytes))
                .await?;
            if !is_complete && self.has_everything(next) {
                is_complete = true;
                until = until.min(Instant::now() + GRACE);
            }
            let due = self
                .plan(self.role.number)
                .and_then(|plan| plan.actions.get(next));
            let wake = due.map_or(until, |action| (self.begin + action.due).min(until));
            let wake = wake.min(self.client.next_tick());
            tokio::select! {
                received = self.client.receive() => self.hear(received?)?,
                () = sleep_until(wake) => self.client.tick()?,
            }
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
                What::Live(item) => self.client.send_live(item.clone()),
                What::Commit(op) => {
                    self.client.submit(vec![op.clone()]);
                }
            }
            next += 1;
        }
        next
    }

    /// Notes what came and when, and gives it to the replica.
    fn hear(&mut self, received: Received) -> Result<()> {
        let Received { message, bytes } = received;
        self.figures.down_bytes += bytes as u64;
        let seen = Instant::now();
        match &message {
            ServerMsg::Live(items) => {
                self.figures.heard.add(bytes, items.len());
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
        self.client.apply(message)
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
        let placed = self.client.replica().at().map_or(0, |at| at.seq);
        is_done && self.client.replica().pending() == 0 && placed >= self.role.expected
    }
}
