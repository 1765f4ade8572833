//! One bot: it follows its plan, and measures how late it receives the steps of other bots.
//!
//! Times count from the schedule, not from the moment of sending. Otherwise a server that delays
//! its senders would seem faster.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use shared::id::{ClientId, ClientKey};
use shared::model::{Board, Color};
use shared::protocol::{LiveUpdate, PeerNo, Profile, ServerMsg};
use testkit::PATIENCE;
use testkit::board::Link;
use testkit::client::{BoardClient, Received};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until, timeout};

use crate::figures::Figures;
use crate::plan::{Plan, Step, stroke_of};

/// A bot that has every commit waits this long for the last live pieces.
const GRACE: Duration = Duration::from_millis(500);

/// The plans of all bots of a run, and the times of the run.
#[derive(Debug)]
pub(crate) struct Schedule {
    pub(crate) plans: Vec<Plan>,
    pub(crate) authors: HashMap<ClientId, u32>,
    /// Steps that are due within this span are measured.
    pub(crate) measured: Range<Duration>,
    /// Bots that miss something stop at this time.
    pub(crate) deadline: Duration,
}

impl Schedule {
    /// The plans of the bots on a board: those of every `boards`th bot.
    pub(crate) fn on_board(&self, board: u32, boards: u32) -> impl Iterator<Item = &Plan> {
        let number = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        self.plans
            .iter()
            .skip(number(board))
            .step_by(number(boards))
    }

    /// Commits that a board will have in the end.
    pub(crate) fn commits_on(&self, board: u32, boards: u32) -> u64 {
        let plans = self.on_board(board, boards);
        plans.map(|plan| plan.commits.len() as u64).sum()
    }
}

/// The server and the board of a bot.
#[derive(Debug, Clone)]
pub(crate) struct Assignment {
    pub(crate) number: u32,
    /// Address of its server, such as `http://127.0.0.1:3000`.
    pub(crate) server: String,
    pub(crate) link: Link,
    /// Commits that its board will have in the end.
    pub(crate) expected: u64,
}

/// The key of a bot.
pub(crate) fn key(number: u32) -> ClientKey {
    ClientKey::from_bytes(u128::from(number + 1).to_be_bytes())
}

/// The results of one bot.
#[derive(Debug)]
pub(crate) struct Report {
    /// The number of the bot.
    pub(crate) number: u32,
    pub(crate) figures: Figures,
    pub(crate) board: Board,
}

/// A bot: its client, its plan, and its measurements.
pub(crate) struct Bot {
    assignment: Assignment,
    schedule: Arc<Schedule>,
    client: BoardClient,
    figures: Figures,
    /// The numbers of the bot and the stroke that each peer draws.
    drawing: BTreeMap<PeerNo, (u32, u32)>,
    begin: Instant,
}

impl Bot {
    /// Connects and waits until the board is there.
    ///
    /// # Errors
    /// The server does not let the bot in.
    pub(crate) async fn join(assignment: Assignment, schedule: Arc<Schedule>) -> Result<Self> {
        let profile = Profile {
            name: format!("Bot {}", assignment.number),
            color: Color::Grey,
        };
        let key = key(assignment.number);
        let mut client =
            BoardClient::connect(&assignment.server, assignment.link, key, profile).await?;
        client.flush(|_, _| ()).await?;
        let mut bot = Self {
            assignment,
            schedule,
            client,
            figures: Figures::default(),
            drawing: BTreeMap::new(),
            begin: Instant::now(),
        };
        while bot.client.replica().at().is_none() {
            let received = timeout(PATIENCE, bot.client.receive()).await;
            bot.receive(received.context("no welcome")??)?;
            bot.client.flush(|_, _| ()).await?;
        }
        Ok(bot)
    }

    /// Reports that it is ready, waits for the beginning, and carries out the plan.
    ///
    /// # Errors
    /// The connection ends, or the server does something unexpected.
    pub(crate) async fn run(
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
                received = self.client.receive() => self.receive(received?)?,
                changed = beginning.changed() => changed?,
            }
        }
        self.draw().await?;
        let board = self.client.replica().confirmed_board();
        self.figures.placed = self.client.replica().at().map_or(0, |at| at.seq);
        Ok(Report {
            number: self.assignment.number,
            figures: self.figures,
            board,
        })
    }

    async fn draw(&mut self) -> Result<()> {
        let mut next = 0;
        let mut until = self.begin + self.schedule.deadline;
        let mut is_complete = false;
        while Instant::now() < until {
            next = self.carry_out_due(next);
            let figures = &mut self.figures;
            self.client
                .flush(|message, bytes| figures.sent(message, bytes))
                .await?;
            if !is_complete && self.has_everything(next) {
                is_complete = true;
                until = until.min(Instant::now() + GRACE);
            }
            let due = self
                .plan(self.assignment.number)
                .and_then(|plan| plan.actions.get(next));
            let wake = due.map_or(until, |action| (self.begin + action.due).min(until));
            let wake = wake.min(self.client.next_tick());
            tokio::select! {
                received = self.client.receive() => self.receive(received?)?,
                () = sleep_until(wake) => self.client.tick()?,
            }
        }
        Ok(())
    }

    /// Carries out every step that is due.
    fn carry_out_due(&mut self, mut next: usize) -> usize {
        let schedule = Arc::clone(&self.schedule);
        let number = usize::try_from(self.assignment.number).unwrap_or(usize::MAX);
        let Some(plan) = schedule.plans.get(number) else {
            return next;
        };
        while let Some(action) = plan.actions.get(next) {
            let due = self.begin + action.due;
            let now = Instant::now();
            if now < due {
                break;
            }
            if schedule.measured.contains(&action.due) {
                self.figures.late.add(now - due);
            }
            match &action.step {
                Step::Live(item) => self.client.send_live(item.clone()),
                Step::Commit(op) => {
                    self.client.submit(vec![op.clone()]);
                }
            }
            next += 1;
        }
        next
    }

    /// Measures a message and gives it to the client.
    fn receive(&mut self, received: Received) -> Result<()> {
        let Received { message, bytes } = &received;
        let bytes = *bytes;
        self.figures.down_bytes += bytes as u64;
        let received_at = Instant::now();
        match message {
            ServerMsg::Live(items) => {
                self.figures.received.add(bytes, items.len());
                for (peer, item) in items {
                    self.measure_live(*peer, item, received_at);
                }
            }
            ServerMsg::Commit { seq: _, commit } => {
                if let Some(bot) = self.schedule.authors.get(&commit.author).copied() {
                    let due = self.commit_due(bot, commit.commit.cno);
                    if let Some(late) = self.measured(due, received_at) {
                        self.figures.commits.add(late);
                    }
                }
            }
            ServerMsg::Ack { seq: _, cno } => {
                let due = self.commit_due(self.assignment.number, *cno);
                if let Some(late) = self.measured(due, received_at) {
                    self.figures.saved.add(late);
                }
            }
            _ => {}
        }
        self.client.apply(received)
    }

    fn measure_live(&mut self, peer: PeerNo, item: &LiveUpdate, received_at: Instant) {
        match item {
            LiveUpdate::Begin { id, style: _ } => {
                self.drawing.insert(peer, stroke_of(*id));
            }
            LiveUpdate::Ink { from, ink: _ } => {
                let Some((bot, stroke)) = self.drawing.get(&peer).copied() else {
                    return;
                };
                let due = self
                    .plan(bot)
                    .and_then(|plan| plan.piece_due(stroke, *from));
                if let Some(late) = self
                    .measured(due, received_at)
                    .filter(|_| bot != self.assignment.number)
                {
                    self.figures.live.add(late);
                }
            }
            LiveUpdate::Cursor(_)
            | LiveUpdate::End { .. }
            | LiveUpdate::Select(_)
            | LiveUpdate::Transform(_)
            | LiveUpdate::Draft(_)
            | LiveUpdate::Laser(_)
            | LiveUpdate::Say(_)
            | LiveUpdate::React { .. }
            | LiveUpdate::Writing(_)
            | LiveUpdate::Hand(_)
            | LiveUpdate::Follow(_)
            | LiveUpdate::View(_)
            | LiveUpdate::Gather { .. } => {}
        }
    }

    /// How late a step arrived, if it was due within the measured span.
    fn measured(&self, due: Option<Duration>, received_at: Instant) -> Option<Duration> {
        let due = due.filter(|due| self.schedule.measured.contains(due))?;
        Some(received_at.saturating_duration_since(self.begin + due))
    }

    fn plan(&self, bot: u32) -> Option<&Plan> {
        self.schedule.plans.get(usize::try_from(bot).ok()?)
    }

    fn commit_due(&self, bot: u32, cno: u64) -> Option<Duration> {
        let at = usize::try_from(cno).ok()?.checked_sub(1)?;
        self.plan(bot)?.commits.get(at).copied()
    }

    fn has_everything(&self, next: usize) -> bool {
        let is_done = self
            .plan(self.assignment.number)
            .is_none_or(|plan| next >= plan.actions.len());
        let placed = self.client.replica().at().map_or(0, |at| at.seq);
        is_done && self.client.replica().pending() == 0 && placed >= self.assignment.expected
    }
}
