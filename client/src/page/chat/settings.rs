//! What this browser keeps about the chat.

use leptos::prelude::{GetUntracked as _, RwSignal, Set as _};
use shared::id::BoardId;

use crate::storage::Area;

/// The key of whether messages show outside of the page. It holds for all boards, as the permission
/// of the browser does.
const DESKTOP: &str = "chat-desktop";

/// The settings of the chat.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChatSettings {
    board: BoardId,
    /// Whether messages show no notice while the sidebar is closed.
    pub(super) is_muted: RwSignal<bool>,
    /// Whether messages show outside of the page while it is hidden.
    pub(super) on_desktop: RwSignal<bool>,
}

impl ChatSettings {
    /// The settings for a board.
    pub(super) fn load(board: BoardId) -> Self {
        let is_on = |key: &str| Area::Browser.get(key).unwrap_or(false);
        Self {
            board,
            is_muted: RwSignal::new(is_on(&mute_key(board))),
            on_desktop: RwSignal::new(is_on(DESKTOP)),
        }
    }

    /// Mutes the messages of the board, or no longer.
    pub(super) fn toggle_mute(self) {
        let is_muted = !self.is_muted.get_untracked();
        self.is_muted.set(is_muted);
        Area::Browser.set(&mute_key(self.board), &is_muted);
    }

    /// Sets whether messages show outside of the page.
    pub(super) fn set_desktop(self, on: bool) {
        self.on_desktop.set(on);
        Area::Browser.set(DESKTOP, &on);
    }

    /// Whether messages of a board are muted, as any part of the page or another tab set it last.
    pub(super) fn is_muted(board: BoardId) -> bool {
        Area::Browser.get(&mute_key(board)).unwrap_or(false)
    }

    /// Whether messages show outside of the page, as it was set last.
    pub(super) fn is_on_desktop() -> bool {
        Area::Browser.get(DESKTOP).unwrap_or(false)
    }
}

fn mute_key(board: BoardId) -> String {
    format!("chat-mute:{board}")
}
