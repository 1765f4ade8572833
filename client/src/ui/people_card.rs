//! The card with all people on the board: their names, and what one can do about them.

use leptos::html;
use leptos::prelude::*;
use shared::id::ClientId;
use shared::limits::MAX_NAME_CHARS;

use super::people::CARD;
use super::person::Avatar;
use super::person_menu::{PersonAction, PersonMenu, PersonMenuButton};
use crate::view_model::PersonView;

/// What the rows show about other people, and what they offer.
#[derive(Clone, Copy)]
pub(crate) struct PeopleTies {
    /// The client whose view this person follows.
    pub(crate) followed: Signal<Option<ClientId>>,
    /// The clients that follow the view of this person.
    pub(crate) followers: Signal<Vec<ClientId>>,
    /// The clients of people who are muted.
    pub(crate) muted: Signal<Vec<ClientId>>,
    /// Whether this person manages the others.
    pub(crate) is_owner: Signal<bool>,
    /// The menu of a person. It is asked for people who are not owners.
    pub(crate) actions: Callback<PersonView, Vec<PersonAction>>,
    /// Another client must be followed, or none.
    pub(crate) on_follow: Callback<Option<ClientId>>,
}

/// The list in the card: a field with the own name, then all others. Raised hands come first; the
/// one that has waited longest is at the top.
#[component]
pub(crate) fn PeopleCard(
    /// All people on the board, this person included.
    #[prop(into)]
    people: Signal<Vec<PersonView>>,
    /// What the rows show and offer.
    ties: PeopleTies,
    /// This person chose another name. It is trimmed and not empty.
    #[prop(into)]
    on_rename: Callback<String>,
) -> impl IntoView {
    let me = Memo::new(move |_| people.with(|all| all.iter().find(|p| p.is_me).cloned()));
    let others = move || {
        let all = people.get().into_iter();
        let mut others: Vec<_> = all.filter(|person| !person.is_me).collect();
        others.sort_by_key(|person| (person.hand.is_none(), person.hand));
        others
    };
    let count = move || match people.with(Vec::len) {
        0 | 1 => "Only you are here".to_owned(),
        several => format!("{several} people here"),
    };
    let open_menu = RwSignal::new(None);
    view! {
        <h2 class="card-title">{count}</h2>
        <Show when=move || me.with(Option::is_some)>
            <MyName me on_rename />
        </Show>
        <ul>
            <For each=others key=|person| person.client let:person>
                <OtherPerson first=person people ties open_menu />
            </For>
        </ul>
    }
}

/// The row of another person, with their menu below it while that is open.
#[component]
fn OtherPerson(
    /// The person as they are when the row is made.
    first: PersonView,
    people: Signal<Vec<PersonView>>,
    ties: PeopleTies,
    /// The client whose menu is open.
    open_menu: RwSignal<Option<ClientId>>,
) -> impl IntoView {
    let client = first.client;
    let person = Memo::new(move |_| {
        let now = people.with(|all| all.iter().find(|it| it.client == client).cloned());
        now.unwrap_or_else(|| first.clone())
    });
    let name = Memo::new(move |_| person.with(|person| person.name.clone()));
    let is_open = Memo::new(move |_| open_menu.get() == Some(client));
    let has_menu = Memo::new(move |_| ties.is_owner.get() && !person.with(|it| it.is_owner));
    let toggle = move |()| open_menu.set((!is_open.get_untracked()).then_some(client));
    view! {
        <li>
            <div class="people-row">
                {move || person.with(|it| view! { <Avatar name=it.name.clone() color=it.color /> })}
                <span class="people-name" title=name>{name}</span>
                <span class="people-role">{move || about(&person.read(), ties)}</span>
                <FollowButton client name ties />
                <Show when=move || has_menu.get()>
                    <PersonMenuButton name is_open on_press=toggle />
                </Show>
            </div>
            <Show when=move || has_menu.get() && is_open.get()>
                <PersonMenu
                    name=name.get_untracked()
                    actions=ties.actions.run(person.get_untracked())
                />
            </Show>
        </li>
    }
}

/// What stands beside the name of a person.
fn about(person: &PersonView, ties: PeopleTies) -> String {
    let is_among =
        |clients: Signal<Vec<ClientId>>| clients.with(|all| all.contains(&person.client));
    if person.hand.is_some() {
        "✋ Hand raised".to_owned()
    } else if is_among(ties.muted) {
        "Muted".to_owned()
    } else if is_among(ties.followers) {
        "Follows you".to_owned()
    } else {
        person.role.clone()
    }
}

/// Begins to follow a person, or ends it.
#[component]
fn FollowButton(client: ClientId, name: Memo<String>, ties: PeopleTies) -> impl IntoView {
    let is_followed = Memo::new(move |_| ties.followed.get() == Some(client));
    let label = move || match is_followed.get() {
        true => format!("Stop following {}", name.get()),
        false => format!("Follow {}", name.get()),
    };
    let press = move |_| {
        let wanted = (!is_followed.get_untracked()).then_some(client);
        ties.on_follow.run(wanted);
    };
    view! {
        <button
            class="people-follow"
            type="button"
            aria-label=label
            popovertarget=CARD
            popovertargetaction="hide"
            on:click=press
        >
            {move || if is_followed.get() { "Stop" } else { "Follow" }}
        </button>
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
