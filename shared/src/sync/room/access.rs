//! What the record of the board and the role of a link let a person do.

use std::collections::BTreeSet;

use crate::id::PersonId;
use crate::op::Commit;
use crate::protocol::{LiveRight, Refusal, Rights, Role, ServerMsg};

use super::Room;
use super::session::Session;

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

impl Room {
    pub(super) fn rights(&self, session: &Session) -> Rights {
        self.access.get().rights(session.role, session.person())
    }

    /// Whether a session was not told its present rights, and knows the message about them.
    pub(super) fn lacks_rights(&self, session: &Session) -> bool {
        session.version >= 5 && session.sent.access != Some(self.access.version())
    }

    /// Tells a session its rights, if it lacks the present ones. A new client is told before it is
    /// welcomed, so that it sends nothing that it may not.
    pub(super) fn tell_rights(&self, session: &mut Session) {
        if self.lacks_rights(session) {
            session.sent.access = Some(self.access.version());
            let rights = self.rights(session);
            session.control.push(ServerMsg::Rights(rights));
        }
    }

    /// Whether a session may commit this.
    pub(super) fn check_rights(&self, session: &Session, commit: &Commit) -> Result<(), Denied> {
        let rights = self.rights(session);
        if commit.is_chat() {
            return self.check_chat(session, rights, commit);
        }
        match (session.role.may_draw(), rights.draw) {
            (false, _) => Err(Denied::Unnumbered),
            (true, true) => Ok(()),
            (true, false) if rights.muted => Err(Denied::Numbered(Refusal::Muted)),
            (true, false) => Err(Denied::Numbered(Refusal::Frozen)),
        }
    }

    fn check_chat(&self, session: &Session, rights: Rights, commit: &Commit) -> Result<(), Denied> {
        let is_owner = session.role == Role::Owner;
        let chat = &self.state().chat;
        let mut changes = commit.chat_ops().map(|op| &op.change);
        let refusal = match () {
            () if rights.muted => Refusal::Muted,
            () if !rights.chat => Refusal::Forbidden,
            () if chat.is_full() => Refusal::BoardFull,
            () if changes.all(|change| chat.permits(change, session.person(), is_owner)) => {
                return Ok(());
            }
            () => Refusal::Forbidden,
        };
        Err(Denied::Numbered(refusal))
    }

    /// Whether a session may send a live update of this kind.
    pub(super) fn may_send_live(&self, session: &Session, needs: LiveRight) -> bool {
        let rights = self.rights(session);
        match needs {
            LiveRight::Look => true,
            LiveRight::Chat => rights.chat,
            LiveRight::Draw => rights.draw,
            LiveRight::Gather => rights.gather,
        }
    }
}
