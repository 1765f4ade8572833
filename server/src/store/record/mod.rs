//! The record of a board: its title, its links, and what its owners decided about people.
//!
//! No secret is stored. The links are checked by their hashes, and the secrets of all links can be
//! computed from that of any owner link ([`LinkSource`], [`LinkRecord::wrapped_root`]), so that owners
//! can be shown them.

mod stored;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use shared::api::{
    BoardSettings, ClearedBoard, LinkEnd, LinkEndReason, MutedPerson, RemovedPerson,
};
use shared::id::{LinkId, Secret, SecretHash};
use shared::protocol::{Role, decode, encode};
use shared::sync::Access;
use subtle::ConstantTimeEq as _;

use super::StoreError;
use stored::Stored;

/// Links that have ended and are remembered, so that people who come by them are told why. The
/// oldest are forgotten first.
pub const MAX_ENDED_LINKS: usize = 100;
/// People who are muted, and people who were removed, on one board: more come by a link that should be
/// replaced.
pub const MAX_NAMED_PEOPLE: usize = 200;
/// How often a board is remembered as it was before it was cleared. The oldest is forgotten first.
pub const MAX_CLEARED: usize = 20;
/// Largest encoded record: a long title, and as many links and people as it may name.
const MAX_RECORD_BYTES: usize = 256 * 1024;

/// 16 bytes that are no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bytes16(#[serde(with = "serde_bytes")] pub [u8; 16]);

/// How the secret of a link follows from the root secret of its board, the secret of its first owner
/// link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkSource {
    /// It is the root secret.
    #[serde(rename = "r")]
    Root,
    /// It is the root secret, made weaker so many times ([`Secret::weaker`]).
    #[serde(rename = "w")]
    Weaker(u8),
    /// It is a hash of the root secret and these bytes.
    #[serde(rename = "n")]
    Nonce(Bytes16),
}

/// One capability link of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRecord {
    /// Its number on the board.
    pub id: LinkId,
    /// The role that the link grants.
    pub role: Role,
    /// SHA-256 of its secret.
    pub hash: SecretHash,
    /// What its owner calls it.
    pub label: String,
    /// Milliseconds since 1970 when it was made; for people, never for order.
    pub created_ms: u64,
    /// Milliseconds since 1970 when it ends, if it does.
    pub expires_ms: Option<u64>,
    /// How many people may be on the board by it.
    pub max_people: Option<u32>,
    /// Whether programs may use it.
    pub programs: bool,
    /// How its secret follows from the root secret.
    pub source: LinkSource,
    /// The root secret, which only the secret of this link uncovers. Every owner link has it except
    /// that of the root secret itself.
    pub wrapped_root: Option<Bytes16>,
    /// Milliseconds since 1970 when an owner revoked it, if one did.
    pub revoked_ms: Option<u64>,
}

impl LinkRecord {
    /// One of the links that every board has from the beginning.
    #[must_use]
    pub const fn first(id: LinkId, role: Role, hash: SecretHash, created_ms: u64) -> Self {
        Self {
            id,
            role,
            hash,
            label: String::new(),
            created_ms,
            expires_ms: None,
            max_people: None,
            programs: true,
            source: match role {
                Role::Owner => LinkSource::Root,
                Role::Edit => LinkSource::Weaker(1),
                Role::View => LinkSource::Weaker(2),
            },
            wrapped_root: None,
            revoked_ms: None,
        }
    }

    /// Why and when the link ended, if it has ended at `now_ms`.
    #[must_use]
    pub fn end(&self, now_ms: u64) -> Option<LinkEnd> {
        let end = |reason| move |at_ms| LinkEnd { at_ms, reason };
        let expired = self.expires_ms.filter(|at_ms| *at_ms <= now_ms);
        let revoked = self.revoked_ms.map(end(LinkEndReason::Revoked));
        revoked.or_else(|| expired.map(end(LinkEndReason::Expired)))
    }
}

/// Title and links of a board, and what its owners decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct BoardRecord {
    /// Title; never empty.
    pub title: String,
    /// Milliseconds since 1970 when it was made; for people, never for order.
    pub created_ms: u64,
    /// Its links in the order of their numbers.
    pub links: Vec<LinkRecord>,
    /// The number of its next link.
    pub next_link: LinkId,
    /// How often its owners changed anything but the title. A server that finds a lower number in the
    /// store than it knows has found that the store lost such a change.
    pub revision: u64,
    /// What people on the board may do.
    pub settings: BoardSettings,
    /// People who may not change the board.
    pub muted: Vec<MutedPerson>,
    /// People who may not come back.
    pub removed: Vec<RemovedPerson>,
    /// The board as it was before owners cleared it, oldest first.
    pub cleared: Vec<ClearedBoard>,
}

impl BoardRecord {
    /// The record of a board with these links and nothing else decided.
    #[must_use]
    pub fn new(
        title: String,
        created_ms: u64,
        links: impl IntoIterator<Item = (Role, SecretHash)>,
    ) -> Self {
        let first = |(id, (role, hash))| LinkRecord::first(LinkId(id), role, hash, created_ms);
        let links: Vec<LinkRecord> = (0..).zip(links).map(first).collect();
        Self {
            title,
            created_ms,
            next_link: links.last().map_or(LinkId(0), |last| LinkId(last.id.0 + 1)),
            links,
            revision: 0,
            settings: BoardSettings::default(),
            muted: Vec::new(),
            removed: Vec::new(),
            cleared: Vec::new(),
        }
    }

    /// Encodes it for a store.
    pub(super) fn to_bytes(&self) -> Result<Bytes, StoreError> {
        encode(self).map_err(|error| StoreError::Corrupt(format!("record: {error}")))
    }

    /// Decodes what [`Self::to_bytes`] encoded.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        decode(bytes, MAX_RECORD_BYTES)
            .map_err(|error| StoreError::Corrupt(format!("record: {error}")))
    }

    /// The link of a secret, valid or not; `None` if the board has no such link. Compares the secret
    /// with every link in constant time.
    #[must_use]
    pub fn link_of(&self, secret: &Secret) -> Option<&LinkRecord> {
        let hash = secret.hash();
        self.links.iter().fold(None, |found, link| {
            if bool::from(link.hash.0.ct_eq(&hash.0)) {
                Some(link)
            } else {
                found
            }
        })
    }

    /// What it says about rights, beside the roles of its links.
    #[must_use]
    pub fn access(&self) -> Access {
        let BoardSettings {
            viewers_chat,
            viewers_see_cursors,
            editors_gather,
            frozen,
            programs_propose,
        } = self.settings;
        Access {
            frozen,
            viewers_chat,
            viewers_see_no_cursors: !viewers_see_cursors,
            only_owners_gather: !editors_gather,
            programs_propose,
            muted: self.muted.iter().map(|muted| muted.person).collect(),
        }
    }

    /// The link with a number.
    #[must_use]
    pub fn link(&self, id: LinkId) -> Option<&LinkRecord> {
        self.links.iter().find(|link| link.id == id)
    }
}

#[cfg(test)]
mod tests;
