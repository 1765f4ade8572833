//! What one can do below the list of people.

use editor::PeopleCommand;
use leptos::prelude::*;

use super::people::CARD;
use super::switch::Switch;

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

/// The buttons at the end of the card, which never scroll away.
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
    }
}

/// The switches below the list.
#[component]
pub(crate) fn PeopleSwitches(
    /// The switches.
    switches: Vec<PeopleSwitch>,
) -> impl IntoView {
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
    switches.into_iter().map(switch).collect_view()
}
