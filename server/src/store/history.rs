//! What a store knows about the history of a board beside its commits: who used a client, and when
//! commits were stored.

use bytes::Bytes;
use serde_tuple::{Deserialize_tuple, Serialize_tuple};
use shared::id::{ClientId, PersonId, Seq};
use shared::limits::MAX_NAME_CHARS;
use shared::model::Color;
use shared::protocol::{decode, encode};
use shared::sync::NamedAuthor;

use super::StoreError;

/// An encoded author is at most as long: a name, an id and small numbers.
const MAX_AUTHOR_BYTES: usize = 4 * MAX_NAME_CHARS + 128;

/// The user of a client that has changed a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Author {
    /// The person.
    pub person: PersonId,
    /// The name that the person had at last.
    pub name: String,
    /// The colour of the person.
    pub color: Color,
    /// Milliseconds since 1970 when this was noted.
    pub at_ms: u64,
}

impl From<NamedAuthor> for Author {
    fn from(named: NamedAuthor) -> Self {
        let NamedAuthor {
            client: _,
            person,
            name,
            color,
            at_ms,
        } = named;
        Self {
            person,
            name,
            color,
            at_ms,
        }
    }
}

impl Author {
    /// The form in which it is stored.
    ///
    /// # Errors
    /// Never for this type; serde requires the result type.
    pub(super) fn to_bytes(&self) -> Result<Bytes, StoreError> {
        encode(self).map_err(|error| StoreError::Corrupt(error.to_string()))
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if it is malformed.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        decode(bytes, MAX_AUTHOR_BYTES)
            .map_err(|error| StoreError::Corrupt(format!("author: {error}")))
    }
}

/// The authors of a board by their clients.
pub type Authors = Vec<(ClientId, Author)>;

/// A second in which commits were stored. A store has one for each such second, in order; commits
/// that earlier versions stored have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeMark {
    /// The first commit that was stored in this second.
    pub first: Seq,
    /// Seconds since 1970.
    pub second: u64,
}
