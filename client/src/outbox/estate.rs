//! Who this tab goes on as, and what dead tabs left behind.
//!
//! Knows identities and kept commits. It must not know how they are sent.

use shared::id::{BoardId, ClientKey, CommitNo};
use shared::op::Commit;

use super::lock::{Hold, Patience, hold, hold_fresh};
use super::{Author, Outbox};
use crate::clock;
use crate::identity::Identity;

/// Where locks are missing, an identity that kept nothing for so long counts as
/// dead, in seconds.
const DEAD_SECONDS: u64 = 60;

/// Commits that somebody made and that may not be durable.
#[derive(Clone, Debug)]
pub struct Legacy {
    /// Who made them.
    pub key: ClientKey,
    /// The commits, ascending.
    pub commits: Vec<Commit>,
}

/// With what a tab begins.
#[derive(Debug)]
pub struct Estate {
    /// Who it is.
    pub identity: Identity,
    /// Its own commits of an earlier life.
    pub commits: Vec<Commit>,
    /// What others left behind and nobody looks after.
    pub legacies: Vec<Legacy>,
}

/// Finds out who this tab is: who it was before it was loaded again; or else a
/// dead tab whose commits wait; or else somebody new.
pub async fn claim(board: BoardId, outbox: &Outbox) -> Estate {
    if let Some(mut identity) = former_self(board).await {
        let commits = outbox.commits(identity.key.client_id()).await;
        identity.next_cno = next_after(&commits).max(identity.next_cno);
        let legacies = legacies(board, outbox, Some(identity.key)).await;
        return Estate {
            identity,
            commits,
            legacies,
        };
    }
    let mut legacies = legacies(board, outbox, None).await;
    let inherited = (!legacies.is_empty()).then(|| legacies.remove(0));
    let (identity, commits) = match inherited {
        Some(Legacy { key, commits }) => (
            Identity::inherited(board, key, next_after(&commits)),
            commits,
        ),
        None => (Identity::fresh(board), Vec::new()),
    };
    if commits.is_empty() {
        // Nobody else can have it; the lock only tells others that it lives.
        let _ = hold_fresh(board, identity.key).await;
    }
    identity.save();
    Estate {
        identity,
        commits,
        legacies,
    }
}

async fn former_self(board: BoardId) -> Option<Identity> {
    let identity = Identity::load(board)?;
    match hold(board, &identity.key, Patience::Reload).await {
        Hold::Ours | Hold::Unknown => Some(identity),
        // The browser copied a tab with all that it had.
        Hold::Taken => None,
    }
}

async fn legacies(board: BoardId, outbox: &Outbox, mine: Option<ClientKey>) -> Vec<Legacy> {
    let mut legacies = Vec::new();
    let others = outbox
        .authors()
        .await
        .into_iter()
        .filter(|author| Some(author.key) != mine);
    for author in others {
        if !is_dead(board, author).await {
            continue;
        }
        let commits = outbox.commits(author.key.client_id()).await;
        if commits.is_empty() {
            outbox.drop_author(&author.key);
        } else {
            legacies.push(Legacy {
                key: author.key,
                commits,
            });
        }
    }
    legacies
}

async fn is_dead(board: BoardId, author: Author) -> bool {
    match hold(board, &author.key, Patience::None).await {
        Hold::Ours => true,
        Hold::Taken => false,
        Hold::Unknown => clock::unix_seconds().saturating_sub(author.touched) > DEAD_SECONDS,
    }
}

fn next_after(commits: &[Commit]) -> CommitNo {
    commits.last().map_or(1, |last| last.cno + 1)
}
