//! Commits that are not in the history yet.
//!
//! A commit waits in the queue until it is sent to the store in a batch, one batch at a time. A
//! commit that arrives with its `seq` is held until all commits before it have arrived and were
//! applied.

use std::collections::{BTreeMap, HashSet};

use super::super::confirmed_state::decode_commit;
use super::commit_queue::{CommitQueue, Load};
use crate::id::{ClientId, CommitNo, Epoch, Seq};
use crate::limits::MAX_OPS_PER_COMMIT;
use crate::op::{Commit, Growth};
use crate::protocol::StoredCommit;

/// Commits that may be held while a gap before them is not filled; beyond it the
/// read that fills the gap brings them anyway.
const MAX_HELD: usize = 256;

/// The queue, the batch at the store, and the commits that are held.
#[derive(Debug, Default)]
pub(super) struct Pipeline {
    queue: CommitQueue,
    in_flight: Vec<StoredCommit>,
    /// Elements that the batch at the store puts or restores.
    in_flight_puts: usize,
    in_flight_epoch: Option<Epoch>,
    held: BTreeMap<Seq, StoredCommit>,
    /// The growth of elements by the commits in `counted`.
    growth: Growth,
    /// The commits from a session to the history.
    counted: HashSet<(ClientId, CommitNo)>,
    is_reading: bool,
    /// The history is being loaded: nothing may be sent to the store or applied.
    is_suspended: bool,
}

impl Pipeline {
    /// Whether no commit waits to be stored.
    pub(super) fn is_empty(&self) -> bool {
        self.queue.is_empty() && self.in_flight.is_empty()
    }

    pub(super) const fn is_suspended(&self) -> bool {
        self.is_suspended
    }

    /// Whether no batch may be sent now.
    pub(super) const fn is_busy(&self) -> bool {
        self.in_flight_epoch.is_some() || self.is_suspended
    }

    /// The number of the last waiting commit of an author.
    pub(super) fn last_waiting(&self, author: ClientId) -> Option<CommitNo> {
        let mut waiting = self.queue.iter().rev().chain(self.in_flight.iter().rev());
        waiting
            .find(|commit| commit.author == author)
            .map(|commit| commit.cno)
    }

    /// How many commits of an author wait to be stored.
    pub(super) fn waiting(&self, author: ClientId) -> usize {
        let all = self.queue.iter().chain(&self.in_flight);
        all.filter(|commit| commit.author == author).count()
    }

    /// All commits that are not in the history, in the order in which they will be if no other comes.
    /// One that was stored a moment ago may come twice.
    pub(super) fn commits_to_come(&self) -> impl Iterator<Item = &StoredCommit> {
        self.held
            .values()
            .chain(&self.in_flight)
            .chain(self.queue.iter())
    }

    /// Sends and applies nothing until [`Self::resume`]: the history is being loaded.
    pub(super) fn suspend(&mut self) {
        self.is_suspended = true;
        self.forget_arrivals();
    }

    /// The history is loaded.
    pub(super) fn resume(&mut self) {
        self.is_suspended = false;
        self.forget_arrivals();
        // The new history has some of them.
        self.growth = Growth::default();
        self.counted.clear();
        let waiting: Vec<_> = self.commits_to_come().map(decode_commit).collect();
        for authored in waiting {
            self.add_growth(authored.author, &authored.commit);
        }
    }

    fn forget_arrivals(&mut self) {
        self.held.clear();
        self.is_reading = false;
    }

    /// The most by which the commits that are not in the history yet make elements larger.
    pub(super) const fn growth(&self) -> &Growth {
        &self.growth
    }

    /// Bytes of the commits in the queue.
    pub(super) const fn queued_bytes(&self) -> usize {
        self.queue.bytes()
    }

    /// The most elements that the commits to come may put or restore.
    pub(super) fn puts_to_come(&self) -> usize {
        self.queue.puts() + self.in_flight_puts + self.held.len() * MAX_OPS_PER_COMMIT
    }

    /// Adds a commit to the queue.
    pub(super) fn enqueue(&mut self, commit: StoredCommit, load: Load) {
        self.queue.push(commit, load);
    }

    /// Adds a commit behind all others.
    pub(super) fn enqueue_last(&mut self, commit: StoredCommit, load: Load) {
        self.queue.push_back(commit, load);
    }

    /// Adds the growth by a commit that is queued.
    pub(super) fn add_growth(&mut self, author: ClientId, commit: &Commit) {
        if self.counted.insert((author, commit.cno)) {
            self.growth.add(commit);
        }
    }

    /// Removes the growth by a commit that is in the history, or will not be.
    pub(super) fn remove_growth(&mut self, author: ClientId, commit: &Commit) {
        if self.counted.remove(&(author, commit.cno)) {
            self.growth.remove(commit);
        }
    }

    fn remove_all_growth(&mut self, dropped: &[StoredCommit]) {
        for authored in dropped.iter().map(decode_commit) {
            self.remove_growth(authored.author, &authored.commit);
        }
    }

    /// Bytes of the commits of an author in the queue.
    pub(super) fn queued_bytes_of(&self, author: ClientId) -> usize {
        let all = self.queue.iter().filter(|commit| commit.author == author);
        all.map(|commit| commit.payload.len()).sum()
    }

    /// Puts commits before all others after a change of epoch. Each commit is queued once,
    /// the authors take turns in the order given, and each author's commits are in order. The
    /// order among authors matters: a stroke must be drawn before another author recolours it.
    pub(super) fn enqueue_first(&mut self, commits: impl IntoIterator<Item = StoredCommit>) {
        let mut turns = Vec::new();
        let mut by_author: BTreeMap<ClientId, BTreeMap<CommitNo, StoredCommit>> = BTreeMap::new();
        for commit in commits.into_iter().chain(self.queue.take_all()) {
            turns.push(commit.author);
            let theirs = by_author.entry(commit.author).or_default();
            theirs.entry(commit.cno).or_insert(commit);
        }
        let next = |author| Some(by_author.get_mut(&author)?.pop_first()?.1);
        let in_turn: Vec<StoredCommit> = turns.into_iter().filter_map(next).collect();
        self.put_back(in_turn);
    }

    /// Puts the commits of a batch back at the front of the queue.
    pub(super) fn put_back(&mut self, commits: Vec<StoredCommit>) {
        for commit in commits.into_iter().rev() {
            let authored = decode_commit(&commit);
            self.add_growth(authored.author, &authored.commit);
            let puts = authored.commit.puts();
            self.queue.push_front(commit, Load { work: 0, puts });
        }
    }

    /// Removes all queued commits of an author.
    pub(super) fn drop_author(&mut self, author: ClientId) {
        let dropped = self.queue.retain(|other, _| other != author);
        self.remove_all_growth(&dropped);
    }

    /// Removes queued commits of an author up to one that is in the history.
    pub(super) fn drop_stored(&mut self, author: ClientId, cno: CommitNo) {
        let dropped = self
            .queue
            .retain(|other, waiting| other != author || waiting > cno);
        self.remove_all_growth(&dropped);
    }

    /// The commits of the next batch, if one may be sent now, and the bytes that `max_bytes` gives
    /// for each of them.
    pub(super) fn next_batch(
        &mut self,
        max_bytes: impl Fn(&StoredCommit) -> u64,
    ) -> Option<(Vec<StoredCommit>, u64)> {
        if self.is_busy() {
            return None;
        }
        let first = max_bytes(self.queue.iter().next()?);
        let taken = self.queue.take_batch(|commit| max_bytes(commit) == first);
        self.in_flight_puts = taken.puts;
        Some((taken.commits, first))
    }

    /// Notes the batch that is sent to the store.
    pub(super) fn batch_sent(&mut self, commits: Vec<StoredCommit>, epoch: Epoch) {
        self.in_flight = commits;
        self.in_flight_epoch = Some(epoch);
    }

    /// The batch that the store has answered, with the epoch in which it was sent.
    pub(super) fn batch_answered(&mut self) -> Option<(Epoch, Vec<StoredCommit>)> {
        let epoch = self.in_flight_epoch.take()?;
        self.in_flight_puts = 0;
        Some((epoch, std::mem::take(&mut self.in_flight)))
    }

    /// Holds a commit that was stored.
    pub(super) fn hold(&mut self, seq: Seq, commit: StoredCommit) {
        self.held.insert(seq, commit);
    }

    /// The held commit at a position.
    pub(super) fn held(&self, seq: Seq) -> Option<&StoredCommit> {
        self.held.get(&seq)
    }

    /// Takes the held commit at a position.
    pub(super) fn take_held(&mut self, seq: Seq) -> Option<StoredCommit> {
        self.held.remove(&seq)
    }

    /// The last position up to which all commits after `seq` are held.
    pub(super) fn held_up_to(&self, seq: Seq) -> Seq {
        let follows = (seq + 1..).zip(self.held.range(seq + 1..));
        follows
            .take_while(|(expected, (held, _))| expected == *held)
            .last()
            .map_or(seq, |(last, _)| last)
    }

    /// Whether a commit after `seq` is missing before held ones. Drops the last of too many that
    /// wait behind a gap.
    pub(super) fn has_gap(&mut self, seq: Seq) -> bool {
        while self.held.len() > MAX_HELD && self.is_last_behind_gap(seq) {
            self.held.pop_last();
        }
        self.is_last_behind_gap(seq)
    }

    /// Whether fewer commits are held than there are positions after `seq`.
    fn is_last_behind_gap(&self, seq: Seq) -> bool {
        let last = self.held.last_key_value().map_or(seq, |(last, _)| *last);
        last.saturating_sub(seq) > self.held.len() as u64
    }

    /// Whether to read the gap now; if so, [`Self::finish_reading`] must follow.
    pub(super) const fn start_reading(&mut self) -> bool {
        !std::mem::replace(&mut self.is_reading, true)
    }

    /// Whether a read was under way.
    pub(super) const fn finish_reading(&mut self) -> bool {
        std::mem::replace(&mut self.is_reading, false)
    }
}
