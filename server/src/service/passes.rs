//! Passes: secrets that stand for a link while this server itself works on a board in the name of a
//! person with that link. The server has no secret of the link, only its hash.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};
use shared::api::ApiError;
use shared::id::{BoardId, DeviceKey, LinkId, PersonId, Secret, SecretHash};
use shared::protocol::Role;

use super::secrets::random;
use crate::store::{BoardRecord, LinkRecord};

/// A link of a board, and the person with that link.
type PassFor = (BoardId, LinkId, PersonId);
type Links = Arc<Mutex<HashMap<SecretHash, PassFor>>>;

/// The passes of a server. They are in its memory only.
#[derive(Debug, Clone, Default)]
pub(super) struct Passes(Links);

/// A pass. It ends when it is dropped.
#[derive(Debug)]
pub struct Pass {
    secret: Secret,
    device: DeviceKey,
    role: Role,
    proposes: bool,
    is_for_people_only: bool,
    passes: Passes,
}

impl Passes {
    /// A new pass for a link.
    pub(super) fn issue(
        &self,
        board: BoardId,
        record: &BoardRecord,
        link: &LinkRecord,
        person: PersonId,
    ) -> Result<Pass, ApiError> {
        let secret = Secret::from_bytes(random()?);
        self.lock().insert(secret.hash(), (board, link.id, person));
        Ok(Pass {
            secret,
            device: device(board, link.hash, person),
            role: link.role,
            proposes: record.access().programs_propose,
            is_for_people_only: !link.programs,
            passes: self.clone(),
        })
    }

    /// The link for which a secret is a pass, and the person.
    pub(super) fn find(&self, board: BoardId, secret: &Secret) -> Option<(LinkId, PersonId)> {
        let passes = self.lock();
        let (of, link, person) = passes.get(&secret.hash())?;
        (*of == board).then_some((*link, *person))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SecretHash, PassFor>> {
        // No code panics while it holds the lock, so the map is always sound.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pass {
    /// The secret that opens the board meanwhile.
    #[must_use]
    pub const fn secret(&self) -> &Secret {
        &self.secret
    }

    /// By what the assistant of a person is the same on each server, and no other program is.
    #[must_use]
    pub const fn device(&self) -> DeviceKey {
        self.device
    }

    /// The role that the link grants.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// Whether programs only propose changes on the board.
    #[must_use]
    pub const fn proposes(&self) -> bool {
        self.proposes
    }

    /// Whether the link is for people only.
    #[must_use]
    pub const fn is_for_people_only(&self) -> bool {
        self.is_for_people_only
    }
}

fn device(board: BoardId, link: SecretHash, person: PersonId) -> DeviceKey {
    let hash = Sha256::new_with_prefix(b"commonslate assistant")
        .chain_update(link.0)
        .chain_update(person.as_bytes())
        .finalize();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    DeviceKey::from_bytes(bytes).for_board(board)
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.passes.lock().remove(&self.secret.hash());
    }
}
