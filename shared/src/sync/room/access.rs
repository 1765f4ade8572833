//! What the record of the board and the role of a link let a person do.

use std::collections::BTreeSet;

use crate::id::PersonId;
use crate::protocol::{Refusal, Rights, Role};

/// What the record of a board says about rights, beside the roles of its links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// Only owners change the board.
    pub frozen: bool,
    /// Viewers may write in the conversation.
    pub viewers_chat: bool,
    /// Viewers are not shown the cursors of others.
    pub viewers_see_no_cursors: bool,
    /// Only owners may offer their view to all, not editors too.
    pub only_owners_gather: bool,
    /// Programs change the board by proposals only.
    pub programs_propose: bool,
    /// People who may look and do nothing else. Owners cannot be muted.
    pub muted: BTreeSet<PersonId>,
}

impl Access {
    /// What a person may do.
    #[must_use]
    pub fn rights(&self, role: Role, person: PersonId) -> Rights {
        let is_owner = role == Role::Owner;
        let is_muted = !is_owner && self.muted.contains(&person);
        let may_edit = role.may_draw() && !is_muted;
        Rights {
            draw: may_edit && (is_owner || !self.frozen),
            chat: !is_muted && (role.may_draw() || self.viewers_chat),
            gather: may_edit && (is_owner || !self.only_owners_gather),
            frozen: self.frozen,
            muted: is_muted,
        }
    }
}

/// Why a commit is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    /// The link allows no changes at all. No commit takes the number.
    Unnumbered,
    /// An empty commit takes the number.
    Numbered(Refusal),
}
