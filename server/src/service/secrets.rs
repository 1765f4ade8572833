//! The secrets of a board's links. All of them follow from the root secret, that of the first owner
//! link, which the server does not store: it learns it from the requests of owners.

use sha2::{Digest as _, Sha256};
use shared::api::{ApiError, Links};
use shared::id::{BoardId, Secret, SecretHash};
use shared::protocol::Role;

use crate::clock::random16;
use crate::store::{Bytes16, LinkRecord, LinkSource};

/// 16 random bytes.
pub(super) fn random() -> Result<[u8; 16], ApiError> {
    random16().map_err(|error| {
        tracing::error!(%error, "the system gives no random bytes");
        ApiError::Unavailable
    })
}

/// The URL of a link; URLs begin with `base`.
pub(super) fn url(base: &str, board: BoardId, secret: &Secret) -> String {
    format!("{base}/b/{board}#{}", secret.reveal())
}

/// The three secrets of a new board.
#[derive(Debug)]
pub(super) struct Secrets {
    owner: Secret,
    edit: Secret,
    view: Secret,
}

impl Secrets {
    pub(super) fn new() -> Result<Self, ApiError> {
        let owner = random().map(Secret::from_bytes)?;
        // Each secret yields the weaker ones, so that its owner can share these.
        let edit = owner.weaker();
        Ok(Self {
            owner,
            edit,
            view: edit.weaker(),
        })
    }

    pub(super) fn hashes(&self) -> [(Role, SecretHash); 3] {
        [
            (Role::Owner, self.owner.hash()),
            (Role::Edit, self.edit.hash()),
            (Role::View, self.view.hash()),
        ]
    }

    pub(super) fn links(&self, base: &str, board: BoardId) -> Links {
        Links {
            owner: url(base, board, &self.owner),
            edit: url(base, board, &self.edit),
            view: url(base, board, &self.view),
        }
    }
}

/// The root secret of a board.
#[derive(Debug, Clone, Copy)]
pub(super) struct RootSecret(Secret);

impl RootSecret {
    /// The root secret that an owner's secret gives; `link` is the link of that secret.
    pub(super) fn of(link: &LinkRecord, secret: &Secret) -> Option<Self> {
        match (link.source, link.wrapped_root) {
            (LinkSource::Root, _) => Some(Self(*secret)),
            (_, Some(Bytes16(wrapped))) => {
                Some(Self(Secret::from_bytes(xor(wrapped, wrapping(secret)))))
            }
            (_, None) => None,
        }
    }

    /// The secret of a link that is made with a nonce.
    pub(super) fn derive(&self, nonce: Bytes16) -> Secret {
        let hash = Sha256::new_with_prefix(b"commonslate link")
            .chain_update(self.0.as_bytes())
            .chain_update(nonce.0);
        Secret::from_bytes(first16(hash))
    }

    /// The root secret, so that only this secret of an owner link uncovers it.
    pub(super) fn wrap(&self, secret: &Secret) -> Bytes16 {
        Bytes16(xor(*self.0.as_bytes(), wrapping(secret)))
    }

    /// The secret of a link; `None` if the link does not follow from this root secret.
    pub(super) fn secret_of(&self, link: &LinkRecord) -> Option<Secret> {
        let secret = match link.source {
            LinkSource::Root => self.0,
            LinkSource::Weaker(times) => (0..times).fold(self.0, |secret, _| secret.weaker()),
            LinkSource::Nonce(nonce) => self.derive(nonce),
        };
        (secret.hash() == link.hash).then_some(secret)
    }
}

/// What covers the root secret in the record of an owner link.
fn wrapping(secret: &Secret) -> [u8; 16] {
    let hash = Sha256::new_with_prefix(b"commonslate wrapped root").chain_update(secret.as_bytes());
    first16(hash)
}

fn xor(one: [u8; 16], other: [u8; 16]) -> [u8; 16] {
    (u128::from_ne_bytes(one) ^ u128::from_ne_bytes(other)).to_ne_bytes()
}

/// The first 16 bytes of a hash.
fn first16(hash: Sha256) -> [u8; 16] {
    let hash: [u8; 32] = hash.finalize().into();
    hash.first_chunk().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use shared::id::LinkId;

    use super::*;

    #[test]
    fn every_owner_link_gives_the_root_secret_and_others_do_not() {
        let owner = Secret::from_bytes([1; 16]);
        let first = LinkRecord::first(LinkId(0), Role::Owner, owner.hash(), 0);
        let root = RootSecret::of(&first, &owner).unwrap();
        let second = root.derive(Bytes16([2; 16]));
        let link = LinkRecord {
            source: LinkSource::Nonce(Bytes16([2; 16])),
            wrapped_root: Some(root.wrap(&second)),
            ..LinkRecord::first(LinkId(3), Role::Owner, second.hash(), 0)
        };
        let again = RootSecret::of(&link, &second).unwrap();
        assert_eq!(again.secret_of(&first), Some(owner));
        assert_eq!(again.secret_of(&link), Some(second));
        let wrong = RootSecret::of(&link, &owner.weaker()).unwrap();
        assert_eq!(wrong.secret_of(&first), None);
        let edit = LinkRecord::first(LinkId(1), Role::Edit, owner.weaker().hash(), 0);
        assert_eq!(again.secret_of(&edit), Some(owner.weaker()));
        assert!(RootSecret::of(&edit, &owner.weaker()).is_none());
    }
}
