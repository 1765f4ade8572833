//! What pages learn about other people, and what they tell them.

use shared::id::ClientId;
use shared::protocol::{LiveUpdate, Rights};
use shared::sync::Presence;

use super::handle::Session;

impl Session {
    /// Calls `look` with the people on the board and the id of this client.
    pub(crate) fn presence<R>(&self, look: impl FnOnce(&Presence, ClientId) -> R) -> R {
        let inner = self.inner();
        let core = inner.core.borrow();
        look(core.replica().presence(), core.replica().me())
    }

    /// What the board lets this person do; `None` until the server tells it.
    #[must_use]
    pub(crate) fn rights(&self) -> Option<Rights> {
        self.inner().core.borrow().replica().rights()
    }

    /// Shows something to others.
    pub(crate) fn send_live(&self, item: LiveUpdate) {
        let inner = self.inner();
        inner.core.borrow_mut().send_live(item);
        inner.settle();
    }
}
