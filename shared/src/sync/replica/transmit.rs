//! What the replica sends.

use crate::limits::COMMIT_WINDOW;
use crate::op::Commit;
use crate::protocol::{ClientMsg, Role};

use super::Replica;

impl Replica {
    /// The next message to send.
    pub fn poll_transmit(&mut self) -> Option<ClientMsg> {
        let message = self.next_message()?;
        self.connection.sent();
        Some(message)
    }

    fn next_message(&mut self) -> Option<ClientMsg> {
        if !self.connection.is_online() {
            return None;
        }
        if let Some(profile) = self.profile.take() {
            return Some(ClientMsg::Profile(profile));
        }
        let may_edit = self.role.is_some_and(Role::may_draw);
        let may_draw = self.rights.map_or(may_edit, |rights| rights.draw);
        let may_chat = self.rights.map_or(may_edit, |rights| rights.chat);
        let is_allowed = |commit: &Commit| if commit.is_chat() { may_chat } else { may_draw };
        if let Some(commit) = self.pending.next_to_send(COMMIT_WINDOW, is_allowed) {
            return Some(ClientMsg::Commit(commit));
        }
        if let Some(page) = self.wanted_page.take() {
            return Some(ClientMsg::ChatPage(page));
        }
        self.live.pop_front().map(ClientMsg::Live)
    }
}
