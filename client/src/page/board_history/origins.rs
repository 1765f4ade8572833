//! The dialog "Who drew this?".

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::{HistoryAnswer, HistoryQuestion, MAX_ORIGINS};
use shared::id::ElementId;

use super::super::state::PageState;
use crate::session::Session;
use crate::ui::{OriginsDialog, OriginsView};
use crate::view_model::origin_rows;

/// The dialog; it asks the server when it opens.
#[component]
pub(in crate::page) fn Origins() -> impl IntoView {
    let session = Session::from_context();
    let panels = PageState::from_context().panels;
    let shown = RwSignal::new(OriginsView::Asking);
    Effect::new(move || {
        let Some(ids) = panels.origins.get() else {
            return;
        };
        shown.set(OriginsView::Asking);
        spawn_local(async move {
            let view = ask(session, ids).await;
            // The page can be gone by then.
            let _ = shown.try_set(view);
        });
    });
    let open = Signal::derive(move || panels.origins.with(Option::is_some));
    view! { <OriginsDialog open shown on_close=move |()| panels.origins.set(None) /> }
}

async fn ask(session: Session, mut ids: Vec<ElementId>) -> OriginsView {
    let left_out = ids.len().saturating_sub(MAX_ORIGINS);
    ids.truncate(MAX_ORIGINS);
    let asked = ids.len();
    match session.ask_history(HistoryQuestion::Origins(ids)).await {
        Ok(HistoryAnswer::Origins(origins)) => OriginsView::Known {
            rows: origin_rows(&origins),
            unknown: asked.saturating_sub(origins.len()),
            left_out,
        },
        Ok(HistoryAnswer::Change { .. }) => OriginsView::Known {
            rows: Vec::new(),
            unknown: asked,
            left_out,
        },
        Err(error) => OriginsView::Failed(format!("That could not be found out: {error}.")),
    }
}
