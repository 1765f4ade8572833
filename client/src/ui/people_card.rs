//! The card with all people on the board: their names, and what one can do about them.

use leptos::html;
use leptos::prelude::*;
use shared::id::ClientId;
use shared::limits::MAX_NAME_CHARS;

use super::people::CARD;
use super::person::Avatar;
use crate::view_model::PersonView;

/// The content of the card: a field with the own name, then everyone else.
#[component]
pub(crate) fn PeopleCard(
    /// Everyone on the board, this person included.
    #[prop(into)]
    people: Signal<Vec<PersonView>>,
    /// The client whose view this person follows.
    #[prop(into)]
    followed: Signal<Option<ClientId>>,
    /// The clients that follow the view of this person.
    #[prop(into)]
    followers: Signal<Vec<ClientId>>,
    /// This person chose another name. It is trimmed and not empty.
    #[prop(into)]
    on_rename: Callback<String>,
    /// Another client must be followed, or none.
    #[prop(into)]
    on_follow: Callback<Option<ClientId>>,
) -> impl IntoView {
    let me = Memo::new(move |_| people.with(|all| all.iter().find(|p| p.is_me).cloned()));
    let others = move || {
        let all = people.get().into_iter();
        all.filter(|person| !person.is_me).collect::<Vec<_>>()
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
                <OtherPerson person followed followers on_follow />
            </For>
        </ul>
    }
}

/// The row of another person.
#[component]
fn OtherPerson(
    person: PersonView,
    followed: Signal<Option<ClientId>>,
    followers: Signal<Vec<ClientId>>,
    on_follow: Callback<Option<ClientId>>,
) -> impl IntoView {
    let PersonView {
        name, role, client, ..
    } = person;
    let is_followed = Memo::new(move |_| followed.get() == Some(client));
    let follows_me = Memo::new(move |_| followers.with(|all| all.contains(&client)));
    let label = move |name: &str| match is_followed.get() {
        true => format!("Stop following {name}"),
        false => format!("Follow {name}"),
    };
    let full_name = name.clone();
    view! {
        <li class="people-row">
            <Avatar name=name.clone() color=person.color />
            <span class="people-name">{name}</span>
            <span class="people-role">
                {move || if follows_me.get() { "Follows you".to_owned() } else { role.clone() }}
            </span>
            <button
                class="people-follow"
                type="button"
                aria-label=move || label(&full_name)
                popovertarget=CARD
                popovertargetaction="hide"
                on:click=move |_| on_follow.run((!is_followed.get_untracked()).then_some(client))
            >
                {move || if is_followed.get() { "Stop" } else { "Follow" }}
            </button>
        </li>
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
