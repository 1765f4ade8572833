//! What this person does about the others on the board.

use editor::PeopleCommand;
use leptos::prelude::RwSignal;
use shared::id::ClientId;

use super::presence_prefs::PresencePrefs;

/// The state that the list of people, the layer above the board and the commands share.
#[derive(Clone, Copy, Debug)]
pub(in crate::page) struct PeopleState {
    /// Whether the card with all people was opened.
    pub(in crate::page) is_card_needed: RwSignal<bool>,
    /// A command that was not carried out: the code for it may not be loaded yet.
    pub(in crate::page) command: RwSignal<Option<PeopleCommand>>,
    /// The client whose view is followed.
    pub(in crate::page) followed: RwSignal<Option<ClientId>>,
    /// Whether an owner who brings all others takes them along without asking.
    pub(in crate::page) takes_along: RwSignal<bool>,
    /// How the cursors of others are shown.
    pub(in crate::page) prefs: RwSignal<PresencePrefs>,
}

impl PeopleState {
    pub(super) fn new() -> Self {
        Self {
            is_card_needed: RwSignal::new(false),
            command: RwSignal::new(None),
            followed: RwSignal::new(None),
            takes_along: RwSignal::new(false),
            prefs: RwSignal::new(PresencePrefs::default()),
        }
    }
}
