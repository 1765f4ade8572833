//! The task of one live board: drives a [`Room`] with messages, answers and time.

use std::collections::BTreeMap;
use std::time::Duration;

use shared::id::{BoardId, Millis};
use shared::protocol::CloseCode;
use shared::sync::log::LogEvent;
use shared::sync::{Room, RoomEffect, RoomError, SessionNo};
use tokio::sync::mpsc;
use tokio::task::JoinError;
use tokio::time::sleep_until;
use tokio_util::sync::CancellationToken;

use super::effects::{Answer, Effects};
use super::hub::Retired;
use super::opening::{self, Opened};
use super::{Context, Line, RoomMsg};
use crate::broker::BrokerMsg;
use crate::clock::Clock;
use crate::store::BoardRecord;
use crate::telemetry::Tag;

/// A board stays open this long after the last client left, for people reload.
const LINGER: Duration = Duration::from_secs(60);
/// Messages taken at once before sessions are served.
const GULP: usize = 64;
/// How long a room that ends waits for the store and for slow readers.
const FAREWELL: Duration = Duration::from_secs(8);
/// Clients come back after a random wait of up to this, so that the server that
/// takes them over is not hit by all in one moment.
const COME_BACK_WITHIN_MS: u32 = 1_000;

/// Runs a board's room until nobody needs it, or the server goes away. `retire`
/// is asked before a room without clients ends.
pub(super) async fn run(
    context: Context,
    board: BoardId,
    mailbox: mpsc::Receiver<RoomMsg>,
    draining: CancellationToken,
    retire: impl Fn() -> Retired,
) {
    let tag = Tag::from(board);
    let opened = match opening::open(&context, board).await {
        Ok(opened) => opened,
        Err(error) => {
            tracing::warn!(board = %tag, %error, "board cannot be opened");
            return;
        }
    };
    tracing::debug!(board = %tag, "board opened");
    let mut actor = Actor::new(context, board, mailbox, opened);
    match actor.live(&draining, retire).await {
        Ok(()) => tracing::debug!(board = %tag, "board closed"),
        Err(error) => tracing::error!(board = %tag, %error, "room ended, its sessions are closed"),
    }
}

/// Why a room cannot go on. Its clients come back and it is opened anew.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("what the store holds is not sound: {0}")]
    Room(#[from] RoomError),
    #[error("a request ended without an answer: {0}")]
    Request(#[from] JoinError),
    #[error("the broker dropped the subscription")]
    Unsubscribed,
}

#[derive(Debug)]
struct Actor {
    clock: Clock,
    room: Room,
    record: BoardRecord,
    mailbox: mpsc::Receiver<RoomMsg>,
    messages: mpsc::Receiver<BrokerMsg>,
    effects: Effects,
    lines: BTreeMap<SessionNo, Line>,
    unused_since: Option<Millis>,
    /// When to stop waiting, once the server goes away.
    farewell: Option<Millis>,
}

impl Actor {
    fn new(
        context: Context,
        board: BoardId,
        mailbox: mpsc::Receiver<RoomMsg>,
        opened: Opened,
    ) -> Self {
        Self {
            clock: context.clock,
            room: opened.room,
            record: opened.record,
            mailbox,
            messages: opened.subscription.messages,
            effects: Effects::new(context, board),
            lines: BTreeMap::new(),
            unused_since: None,
            farewell: None,
        }
    }

    async fn live(
        &mut self,
        draining: &CancellationToken,
        retire: impl Fn() -> Retired,
    ) -> Result<(), Failure> {
        loop {
            self.carry_out();
            let wake = sleep_until(self.clock.instant(self.room.poll_timeout()));
            tokio::select! {
                Some(message) = self.mailbox.recv() => self.take(message),
                message = self.messages.recv() => self.hear(message.ok_or(Failure::Unsubscribed)?),
                answer = self.effects.next() => self.answered(answer?)?,
                () = wake => self.room.handle_timeout(self.clock.now()),
                () = draining.cancelled(), if self.farewell.is_none() => self.say_goodbye(),
            }
            self.gulp();
            self.carry_out();
            self.serve();
            if self.is_done() || (self.is_unused() && retire() == Retired::Yes) {
                self.close_all();
                return Ok(());
            }
        }
    }

    /// Takes more of what is there already, so that sessions are served once
    /// for many messages under load.
    fn gulp(&mut self) {
        for _ in 0..GULP {
            let Ok(message) = self.mailbox.try_recv() else {
                break;
            };
            self.take(message);
        }
        for _ in 0..GULP {
            let Ok(message) = self.messages.try_recv() else {
                break;
            };
            self.hear(message);
        }
    }

    fn take(&mut self, message: RoomMsg) {
        let now = self.clock.now();
        match message {
            RoomMsg::Join {
                session,
                hello,
                role,
                line,
            } => {
                self.lines.insert(session, line);
                self.room.join(session, &hello, role, now);
            }
            RoomMsg::Receive { session, message } => self.room.receive(session, *message, now),
            RoomMsg::Drained => {}
            RoomMsg::Leave(session) => self.leave(session),
            RoomMsg::RecordChanged => self.effects.read_record(),
        }
    }

    fn hear(&mut self, message: BrokerMsg) {
        let now = self.clock.now();
        match message {
            BrokerMsg::Log(LogEvent::Commits {
                epoch,
                first,
                commits,
            }) => {
                self.room.on_commits(epoch, first, commits);
            }
            BrokerMsg::Log(LogEvent::EpochChanged) => self.room.on_epoch_changed(),
            BrokerMsg::Live(bytes) => self.room.on_relay(&bytes, now),
            BrokerMsg::Resubscribed => self.room.on_resubscribed(now),
            // Nothing is known to be missed yet; the check of the head finds out
            // whether the store can be reached.
            BrokerMsg::Lost => {}
        }
    }

    fn answered(&mut self, answer: Answer) -> Result<(), Failure> {
        let now = self.clock.now();
        match answer {
            Answer::Batch(reply) => self.room.on_batch(reply),
            Answer::Tail(after, tail) => self.room.on_tail(after, tail),
            Answer::Loaded(loaded) => self.room.on_loaded(loaded.as_deref())?,
            Answer::Head(head) => self.room.on_head(head, now),
            Answer::HeadFailed => self.room.on_head_failed(now),
            Answer::Durability(at, answer) => self.room.on_durability(at, answer),
            Answer::Compacted { stored, seq, bytes } => {
                self.room.snapshot_measured(bytes);
                self.room.on_compacted(stored, seq);
            }
            Answer::Record(record, version) => {
                self.room.set_title(record.title.clone(), version);
                self.record = record;
            }
            Answer::StoreFailed => self.room.on_store_failed(now),
        }
        Ok(())
    }

    fn carry_out(&mut self) {
        while let Some(effect) = self.room.poll_effect() {
            match effect {
                RoomEffect::Commit(batch) => self.effects.commit(batch),
                RoomEffect::ReadAfter(after) => self.effects.read_after(after),
                RoomEffect::Load => self.effects.load(),
                RoomEffect::Head => self.effects.head(),
                RoomEffect::WaitDurable(at) => self.effects.settle(at),
                RoomEffect::Compact { snapshot, floor } => self.effects.compact(snapshot, floor),
                RoomEffect::Restore { snapshot } => {
                    self.effects.restore(snapshot, self.record.clone());
                }
                RoomEffect::Publish(message) => self.effects.publish(message),
                RoomEffect::ReadRecord => self.effects.read_record(),
                RoomEffect::Close { session, code } => self.close(session, code),
            }
        }
    }

    /// Gives every session that is ready what it has not seen.
    fn serve(&mut self) {
        let now = self.clock.now();
        let mut gone = Vec::new();
        for (session, line) in &self.lines {
            match line.frames.try_reserve() {
                Ok(place) if self.room.has_output(*session, now) => {
                    place.send(self.room.transmit(*session, now));
                }
                Ok(_) | Err(mpsc::error::TrySendError::Full(())) => {}
                Err(mpsc::error::TrySendError::Closed(())) => gone.push(*session),
            }
        }
        for session in gone {
            self.leave(session);
        }
    }

    fn leave(&mut self, session: SessionNo) {
        self.lines.remove(&session);
        self.room.leave(session, self.clock.now());
    }

    fn close(&mut self, session: SessionNo, code: CloseCode) {
        self.room.leave(session, self.clock.now());
        if let Some(line) = self.lines.remove(&session)
            && line.closer.send(code).is_err()
        {
            tracing::debug!("the session ended before it was closed");
        }
    }

    fn say_goodbye(&mut self) {
        self.farewell = Some(self.clock.now() + FAREWELL.as_millis() as Millis);
        self.room.say_goodbye(COME_BACK_WITHIN_MS);
    }

    /// Whether a room that ends has stored and sent everything, or waited long enough.
    fn is_done(&self) -> bool {
        let Some(until) = self.farewell else {
            return false;
        };
        let now = self.clock.now();
        let all_sent = self.lines.iter().all(|(session, line)| {
            line.frames.capacity() > 0 && !self.room.has_output(*session, now)
        });
        now >= until || (self.room.is_flushed() && all_sent)
    }

    fn is_unused(&mut self) -> bool {
        if !self.lines.is_empty() || !self.room.is_idle() {
            self.unused_since = None;
            return false;
        }
        let now = self.clock.now();
        now >= *self.unused_since.get_or_insert(now) + LINGER.as_millis() as Millis
    }

    fn close_all(&mut self) {
        for session in self.lines.keys().copied().collect::<Vec<_>>() {
            self.close(session, CloseCode::Restart);
        }
    }
}
