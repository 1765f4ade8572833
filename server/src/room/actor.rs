//! Drives the [`Room`] of one open board with messages, replies and time.

mod accounts;
mod admission;
mod applying;
mod ending;
mod output;
mod output_schedule;
mod storing;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use shared::id::{BoardId, Millis, NodeId};
use shared::protocol::{ClientMsg, CloseCode};
use shared::sync::log::LogEvent;
use shared::sync::{Room, RoomEffect, SessionNo};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinError;
use tokio::time::sleep_until;
use tokio_util::sync::CancellationToken;

use super::context::Context;
use super::effects::Effects;
use super::head_watch::{Known, RoomWatch};
use super::message::{Look, Retired, RoomMsg, SessionHandle};
use super::opening::Opened;
use super::people_elsewhere::PeopleElsewhere;
use super::question::Questions;
use super::replaying::ReplayError;
use super::turns::Turns;
use crate::broker::BrokerMsg;
use crate::clock::{Clock, unix_ms};
use crate::health::Health;
use crate::load::Load;
use crate::metrics::{MessageKind, Metrics};
use crate::protection::{self, Protection};
use crate::store::{BoardRecord, ChatPageBytes};
use accounts::Accounts;
use applying::Expense;
use ending::Shutdown;
use output_schedule::OutputSchedule;

/// How long messages are taken at once before sessions are sent anything and other tasks run.
const TAKE_LIMIT: Duration = Duration::from_millis(1);
/// The time from which the clock of announcements runs backwards without leases, so that none
/// expires.
const WITHOUT_LEASE_MS: Millis = 3_600_000_000;

/// Why a room cannot go on. Its clients reconnect and it is opened anew.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Replay(#[from] ReplayError),
    #[error("a request ended without an answer: {0}")]
    Request(#[from] JoinError),
    #[error("the broker dropped the subscription")]
    Unsubscribed,
    #[error("the board was deleted")]
    Deleted,
}

/// The room of an open board, and everything that it needs.
#[derive(Debug)]
pub(super) struct Actor {
    board: BoardId,
    node: NodeId,
    clock: Clock,
    load: Load,
    metrics: Arc<Metrics>,
    room: Room,
    record: BoardRecord,
    mailbox: mpsc::Receiver<RoomMsg>,
    messages: mpsc::Receiver<BrokerMsg>,
    effects: Effects,
    heads: RoomWatch,
    store_health: watch::Receiver<Health>,
    /// The turns in which expensive commits are applied.
    turns: Turns,
    questions: Questions,
    expense: Expense,
    accounts: Accounts,
    sessions: BTreeMap<SessionNo, SessionHandle>,
    outputs: OutputSchedule,
    /// The people on other servers, by link.
    elsewhere: PeopleElsewhere,
    /// When links are checked next that end by themselves, and people are announced.
    next_people_check: Millis,
    unused_since: Option<Millis>,
    /// Set once the server shuts down.
    shutdown: Option<Shutdown>,
}

impl Actor {
    pub(super) fn new(
        context: &Context,
        board: BoardId,
        mailbox: mpsc::Receiver<RoomMsg>,
        opened: Opened,
    ) -> Self {
        let mut room = opened.room;
        room.leave_head_checks_to_driver();
        let mut actor = Self {
            board,
            node: context.node,
            clock: context.clock,
            load: context.load.clone(),
            metrics: Arc::clone(&context.metrics),
            heads: context.heads.watch(board, Known::of(&room)),
            room,
            record: opened.record,
            mailbox,
            messages: opened.subscription.messages,
            effects: Effects::new(context, board),
            store_health: context.store.health(),
            turns: context.commits.clone(),
            questions: context.questions.clone(),
            expense: Expense::default(),
            accounts: Accounts::default(),
            sessions: BTreeMap::new(),
            outputs: OutputSchedule::default(),
            elsewhere: PeopleElsewhere::default(),
            next_people_check: 0,
            unused_since: None,
            shutdown: None,
        };
        actor.on_store_health();
        actor
    }

    /// Takes messages that came before the room was open.
    pub(super) async fn take_all(&mut self, messages: Vec<RoomMsg>) {
        for message in messages {
            self.take(message);
        }
        self.carry_out();
        self.send_output().await;
        self.metrics.room_acted(&self.room.take_counts());
    }

    /// Runs the room until it is unused or the server shuts down.
    ///
    /// # Errors
    /// The room cannot go on.
    pub(super) async fn run(
        &mut self,
        draining: &CancellationToken,
        retire: impl Fn() -> Retired,
    ) -> Result<(), Failure> {
        loop {
            self.carry_out();
            if self.room.has_ready() {
                self.apply().await;
            } else {
                self.wait(draining).await?;
            }
            self.take_waiting();
            self.heads.note(Known::of(&self.room));
            self.handle_timeout();
            self.carry_out();
            self.send_output().await;
            self.metrics.room_acted(&self.room.take_counts());
            if self.is_shut_down() || (self.is_unused() && retire() == Retired::Yes) {
                self.close_all(CloseCode::Restart);
                return Ok(());
            }
        }
    }

    /// Waits for the next event, and handles it.
    async fn wait(&mut self, draining: &CancellationToken) -> Result<(), Failure> {
        let wake = sleep_until(self.clock.instant(self.next_timeout()));
        tokio::select! {
            Some(message) = self.mailbox.recv() => self.take(message),
            message = self.messages.recv() => self.on_broker(message.ok_or(Failure::Unsubscribed)?),
            reply = self.effects.next() => {
                self.outputs.touch_all();
                self.on_store(reply?)?;
            }
            news = self.heads.next() => {
                self.outputs.touch_all();
                self.on_head_news(news);
            }
            Ok(()) = self.store_health.changed() => self.on_store_health(),
            () = wake => {}
            () = draining.cancelled(), if self.shutdown.is_none() => {
                self.outputs.touch_all();
                self.start_shutdown();
            }
        }
        Ok(())
    }

    /// Takes more messages that wait, so that under load one output answers many of them. Commits
    /// that have arrived are applied before more are taken from the broker.
    fn take_waiting(&mut self) {
        let end = Instant::now() + TAKE_LIMIT;
        while Instant::now() < end {
            let Ok(message) = self.mailbox.try_recv() else {
                break;
            };
            self.take(message);
        }
        while Instant::now() < end && !self.room.has_ready() {
            let Ok(message) = self.messages.try_recv() else {
                break;
            };
            self.on_broker(message);
        }
    }

    fn handle_timeout(&mut self) {
        let now = self.clock.now();
        self.room.set_live_tick(self.load.tick_ms());
        if now >= self.room.poll_timeout() {
            self.room.set_unix_time(unix_ms(), now);
            self.room.handle_timeout(now);
        }
        self.look_after_people(now);
    }

    fn take(&mut self, message: RoomMsg) {
        let now = self.clock.now();
        match message {
            RoomMsg::Join {
                session,
                hello,
                role,
                handle,
                sent,
            } => self.join(session, &hello, role, *handle, sent),
            RoomMsg::Receive { session, message } => {
                self.outputs.touch(session);
                // A session that the room has closed may still send.
                if let Some(handle) = self.sessions.get(&session) {
                    let live_bytes = match &*message {
                        ClientMsg::Live(update) => Some(update.bytes()),
                        _ => None,
                    };
                    let receive = || self.room.receive(session, *message, now);
                    match live_bytes {
                        Some(bytes) => handle.cpu.measure_bytes(bytes, receive),
                        None => handle.cpu.measure(receive),
                    }
                }
            }
            RoomMsg::ReceiveUnreadableCommit { session, cno } => {
                self.outputs.touch(session);
                if let Some(handle) = self.sessions.get(&session) {
                    let receive = || self.room.receive_unreadable_commit(session, cno);
                    handle.cpu.measure(receive);
                }
            }
            RoomMsg::Ready(session) => self.outputs.touch(session),
            RoomMsg::Leave(session) => self.leave(session),
            RoomMsg::RecordChanged => self.effects.read_record(),
            RoomMsg::BlobReady(blob) => self.room.blob_ready(blob),
            RoomMsg::CountPeople(answer) => {
                if answer.send(self.people_by_link()).is_err() {
                    tracing::debug!("the people were counted too late");
                }
            }
            RoomMsg::PermitUndo {
                client,
                own_clients,
            } => self.room.permit_undo(client, own_clients),
            RoomMsg::Look(Look { cpu, at }) => cpu.measure(|| at(self.room.state())),
        }
    }

    fn on_broker(&mut self, message: BrokerMsg) {
        let now = self.clock.now();
        if !matches!(message, BrokerMsg::Live(_)) {
            self.outputs.touch_all();
        }
        match &message {
            BrokerMsg::Log(_) => self.metrics.broker.message_received(MessageKind::Durable),
            BrokerMsg::Live(_) => self.metrics.broker.message_received(MessageKind::Live),
            BrokerMsg::Resubscribed => {}
        }
        match message {
            BrokerMsg::Log(LogEvent::Commits {
                epoch,
                first,
                commits,
            }) => {
                self.room.on_commits(epoch, first, commits);
            }
            BrokerMsg::Log(LogEvent::EpochChanged) => self.room.on_epoch_changed(),
            BrokerMsg::Live(bytes) if protection::is_on(Protection::Lease) => {
                self.room.on_relay(&bytes, now);
            }
            BrokerMsg::Live(bytes) => {
                let backwards = WITHOUT_LEASE_MS.saturating_sub(now);
                self.room.on_relay(&bytes, backwards);
            }
            BrokerMsg::Resubscribed => self.room.on_resubscribed(now),
        }
    }

    fn carry_out(&mut self) {
        while let Some(effect) = self.room.poll_effect() {
            match effect {
                RoomEffect::Commit(batch) => self.effects.commit(batch),
                RoomEffect::ReadAfter(after) => self.effects.read_after(after),
                RoomEffect::Load => self.effects.load(),
                RoomEffect::Head => self.effects.head(),
                RoomEffect::WaitDurable(at) => self.effects.wait_durable(at),
                RoomEffect::Compact { snapshot, floor } => self.effects.compact(snapshot, floor),
                RoomEffect::Restore { snapshot } => {
                    self.effects.restore(snapshot, self.record.clone());
                }
                RoomEffect::Encode(snapshot) => self.effects.encode(snapshot),
                RoomEffect::StoreChatPage {
                    epoch,
                    number,
                    packed,
                } => {
                    self.effects.store_chat_page(ChatPageBytes {
                        epoch,
                        number,
                        packed,
                    });
                }
                RoomEffect::NoteAuthor(named) => self.effects.note_author(named),
                RoomEffect::ReadChatPage(number) => self.effects.read_chat_page(number),
                RoomEffect::Publish(message) => self.effects.publish(message),
                RoomEffect::ReadRecord => self.effects.read_record(),
                RoomEffect::PeopleByLink { node, people } => {
                    let now = self.clock.now();
                    self.elsewhere.announced_by(node, people, now);
                }
                RoomEffect::Asked(asked) => self.pass_on(*asked),
                RoomEffect::Close { session, code } => self.close(session, code),
            }
        }
    }

    fn leave(&mut self, session: SessionNo) {
        self.sessions.remove(&session);
        self.room.leave(session, self.clock.now());
        self.check_people_soon();
    }

    fn close(&mut self, session: SessionNo, code: CloseCode) {
        self.room.leave(session, self.clock.now());
        if let Some(handle) = self.sessions.remove(&session) {
            end(handle, code);
            self.check_people_soon();
        }
    }
}

/// Ends a session.
fn end(handle: SessionHandle, code: CloseCode) {
    if handle.closer.send(code).is_err() {
        tracing::debug!("the session ended before it was closed");
    }
}
