//! An outbox in memory.

use std::collections::BTreeMap;

use shared::id::{ClientKey, CommitNo};
use shared::op::Commit;
use shared::sync::OutboxChange;

/// The commits that a browser would keep for its next page, by author and number.
#[derive(Debug, Clone, Default)]
pub struct MemoryOutbox(BTreeMap<(ClientKey, CommitNo), Commit>);

impl MemoryOutbox {
    /// Applies a change that a driver reports.
    pub fn apply(&mut self, change: OutboxChange) {
        match change {
            OutboxChange::Keep { author, commit } => {
                self.0.insert((author, commit.cno), commit);
            }
            OutboxChange::Forget { author, up_to } => {
                self.0
                    .retain(|(key, cno), _| *key != author || *cno > up_to);
            }
            OutboxChange::ForgetAuthor(author) => self.0.retain(|(key, _), _| *key != author),
        }
    }

    /// The commits of an author, ascending.
    #[must_use]
    pub fn commits(&self, author: ClientKey) -> Vec<Commit> {
        let all = (author, CommitNo::MIN)..=(author, CommitNo::MAX);
        self.0
            .range(all)
            .map(|(_, commit)| commit.clone())
            .collect()
    }
}
