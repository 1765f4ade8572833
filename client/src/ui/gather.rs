//! The request of another person to look at their view.

use leptos::prelude::*;

use super::button::IconButton;
use super::icon::IconName;

/// The request, with buttons to follow it or not.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the view macro hands props over by value"
)]
#[component]
pub(crate) fn GatherOffer(
    /// The name of the person.
    #[prop(into)]
    name: String,
    /// The view must go there.
    #[prop(into)]
    on_go: Callback<()>,
    /// The request is declined.
    #[prop(into)]
    on_dismiss: Callback<()>,
) -> impl IntoView {
    view! {
        <section class="gather" aria-label="Invitation">
            <p class="gather-text">{format!("{name} asks you to look at their view.")}</p>
            <button class="gather-go" type="button" on:click=move |_| on_go.run(())>
                "Go"
            </button>
            <IconButton icon=IconName::Close label="Decline" on_press=on_dismiss />
        </section>
    }
}
