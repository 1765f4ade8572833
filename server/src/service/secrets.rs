//! The secrets of a new board, and the links made of them.

use shared::api::{ApiError, Links};
use shared::id::{BoardId, Secret};
use shared::protocol::Role;

use crate::clock::random16;
use crate::store::LinkRecord;

/// 16 random bytes.
pub(super) fn random() -> Result<[u8; 16], ApiError> {
    random16().map_err(|error| {
        tracing::error!(%error, "no board can be created");
        ApiError::Unavailable
    })
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

    pub(super) fn records(&self) -> Vec<LinkRecord> {
        [
            (Role::Owner, self.owner),
            (Role::Edit, self.edit),
            (Role::View, self.view),
        ]
        .map(|(role, secret)| LinkRecord {
            role,
            hash: secret.hash(),
        })
        .into()
    }

    pub(super) fn links(&self, base: &str, board: BoardId) -> Links {
        let link = |secret: &Secret| format!("{base}/b/{board}#{}", secret.reveal());
        Links {
            owner: link(&self.owner),
            edit: link(&self.edit),
            view: link(&self.view),
        }
    }
}
