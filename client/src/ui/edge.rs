//! A sign at the edge of the view that points to a person elsewhere on the board.

use leptos::prelude::*;

use crate::view_model::PersonColor;

/// A button with the name and an arrow.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the view macro hands props over by value"
)]
#[component]
pub(crate) fn EdgeArrow(
    /// The name of the person.
    name: String,
    /// Their colour.
    color: PersonColor,
    /// The middle of the sign, in CSS pixels of the window.
    #[prop(into)]
    at: Signal<(f64, f64)>,
    /// Where the arrow points, in degrees clockwise from the right.
    #[prop(into)]
    degrees: Signal<f64>,
    /// The sign was pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let place = move || {
        let (x, y) = at.get();
        format!("{x}px {y}px")
    };
    view! {
        <button
            class="edge"
            type="button"
            data-person=color.key()
            aria-label=format!("Go to {name}")
            style:translate=place
            on:click=move |_| on_press.run(())
        >
            <svg
                class="edge-arrow"
                viewBox="0 0 24 24"
                aria-hidden="true"
                focusable="false"
                style:rotate=move || format!("{}deg", degrees.get())
            >
                <path d="M5 6l14 6-14 6 3.5-6z" />
            </svg>
            <span class="edge-name">{name.clone()}</span>
        </button>
    }
}
