//! The people on the board: a stack of avatars that opens a card. The content of the card is in
//! `people_card`.

use leptos::prelude::*;

use super::person::Avatar;
use crate::view_model::PersonView;

/// Avatars in the stack on wide screens. The others become a number.
const MAX_FACES_WIDE: usize = 4;
/// Avatars in the stack on narrow screens.
const MAX_FACES_NARROW: usize = 2;

/// The id of the card.
pub(super) const CARD: &str = "people-card";

/// Everyone on the board: a stack of avatars that opens a card. The caller decides on the order.
#[component]
pub(crate) fn PeopleList(
    /// Everyone on the board, this person included.
    #[prop(into)]
    people: Signal<Vec<PersonView>>,
    /// The card opens.
    #[prop(into)]
    on_open: Callback<()>,
    /// The content of the card.
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
            {person.hand.map(|_| view! { <span class="people-hand" aria-hidden="true">"✋"</span> })}
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
