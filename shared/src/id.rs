//! Newtype ids and their text forms.
//!
//! This module never makes an id: its callers pass in random bytes and the time.

mod position;

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use position::{Position, PositionError};

/// The reason why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The text is not 22 characters of unpadded base64url that hold exactly 16 bytes.
    #[error("expected 22 characters of A-Z a-z 0-9 - _, found {0} characters")]
    Malformed(usize),
}

macro_rules! id16 {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        // Aligned to 8 bytes, so that two word moves copy an id wherever it lies.
        #[repr(align(8))]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes an id of 16 raw bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The 16 raw bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }
    };
}

/// Decodes the text form of an id.
fn bytes16(text: &str) -> Result<[u8; 16], IdError> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| IdError::Malformed(text.chars().count()))
}

macro_rules! text16 {
    ($name:ident) => {
        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                bytes16(text).map(Self::from_bytes)
            }
        }
    };
}

macro_rules! shown16 {
    ($name:ident) => {
        text16!($name);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&URL_SAFE_NO_PAD.encode(self.as_bytes()))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
    };
}

id16! {
    /// A board: a v4 uuid, shown as 22 characters of base64url.
    BoardId
}
shown16!(BoardId);

id16! {
    /// An element of a board: a v7 uuid, so that newer ids sort after older ones.
    ElementId
}
shown16!(ElementId);

id16! {
    /// A group of elements that are selected together.
    GroupId
}
shown16!(GroupId);

id16! {
    /// The public id of a client, derived from its [`ClientKey`].
    ClientId
}
shown16!(ClientId);

id16! {
    /// One server process.
    NodeId
}
shown16!(NodeId);

id16! {
    /// One history of a board. A new epoch begins when a store has lost part of the history;
    /// positions of different epochs cannot be compared.
    Epoch
}
shown16!(Epoch);

id16! {
    /// The private key of a client. Only its holder can act as the [`ClientId`] derived from it. It
    /// is never logged.
    ClientKey
}
text16!(ClientKey);

id16! {
    /// The public id of a browser profile on a board, derived from its [`DeviceKey`].
    DeviceId
}
shown16!(DeviceId);

id16! {
    /// The private key of a browser profile, which its tabs share. It is never logged.
    DeviceKey
}
text16!(DeviceKey);

id16! {
    /// A person on a board: the id of the browser profile if the client named one, else that of the
    /// client. Tabs of one browser are one person.
    PersonId
}
shown16!(PersonId);

id16! {
    /// A message of the chat, chosen at random by its client.
    MessageId
}
shown16!(MessageId);

id16! {
    /// A proposal: elements that a program wants to add, chosen at random.
    ProposalId
}
shown16!(ProposalId);

id16! {
    /// One encoded snapshot: a hash of its parts.
    SnapshotId
}
shown16!(SnapshotId);

id16! {
    /// The secret of a link to a board: 128 random bits. It is never logged; a server stores only
    /// its [`SecretHash`].
    Secret
}
text16!(Secret);

impl ClientKey {
    /// The public id: the first 16 bytes of SHA-256 over the key.
    #[must_use]
    pub fn client_id(&self) -> ClientId {
        ClientId::from_bytes(first16(Sha256::new().chain_update(self.as_bytes())))
    }

    /// The text form. The browser stores the key in this form.
    #[must_use]
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.as_bytes())
    }
}

impl PersonId {
    /// The person behind a client.
    #[must_use]
    pub fn of(client: ClientId, device: Option<DeviceId>) -> Self {
        let bytes = device.map_or(*client.as_bytes(), |device| *device.as_bytes());
        Self::from_bytes(bytes)
    }
}

impl DeviceKey {
    /// The public id: the first 16 bytes of SHA-256 over the key.
    #[must_use]
    pub fn device_id(&self) -> DeviceId {
        DeviceId::from_bytes(first16(Sha256::new().chain_update(self.as_bytes())))
    }

    /// The key of the same browser profile for one board. People who share several boards with it
    /// thus see a different id on each.
    #[must_use]
    pub fn for_board(&self, board: BoardId) -> Self {
        let hash = Sha256::new_with_prefix(b"commonslate device on board");
        let hash = hash
            .chain_update(self.as_bytes())
            .chain_update(board.as_bytes());
        Self::from_bytes(first16(hash))
    }

    /// The text form. The browser stores the key in this form.
    #[must_use]
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.as_bytes())
    }
}

/// The number of a link on its board. Numbers are never given again.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct LinkId(pub u32);

impl SnapshotId {
    /// The id of a snapshot with these compressed sections: the first 16 bytes of SHA-256 over the
    /// sections, each with its length before it.
    #[must_use]
    pub fn of_sections<'a>(sections: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let hash = sections.into_iter().fold(Sha256::new(), |hash, section| {
            let length = (section.len() as u64).to_be_bytes();
            hash.chain_update(length).chain_update(section)
        });
        Self::from_bytes(first16(hash))
    }
}

/// The first 16 bytes of a hash.
fn first16(hash: Sha256) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes
        .iter_mut()
        .zip(hash.finalize())
        .for_each(|(to, from)| *to = from);
    bytes
}

impl Secret {
    /// The text form, which a link carries. No other method reveals the secret.
    #[must_use]
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.as_bytes())
    }

    /// The secret of the next weaker link of the same board: from owner to edit, from edit to view.
    /// The holder of a link can therefore make weaker links without asking the server. Nobody can
    /// go the other way, because that would need the inverse of SHA-256.
    #[must_use]
    pub fn weaker(&self) -> Self {
        let hash =
            Sha256::new_with_prefix(b"commonslate weaker link").chain_update(self.as_bytes());
        Self::from_bytes(first16(hash))
    }

    /// The hash that a server stores instead of the secret.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.as_bytes()).into())
    }
}

impl fmt::Debug for ClientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientKey(hidden)")
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceKey(hidden)")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

/// SHA-256 of a link's secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SecretHash(#[serde(with = "serde_bytes")] pub [u8; 32]);

/// Position in the history of one epoch: the number of commits up to and including that position.
/// The first commit has 1; 0 is the empty board.
pub type Seq = u64;

/// Number of a commit among the commits of one client, counted from 1 without gaps.
pub type CommitNo = u64;

/// Milliseconds on a monotonic clock that the caller owns. Only differences have a meaning.
pub type Millis = u64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_round_trips() {
        let id = BoardId::from_bytes([7; 16]);
        assert_eq!(id.to_string().len(), 22);
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn invalid_texts_are_refused() {
        for text in [
            "",
            "short",
            "??????????????????????",
            &"A".repeat(23),
            &"A".repeat(4000),
        ] {
            assert!(text.parse::<BoardId>().is_err(), "{text}");
        }
    }

    #[test]
    fn debug_never_shows_a_secret() {
        let secret = Secret::from_bytes([65; 16]);
        assert!(!format!("{secret:?}").contains(&secret.reveal()));
    }

    #[test]
    fn a_weaker_secret_differs_from_the_stronger_one_and_its_hash() {
        let owner = Secret::from_bytes([3; 16]);
        let edit = owner.weaker();
        assert_eq!(edit, owner.weaker());
        assert_ne!(edit, owner);
        assert_ne!(edit.weaker(), edit);
        assert_ne!(edit.as_bytes().as_slice(), owner.hash().0.split_at(16).0);
    }

    #[test]
    fn a_device_has_one_id_on_each_board() {
        let device = DeviceKey::from_bytes([4; 16]);
        let [one, other] = [1, 2].map(|board| BoardId::from_bytes([board; 16]));
        let id = |board| device.for_board(board).device_id();
        assert_eq!(id(one), id(one));
        assert_ne!(id(one), id(other));
    }

    #[test]
    fn a_snapshot_id_depends_on_every_byte_and_every_boundary() {
        let id = |sections: &[&[u8]]| SnapshotId::of_sections(sections.iter().copied());
        assert_eq!(id(&[b"ab", b"c"]), id(&[b"ab", b"c"]));
        assert_ne!(id(&[b"ab", b"c"]), id(&[b"a", b"bc"]));
        assert_ne!(id(&[b"ab", b"c"]), id(&[b"ab", b"d"]));
    }

    #[test]
    fn client_id_differs_from_its_key() {
        let key = ClientKey::from_bytes([1; 16]);
        assert_ne!(key.client_id().as_bytes(), key.as_bytes());
        assert_eq!(key.client_id(), key.client_id());
    }
}
