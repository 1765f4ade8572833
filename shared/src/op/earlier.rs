//! Commits and elements in the words of version 5 of the protocol.

use crate::chat::{ChatChange, ChatOp};
use crate::model::board::Tombstone;
use crate::model::{Element, Prop, PropKey};

use super::{Commit, Op};

impl Commit {
    /// The commit as clients of version 5 know it; `None` if they know all of it.
    #[must_use]
    pub fn for_version_5(&self) -> Option<Self> {
        if !self.ops.iter().any(is_new) {
            return None;
        }
        let mut commit = self.clone();
        commit.ops.retain(|op| !is_unknown(op));
        for op in &mut commit.ops {
            match op {
                Op::Put(new) | Op::Restore(new) => new.props.set(Prop::Proposal(None)),
                Op::Chat(op) => close(op),
                _ => {}
            }
        }
        Some(commit)
    }
}

/// Whether clients of version 5 know nothing of it.
fn is_unknown(op: &Op) -> bool {
    match op {
        Op::Set { prop, .. } => prop.key() == PropKey::Proposal,
        Op::Chat(op) => {
            matches!(op.change, ChatChange::Show { .. } | ChatChange::Stop { .. })
        }
        _ => false,
    }
}

/// Whether clients of version 5 do not know something in it.
fn is_new(op: &Op) -> bool {
    match op {
        Op::Put(new) | Op::Restore(new) => new.props.proposal().is_some(),
        Op::Chat(chat) => chat.is_open() || is_unknown(op),
        Op::Set { .. } => is_unknown(op),
        Op::Extend { .. }
        | Op::Delete { .. }
        | Op::Text { .. }
        | Op::Erase { .. }
        | Op::Unerase { .. } => false,
    }
}

fn close(op: &mut ChatOp) {
    match &mut op.change {
        ChatChange::Post(new) => new.open = false,
        ChatChange::Edit { open, .. } => *open = false,
        ChatChange::Notice { .. }
        | ChatChange::Delete { .. }
        | ChatChange::React { .. }
        | ChatChange::Show { .. }
        | ChatChange::Stop { .. } => {}
    }
}

impl Element {
    /// The element as clients of version 5 know it; `None` if they know all of it.
    #[must_use]
    pub fn for_version_5(&self) -> Option<Self> {
        let is_proposed = self.props.proposal().is_some();
        if !is_proposed && !self.writers.contains_key(&PropKey::Proposal) {
            return None;
        }
        let mut element = self.clone();
        element.props.set(Prop::Proposal(None));
        element.writers.remove(&PropKey::Proposal);
        Some(element)
    }
}

impl Tombstone {
    /// The tombstone as clients of version 5 know it; `None` if they know all of it.
    #[must_use]
    pub fn for_version_5(&self) -> Option<Self> {
        if !self.writers.contains_key(&PropKey::Proposal) {
            return None;
        }
        let mut tombstone = self.clone();
        tombstone.writers.remove(&PropKey::Proposal);
        Some(tombstone)
    }
}
