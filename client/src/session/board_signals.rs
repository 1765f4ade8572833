//! Signals of the board's state, for components: connection, access, title, people, counters.

use editor::Editor;
use leptos::prelude::{Get as _, WithUntracked as _};
use shared::protocol::{Rights, Role};
use shared::sync::Replica;

use super::published::Published;
use crate::view_model::{BoardCounters, BoardRevision, Keeping, PersonView, Status, Trouble};

/// The signals of the board's state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BoardSignals {
    /// Whether the board is connected and saved.
    pub(crate) status: Published<Status>,
    /// What happens to unsaved changes if the page ends.
    pub(crate) keeping: Published<Keeping>,
    /// What keeps the page from its server, when that has lasted for a while.
    pub(crate) trouble: Published<Option<Trouble>>,
    /// What the link allows; `None` before the first welcome.
    pub(crate) role: Published<Option<Role>>,
    /// What the settings of the board let this person do; `None` before a server has said it.
    pub(crate) rights: Published<Option<Rights>>,
    /// The title of the board.
    pub(crate) title: Published<String>,
    /// All people on the board, this person first.
    pub(crate) people: Published<Vec<PersonView>>,
    /// A number that grows whenever others moved, came, left or showed something, and with the
    /// rights of this person.
    pub(crate) presence: Published<u64>,
    /// A revision that changes with the content of the board.
    pub(crate) revision: Published<BoardRevision>,
    /// Counters of elements and commits.
    pub(crate) counters: Published<BoardCounters>,
    /// Whether the board is loaded, empty, and this person may draw on it.
    pub(crate) is_untouched: Published<bool>,
}

impl BoardSignals {
    pub(super) fn new() -> Self {
        Self {
            status: Published::new(Status::Connecting),
            keeping: Published::new(Keeping::InBrowser),
            trouble: Published::new(None),
            role: Published::new(None),
            rights: Published::new(None),
            title: Published::new(String::new()),
            people: Published::new(Vec::new()),
            presence: Published::new(0),
            revision: Published::new(BoardRevision::default()),
            counters: Published::new(BoardCounters::default()),
            is_untouched: Published::new(false),
        }
    }

    /// Whether this person may draw now. Before a server has said it, the page assumes so.
    pub(crate) fn may_draw(self) -> bool {
        let link_draws = self.role.get().is_none_or(Role::may_draw);
        link_draws && self.rights.get().is_none_or(|rights| rights.draw)
    }

    /// Publishes the status, role and rights, and whether the board is untouched.
    pub(super) fn publish(
        self,
        status: Status,
        rights: Option<Rights>,
        replica: &Replica,
        editor: &Editor,
    ) {
        let role = replica.role();
        self.rights.publish(rights);
        let is_untouched = replica.at().is_some()
            && replica.board().is_empty()
            && editor.own_ink().is_none()
            && role.is_some_and(Role::may_draw)
            && rights.is_none_or(|rights| rights.draw);
        self.status.publish(status);
        self.role.publish(role);
        self.is_untouched.publish(is_untouched);
    }

    /// Publishes that others moved, came, left or showed something.
    pub(super) fn presence_changed(self) {
        let revision = self.presence.try_with_untracked(|it| it + 1);
        self.presence.publish(revision.unwrap_or_default());
    }

    /// Publishes the revision and the counters.
    pub(super) fn publish_counters(self, replica: &Replica, editor: &Editor, unsaved: usize) {
        let revision = BoardRevision {
            seq: replica.at().map_or(0, |at| at.seq),
            pending: replica.pending(),
            elements: replica.board().len(),
        };
        self.revision.publish(revision);
        self.counters.publish(BoardCounters {
            revision,
            unsaved,
            live_points: replica.presence().points_received(),
            selected: editor.selection().ids.len(),
            is_typing: editor.edited_element().is_some(),
        });
    }
}
