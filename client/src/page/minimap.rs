//! The minimap beside the board, whose code is in the chunk (`chunk`).

use std::rc::Rc;

use leptos::prelude::*;

use super::board_source::SessionSource;
use super::state::PageState;
use crate::canvas::Minimap;
use crate::session::Session;

/// The minimap, while it is open.
#[component]
pub(super) fn MinimapPanel() -> impl IntoView {
    let is_open = PageState::from_context().panels.minimap;
    view! {
        <Show when=move || is_open.get()>
            <OpenMinimap />
        </Show>
    }
}

/// The minimap.
#[component]
fn OpenMinimap() -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let source = Rc::new(SessionSource::new(session, page));
    let camera = session.editor_signals().camera;
    let revision = session.board_signals().revision;
    view! {
        <section class="minimap-panel" aria-label="Minimap">
            <Minimap source camera revision theme=page.theme.theme />
        </section>
    }
}
