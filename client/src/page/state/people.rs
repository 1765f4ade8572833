//! What this person does about the others on the board.

use editor::PeopleCommand;
use leptos::prelude::RwSignal;
use shared::id::ClientId;

/// The state that the list of people, the layer above the board and the commands share.
#[derive(Clone, Copy, Debug)]
pub(in crate::page) struct PeopleState {
    /// Whether the card with all people was opened.
    pub(in crate::page) is_card_needed: RwSignal<bool>,
    /// A command that was not carried out: the code for it may not be loaded yet.
    pub(in crate::page) command: RwSignal<Option<PeopleCommand>>,
    /// The client whose view is followed.
    pub(in crate::page) followed: RwSignal<Option<ClientId>>,
}

impl PeopleState {
    pub(super) fn new() -> Self {
        Self {
            is_card_needed: RwSignal::new(false),
            command: RwSignal::new(None),
            followed: RwSignal::new(None),
        }
    }
}
