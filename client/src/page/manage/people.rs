//! What owners do about people: the entries of a person's menu, and the people who were removed.

use leptos::prelude::*;
use shared::api::ManageRequest;
use shared::chat::Notice;
use shared::id::{ClientId, PersonId};

use super::{Managing, Trouble};
use crate::page::state::{PageState, Panels, WorkOf};
use crate::ui::PersonAction;
use crate::view_model::PersonView;

/// The menu of a person, in the order of its entries. It is empty for people whom owners cannot
/// manage.
pub(in crate::page) fn person_actions(
    person: &PersonView,
    managing: Managing,
    panels: Panels,
) -> Vec<PersonAction> {
    let behind = managing.session.person_behind(&person.id);
    let Some((id, client)) = behind.filter(|_| !person.is_me && !person.is_owner) else {
        return Vec::new();
    };
    let name = &person.name;
    vec![
        mute(id, name, managing),
        undo_work(id, name, panels),
        remove(id, client, name, managing),
    ]
}

/// Opens the dialog that undoes what a person did.
fn undo_work(person: PersonId, name: &str, panels: Panels) -> PersonAction {
    let name = name.to_owned();
    PersonAction {
        label: Signal::stored("Undo work"),
        question: None,
        on_run: Callback::new(move |()| {
            let name = name.clone();
            panels.undo_work.set(Some(WorkOf { person, name }));
        }),
    }
}

fn mute(person: PersonId, name: &str, managing: Managing) -> PersonAction {
    let is_muted = Memo::new(move |_| {
        let state = managing.state.get();
        state.is_some_and(|state| state.muted.iter().any(|muted| muted.person == person))
    });
    let name = name.to_owned();
    let words = move || if is_muted.get() { "Unmute" } else { "Mute" };
    PersonAction {
        label: Signal::derive(words),
        question: None,
        on_run: Callback::new(move |()| {
            let request = ManageRequest::Mute {
                person,
                name: name.clone(),
                on: !is_muted.get_untracked(),
            };
            managing.run(request, None);
        }),
    }
}

fn remove(person: PersonId, client: ClientId, name: &str, managing: Managing) -> PersonAction {
    let name = name.to_owned();
    PersonAction {
        label: Signal::stored("Remove"),
        question: Some("Remove now"),
        on_run: Callback::new(move |()| {
            let request = ManageRequest::Remove {
                person,
                client,
                name: name.clone(),
            };
            managing.run(request, Some(Notice::PersonRemoved(name.clone())));
        }),
    }
}

/// The clients of people who are muted.
pub(in crate::page) fn muted_clients(people: &[PersonView], managing: Managing) -> Vec<ClientId> {
    let muted = managing.state.with(|state| {
        let all = state.iter().flat_map(|state| &state.muted);
        all.map(|muted| muted.person).collect::<Vec<_>>()
    });
    if muted.is_empty() {
        return Vec::new();
    }
    let is_muted = |person: &&PersonView| {
        let behind = managing.session.person_behind(&person.id);
        behind.is_some_and(|(id, _)| muted.contains(&id))
    };
    people.iter().filter(is_muted).map(|it| it.client).collect()
}

/// Why the last request was refused, and the people who were removed.
#[component]
pub(in crate::page) fn RemovedPeople(managing: Managing) -> impl IntoView {
    let removed = move || {
        let state = managing.state.get();
        state.map(|state| state.removed).unwrap_or_default()
    };
    view! {
        <Trouble managing />
        <Show when=move || !removed().is_empty()>
            <h3 class="card-title" id="removed-people">"Removed"</h3>
            <ul aria-labelledby="removed-people">
                <For each=removed key=|gone| format!("{gone:?}") let:gone>
                    <li class="people-row">
                        <span class="people-name">{gone.name.clone()}</span>
                        <UndoWork person=gone.person name=gone.name.clone() />
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
    }
}

/// A button that opens the dialog for a person who was removed.
#[component]
fn UndoWork(person: PersonId, name: String) -> impl IntoView {
    let action = undo_work(person, &name, PageState::from_context().panels);
    view! {
        <button class="button-small" type="button" on:click=move |_| action.on_run.run(())>
            {action.label}
        </button>
    }
}
