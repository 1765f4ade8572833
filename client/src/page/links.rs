//! The links that this person can give to others.

use shared::api::BoardManagement;
use shared::id::{BoardId, Secret};
use shared::protocol::Role;

use crate::base::base;
use crate::boards::{self, BoardRecord};
use crate::link::{LinkedView, address, with_view};
use crate::ui::ShareLinks;

/// The notices when a link to a view was copied.
const EDIT_COPIED: &str = "A link for editing, to this place, is on the clipboard.";
const VIEW_COPIED: &str = "A link for viewing, to this place, is on the clipboard.";

/// The links for others. Weaker links are derived from the own link, unless this browser
/// knows the links that the server made with the board.
pub(super) fn share_links(board: BoardId, secret: Secret, role: Option<Role>) -> ShareLinks {
    let base = base();
    let BoardRecord { edit, view, .. } = boards::load(board);
    let link = |secret| format!("{base}{}", address(board, secret));
    let (edit, view) = match role {
        // The link of an owner is for the owner only.
        Some(Role::Owner) => {
            let edit = edit.unwrap_or_else(|| secret.weaker());
            (Some(edit), Some(view.unwrap_or_else(|| edit.weaker())))
        }
        Some(Role::Edit) => (Some(secret), Some(secret.weaker())),
        Some(Role::View) => (None, Some(secret)),
        None => (None, None),
    };
    ShareLinks {
        edit: edit.map(link),
        view: view.map(link),
    }
}

/// The links for others of an owner: the first of each role that is valid and has neither an end nor a
/// limit. A role without such a link keeps none.
pub(super) fn managed_links(state: &BoardManagement, known: ShareLinks) -> ShareLinks {
    let of = |role| {
        let mut links = state.links.iter();
        let found = links.find(|link| {
            link.role == role
                && link.expires_ms.is_none()
                && link.max_people.is_none()
                && link.url.is_some()
        });
        found.and_then(|link| link.url.clone())
    };
    // The owner of a board of before this list has the links that this browser derived.
    if state.links.is_empty() {
        return known;
    }
    ShareLinks {
        edit: of(Role::Edit),
        view: of(Role::View),
    }
}

/// A link to a view of the board, for editing if this person may give that. The second value
/// confirms the copy; it says what the link allows.
pub(super) fn link_to_view(
    board: BoardId,
    secret: Secret,
    role: Option<Role>,
    target: LinkedView,
) -> Option<(String, &'static str)> {
    let ShareLinks { edit, view } = share_links(board, secret, role);
    let edit = edit.map(|link| (link, EDIT_COPIED));
    let (link, words) = edit.or_else(|| Some((view?, VIEW_COPIED)))?;
    Some((with_view(&link, target), words))
}
