//! The few signals that the controls show.
//!
//! Knows what is shown. It must not know where it comes from.

use editor::{Camera, CursorIcon, Prefs, StyleView, ToolKind, TypingView};
use leptos::prelude::{RwSignal, Set as _, WithUntracked as _};
use shared::geometry::ScreenPoint;
use shared::protocol::{CloseCode, Role};

use crate::ui::{Person, Status, ThemeChoice, Toast};

/// See the module. Components read them; only the session writes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signals {
    /// The tool in hand.
    pub(crate) tool: RwSignal<ToolKind>,
    /// How what is selected looks, else what the tool in hand makes.
    pub(crate) style: RwSignal<StyleView>,
    /// What the person likes.
    pub(crate) prefs: RwSignal<Prefs>,
    /// Number of selected elements.
    pub(crate) selected: RwSignal<usize>,
    /// The text field, while something is written on.
    pub(crate) typing: RwSignal<Option<TypingView>>,
    /// The zoom; 1.0 is 100 %.
    pub(crate) zoom: RwSignal<f64>,
    /// What part of the board is seen.
    pub(crate) camera: RwSignal<Camera>,
    /// Changes whenever the board does.
    pub(crate) stamp: RwSignal<Stamp>,
    /// Whether there is something on the board and none of it in sight.
    pub(crate) lost: RwSignal<bool>,
    /// How the pointer looks over the board.
    pub(crate) cursor: RwSignal<CursorIcon>,
    /// Whether something of mine can be undone.
    pub(crate) can_undo: RwSignal<bool>,
    /// Whether something of mine can be done again.
    pub(crate) can_redo: RwSignal<bool>,
    /// Whether nothing was ever drawn here, as far as is known.
    pub(crate) untouched: RwSignal<bool>,
    /// What the pill says.
    pub(crate) status: RwSignal<Status>,
    /// What the link allows; none before the first welcome.
    pub(crate) role: RwSignal<Option<Role>>,
    /// The board's title.
    pub(crate) title: RwSignal<String>,
    /// Everybody here, oneself first.
    pub(crate) people: RwSignal<Vec<Person>>,
    /// Notices on the screen.
    pub(crate) toasts: RwSignal<Vec<Toast>>,
    /// Whether the help is shown.
    pub(crate) help: RwSignal<bool>,
    /// Whether the share dialog is shown.
    pub(crate) share: RwSignal<bool>,
    /// Whether the dialog with all actions is shown.
    pub(crate) palette: RwSignal<bool>,
    /// Whether the search is shown.
    pub(crate) find: RwSignal<bool>,
    /// Whether the list of what is on the board is shown.
    pub(crate) outline: RwSignal<bool>,
    /// Whether the board is shown in small.
    pub(crate) minimap: RwSignal<bool>,
    /// Where the context menu is open, if it is.
    pub(crate) menu: RwSignal<Option<ScreenPoint>>,
    /// The last sentence for those who do not see the screen.
    pub(crate) announcement: RwSignal<String>,
    /// The chosen theme.
    pub(crate) theme: RwSignal<ThemeChoice>,
    /// Why the server turned this page away, if it did.
    pub(crate) turned_away: RwSignal<Option<CloseCode>>,
}

/// Differs between any two states of the board that this page has shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// The place in the log.
    pub(crate) seq: u64,
    /// Changes of one's own that are not confirmed yet.
    pub(crate) pending: usize,
    /// Number of elements.
    pub(crate) elements: usize,
}

impl Signals {
    pub(super) fn new(theme: ThemeChoice) -> Self {
        Self {
            tool: RwSignal::new(ToolKind::default()),
            style: RwSignal::new(StyleView::NOTHING),
            prefs: RwSignal::new(Prefs::default()),
            selected: RwSignal::new(0),
            typing: RwSignal::new(None),
            zoom: RwSignal::new(1.0),
            camera: RwSignal::new(Camera::default()),
            stamp: RwSignal::new(Stamp::default()),
            lost: RwSignal::new(false),
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
            palette: RwSignal::new(false),
            find: RwSignal::new(false),
            outline: RwSignal::new(false),
            minimap: RwSignal::new(false),
            menu: RwSignal::new(None),
            announcement: RwSignal::new(String::new()),
            theme: RwSignal::new(theme),
            turned_away: RwSignal::new(None),
        }
    }
}

/// Sets a signal if it would change, so that nothing is drawn in vain. What comes after the
/// page has gone, such as the answer to a request, changes nothing.
pub(super) fn show<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_with_untracked(|old| *old != value) == Some(true) {
        signal.set(value);
    }
}
