//! Muting and removing people, in the list of people of owners.

use leptos::prelude::*;
use shared::api::ManageRequest;
use shared::chat::Notice;

use super::{AskingButton, Managing, Trouble};
use crate::page::state::{PageState, WorkOf};
use crate::session::Session;
use crate::view_model::PersonView;

/// Lists the other people, each with buttons, and the people who were removed.
#[component]
pub(in crate::page) fn ManagePeople() -> impl IntoView {
    let session = Session::from_context();
    let managing = Managing::new(session);
    managing.run(ManageRequest::List, None);
    let people = session.board_signals().people;
    let others = move || {
        let all = people.get().into_iter();
        all.filter(|person| !person.is_me && person.role != "Owner")
            .collect::<Vec<_>>()
    };
    let removed = move || {
        let state = managing.state.get();
        state.map(|state| state.removed).unwrap_or_default()
    };
    view! {
        <section class="manage" aria-label="Manage people">
            <h3 class="card-title">"Manage people"</h3>
            <Trouble managing />
            <ul>
                <For each=others key=PersonView::clone let:person>
                    <li><PersonActions person managing /></li>
                </For>
            </ul>
            <Show when=move || !removed().is_empty()>
                <h3 class="card-title">"Removed"</h3>
                <ul>
                    <For each=removed key=|gone| format!("{gone:?}") let:gone>
                        <li class="people-row">
                            <span class="people-name">{gone.name.clone()}</span>
                            <button
                                class="button-small"
                                type="button"
                                on:click=move |_| managing.run(ManageRequest::Allow { person: gone.person }, None)
                            >
                                "Allow again"
                            </button>
                        </li>
                    </For>
                </ul>
            </Show>
        </section>
    }
}

/// A person with the buttons Mute and Remove.
#[component]
fn PersonActions(person: PersonView, managing: Managing) -> impl IntoView {
    let PersonView { id, name, .. } = person;
    let (id, client) = managing.session.person_behind(&id)?;
    let is_muted = Memo::new(move |_| {
        let state = managing.state.get();
        state.is_some_and(|state| state.muted.iter().any(|muted| muted.person == id))
    });
    let muted_name = name.clone();
    let mute = move |_| {
        let request = ManageRequest::Mute {
            person: id,
            name: muted_name.clone(),
            on: !is_muted.get_untracked(),
        };
        managing.run(request, None);
    };
    let removed_name = name.clone();
    let remove = move |()| {
        let name = removed_name.clone();
        let notice = Notice::PersonRemoved(name.clone());
        let request = ManageRequest::Remove {
            person: id,
            client,
            name,
        };
        managing.run(request, Some(notice));
    };
    let panels = PageState::from_context().panels;
    let work = WorkOf {
        person: id,
        name: name.clone(),
    };
    let label = name.clone();
    Some(view! {
        <div class="people-row" role="group" aria-label=label>
            <span class="people-name">{name}</span>
            <button class="button-small" type="button" on:click=mute>
                {move || if is_muted.get() { "Unmute" } else { "Mute" }}
            </button>
            <button
                class="button-small"
                type="button"
                on:click=move |_| panels.undo_work.set(Some(work.clone()))
            >
                "Undo work"
            </button>
            <AskingButton label="Remove" question="Remove now" on_sure=remove />
        </div>
    })
}
