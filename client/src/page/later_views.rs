//! The views in the chunk. The build splits the client at these functions.

use leptos::prelude::*;

use super::chat::Chat;
use super::commands::BoardMenu;
use super::dialogs::Dialogs;
use super::find::Find;
use super::kept_copy::KeptCopy;
use super::later::{LoadView, MakeView};
use super::main_menu::MainMenuEntries;
use super::minimap::MinimapPanel;
use super::outline::Outline;
use super::palette::Palette;
use super::presence::{PeoplePanel, PresenceLayer};
use super::rights_notice::RightsNotice;
use crate::chunk::{NotLoaded, in_chunk};

/// The dialogs.
pub(super) const DIALOGS: LoadView = || Box::pin(dialogs());
/// The command palette.
pub(super) const PALETTE: LoadView = || Box::pin(palette());
/// The search.
pub(super) const FIND: LoadView = || Box::pin(find());
/// The outline.
pub(super) const OUTLINE: LoadView = || Box::pin(outline());
/// The content of the card with all people.
pub(super) const PEOPLE: LoadView = || Box::pin(people());
/// What people show each other above the board.
pub(super) const PRESENCE: LoadView = || Box::pin(presence());
/// The minimap.
pub(super) const MINIMAP: LoadView = || Box::pin(minimap());
/// The content of the main menu.
pub(super) const MAIN_MENU: LoadView = || Box::pin(main_menu());
/// The copy of a board that let this page go.
pub(super) const KEPT_COPY: LoadView = || Box::pin(kept_copy());
/// The notice about rights.
pub(super) const RIGHTS_NOTICE: LoadView = || Box::pin(rights_notice());
/// The context menu.
pub(super) const BOARD_MENU: LoadView = || Box::pin(board_menu());
/// The chat.
pub(super) const CHAT: LoadView = || Box::pin(chat());

in_chunk! {
    fn dialogs() -> Result<MakeView, NotLoaded> {
        Ok(|| view! { <Dialogs /> }.into_any())
    }
}

in_chunk! {
    fn palette() -> Result<MakeView, NotLoaded> {
        Ok(|| view! { <Palette /> }.into_any())
    }
}

in_chunk! {
    fn find() -> Result<MakeView, NotLoaded> {
        Ok(|| view! { <Find /> }.into_any())
    }
}

in_chunk! {
    fn outline() -> Result<MakeView, NotLoaded> {
        Ok(|| view! { <Outline /> }.into_any())
    }
}

in_chunk! {
    fn people() -> Result<MakeView, NotLoaded> {
        Ok(|| view! { <PeoplePanel /> }.into_any())
    }
}

in_chunk! {
    fn minimap() -> Result<MakeView, NotLoaded> {
        Ok(|| view! { <MinimapPanel /> }.into_any())
    }
}

in_chunk! {
    fn presence() -> Result<MakeView, NotLoaded> {
        Ok(|| view! { <PresenceLayer /> }.into_any())
    }
}

in_chunk! {
    fn main_menu() -> Result<MakeView, NotLoaded> {
        Ok(|| view! { <MainMenuEntries /> }.into_any())
    }
}

in_chunk! {
    fn board_menu() -> Result<MakeView, NotLoaded> {
        Ok(|| view! { <BoardMenu /> }.into_any())
    }
}

in_chunk! {
    fn chat() -> Result<MakeView, NotLoaded> {
        Ok(|| view! { <Chat /> }.into_any())
    }
}

in_chunk! {
    fn kept_copy() -> Result<MakeView, NotLoaded> {
        Ok(|| view! { <KeptCopy /> }.into_any())
    }
}

in_chunk! {
    fn rights_notice() -> Result<MakeView, NotLoaded> {
        Ok(|| view! { <RightsNotice /> }.into_any())
    }
}
