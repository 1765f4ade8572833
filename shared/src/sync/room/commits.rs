//! Commits from a session to the store.

use crate::id::{ClientId, CommitNo, ElementId, Millis};
use crate::limits::{COMMIT_WINDOW, MAX_BOARD_BYTES, MAX_COMMIT_WORK, MAX_SNAPSHOT_BYTES};
use crate::op::authorship::Authorship;
use crate::op::{Commit, cost};
use crate::protocol::{CloseCode, Refusal, ServerMsg, StoredCommit, encode};

use super::super::confirmed_state::{decode_commit, encode_commit, refused_commit};
use super::super::log::{Batch, BatchReply, Outcome};
use super::access::Denied;
use super::commit_queue::Load;
use super::full_board::lets_grow;
use super::{Room, RoomEffect, SessionNo, StoreCall};

/// Refusals that may wait for a session that does not read them.
const MAX_REFUSALS_WAITING: usize = 64;
/// Bytes of commits that wait to be stored, from which on each client may have only
/// [`FEW_QUEUED_BYTES_EACH`] of them. One that sends more is closed, and sends them again after a
/// while.
const FEW_QUEUED_BYTES: usize = 8 * 1024 * 1024;
/// What a person draws in minutes.
const FEW_QUEUED_BYTES_EACH: usize = 256 * 1024;
/// Bytes of commits that may wait to be stored at all.
const MAX_QUEUED_BYTES: usize = 32 * 1024 * 1024;

/// A commit that the room takes.
#[derive(Debug)]
struct Admitted {
    stored: StoredCommit,
    load: Load,
}

impl Room {
    pub(super) fn receive_commit(&mut self, no: SessionNo, sent: &Commit, now: Millis) {
        self.counts.commits_received += 1;
        let (author, denied) = match self.admitted_author(no, sent) {
            Some(admitted) => admitted,
            None => return,
        };
        if let Some(reason) = denied {
            self.queue_commit(no, author, sent, Err(reason));
            return;
        }
        let commit = self.corrected(no, sent, now);
        let admitted = self.admit(author, &commit);
        // A commit that was corrected is sent back whole.
        if let (Ok(Admitted { stored, .. }), Some(session)) =
            (&admitted, self.sessions.get_mut(&no))
            && commit == *sent
        {
            session.note_submitted(stored, now);
        }
        if admitted.is_ok() {
            self.note_author(no, now);
        }
        self.queue_commit(no, author, &commit, admitted);
    }

    /// Asks for a note of who uses the client of a session, once.
    fn note_author(&mut self, no: SessionNo, now: Millis) {
        let unix_ms = self.unix_ms(now);
        let session = self.sessions.get_mut(&no);
        let named = session.and_then(|session| session.note_author(unix_ms));
        self.effects.extend(named.map(RoomEffect::NoteAuthor));
    }

    /// Takes a commit of which only the number could be read, and refuses it.
    pub fn receive_unreadable_commit(&mut self, no: SessionNo, cno: CommitNo) {
        self.counts.commits_received += 1;
        let commit = refused_commit(cno);
        if let Some((author, _)) = self.admitted_author(no, &commit) {
            self.queue_commit(no, author, &commit, Err(Refusal::Invalid));
        }
    }

    /// The client of a session, and why its commit is refused, if it is and an empty one takes its
    /// number. If no commit takes the number, it is refused here.
    fn admitted_author(
        &mut self,
        no: SessionNo,
        commit: &Commit,
    ) -> Option<(ClientId, Option<Refusal>)> {
        let session = self.sessions.get(&no)?;
        let author = session.client;
        let denied = self.check_rights(session, commit).err();
        match denied {
            Some(Denied::Unnumbered) => {}
            _ if !self.has_room_for_author(author, commit) => {}
            Some(Denied::Numbered(reason)) => return Some((author, Some(reason))),
            None => return Some((author, None)),
        }
        self.refuse_unnumbered(no, commit.cno);
        None
    }

    /// Queues a commit that is not known yet, or an empty one if it is refused.
    fn queue_commit(
        &mut self,
        no: SessionNo,
        author: ClientId,
        commit: &Commit,
        admitted: Result<Admitted, Refusal>,
    ) {
        let cno = commit.cno;
        let known = self.history.last_cno(author);
        let last = self
            .pipeline
            .last_waiting(author)
            .unwrap_or(known)
            .max(known);
        if cno <= last {
            return;
        }
        let has_too_many = match self.pipeline.queued_bytes() {
            0..FEW_QUEUED_BYTES => self.pipeline.waiting(author) > 2 * COMMIT_WINDOW,
            FEW_QUEUED_BYTES..MAX_QUEUED_BYTES => {
                self.pipeline.queued_bytes_of(author) > FEW_QUEUED_BYTES_EACH
            }
            _ => true,
        };
        if has_too_many {
            self.close(no, CloseCode::TooFast);
            return;
        }
        match admitted {
            Ok(Admitted { stored, load }) => {
                self.counts.commits_accepted += 1;
                if self.must_not_overtake(commit) {
                    self.pipeline.enqueue_last(stored, load);
                } else {
                    self.pipeline.enqueue(stored, load);
                }
                self.pipeline.add_growth(author, commit);
            }
            Err(reason) => self.refuse(author, cno, reason),
        }
        self.start_batch();
    }

    /// The commit with what it says about people corrected. One that will be refused stays as it is.
    fn corrected(&self, no: SessionNo, sent: &Commit, now: Millis) -> Commit {
        match self.sessions.get(&no) {
            Some(session) if sent.validate().is_ok() => {
                let author = session.author(self.unix_ms(now));
                sent.attributed(author, &|id| self.authorship(id))
            }
            _ => sent.clone(),
        }
    }

    /// What an element that is on the board, or was deleted lately, says about people.
    pub(super) fn authorship(&self, id: ElementId) -> Option<Authorship> {
        match self.history.board().get(id) {
            Some(element) => Authorship::of(element),
            None => self.deleted.get(id).cloned(),
        }
    }

    /// Refuses a commit without storing anything, so that its number is not used up. Clients know
    /// [`Refusal::ViewOnly`] as this kind of refusal.
    fn refuse_unnumbered(&mut self, no: SessionNo, cno: CommitNo) {
        let Some(session) = self.sessions.get_mut(&no) else {
            return;
        };
        let reason = Refusal::ViewOnly;
        self.counts.commits_refused.push(reason);
        session.control.push(ServerMsg::Refused { cno, reason });
        if session.control.len() > MAX_REFUSALS_WAITING {
            self.close(no, CloseCode::TooFast);
        }
    }

    /// Checks a commit and encodes it in its canonical form; the bytes that a client
    /// sent are never passed on.
    fn admit(&self, author: ClientId, commit: &Commit) -> Result<Admitted, Refusal> {
        let payload = encode_commit(commit)?;
        if !self.has_room_for(commit) {
            return Err(Refusal::BoardFull);
        }
        let (board, growth) = (self.history.board(), self.pipeline.growth());
        let work = cost(board, growth, author, commit);
        if work > MAX_COMMIT_WORK {
            return Err(Refusal::TooCostly);
        }
        let stored = StoredCommit {
            author,
            cno: commit.cno,
            payload: payload.to_vec().into(),
        };
        let puts = commit.puts();
        let load = Load { work, puts };
        Ok(Admitted { stored, load })
    }

    /// Tells the author and queues an empty commit, so that the numbers
    /// of the author's later commits still follow.
    fn refuse(&mut self, author: ClientId, cno: CommitNo, reason: Refusal) {
        self.tell_refused(author, cno, reason);
        if let Some(commit) = empty_commit(author, cno) {
            self.pipeline.enqueue(commit, Load::default());
        }
    }

    fn tell_refused(&mut self, author: ClientId, cno: CommitNo, reason: Refusal) {
        self.counts.commits_refused.push(reason);
        self.send_to_author(author, ServerMsg::Refused { cno, reason });
    }

    fn send_to_author(&mut self, author: ClientId, message: ServerMsg) {
        if let Some(session) = self
            .sessions
            .values_mut()
            .find(|other| other.client == author)
        {
            session.control.push(message);
        }
    }

    pub(super) fn start_batch(&mut self) {
        // The next batch tells the store what this room knows.
        if self.has_ready() {
            return;
        }
        let (board, is_full) = (self.history.board(), self.compaction.is_store_full());
        let max_bytes = |commit: &StoredCommit| {
            if is_full && !lets_grow(board, &decode_commit(commit).commit) {
                MAX_SNAPSHOT_BYTES as u64
            } else {
                MAX_BOARD_BYTES
            }
        };
        if let Some((commits, max_bytes)) = self.pipeline.next_batch(max_bytes) {
            self.send_batch(commits, max_bytes);
        }
    }

    /// The store has less than this room, so it lost part of the history. A batch
    /// from a room that knows more, even an empty one, makes it begin a new
    /// epoch; a batch that is under way already will do.
    pub(super) fn begin_new_epoch(&mut self) {
        if !self.pipeline.is_busy() {
            self.send_batch(Vec::new(), MAX_BOARD_BYTES);
        }
    }

    fn send_batch(&mut self, commits: Vec<StoredCommit>, max_bytes: u64) {
        let at = self.at();
        self.pipeline.batch_sent(commits.clone(), at.epoch);
        self.effects.push_back(RoomEffect::Commit(Batch {
            epoch: at.epoch,
            known_seq: at.seq,
            fresh_epoch: at.epoch,
            max_bytes,
            commits,
        }));
    }

    /// Answers [`RoomEffect::Commit`].
    pub fn on_batch(&mut self, reply: BatchReply) {
        self.health.answered(StoreCall::Commit);
        let Some((epoch, commits)) = self.pipeline.batch_answered() else {
            return;
        };
        if self.pipeline.is_suspended() || epoch != self.at().epoch {
            // The answer belongs to a history that is gone; sending again is safe.
            self.pipeline.enqueue_first(commits);
            self.start_batch();
            return;
        }
        match reply {
            BatchReply::Done(outcomes) => self.take_outcomes(commits, &outcomes),
            BatchReply::EpochChanged(_) => {
                self.pipeline.put_back(commits);
                self.reload();
            }
            BatchReply::NoBoard => {
                self.pipeline.put_back(commits);
                self.restore();
            }
        }
        self.start_batch();
    }

    fn take_outcomes(&mut self, commits: Vec<StoredCommit>, outcomes: &[Outcome]) {
        let mut again: Vec<StoredCommit> = Vec::new();
        for (commit, outcome) in commits.into_iter().zip(outcomes) {
            let (author, cno) = (commit.author, commit.cno);
            match outcome {
                Outcome::Stored(seq) => {
                    self.note_question(&commit);
                    self.arrive(*seq, commit);
                }
                Outcome::Duplicate if self.history.last_cno(author) < cno => self.read_gap(),
                Outcome::Duplicate => self.forget_growth(&commit),
                Outcome::Full if self.is_retried(&commit) => again.push(commit),
                Outcome::Full => {
                    self.forget_growth(&commit);
                    self.tell_refused(author, cno, Refusal::BoardFull);
                    again.extend(empty_commit(author, cno));
                }
                Outcome::Gap(_) if again.iter().any(|other| other.author == author) => {
                    again.push(commit);
                }
                Outcome::Gap(last_cno) => self.send_again_after(author, *last_cno),
            }
        }
        self.pipeline.put_back(again);
    }

    /// A commit will not be applied, or was applied before.
    fn forget_growth(&mut self, commit: &StoredCommit) {
        let authored = decode_commit(commit);
        self.pipeline
            .remove_growth(authored.author, &authored.commit);
    }

    /// The store is full. Whether to send it a commit again, now as one that lets the board shrink.
    fn is_retried(&mut self, commit: &StoredCommit) -> bool {
        let was_known = self.compaction.is_store_full();
        self.compaction.store_counts(MAX_BOARD_BYTES);
        !was_known && !lets_grow(self.history.board(), &decode_commit(commit).commit)
    }

    /// The store misses earlier commits of an author: the author's client must send them again,
    /// and all that follow.
    fn send_again_after(&mut self, author: ClientId, last_cno: CommitNo) {
        self.pipeline.drop_author(author);
        self.send_to_author(author, ServerMsg::Missing { last_cno });
    }
}

fn empty_commit(author: ClientId, cno: CommitNo) -> Option<StoredCommit> {
    let payload = encode(&refused_commit(cno)).ok()?;
    Some(StoredCommit {
        author,
        cno,
        payload: payload.to_vec().into(),
    })
}
