//! What a session may send, by its rights.

use crate::op::{Commit, Guard};
use crate::protocol::{LiveRight, Refusal, Rights, Role, ServerMsg};

use super::Room;
use super::access::Denied;
use super::session::Session;

impl Room {
    pub(super) fn rights(&self, session: &Session) -> Rights {
        self.access.get().rights(session.role, session.person())
    }

    /// Whether a session was not told its present rights.
    pub(super) fn lacks_rights(&self, session: &Session) -> bool {
        session.sent.access != Some(self.access.version())
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
        let (undoes_work, is_own) = match &commit.guard {
            Guard::WorkOf(clients) => {
                (true, !clients.is_empty() && *clients == session.own_clients)
            }
            Guard::Any | Guard::MineOnly => (false, false),
        };
        let undoes_foreign_work = undoes_work && !is_own && session.role != Role::Owner;
        let proposes_only =
            session.program.is_some() && self.access.get().programs_propose && !is_own;
        match (session.role.may_draw(), rights.draw) {
            (false, _) => Err(Denied::Unnumbered),
            (true, _) if undoes_foreign_work => Err(Denied::Numbered(Refusal::Forbidden)),
            (true, true) if proposes_only && !commit.only_proposes(&self.state().board) => {
                Err(Denied::Numbered(Refusal::ProposalsOnly))
            }
            (true, true) if session.role == Role::Owner => Ok(()),
            (true, true) if commit.needs_owner(&self.state().board) => {
                Err(Denied::Numbered(Refusal::Protected))
            }
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
            LiveRight::Draw => {
                let proposes_only = session.program.is_some() && self.access.get().programs_propose;
                rights.draw && !proposes_only
            }
            LiveRight::Gather => rights.gather,
        }
    }
}
