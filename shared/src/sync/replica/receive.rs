//! How a replica handles each message of the server.

use std::sync::Arc;

use crate::id::{CommitNo, Epoch, Millis, Position, Seq};
use crate::limits::MAX_CHAT_BYTES;
use crate::model::{Board, Element, ElementState};
use crate::op::{AuthoredCommit, Commit, Rollback, apply_commit};
use crate::protocol::{Heartbeat, Refusal, Role, ServerMsg, SnapshotPart, Welcome};

use super::super::confirmed_state::refused_commit;
use super::super::packed::unpack;
use super::super::snapshot::Snapshot;
use super::changes::{differences, live};
use super::loading::Arrived;
use super::relation::Relation;
use super::{Change, Replica, ReplicaError, ReplicaEvent};

/// Puts an element on a board. Returns the element that it replaces.
fn put(board: &mut Board, element: &Arc<Element>) -> Option<Arc<Element>> {
    live(board.set_state(element.id, ElementState::Present(Arc::clone(element))))
}

impl Replica {
    /// Takes a message from the server.
    ///
    /// # Errors
    /// When the message cannot follow the ones before; the driver closes the connection and
    /// connects again.
    pub fn receive(&mut self, message: ServerMsg, now: Millis) -> Result<(), ReplicaError> {
        let is_heartbeat = matches!(message, ServerMsg::Heartbeat(_));
        self.connection.received(is_heartbeat, now);
        match message {
            ServerMsg::Welcome(welcome) => self.welcome(*welcome, now),
            ServerMsg::Snapshot(part) => return self.snapshot_part(part),
            ServerMsg::Opening(done) => self.opening(done),
            ServerMsg::Fullness(percent) => self.events.push_back(ReplicaEvent::Fullness(percent)),
            ServerMsg::Commit { seq, commit } => return self.commit(seq, &commit),
            ServerMsg::Ack { seq, cno } => return self.ack(seq, cno),
            ServerMsg::Refused { cno, reason } => self.refused(cno, reason),
            ServerMsg::Missing { last_cno } => return self.missing(last_cno),
            ServerMsg::NewEpoch { epoch, last_cno } => self.new_epoch(epoch, last_cno, now),
            ServerMsg::Heartbeat(beat) => return self.heartbeat(beat),
            ServerMsg::Live(items) => {
                for (peer, item) in items {
                    self.presence.receive(self.me, peer, item, &self.shown, now);
                }
                self.events.push_back(ReplicaEvent::Presence);
            }
            ServerMsg::People(people) => {
                self.presence.set_people(people);
                self.events.push_back(ReplicaEvent::Presence);
            }
            ServerMsg::Title(title) => self.events.push_back(ReplicaEvent::Title(title)),
            ServerMsg::Rights(rights) => {
                self.rights = Some(rights);
                self.events.push_back(ReplicaEvent::Rights(rights));
            }
            ServerMsg::Chat(packed) => return self.newest_messages(&packed),
            ServerMsg::ChatPage { number, packed } => {
                let page = unpack(&packed, MAX_CHAT_BYTES);
                self.conversation.page_arrived(number, page);
                self.events.push_back(ReplicaEvent::Chat);
            }
            ServerMsg::BlobReady(blob) => self.events.push_back(ReplicaEvent::BlobReady(blob)),
            ServerMsg::StoreStatus(storing) => self.connection.set_storing(storing),
            ServerMsg::Goodbye { within_ms } => {
                self.events.push_back(ReplicaEvent::Goodbye(within_ms));
            }
        }
        Ok(())
    }

    fn welcome(&mut self, welcome: Welcome, now: Millis) {
        let Welcome {
            you: _,
            node: _,
            role,
            title,
            at: _,
            last_cno,
            delta,
            durable,
        } = welcome;
        self.connection.welcomed();
        self.role = Some(role);
        self.presence.clear_activities();
        self.live.extend(self.standing.told_anew());
        self.events.push_back(ReplicaEvent::Title(title));
        let draws = |commit: &Commit| !commit.is_chat() && !commit.ops.is_empty();
        if !role.may_draw() && self.pending.commits().any(draws) {
            let changes = self.pending.discard(self.me, &mut self.shown);
            self.report_changes(changes);
            self.events
                .push_back(ReplicaEvent::Refused(Refusal::ViewOnly));
        }
        if !delta {
            // Acknowledged commits that are not in the snapshot were lost.
            self.pending.withdraw_after(last_cno, now);
        }
        self.pending.resend_after(last_cno);
        if !self.pending.count_on_from(last_cno) {
            self.events.push_back(ReplicaEvent::IdentityLost);
        }
        if delta {
            self.loading.cancel();
            self.forget_durable(durable);
        } else {
            self.expect_snapshot();
        }
    }

    fn expect_snapshot(&mut self) {
        self.loading.expect();
        self.is_superseded = true;
        self.events.push_back(ReplicaEvent::Progress);
    }

    /// The newest messages, which belong to the snapshot that follows.
    fn newest_messages(&mut self, packed: &[u8]) -> Result<(), ReplicaError> {
        if !self.loading.is_expected() {
            return Err(ReplicaError::OutOfSequence);
        }
        let chat = unpack(packed, MAX_CHAT_BYTES).ok_or(ReplicaError::Snapshot)?;
        self.conversation.arrive(chat, self.confirmed.is_some());
        self.events.push_back(ReplicaEvent::Chat);
        Ok(())
    }

    fn opening(&mut self, done: u16) {
        self.loading.set_opening(done);
        self.events.push_back(ReplicaEvent::Progress);
    }

    fn snapshot_part(&mut self, part: SnapshotPart) -> Result<(), ReplicaError> {
        if !self.loading.is_expected() {
            return Err(ReplicaError::OutOfSequence);
        }
        if self.loading.is_other(&part) {
            self.forget_parts();
        }
        self.events.push_back(ReplicaEvent::Progress);
        match self.loading.add(part) {
            // Until there is a confirmed board, what has arrived of it is shown.
            Ok(Arrived::Elements(elements)) if self.confirmed.is_none() => self.show(&elements),
            Ok(Arrived::Elements(_)) => {}
            Ok(Arrived::All(snapshot)) => self.replace_board(*snapshot),
            Err(_) => {
                self.forget_parts();
                return Err(ReplicaError::Snapshot);
            }
        }
        Ok(())
    }

    /// Shows elements of a snapshot that is not complete, below the pending commits.
    fn show(&mut self, elements: &[Arc<Element>]) {
        if self.pending.len() == 0 {
            let changes = elements.iter().map(|element| Change {
                id: element.id,
                before: put(&mut self.shown, element),
                after: Some(Arc::clone(element)),
            });
            let changes = changes.collect();
            return self.events.push_back(ReplicaEvent::Loaded(changes));
        }
        let changes = self
            .pending
            .rebase(self.me, &mut self.shown, &Some, &mut |board| {
                let mut undo = Rollback::default();
                for element in elements {
                    let state = ElementState::Present(Arc::clone(element));
                    undo.write(board, element.id, state);
                }
                Some(undo)
            });
        if !changes.is_empty() {
            self.events.push_back(ReplicaEvent::Loaded(changes));
        }
    }

    /// Drops the parts of a snapshot that has not arrived completely, and what is shown of it.
    fn forget_parts(&mut self) {
        self.loading.forget_parts();
        if self.confirmed.is_none() {
            self.shown = Board::new();
            self.pending.reset(self.me, 0, 0, &mut self.shown);
            self.events.push_back(ReplicaEvent::Reset);
        }
    }

    fn replace_board(&mut self, snapshot: Snapshot) {
        let last_cno = snapshot.authors.get(&self.me).copied().unwrap_or(0);
        let before = std::mem::replace(&mut self.shown, snapshot.board);
        let is_first = self.confirmed.replace(snapshot.at).is_none();
        self.is_superseded = false;
        self.conversation.board_replaced();
        self.events.push_back(ReplicaEvent::Chat);
        self.pending
            .reset(self.me, last_cno, snapshot.at.seq, &mut self.shown);
        for id in self.presence.inks().map(|ink| ink.id).collect::<Vec<_>>() {
            self.presence.element_changed(id, &self.shown);
        }
        // Most of a board that has just been loaded is shown already.
        self.events.push_back(if is_first {
            ReplicaEvent::Loaded(differences(&before, &self.shown))
        } else {
            ReplicaEvent::Reset
        });
    }

    /// Whether a position is the next one. A position that is known already is no error.
    fn follows(&mut self, seq: Seq) -> Result<bool, ReplicaError> {
        let is_loading = self.loading.is_expected();
        let at = self.confirmed.as_mut().filter(|_| !is_loading);
        let at = at.ok_or(ReplicaError::OutOfSequence)?;
        if seq <= at.seq {
            return Ok(false);
        }
        if seq != at.seq.saturating_add(1) {
            return Err(ReplicaError::OutOfSequence);
        }
        at.seq = seq;
        Ok(true)
    }

    fn commit(&mut self, seq: Seq, authored: &AuthoredCommit) -> Result<(), ReplicaError> {
        if !self.follows(seq)? {
            return Ok(());
        }
        let AuthoredCommit { author, commit } = authored;
        self.apply_chat(commit);
        let relation = if *author == self.me {
            self.pending.compare(commit)
        } else {
            Relation::NotWaiting
        };
        match relation {
            Relation::Same => {
                self.acknowledge_first(seq);
                return Ok(());
            }
            // The refusal was sent while the connection was down.
            Relation::Emptied => self.refused(commit.cno, Refusal::Invalid),
            Relation::Corrected => {
                self.events.push_back(ReplicaEvent::Keep(commit.clone()));
                let changes = self.pending.replace(commit, self.me, &mut self.shown);
                self.report_changes(changes);
                self.acknowledge_first(seq);
                return Ok(());
            }
            // Another client uses the same key. It must not share our numbers.
            Relation::Another => self.events.push_back(ReplicaEvent::IdentityLost),
            Relation::NotWaiting if *author == self.me => {
                self.pending.acknowledge_again(commit.cno, seq);
                self.pending.count_on_from(commit.cno);
            }
            Relation::NotWaiting => {}
        }
        if relation == Relation::Emptied {
            self.acknowledge_first(seq);
            return Ok(());
        }
        let changes = self
            .pending
            .rebase(self.me, &mut self.shown, &Some, &mut |board| {
                Some(apply_commit(board, *author, commit))
            });
        self.report_changes(changes);
        Ok(())
    }

    fn apply_chat(&mut self, commit: &Commit) {
        for op in commit.chat_ops() {
            self.conversation.apply(op);
        }
        if commit.is_chat() {
            self.events.push_back(ReplicaEvent::Chat);
        }
    }

    fn acknowledge_first(&mut self, seq: Seq) {
        if let Some(excess) = self.pending.acknowledge_first(seq) {
            self.events.push_back(ReplicaEvent::Forget(excess));
        }
    }

    fn ack(&mut self, seq: Seq, cno: CommitNo) -> Result<(), ReplicaError> {
        let known = self.confirmed.is_some_and(|at| seq <= at.seq);
        if !known && self.pending.first_waiting() != Some(cno) {
            return Err(ReplicaError::OutOfSequence);
        }
        if self.follows(seq)? {
            let acknowledged = self.pending.commits().next().cloned();
            if let Some(commit) = acknowledged {
                self.apply_chat(&commit);
            }
            self.acknowledge_first(seq);
        }
        Ok(())
    }

    fn refused(&mut self, cno: CommitNo, reason: Refusal) {
        let changes = match reason {
            Refusal::ViewOnly => self.pending.discard(self.me, &mut self.shown),
            Refusal::Invalid
            | Refusal::BoardFull
            | Refusal::TooFast
            | Refusal::TooCostly
            | Refusal::Frozen
            | Refusal::Muted
            | Refusal::Forbidden
            | Refusal::Protected
            | Refusal::ProposalsOnly => {
                // The outbox must not bring back a refused commit.
                self.events
                    .push_back(ReplicaEvent::Keep(refused_commit(cno)));
                self.pending
                    .replace(&refused_commit(cno), self.me, &mut self.shown)
            }
        };
        self.report_changes(changes);
        // A full board refuses the commits of new authors like those of viewers.
        let is_full = reason == Refusal::ViewOnly && self.role.is_some_and(Role::may_draw);
        self.events.push_back(ReplicaEvent::Chat);
        let cause = if is_full { Refusal::BoardFull } else { reason };
        self.events.push_back(ReplicaEvent::Refused(cause));
    }

    fn new_epoch(&mut self, epoch: Epoch, last_cno: CommitNo, now: Millis) {
        if self.confirmed.is_some_and(|seen| seen.epoch != epoch) {
            self.pending.withdraw_after(last_cno, now);
        }
        self.pending.resend_after(last_cno);
        self.expect_snapshot();
    }

    /// The store needs the commit after `last_cno`. If it waits here, it is sent. If it was
    /// acknowledged, the history is about to begin a new epoch, and a new hello finds that out. If
    /// it is gone, the numbers cannot go on.
    fn missing(&mut self, last_cno: CommitNo) -> Result<(), ReplicaError> {
        let next = last_cno.saturating_add(1);
        if self.pending.is_waiting(next) {
            self.pending.resend_after(last_cno);
            return Ok(());
        }
        if self.pending.is_acknowledged(next) {
            return Err(ReplicaError::OutOfSequence);
        }
        self.events.push_back(ReplicaEvent::IdentityLost);
        Ok(())
    }

    fn heartbeat(&mut self, beat: Heartbeat) -> Result<(), ReplicaError> {
        let Heartbeat { at, durable } = beat;
        if self.loading.is_expected() {
            // Its position belongs to the board that is arriving.
            return Ok(());
        }
        let Position { epoch, seq } = self.confirmed.ok_or(ReplicaError::OutOfSequence)?;
        if at.epoch != epoch || at.seq > seq {
            return Err(ReplicaError::OutOfSequence);
        }
        self.forget_durable(durable);
        Ok(())
    }

    fn forget_durable(&mut self, durable: Seq) {
        if let Some(cno) = self.pending.drop_durable(durable) {
            self.events.push_back(ReplicaEvent::Forget(cno));
        }
    }
}
