//! The record of a board: its title and links.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use shared::id::{Secret, SecretHash};
use shared::protocol::{Role, decode, encode};
use shared::sync::Access;
use subtle::ConstantTimeEq as _;

use super::StoreError;

/// One capability link of a board. The secret itself is never stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRecord {
    /// The role that the link grants.
    pub role: Role,
    /// SHA-256 of its secret.
    pub hash: SecretHash,
}

/// Title and links of a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardRecord {
    /// Title; never empty.
    pub title: String,
    /// Milliseconds since 1970 when it was made; for people, never for order.
    pub created_ms: u64,
    /// Its links.
    pub links: Vec<LinkRecord>,
}

/// Largest encoded record: a long title and hundreds of links.
const MAX_RECORD_BYTES: usize = 64 * 1024;

impl BoardRecord {
    /// Encodes it for a store.
    pub(super) fn to_bytes(&self) -> Result<Bytes, StoreError> {
        encode(self).map_err(|error| StoreError::Corrupt(format!("record: {error}")))
    }

    /// Decodes what [`Self::to_bytes`] encoded.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        decode(bytes, MAX_RECORD_BYTES)
            .map_err(|error| StoreError::Corrupt(format!("record: {error}")))
    }

    /// What it says about rights, beside the roles of its links.
    #[must_use]
    pub fn access(&self) -> Access {
        Access::default()
    }

    /// The role that a secret gives on this board; `None` if it fits no link. Compares it with
    /// every link in constant time.
    #[must_use]
    pub fn role_of(&self, secret: &Secret) -> Option<Role> {
        let hash = secret.hash();
        self.links.iter().fold(None, |found, link| {
            if bool::from(link.hash.0.ct_eq(&hash.0)) {
                Some(link.role)
            } else {
                found
            }
        })
    }
}
