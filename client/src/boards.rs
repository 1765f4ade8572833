//! The boards that this browser has opened: link, title, role and last visit of each. Secrets stay
//! in this browser.

use serde::{Deserialize, Serialize};
use shared::id::{BoardId, Secret};
use shared::protocol::Role;

use crate::clock;
use crate::storage::Area;

/// The beginning of the storage keys. The id of the board follows.
const KEY: &str = "board:";

/// A board that this browser has opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct BoardRecord {
    /// The last visit, in seconds since 1970.
    pub(crate) opened: u64,
    /// The role of the link in use; `None` until the server has said it.
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

/// The record of a board; an empty one if this browser never opened it.
#[must_use]
pub(crate) fn load(board: BoardId) -> BoardRecord {
    Area::Browser
        .get_or_convert(&key(board), BoardRecord::from_earlier_form)
        .unwrap_or_default()
}

/// Changes the record of a board.
pub(crate) fn update(board: BoardId, change: impl FnOnce(&mut BoardRecord)) {
    let mut record = load(board);
    change(&mut record);
    record.opened = clock::unix_seconds();
    Area::Browser.set(&key(board), &record);
}

/// Removes a board from the list. The board itself stays.
pub(crate) fn forget(board: BoardId) {
    Area::Browser.remove(&key(board));
}

/// All boards that can be opened again, the last opened first.
#[must_use]
pub(crate) fn all() -> Vec<(BoardId, BoardRecord)> {
    let ids = Area::Browser
        .keys(KEY)
        .into_iter()
        .filter_map(|id| id.parse().ok());
    let mut all: Vec<_> = ids.map(|id| (id, load(id))).collect();
    all.retain(|(_, record)| record.secret.is_some());
    all.sort_by_key(|(_, record)| std::cmp::Reverse(record.opened));
    all
}

fn key(board: BoardId) -> String {
    format!("{KEY}{board}")
}

impl BoardRecord {
    /// A link opened the board. It replaces the stored link, unless the stored one allows more: an
    /// owner who tries a link for viewing stays the owner.
    pub(crate) fn on_opened(&mut self, secret: Secret, role: Option<Role>) {
        if role >= self.role {
            self.secret = Some(secret);
            self.role = role;
        }
    }

    /// The stored link did not open the board. Any link that opens it will replace the stored one.
    pub(crate) const fn on_refused(&mut self) {
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
    use crate::changed_text::changes;

    fn full() -> BoardRecord {
        BoardRecord {
            opened: 17,
            role: Some(Role::Edit),
            secret: Some(Secret::from_bytes([1; 16])),
            edit: None,
            view: Some(Secret::from_bytes([2; 16])),
            title: "Plans for  spring ".into(),
        }
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        for record in [full(), BoardRecord::default()] {
            let text = serde_json::to_string(&record).unwrap();
            assert_eq!(serde_json::from_str::<BoardRecord>(&text).unwrap(), record);
        }
    }

    #[test]
    fn a_record_of_an_earlier_version_is_read() {
        let text = "17 edit AQEBAQEBAQEBAQEBAQEBAQ - AgICAgICAgICAgICAgICAg Plans for  spring ";
        assert_eq!(BoardRecord::from_earlier_form(text), Some(full()));
        assert_eq!(
            BoardRecord::from_earlier_form("0 - - - - "),
            Some(BoardRecord::default())
        );
    }

    #[test]
    fn a_weaker_link_does_not_replace_a_stronger_one_that_works() {
        let (owner, view) = (Secret::from_bytes([1; 16]), Secret::from_bytes([2; 16]));
        let mut record = BoardRecord::default();
        record.on_opened(owner, Some(Role::Owner));
        record.on_opened(view, Some(Role::View));
        assert_eq!(
            (record.secret, record.role),
            (Some(owner), Some(Role::Owner))
        );
        record.on_refused();
        record.on_opened(view, Some(Role::View));
        assert_eq!((record.secret, record.role), (Some(view), Some(Role::View)));
    }

    #[test]
    fn a_changed_record_is_read_or_not() {
        let earlier = "17 edit AQEBAQEBAQEBAQEBAQEBAQ - AgICAgICAgICAgICAgICAg Plans for あ";
        for changed in changes(earlier) {
            if let Some(record) = BoardRecord::from_earlier_form(&changed) {
                assert!(changed.ends_with(&record.title), "{changed}");
            }
        }
        let json = serde_json::to_string(&full()).unwrap();
        for changed in changes(&json) {
            let _ = serde_json::from_str::<BoardRecord>(&changed);
        }
    }

    #[test]
    fn an_invalid_record_is_not_read() {
        assert_eq!(BoardRecord::from_earlier_form("yesterday owner"), None);
        assert_eq!(BoardRecord::from_earlier_form("{\"opened\": true}"), None);
    }
}
