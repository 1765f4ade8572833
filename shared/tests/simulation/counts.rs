//! How often things happened.

use shared::op::Op;

/// The counts of faults and recoveries.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) commits: u64,
    pub(crate) cuts: u64,
    pub(crate) reloads: u64,
    pub(crate) crashes: u64,
    pub(crate) outages: u64,
    pub(crate) lost_answers: u64,
    pub(crate) lost_broadcasts: u64,
    pub(crate) repeated_broadcasts: u64,
    pub(crate) lost_commits: u64,
    pub(crate) text_edits: u64,
    pub(crate) erasures: u64,
    pub(crate) erasures_undone: u64,
    pub(crate) resumed_loads: u64,
    pub(crate) chat_changes: u64,
    pub(crate) work_undone: u64,
    pub(crate) faults_on: bool,
}

impl Counts {
    /// The chance of a fault in percent; 0 in a run without faults.
    pub(crate) fn fault_percent(&self, percent: u32) -> u32 {
        if self.faults_on { percent } else { 0 }
    }

    /// Counts an operation on a board.
    pub(crate) fn note(&mut self, ops: &[Op]) {
        let count = |is: fn(&Op) -> bool| ops.iter().filter(|op| is(op)).count() as u64;
        self.commits += 1;
        self.text_edits += count(|op| matches!(op, Op::Text { .. }));
        self.erasures += count(|op| matches!(op, Op::Erase { .. }));
        self.erasures_undone += count(|op| matches!(op, Op::Unerase { .. }));
        self.chat_changes += count(|op| matches!(op, Op::Chat(_)));
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.commits += other.commits;
        self.cuts += other.cuts;
        self.reloads += other.reloads;
        self.crashes += other.crashes;
        self.outages += other.outages;
        self.lost_answers += other.lost_answers;
        self.lost_broadcasts += other.lost_broadcasts;
        self.repeated_broadcasts += other.repeated_broadcasts;
        self.lost_commits += other.lost_commits;
        self.text_edits += other.text_edits;
        self.erasures += other.erasures;
        self.erasures_undone += other.erasures_undone;
        self.resumed_loads += other.resumed_loads;
        self.chat_changes += other.chat_changes;
        self.work_undone += other.work_undone;
    }

    pub(crate) fn named(&self) -> [(&'static str, u64); 15] {
        [
            ("a commit", self.commits),
            ("a change of the conversation", self.chat_changes),
            ("the undoing of a person's work", self.work_undone),
            ("a cut", self.cuts),
            ("a reload", self.reloads),
            ("a crash", self.crashes),
            ("an outage of the store", self.outages),
            ("a lost answer", self.lost_answers),
            ("a lost broadcast", self.lost_broadcasts),
            ("a repeated broadcast", self.repeated_broadcasts),
            ("a lost commit", self.lost_commits),
            ("an edit of text", self.text_edits),
            ("an erased part", self.erasures),
            ("an erased part brought back", self.erasures_undone),
            ("a load that went on after a cut", self.resumed_loads),
        ]
    }
}
