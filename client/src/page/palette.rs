//! The command palette, with the commands that it offers. Its code is in the chunk (`chunk`).

use editor::Command;
use leptos::prelude::*;

use super::commands::refusal;
use super::state::PageState;
use crate::session::Session;
use crate::ui::{CommandPalette, PaletteEntry, Platform};

/// The palette.
#[component]
pub(super) fn Palette() -> impl IntoView {
    let session = Session::from_context();
    let is_open = PageState::from_context().panels.palette;
    view! {
        <CommandPalette
            open=is_open
            on_close=move |()| is_open.set(false)
            commands=move |()| commands(session)
            on_run=move |command| session.run(command)
            platform=Platform::detect()
        />
    }
}

fn commands(session: Session) -> Vec<PaletteEntry> {
    let listed = Command::listed();
    listed
        // The palette is open already.
        .filter(|command| *command != Command::PALETTE)
        .map(|command| PaletteEntry {
            command,
            refusal: refusal(session, command),
        })
        .collect()
}
