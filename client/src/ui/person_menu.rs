//! The menu of a person in the list of people: what an owner can do about them.

use leptos::prelude::*;
use leptos::{html, wasm_bindgen::JsCast as _, web_sys};

use super::asking_button::AskingButton;
use super::icon::{Icon, IconName};

/// An entry of the menu.
#[derive(Clone, Copy)]
pub(crate) struct PersonAction {
    /// Its label.
    pub(crate) label: Signal<&'static str>,
    /// What the button asks before it acts, if what it does cannot be taken back.
    pub(crate) question: Option<&'static str>,
    /// It was chosen.
    pub(crate) on_run: Callback<()>,
}

/// Opens the menu of a person, and closes it.
#[component]
pub(super) fn PersonMenuButton(
    /// The name of the person.
    name: Memo<String>,
    /// Whether the menu is open.
    is_open: Memo<bool>,
    /// It was pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let label = move || format!("Actions for {}", name.get());
    view! {
        <button
            class="icon-button"
            type="button"
            aria-label=label
            title=label
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| on_press.run(())
        >
            <Icon name=IconName::More />
        </button>
    }
}

/// The entries, below the row of the person. The first one gets the focus.
#[component]
pub(super) fn PersonMenu(
    /// The name of the person.
    name: String,
    /// The entries.
    actions: Vec<PersonAction>,
) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let first = menu.get().and_then(|menu| menu.first_element_child());
        if let Some(first) = first.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            // This also scrolls to the menu. A browser that refuses leaves the focus at the row.
            let _ = first.focus();
        }
    });
    view! {
        <div class="people-menu" role="group" aria-label=name node_ref=menu>
            {actions.into_iter().map(|action| view! { <Entry action /> }).collect_view()}
        </div>
    }
}

#[component]
fn Entry(action: PersonAction) -> impl IntoView {
    let PersonAction {
        label,
        question,
        on_run,
    } = action;
    match question {
        Some(question) => view! { <AskingButton label question on_sure=on_run /> }.into_any(),
        None => view! {
            <button class="button-small" type="button" on:click=move |_| on_run.run(())>
                {label}
            </button>
        }
        .into_any(),
    }
}
