//! The panels beside the board: search, outline, minimap, and the way back to the content.

use editor::Command;
use leptos::prelude::*;

use super::later::Later;
use super::later_views;
use super::state::PageState;
use crate::session::Session;
use crate::ui::icon::{Icon, IconName};

/// The panels that are open.
#[component]
pub(crate) fn SidePanels() -> impl IntoView {
    let session = Session::from_context();
    let panels = PageState::from_context().panels;
    let is_content_off_screen = session.editor_signals().is_content_off_screen;
    let back = move |_| session.run(Command::BACK_TO_CONTENT);
    view! {
        <aside class="board-side" aria-label="Panels">
            <Later
                needed=panels.find
                load=later_views::FIND
                on_failure=move |()| panels.find.set(false)
            />
            <Later
                needed=panels.outline
                load=later_views::OUTLINE
                on_failure=move |()| panels.outline.set(false)
            />
            <Later
                needed=panels.minimap
                load=later_views::MINIMAP
                on_failure=move |()| panels.minimap.set(false)
            />
            <Show when=move || is_content_off_screen.get()>
                <button class="button-filled back-to-content" type="button" on:click=back>
                    <Icon name=IconName::Target />
                    "Back to content"
                </button>
            </Show>
        </aside>
    }
}
