//! The sign that the view of another person is followed.

use leptos::prelude::*;

use crate::view_model::PersonColor;

/// A frame around the board in the colour of the person, and a pill with their name and a button.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the view macro hands props over by value"
)]
#[component]
pub(crate) fn FollowPill(
    /// The name of the person.
    name: String,
    /// Their colour.
    color: PersonColor,
    /// The button was pressed.
    #[prop(into)]
    on_stop: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="follow-frame" data-person=color.key() aria-hidden="true" />
        <section class="follow-pill" data-person=color.key() aria-label="Following">
            <p class="follow-name">"Following " {name.clone()}</p>
            <button
                class="follow-stop"
                type="button"
                aria-label=format!("Stop following {name}")
                on:click=move |_| on_stop.run(())
            >
                "Stop"
            </button>
        </section>
    }
}
