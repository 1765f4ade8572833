//! The state of a board page besides its session: open panels, notices, the theme.
//! Each part owns its signals; components read them and call the methods.

mod canvas_link;
mod live_region;
mod panels;
mod people;
mod picture_chooser;
mod presence_prefs;
mod putting;
mod theme;
mod toasts;

use leptos::prelude::{RwSignal, expect_context};
use shared::protocol::CloseCode;

pub(super) use canvas_link::CanvasLink;
pub(super) use live_region::LiveRegion;
pub(super) use panels::{Panels, WorkOf, toggle};
pub(super) use people::PeopleState;
pub(super) use picture_chooser::PictureChooser;
pub(super) use presence_prefs::{PresencePrefs, apply as apply_presence_prefs};
pub(super) use putting::{Afterwards, Putting};
pub(super) use theme::PageTheme;
pub(crate) use theme::stored_theme;
pub(super) use toasts::ToastList;

/// The state of a board page. Components copy it into their closures.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageState {
    /// Panels, dialogs and the context menu.
    pub(super) panels: Panels,
    /// What this person does about others.
    pub(super) people: PeopleState,
    /// Notices on the screen.
    pub(super) toasts: ToastList,
    /// Sentences for screen readers.
    pub(super) live_region: LiveRegion,
    /// Light or dark.
    pub(super) theme: PageTheme,
    /// The notice while many elements come to the board.
    pub(super) putting: Putting,
    /// The canvas of the board, once it is on the page.
    pub(super) canvas: CanvasLink,
    /// The field by which pictures are chosen.
    pub(super) chooser: PictureChooser,
    /// Why the server refuses this page for good, if it does.
    pub(super) refused: RwSignal<Option<CloseCode>>,
    /// Whether this page asked the server to delete the board.
    pub(super) is_deleting: RwSignal<bool>,
    /// Whether a dialog or panel opens as soon as its code is loaded.
    pub(super) is_awaited: RwSignal<bool>,
}

impl PageState {
    /// The state of a page that has just opened.
    pub(super) fn new() -> Self {
        let live_region = LiveRegion::new();
        Self {
            panels: Panels::new(),
            people: PeopleState::new(),
            toasts: ToastList::new(live_region),
            live_region,
            theme: PageTheme::new(stored_theme()),
            putting: Putting::new(),
            canvas: CanvasLink::new(),
            chooser: PictureChooser::new(),
            refused: RwSignal::new(None),
            is_deleting: RwSignal::new(false),
            is_awaited: RwSignal::new(false),
        }
    }

    /// The state of the board page that the caller is on.
    pub(super) fn from_context() -> Self {
        expect_context()
    }
}
