//! The secrets of a new board, and the links made of them.

use shared::api::{ApiError, Links};
use shared::id::{BoardId, Secret};
use shared::protocol::Role;

use super::random;
use crate::store::LinkRecord;

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
        // Each link yields the lesser ones, so whoever has it can share them.
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
