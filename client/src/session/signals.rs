//! The few signals that the controls show.
//!
//! Knows what is shown. It must not know where it comes from.

use editor::{CursorIcon, Look, ToolKind};
use leptos::prelude::*;
use shared::protocol::{CloseCode, Role};

use crate::ui::{Person, Status, ThemeChoice, Toast};

/// See the module. Components read them; only the session writes.
#[derive(Clone, Copy, Debug)]
pub struct Signals {
    /// The tool in hand.
    pub tool: RwSignal<ToolKind>,
    /// Colour and width of the tool in hand; none for tools without ink.
    pub look: RwSignal<Option<Look>>,
    /// The zoom; 1.0 is 100 %.
    pub zoom: RwSignal<f64>,
    /// How the pointer looks over the board.
    pub cursor: RwSignal<CursorIcon>,
    /// Whether something of mine can be undone.
    pub can_undo: RwSignal<bool>,
    /// Whether something of mine can be done again.
    pub can_redo: RwSignal<bool>,
    /// Whether nothing was ever drawn here, as far as is known.
    pub untouched: RwSignal<bool>,
    /// What the pill says.
    pub status: RwSignal<Status>,
    /// What the link allows; none before the first welcome.
    pub role: RwSignal<Option<Role>>,
    /// The board's title.
    pub title: RwSignal<String>,
    /// Everybody here, oneself first.
    pub people: RwSignal<Vec<Person>>,
    /// Notices on the screen.
    pub toasts: RwSignal<Vec<Toast>>,
    /// Whether the help is shown.
    pub help: RwSignal<bool>,
    /// Whether the share dialog is shown.
    pub share: RwSignal<bool>,
    /// The chosen theme.
    pub theme: RwSignal<ThemeChoice>,
    /// Why the server turned this page away, if it did.
    pub turned_away: RwSignal<Option<CloseCode>>,
}

impl Signals {
    pub(super) fn new(theme: ThemeChoice) -> Self {
        Self {
            tool: RwSignal::new(ToolKind::default()),
            look: RwSignal::new(None),
            zoom: RwSignal::new(1.0),
            cursor: RwSignal::new(CursorIcon::default()),
            can_undo: RwSignal::new(false),
            can_redo: RwSignal::new(false),
            untouched: RwSignal::new(false),
            status: RwSignal::new(Status::Connecting),
            role: RwSignal::new(None),
            title: RwSignal::new(String::new()),
            people: RwSignal::new(Vec::new()),
            toasts: RwSignal::new(Vec::new()),
            help: RwSignal::new(false),
            share: RwSignal::new(false),
            theme: RwSignal::new(theme),
            turned_away: RwSignal::new(None),
        }
    }
}

/// Sets a signal if it would change, so that nothing is drawn in vain.
pub(super) fn show<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}
