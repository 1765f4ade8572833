//! Which links this person may hand out.

use leptos::prelude::window;
use shared::id::{BoardId, Secret};
use shared::protocol::Role;

use crate::boards::{Known, known};
use crate::link::address;
use crate::ui::ShareLinks;

/// The links for others. A link yields the lesser ones, unless this browser was
/// told others when the board was made.
pub(super) fn share_links(board: BoardId, role: Option<Role>) -> ShareLinks {
    let origin = window().location().origin().unwrap_or_default();
    let Known {
        secret, edit, view, ..
    } = known(board);
    let link = |secret| format!("{origin}{}", address(board, secret));
    let weaker = |secret: Option<Secret>| secret.map(|secret| secret.weaker());
    let (edit, view) = match role {
        // An owner's own link is never handed out.
        Some(Role::Owner) => {
            let edit = edit.or_else(|| weaker(secret));
            (edit, view.or_else(|| weaker(edit)))
        }
        Some(Role::Edit) => (secret, weaker(secret)),
        Some(Role::View) => (None, secret),
        None => (None, None),
    };
    ShareLinks {
        edit: edit.map(link),
        view: view.map(link),
    }
}
