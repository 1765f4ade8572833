//! The commits that wait to be sent to the store, in a fair order.
//!
//! Authors take turns by the work of their commits, so that one who sends many or expensive ones
//! does not delay the others. Each commit has a start tag in a virtual time that counts work: the
//! finish tag of its author's commit before it, or the present if that is later. The technique is
//! called start-time fair queueing (P. Goyal, H. M. Vin, H. Cheng, 1996). The commits of one author
//! stay in order.

use std::collections::{HashMap, VecDeque};

use crate::id::{ClientId, CommitNo};
use crate::limits::MAX_BATCH_COMMITS;
use crate::protocol::StoredCommit;

/// Bytes of payload that one batch may carry: a store writes it in one go.
const MAX_BATCH_BYTES: usize = 1024 * 1024;
/// Estimated work of the commits in one batch, in the units of `op::cost`: some tens of milliseconds,
/// for which a commit waits that came too late for the batch.
const MAX_BATCH_WORK: u64 = 50_000;

#[derive(Debug)]
struct Waiting {
    commit: StoredCommit,
    load: Load,
    start: u64,
}

/// How much a commit asks of a board.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Load {
    /// Estimated work, in the units of `op::cost`.
    pub(super) work: u64,
    /// Elements that it puts or restores.
    pub(super) puts: usize,
}

/// The queue of a room.
#[derive(Debug, Default)]
pub(super) struct CommitQueue {
    /// By start; each author's commits are in the order of their numbers.
    waiting: VecDeque<Waiting>,
    /// The virtual time: the start tag of the commit that was taken last.
    present: u64,
    /// The finish tag of the last commit of each author, if it lies ahead.
    finish: HashMap<ClientId, u64>,
    bytes: usize,
    puts: usize,
}

/// The commits of one batch.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) commits: Vec<StoredCommit>,
    /// Elements that they put or restore.
    pub(super) puts: usize,
}

impl CommitQueue {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Bytes of all payloads.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Elements that all commits put or restore.
    pub(super) const fn puts(&self) -> usize {
        self.puts
    }

    /// All commits, the next one first.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &StoredCommit> {
        self.waiting.iter().map(|waiting| &waiting.commit)
    }

    /// Adds a commit.
    pub(super) fn push(&mut self, commit: StoredCommit, load: Load) {
        let finish = self.finish.get(&commit.author).copied().unwrap_or_default();
        self.insert(commit, load, finish.max(self.present));
    }

    /// Adds a commit behind all others.
    pub(super) fn push_back(&mut self, commit: StoredCommit, load: Load) {
        let last = self.waiting.back().map_or(self.present, |last| last.start);
        let finish = self.finish.get(&commit.author).copied().unwrap_or_default();
        self.insert(commit, load, finish.max(last));
    }

    fn insert(&mut self, commit: StoredCommit, load: Load, start: u64) {
        let place = self.waiting.partition_point(|other| other.start <= start);
        self.bytes += commit.payload.len();
        self.puts += load.puts;
        let finish = start.saturating_add(load.work.max(1));
        self.finish.insert(commit.author, finish);
        let waiting = Waiting {
            commit,
            load,
            start,
        };
        self.waiting.insert(place, waiting);
    }

    /// Puts a commit before all others.
    pub(super) fn push_front(&mut self, commit: StoredCommit, load: Load) {
        self.bytes += commit.payload.len();
        self.puts += load.puts;
        let first = self.waiting.front();
        let start = first.map_or(self.present, |first| first.start.min(self.present));
        self.waiting.push_front(Waiting {
            commit,
            load,
            start,
        });
    }

    /// Takes all commits.
    pub(super) fn take_all(&mut self) -> impl Iterator<Item = StoredCommit> + use<> {
        (self.bytes, self.puts) = (0, 0);
        self.finish.clear();
        let all = std::mem::take(&mut self.waiting);
        all.into_iter().map(|waiting| waiting.commit)
    }

    /// Keeps only some commits, and returns the others.
    pub(super) fn retain(
        &mut self,
        mut is_kept: impl FnMut(ClientId, CommitNo) -> bool,
    ) -> Vec<StoredCommit> {
        let mut dropped = Vec::new();
        let (bytes, puts) = (&mut self.bytes, &mut self.puts);
        self.waiting.retain(|waiting| {
            let commit = &waiting.commit;
            let is_kept = is_kept(commit.author, commit.cno);
            if !is_kept {
                *bytes -= commit.payload.len();
                *puts -= waiting.load.puts;
                dropped.push(commit.clone());
            }
            is_kept
        });
        dropped
    }

    /// Takes the commits of the next batch as long as they are wanted, and at least the first one.
    pub(super) fn take_batch(&mut self, is_wanted: impl Fn(&StoredCommit) -> bool) -> Taken {
        let (mut bytes, mut work) = (0, 0);
        let fits = |waiting: &&Waiting| {
            bytes += waiting.commit.payload.len();
            work += waiting.load.work;
            bytes <= MAX_BATCH_BYTES && work <= MAX_BATCH_WORK && is_wanted(&waiting.commit)
        };
        let fitting = self.waiting.iter().take(MAX_BATCH_COMMITS).take_while(fits);
        let count = fitting.count().max(1).min(self.waiting.len());
        let taken: Vec<Waiting> = self.waiting.drain(..count).collect();
        if let Some(last) = taken.last() {
            self.present = self.present.max(last.start);
            self.finish.retain(|_, finish| *finish > self.present);
        }
        let puts = taken.iter().map(|waiting| waiting.load.puts).sum();
        let commits = taken.into_iter().map(|waiting| waiting.commit);
        let commits: Vec<StoredCommit> = commits.collect();
        self.bytes -= commits.iter().map(|it| it.payload.len()).sum::<usize>();
        self.puts -= puts;
        Taken { commits, puts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commit(author: u8, cno: CommitNo) -> StoredCommit {
        StoredCommit {
            author: ClientId::from_bytes([author; 16]),
            cno,
            payload: vec![0; 100].into(),
        }
    }

    const fn work(work: u64) -> Load {
        Load { work, puts: 1 }
    }

    fn order(queue: &CommitQueue) -> Vec<(u8, CommitNo)> {
        let op_id = |commit: &StoredCommit| (commit.author.as_bytes()[0], commit.cno);
        queue.iter().map(op_id).collect()
    }

    #[test]
    fn authors_take_turns_by_work_and_keep_their_order() {
        let mut queue = CommitQueue::default();
        for cno in 1..=3 {
            queue.push(commit(1, cno), work(1_000));
        }
        for cno in 1..=4 {
            queue.push(commit(2, cno), work(400));
        }
        let expected = [(1, 1), (2, 1), (2, 2), (2, 3), (1, 2), (2, 4), (1, 3)];
        assert_eq!(order(&queue), expected);
    }

    #[test]
    fn a_commit_that_comes_late_waits_for_one_batch_of_a_busy_author() {
        let mut queue = CommitQueue::default();
        for cno in 1..=60 {
            queue.push(commit(1, cno), work(16_000));
        }
        assert_eq!(queue.take_batch(|_| true).commits.len(), 3, "by work");
        queue.push(commit(2, 1), work(2));
        assert_eq!(order(&queue)[0], (2, 1));
        assert_eq!(queue.take_batch(|_| true).commits.len(), 4);
    }

    #[test]
    fn an_author_with_one_expensive_commit_at_a_time_has_no_place_in_every_batch() {
        let mut queue = CommitQueue::default();
        for cno in 1..=60 {
            queue.push(commit(2, cno), work(1_000));
        }
        let mut taken = Vec::new();
        for cno in 1..=3 {
            queue.push(commit(1, cno), work(40_000));
            taken.extend(queue.take_batch(|_| true).commits);
        }
        let of_one = taken.iter().filter(|it| it.author.as_bytes()[0] == 1);
        assert!(of_one.count() < 3, "it takes turns by work");
    }

    #[test]
    fn a_commit_that_must_not_overtake_is_the_last_one() {
        let mut queue = CommitQueue::default();
        queue.push(commit(1, 1), work(1_000));
        queue.push(commit(1, 2), work(1_000));
        queue.push_back(commit(2, 1), work(10));
        queue.push(commit(2, 2), work(10));
        assert_eq!(order(&queue), [(1, 1), (1, 2), (2, 1), (2, 2)]);
    }

    #[test]
    fn bytes_and_puts_are_counted() {
        let mut queue = CommitQueue::default();
        for cno in 1..=5 {
            queue.push(commit(1, cno), work(1));
            queue.push(commit(2, cno), work(1));
        }
        queue.push_front(commit(3, 1), work(0));
        assert_eq!((order(&queue)[0], queue.bytes()), ((3, 1), 1_100));
        queue.retain(|author, cno| author.as_bytes()[0] != 2 || cno > 4);
        assert_eq!(queue.bytes(), 700);
        let taken = queue.take_batch(|commit| commit.cno < 3);
        assert_eq!((taken.commits.len(), taken.puts), (3, 3));
        assert_eq!((queue.bytes(), queue.puts()), (400, 4));
        let left = queue.take_all().count();
        assert_eq!((left, queue.bytes(), queue.puts()), (4, 0, 0));
    }
}
