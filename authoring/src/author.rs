//! The author of a request.

use shared::id::{ClientId, ProposalId};
use shared::protocol::Role;

/// The author of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Author<'a> {
    /// The client that sends the commit; its typed characters are numbered in its name.
    pub client: ClientId,
    /// The ids of new elements are derived from it, so a repeated request gives the same ids. Two
    /// requests must not have the same seed.
    pub seed: [u8; 16],
    /// The name that signs sticky notes.
    pub name: &'a str,
    /// The role on the board.
    pub role: Role,
    /// The proposal that new elements belong to until a person accepts it; `None` if they need no
    /// consent.
    pub proposal: Option<ProposalId>,
}
