//! The identity of this tab on a board, kept in the tab over reloads.

use serde::{Deserialize, Serialize};
use shared::id::{BoardId, ClientKey, CommitNo};
use shared::sync::Identity;

use crate::storage::Area;

/// An identity as it is stored.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stored {
    board: BoardId,
    key: ClientKey,
    next_cno: CommitNo,
    session: u32,
}

/// The identity that this tab had before it was loaded again.
#[must_use]
pub(crate) fn load(board: BoardId) -> Option<Identity> {
    let stored = Area::Tab.get_or_convert(&storage_key(board), |text| {
        Stored::from_earlier_form(board, text)
    });
    stored.map(Identity::from)
}

/// Keeps the identity for the next load of this tab.
pub(crate) fn save(board: BoardId, identity: &Identity) {
    Area::Tab.set(&storage_key(board), &Stored::new(board, identity));
}

/// Forgets the identity: the next load of this tab begins with another one.
pub(crate) fn forget(board: BoardId) {
    Area::Tab.remove(&storage_key(board));
}

fn storage_key(board: BoardId) -> String {
    format!("tab:{board}")
}

impl Stored {
    const fn new(board: BoardId, identity: &Identity) -> Self {
        Self {
            board,
            key: identity.key,
            next_cno: identity.next_cno,
            session: identity.session,
        }
    }

    /// Reads the form of versions before JSON: key, number and count with spaces between. A tab
    /// that is loaded again by an update keeps its identity.
    fn from_earlier_form(board: BoardId, text: &str) -> Option<Self> {
        let mut fields = text.split(' ');
        Some(Self {
            board,
            key: fields.next()?.parse().ok()?,
            next_cno: fields.next()?.parse().ok()?,
            session: fields.next()?.parse().ok()?,
        })
    }
}

impl From<Stored> for Identity {
    fn from(stored: Stored) -> Self {
        Self {
            key: stored.key,
            next_cno: stored.next_cno,
            session: stored.session,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changed_text::changes;

    #[test]
    fn an_identity_is_read_as_this_and_earlier_versions_wrote_it() {
        let board = BoardId::from_bytes([1; 16]);
        let identity = Identity {
            key: ClientKey::from_bytes([2; 16]),
            next_cno: 7,
            session: 1_795_382_810,
        };
        let text = serde_json::to_string(&Stored::new(board, &identity)).unwrap();
        let json = r#"{"board":"01010101-0101-0101-0101-010101010101","key":"02020202-0202-0202-0202-020202020202","next_cno":7,"session":1795382810}"#;
        assert_eq!(
            text, json,
            "tabs are loaded again by older and newer versions"
        );
        let stored: Stored = serde_json::from_str(&text).unwrap();
        assert_eq!(Identity::from(stored), identity);
        let earlier = "AgICAgICAgICAgICAgICAg 7 1795382810";
        let stored = Stored::from_earlier_form(board, earlier).unwrap();
        assert_eq!(Identity::from(stored), identity);
        for rubbish in ["key 7 8", "AgICAgICAgICAgICAgICAg"] {
            assert_eq!(Stored::from_earlier_form(board, rubbish), None);
        }
        for changed in changes(&text).iter().chain(&changes(earlier)) {
            let _ = Stored::from_earlier_form(board, changed);
            let _ = serde_json::from_str::<Stored>(changed);
        }
    }
}
