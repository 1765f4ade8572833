//! What people may do on the board, and freezing it.

use leptos::prelude::*;
use shared::api::{BoardSettings, ManageRequest};

use super::{Managing, notice_of};
use crate::ui::switch::Switch;

/// The switches.
#[component]
pub(in crate::page) fn Settings(managing: Managing) -> impl IntoView {
    let now = move || {
        let state = managing.state.get();
        state.map(|state| state.settings).unwrap_or_default()
    };
    let set = move |change: fn(&mut BoardSettings)| {
        let mut settings = untrack(now);
        change(&mut settings);
        managing.run(ManageRequest::Settings(settings), None);
    };
    let freeze = move |()| {
        let is_frozen = !untrack(now).frozen;
        let notice = notice_of(is_frozen);
        managing.run(ManageRequest::Freeze(is_frozen), Some(notice));
    };
    view! {
        <section class="manage" aria-label="Settings">
            <h3 class="card-title">"Settings"</h3>
            <Switch label="Freeze" on=Signal::derive(move || now().frozen) on_toggle=freeze />
            <p class="share-hint">"While the board is frozen, only owners can change it."</p>
            <Switch
                label="Viewers may write in the chat"
                on=Signal::derive(move || now().viewers_chat)
                on_toggle=move |()| set(|settings| settings.viewers_chat = !settings.viewers_chat)
            />
            <Switch
                label="Viewers see cursors"
                on=Signal::derive(move || now().viewers_see_cursors)
                on_toggle=move |()| set(|settings| settings.viewers_see_cursors = !settings.viewers_see_cursors)
            />
            <Switch
                label="Editors may bring all people to their view"
                on=Signal::derive(move || now().editors_gather)
                on_toggle=move |()| set(|settings| settings.editors_gather = !settings.editors_gather)
            />
            <Switch
                label="Programs may only propose"
                on=Signal::derive(move || now().programs_propose)
                on_toggle=move |()| set(|settings| settings.programs_propose = !settings.programs_propose)
            />
        </section>
    }
}
