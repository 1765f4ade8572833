//! The people on the board: a stack of avatars and a card with all names.

use leptos::html;
use leptos::prelude::*;
use shared::limits::MAX_NAME_CHARS;

use super::person::Avatar;
use crate::view_model::PersonView;

/// Avatars in the stack on wide screens. The others become a number.
const MAX_FACES_WIDE: usize = 4;
/// Avatars in the stack on narrow screens.
const MAX_FACES_NARROW: usize = 2;

const CARD: &str = "people-card";

/// Everyone on the board: a stack of avatars that opens a card with all names. The caller decides
/// on the order.
#[component]
pub(crate) fn PeopleList(
    /// Everyone on the board, this person included.
    #[prop(into)]
    people: Signal<Vec<PersonView>>,
    /// This person chose another name. It is trimmed and not empty.
    #[prop(into)]
    on_rename: Callback<String>,
    /// The person opened the card.
    #[prop(into)]
    on_open: Callback<()>,
    /// What stands below the names.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="people">
            <ul class="people-faces" aria-label="People">
                <For each=move || people.get() key=PersonView::clone let:person>
                    <Face person />
                </For>
            </ul>
            <More people limit=MAX_FACES_WIDE room="wide" />
            <More people limit=MAX_FACES_NARROW room="narrow" />
            <button
                class="people-open"
                type="button"
                aria-label="Show everyone"
                title="Show everyone"
                popovertarget=CARD
                on:click=move |_| on_open.run(())
            />
        </div>
        <section class="people-card" id=CARD popover="auto" aria-label="Everyone here">
            <PeopleCard people on_rename />
            {children()}
        </section>
    }
}

/// An avatar in the stack. The style sheet hides those beyond the limit; screen readers find all.
#[component]
fn Face(person: PersonView) -> impl IntoView {
    view! {
        <li class="people-face" title=person.spoken_name() data-me=person.is_me.to_string()>
            <Avatar name=person.name.clone() color=person.color />
            <span class="visually-hidden">{person.spoken_name()}</span>
        </li>
    }
}

/// `+n`: the number of avatars that are hidden at this width of the screen.
#[component]
fn More(people: Signal<Vec<PersonView>>, limit: usize, room: &'static str) -> impl IntoView {
    let hidden = Memo::new(move |_| people.with(|people| people.len().saturating_sub(limit)));
    view! {
        <Show when=move || hidden.get() != 0>
            <span class="people-more" data-room=room aria-hidden="true">
                {move || format!("+{}", hidden.get())}
            </span>
        </Show>
    }
}

/// The card: a field with the own name, then everyone else.
#[component]
fn PeopleCard(people: Signal<Vec<PersonView>>, on_rename: Callback<String>) -> impl IntoView {
    let me = Memo::new(move |_| people.with(|all| all.iter().find(|p| p.is_me).cloned()));
    let others = move || {
        people
            .get()
            .into_iter()
            .filter(|p| !p.is_me)
            .collect::<Vec<_>>()
    };
    let count = move || match people.with(Vec::len) {
        0 | 1 => "Only you are here".to_owned(),
        several => format!("{several} people here"),
    };
    view! {
        <h2 class="card-title">{count}</h2>
        <Show when=move || me.with(Option::is_some)>
            <MyName me on_rename />
        </Show>
        <ul>
            <For each=others key=PersonView::clone let:person>
                <li class="people-row">
                    <Avatar name=person.name.clone() color=person.color />
                    <span class="people-name">{person.name.clone()}</span>
                    <span class="people-role">{person.role.clone()}</span>
                </li>
            </For>
        </ul>
    }
}

/// The own row: a field with the own name.
#[component]
fn MyName(me: Memo<Option<PersonView>>, on_rename: Callback<String>) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let name = Memo::new(move |_| me.with(|me| me.as_ref().map(|me| me.name.clone())));
    // The same field stays when the name changes, because it can have the focus.
    Effect::new(move || {
        if let (Some(field), Some(name)) = (field.get(), name.get()) {
            field.set_value(&name);
        }
    });
    let commit = move || {
        // A field that is removed from the page loses the focus after its signals are gone.
        let field = field.try_get_untracked().flatten();
        let old = name.try_get_untracked().flatten();
        let (Some(field), Some(old)) = (field, old) else {
            return;
        };
        let name = field.value().trim().to_owned();
        if name.is_empty() {
            field.set_value(&old);
        } else if name != old {
            on_rename.run(name);
        }
    };
    view! {
        <form class="people-row" on:submit=move |event| { event.prevent_default(); commit(); }>
            {move || me.get().map(|me| view! { <Avatar name=me.name color=me.color /> })}
            <input
                class="field people-me"
                type="text"
                aria-label="Your name"
                autocomplete="nickname"
                spellcheck="false"
                maxlength=MAX_NAME_CHARS.to_string()
                node_ref=field
                on:blur=move |_| commit()
            />
            <span class="people-role">"You"</span>
        </form>
    }
}
