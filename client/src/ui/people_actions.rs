//! What one can do below the list of people, and the hands that are raised.

use editor::PeopleCommand;
use leptos::prelude::*;

use super::people::CARD;
use super::person::Avatar;
use super::switch::Switch;
use crate::view_model::PersonView;

/// A preference or choice of the card that is on or off.
#[derive(Clone, Copy)]
pub(crate) struct PeopleSwitch {
    /// Its name.
    pub(crate) label: &'static str,
    /// Whether it is on.
    pub(crate) is_on: Signal<bool>,
    /// Whether it is offered.
    pub(crate) is_offered: Signal<bool>,
    /// It was pressed.
    pub(crate) on_toggle: Callback<()>,
}

/// The buttons and switches at the end of the card.
#[component]
pub(crate) fn PeopleActions(
    /// Whether this person raises a hand.
    #[prop(into)]
    has_hand: Signal<bool>,
    /// Whether this person may write beside the cursor.
    #[prop(into)]
    may_say: Signal<bool>,
    /// Whether this person may ask all others to look at an area.
    #[prop(into)]
    may_gather: Signal<bool>,
    /// The switches.
    switches: Vec<PeopleSwitch>,
    /// A button was pressed.
    #[prop(into)]
    on_command: Callback<PeopleCommand>,
) -> impl IntoView {
    // What happens above the board needs room: the card closes.
    let closing = move |label: &'static str, command: PeopleCommand| {
        view! {
            <button
                class="button-outlined people-action"
                type="button"
                popovertarget=CARD
                popovertargetaction="hide"
                on:click=move |_| on_command.run(command)
            >
                {label}
            </button>
        }
    };
    let switch = |switch: PeopleSwitch| {
        let PeopleSwitch {
            label,
            is_on,
            is_offered,
            on_toggle,
        } = switch;
        view! {
            <Show when=move || is_offered.get()>
                <Switch label on=is_on on_toggle />
            </Show>
        }
    };
    view! {
        <div class="people-actions" role="group" aria-label="Actions">
            {closing("React", PeopleCommand::React)}
            <button
                class="button-outlined people-action"
                type="button"
                on:click=move |_| on_command.run(PeopleCommand::ToggleHand)
            >
                {move || if has_hand.get() { "Lower hand" } else { "Raise hand" }}
            </button>
            <Show when=move || may_say.get()>
                {closing("Say at the cursor", PeopleCommand::Say)}
            </Show>
            <Show when=move || may_gather.get()>
                {closing("Bring everyone to me", PeopleCommand::Gather)}
            </Show>
        </div>
        {switches.into_iter().map(switch).collect_view()}
    }
}

/// The people who raise a hand; the first one has waited longest.
#[component]
pub(crate) fn RaisedHands(
    /// These people, in this order.
    #[prop(into)]
    raised: Signal<Vec<PersonView>>,
) -> impl IntoView {
    view! {
        <Show when=move || !raised.with(Vec::is_empty)>
            <h3 class="card-title" id="raised-hands">"Raised hands"</h3>
            <ol aria-labelledby="raised-hands">
                <For each=move || raised.get() key=PersonView::clone let:person>
                    <li class="people-row">
                        <Avatar name=person.name.clone() color=person.color />
                        <span class="people-name">{person.name.clone()}</span>
                    </li>
                </For>
            </ol>
        </Show>
    }
}
