//! Finds the identity that a tab goes on with, and the outboxes of ended tabs that it sends.

use shared::id::{ClientKey, CommitNo};
use shared::op::Commit;
use shared::sync::{Identity, OutboxChange};

use super::database::Database;
use super::lock::{Hold, Patience};
use super::records::{Author, Records};

/// Where the browser has no locks, an identity that kept nothing for this time counts as ended,
/// in seconds.
const ENDED_SECONDS: u64 = 60;

/// The outbox of a tab that ended: commits that may not be durable.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OrphanedOutbox {
    /// The identity that made them.
    pub(crate) key: ClientKey,
    /// The commits, ascending.
    pub(crate) commits: Vec<Commit>,
}

/// The identity of a tab, with its commits that may not be durable.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RecoveredIdentity {
    /// The identity.
    pub(crate) identity: Identity,
    /// The commits, ascending.
    pub(crate) commits: Vec<Commit>,
}

/// Locks that tell live tabs from ended ones.
pub(super) trait Locks {
    /// Tries to lock an identity for as long as this page lives.
    async fn hold(&self, key: &ClientKey, patience: Patience) -> Hold;
}

/// A tab, as [`recover`] needs to know it.
#[derive(Debug)]
pub(super) struct Tab<'a, L> {
    /// The identity of this tab before it was loaded again.
    pub(super) saved: Option<Identity>,
    pub(super) locks: &'a L,
    /// The key of a new identity, if one is needed.
    pub(super) fresh_key: ClientKey,
    /// The time, in seconds since 1970.
    pub(super) unix_seconds: u64,
}

/// Finds the identity of a tab: the one that it had before it was loaded again, else one of an
/// ended tab whose commits wait, else a new one. Returns the other ended tabs too.
pub(super) async fn recover<D: Database, L: Locks>(
    tab: Tab<'_, L>,
    records: &Records<D>,
) -> (RecoveredIdentity, Vec<OrphanedOutbox>) {
    if let Some(mut identity) = tab.own_identity().await {
        let commits = records.commits(identity.key.client_id()).await;
        identity.next_cno = next_after(&commits).max(identity.next_cno);
        let orphans = tab.orphans(records, Some(identity.key)).await;
        return (tab.recovered(identity, commits), orphans);
    }
    let mut orphans = tab.orphans(records, None).await;
    if orphans.is_empty() {
        let identity = Identity::fresh(tab.fresh_key);
        // No other tab can have a fresh key. The lock only tells others that this tab lives.
        let _ = tab.locks.hold(&identity.key, Patience::None).await;
        return (tab.recovered(identity, Vec::new()), orphans);
    }
    let OrphanedOutbox { key, commits } = orphans.remove(0);
    let identity = Identity {
        next_cno: next_after(&commits),
        ..Identity::fresh(key)
    };
    (tab.recovered(identity, commits), orphans)
}

impl<L: Locks> Tab<'_, L> {
    fn recovered(&self, identity: Identity, commits: Vec<Commit>) -> RecoveredIdentity {
        RecoveredIdentity {
            identity: identity.taken_over_at(self.unix_seconds),
            commits,
        }
    }

    /// The saved identity, unless another tab has it: browsers copy a tab with all its storage.
    async fn own_identity(&self) -> Option<Identity> {
        let identity = self.saved.clone()?;
        match self.locks.hold(&identity.key, Patience::Reload).await {
            Hold::Ours | Hold::Unknown => Some(identity),
            Hold::Taken => None,
        }
    }

    /// The outboxes of ended tabs, except one's own. Forgets authors without commits.
    async fn orphans<D: Database>(
        &self,
        records: &Records<D>,
        own: Option<ClientKey>,
    ) -> Vec<OrphanedOutbox> {
        let mut orphans = Vec::new();
        for author in records.authors().await {
            let key = author.key;
            if Some(key) == own || !self.has_ended(author).await {
                continue;
            }
            let commits = records.commits(key.client_id()).await;
            if commits.is_empty() {
                records.apply(&OutboxChange::ForgetAuthor(key), self.unix_seconds);
            } else {
                orphans.push(OrphanedOutbox { key, commits });
            }
        }
        orphans
    }

    async fn has_ended(&self, author: Author) -> bool {
        match self.locks.hold(&author.key, Patience::None).await {
            Hold::Ours => true,
            Hold::Taken => false,
            Hold::Unknown => self.unix_seconds.saturating_sub(author.last_kept) > ENDED_SECONDS,
        }
    }
}

fn next_after(commits: &[Commit]) -> CommitNo {
    commits.last().map_or(1, |last| last.cno + 1)
}
