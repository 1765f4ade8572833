//! A property as a row of buttons of which one is chosen: a radio group.

use leptos::html;
use leptos::prelude::*;

use crate::ui::icon::{Icon, IconName};
use crate::ui::roving::{Arrows, rove};

/// The content of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// An icon.
    Icon(IconName),
    /// A mirrored icon.
    Mirrored(IconName),
    /// An icon with a variant of the style sheet, such as a filled one.
    Variant(IconName, &'static str),
    /// A wave with this `data-width`.
    Wave(&'static str),
    /// One or more letters.
    Letters(&'static str),
}

/// One choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The accessible name. No other choice in the panel has the same one.
    pub(crate) name: &'static str,
    /// The content of the button.
    pub(crate) glyph: Glyph,
}

/// The label at the left, the choices at the right.
#[component]
pub(crate) fn ChoiceRow(
    /// The name of the property.
    label: &'static str,
    /// The choices.
    choices: &'static [Choice],
    /// The index of the choice; `None` if the selected elements differ.
    #[prop(into)]
    chosen: Signal<Option<usize>>,
    /// The choice with this index was made.
    #[prop(into)]
    on_pick: Callback<usize>,
) -> impl IntoView {
    let group = NodeRef::<html::Div>::new();
    let on_key = move |event| {
        if let Some(group) = group.get_untracked() {
            rove(&event, &group, Arrows::Choose);
        }
    };
    let choice = move |(place, choice): (usize, &'static Choice)| {
        let is_chosen = move || chosen.get() == Some(place);
        let may_be_reached = move || chosen.get().unwrap_or(0) == place;
        view! {
            <button
                class="choice roving"
                type="button"
                role="radio"
                aria-label=choice.name
                title=choice.name
                aria-checked=move || is_chosen().to_string()
                tabindex=move || if may_be_reached() { "0" } else { "-1" }
                on:click=move |_| on_pick.run(place)
            >
                {glyph(choice.glyph)}
            </button>
        }
    };
    view! {
        <div class="style-row">
            <span class="style-label" aria-hidden="true">{label}</span>
            <div class="choices" role="radiogroup" aria-label=label node_ref=group on:keydown=on_key>
                {choices.iter().enumerate().map(choice).collect_view()}
            </div>
        </div>
    }
}

fn glyph(glyph: Glyph) -> AnyView {
    let (icon, variant) = match glyph {
        Glyph::Icon(icon) => (icon, ""),
        Glyph::Mirrored(icon) => (icon, "mirrored"),
        Glyph::Variant(icon, variant) => (icon, variant),
        Glyph::Wave(width) => {
            return view! {
                <svg class="stroke-sample" data-width=width viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                    <path d="M5 15.2c3.2-5.2 8-7.4 14-6.4" />
                </svg>
            }
            .into_any();
        }
        Glyph::Letters(letters) => {
            return view! { <span aria-hidden="true">{letters}</span> }.into_any();
        }
    };
    view! { <span class="glyph" data-variant=variant><Icon name=icon /></span> }.into_any()
}
