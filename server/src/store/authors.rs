//! Reads the last commit number of each author from a snapshot. A store that restores a lost board
//! needs them, or it would take old commits for new ones. Stores read nothing else of a snapshot.

use serde::de::IgnoredAny;
use shared::id::{ClientId, CommitNo};
use shared::limits::MAX_SNAPSHOT_BYTES;
use shared::protocol::decode;
use std::collections::BTreeMap;

use super::StoreError;

/// Position and board are skipped; see [`shared::sync::Snapshot`].
type Outline = (IgnoredAny, IgnoredAny, BTreeMap<ClientId, CommitNo>);

/// The last commit of each author that is part of an encoded snapshot.
///
/// # Errors
/// [`StoreError::Corrupt`] if it is malformed.
pub(super) fn authors_of(snapshot: &[u8]) -> Result<BTreeMap<ClientId, CommitNo>, StoreError> {
    let (_, _, authors): Outline = decode(snapshot, MAX_SNAPSHOT_BYTES)
        .map_err(|error| StoreError::Corrupt(format!("snapshot: {error}")))?;
    Ok(authors)
}

#[cfg(test)]
mod tests {
    use shared::chat::Chat;
    use shared::id::{Epoch, Position};
    use shared::model::Board;
    use shared::protocol::encode;
    use shared::sync::Snapshot;

    use super::*;

    #[test]
    fn authors_are_found_in_a_real_snapshot() {
        let at = Position {
            epoch: Epoch::from_bytes([1; 16]),
            seq: 9,
        };
        let authors = BTreeMap::from([(ClientId::from_bytes([2; 16]), 7)]);
        let snapshot = Snapshot {
            at,
            board: Board::new(),
            authors: authors.clone(),
            chat: Chat::default(),
        };
        assert_eq!(authors_of(&encode(&snapshot).unwrap()).unwrap(), authors);
    }

    #[test]
    fn other_bytes_are_refused() {
        assert!(authors_of(b"not a snapshot").is_err());
    }
}
