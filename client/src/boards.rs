//! The boards that this browser has opened.
//!
//! Knows what is kept of each: its link, title, role and the last visit. Secrets
//! stay in this browser.

use serde::{Deserialize, Serialize};
use shared::id::{BoardId, Secret};
use shared::protocol::Role;

use crate::clock;
use crate::storage::Area;

/// First of the keys; the board's id follows.
const KEY: &str = "board:";

/// What this browser knows of a board.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Known {
    /// Seconds since 1970 of the last visit.
    pub(crate) opened: u64,
    /// What the link in use allows; `None` until the server said so.
    pub(crate) role: Option<Role>,
    /// The secret in use.
    pub(crate) secret: Option<Secret>,
    /// The secret of the link for editing, if known.
    pub(crate) edit: Option<Secret>,
    /// The secret of the link for viewing, if known.
    pub(crate) view: Option<Secret>,
    /// The title when it was last open.
    pub(crate) title: String,
}

/// What is known of one board; nothing much if it was never open here.
#[must_use]
pub(crate) fn known(board: BoardId) -> Known {
    Area::Browser
        .get_or_convert(&key(board), Known::from_earlier_form)
        .unwrap_or_default()
}

/// Changes what is known of a board.
pub(crate) fn note(board: BoardId, change: impl FnOnce(&mut Known)) {
    let mut entry = known(board);
    change(&mut entry);
    entry.opened = clock::unix_seconds();
    Area::Browser.set(&key(board), &entry);
}

/// Takes a board off the list; the board itself stays.
pub(crate) fn forget(board: BoardId) {
    Area::Browser.remove(&key(board));
}

/// All boards that can be opened again, last opened first.
#[must_use]
pub(crate) fn all() -> Vec<(BoardId, Known)> {
    let ids = Area::Browser
        .keys(KEY)
        .into_iter()
        .filter_map(|id| id.parse().ok());
    let mut all: Vec<_> = ids.map(|id| (id, known(id))).collect();
    all.retain(|(_, known)| known.secret.is_some());
    all.sort_by_key(|(_, known)| std::cmp::Reverse(known.opened));
    all
}

fn key(board: BoardId) -> String {
    format!("{KEY}{board}")
}

impl Known {
    /// A link opened the board. It takes the place of the one kept, unless that
    /// allows more: an owner who tries out a view link stays the owner.
    pub(crate) fn met(&mut self, secret: Secret, role: Option<Role>) {
        if role >= self.role {
            self.secret = Some(secret);
            self.role = role;
        }
    }

    /// The link that is kept did not open the board: any other that does is better.
    pub(crate) const fn failed(&mut self) {
        self.role = None;
    }

    /// Reads the form of versions before JSON: fields with spaces between, `-` for none. The
    /// title is last, because it may contain spaces.
    fn from_earlier_form(text: &str) -> Option<Self> {
        let mut fields = text.splitn(6, ' ');
        Some(Self {
            opened: fields.next()?.parse().ok()?,
            role: earlier_role(fields.next()?),
            secret: fields.next()?.parse().ok(),
            edit: fields.next()?.parse().ok(),
            view: fields.next()?.parse().ok(),
            title: fields.next()?.to_owned(),
        })
    }
}

fn earlier_role(word: &str) -> Option<Role> {
    match word {
        "owner" => Some(Role::Owner),
        "edit" => Some(Role::Edit),
        "view" => Some(Role::View),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Known {
        Known {
            opened: 17,
            role: Some(Role::Edit),
            secret: Some(Secret::from_bytes([1; 16])),
            edit: None,
            view: Some(Secret::from_bytes([2; 16])),
            title: "Plans for  spring ".into(),
        }
    }

    #[test]
    fn an_entry_is_read_as_it_was_written() {
        for entry in [full(), Known::default()] {
            let text = serde_json::to_string(&entry).unwrap();
            assert_eq!(serde_json::from_str::<Known>(&text).unwrap(), entry);
        }
    }

    #[test]
    fn an_entry_of_an_earlier_version_is_read() {
        let text = "17 edit AQEBAQEBAQEBAQEBAQEBAQ - AgICAgICAgICAgICAgICAg Plans for  spring ";
        assert_eq!(Known::from_earlier_form(text), Some(full()));
        assert_eq!(
            Known::from_earlier_form("0 - - - - "),
            Some(Known::default())
        );
    }

    #[test]
    fn a_weaker_link_does_not_replace_a_stronger_one_that_works() {
        let (owner, view) = (Secret::from_bytes([1; 16]), Secret::from_bytes([2; 16]));
        let mut known = Known::default();
        known.met(owner, Some(Role::Owner));
        known.met(view, Some(Role::View));
        assert_eq!((known.secret, known.role), (Some(owner), Some(Role::Owner)));
        known.failed();
        known.met(view, Some(Role::View));
        assert_eq!((known.secret, known.role), (Some(view), Some(Role::View)));
    }

    #[test]
    fn rubbish_is_no_entry() {
        assert_eq!(Known::from_earlier_form("yesterday owner"), None);
        assert_eq!(Known::from_earlier_form("{\"opened\": true}"), None);
    }
}
