//! Which links this person may hand out.

use leptos::prelude::window;
use shared::id::{BoardId, Secret};
use shared::protocol::Role;

use crate::boards::{Known, known};
use crate::link::{Spot, address, with_spot};
use crate::ui::ShareLinks;

/// Said when a link to a place was copied.
const EDIT_COPIED: &str = "A link for editing, to this place, is on the clipboard.";
const VIEW_COPIED: &str = "A link for viewing, to this place, is on the clipboard.";

/// The links for others. A link yields the lesser ones, unless this browser was
/// told others when the board was made.
pub(super) fn share_links(board: BoardId, secret: Secret, role: Option<Role>) -> ShareLinks {
    let origin = window().location().origin().unwrap_or_default();
    let Known { edit, view, .. } = known(board);
    let link = |secret| format!("{origin}{}", address(board, secret));
    let (edit, view) = match role {
        // An owner's own link is never handed out.
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

/// A link for others to the part of the board that is seen here: for editing, if
/// this person may hand that out. And what is said when it has been copied: whoever
/// passes it on must know what it allows.
pub(crate) fn link_to_spot(
    board: BoardId,
    secret: Secret,
    role: Option<Role>,
    spot: Spot,
) -> Option<(String, &'static str)> {
    let ShareLinks { edit, view } = share_links(board, secret, role);
    let edit = edit.map(|link| (link, EDIT_COPIED));
    let (link, words) = edit.or_else(|| Some((view?, VIEW_COPIED)))?;
    Some((with_spot(&link, spot), words))
}
