//! A slider for a number.

use leptos::prelude::*;

/// The label, the slider, and the number.
#[component]
pub(crate) fn Slider(
    /// The visible label, in one word.
    label: &'static str,
    /// The accessible name.
    name: &'static str,
    /// The unit after the number; empty for none.
    unit: &'static str,
    /// The least and the greatest value.
    range: (u32, u32),
    /// The step between two values.
    step: u32,
    /// The value.
    #[prop(into)]
    value: Signal<u32>,
    /// The slider was moved.
    #[prop(into)]
    on_slide: Callback<u32>,
) -> impl IntoView {
    let words = move || format!("{}{unit}", value.get());
    let on_input = move |event| {
        if let Ok(value) = event_target_value(&event).parse() {
            on_slide.run(value);
        }
    };
    view! {
        <div class="style-row">
            <span class="style-label" aria-hidden="true">{label}</span>
            <input
                class="slider"
                type="range"
                aria-label=name
                aria-valuetext=words
                min=range.0.to_string()
                max=range.1.to_string()
                step=step.to_string()
                prop:value=move || value.get().to_string()
                on:input=on_input
            />
            <output class="slider-value" aria-hidden="true">{words}</output>
        </div>
    }
}
