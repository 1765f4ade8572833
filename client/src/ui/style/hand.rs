//! What the pen and the eraser in hand do for this person.

use editor::{Prefs, ToolKind};
use leptos::prelude::*;

use super::choice::{Choice, ChoiceRow, Glyph};
use super::slider::Slider;
use crate::ui::switch::Switch;

/// What an eraser may take.
static ERASES: [Choice; 2] = [
    Choice {
        name: "Whole strokes",
        glyph: Glyph::Letters("Whole"),
    },
    Choice {
        name: "Parts of strokes",
        glyph: Glyph::Letters("Part"),
    },
];

/// Options of the tool in hand; nothing for tools that have none.
#[component]
pub(crate) fn HandOptions(
    /// The tool in hand.
    tool: Signal<ToolKind>,
    /// What the person likes.
    prefs: Signal<Prefs>,
    /// The person likes something else.
    on_prefs: Callback<Prefs>,
) -> impl IntoView {
    view! {
        <Show when=move || tool.get() == ToolKind::Pen>
            <PenOptions prefs on_prefs />
        </Show>
        <Show when=move || tool.get() == ToolKind::Eraser>
            <EraserOptions prefs on_prefs />
        </Show>
    }
}

/// How the pen helps the hand.
#[component]
fn PenOptions(prefs: Signal<Prefs>, on_prefs: Callback<Prefs>) -> impl IntoView {
    let like = move |change: fn(&mut Prefs)| {
        Callback::new(move |()| {
            let mut liked = prefs.get_untracked();
            change(&mut liked);
            on_prefs.run(liked);
        })
    };
    let steadied = Signal::derive(move || prefs.with(|prefs| u32::from(prefs.stabiliser)));
    let on_steady = Callback::new(move |value: u32| {
        on_prefs.run(Prefs {
            stabiliser: u8::try_from(value).unwrap_or(u8::MAX),
            ..prefs.get_untracked()
        });
    });
    view! {
        <hr class="style-line" />
        <Slider label="Steady" name="Steady hand" unit="" range=(0, 10) step=1 value=steadied on_slide=on_steady />
        <Switch
            label="Constant width"
            on=Signal::derive(move || prefs.with(|prefs| prefs.constant_width))
            on_toggle=like(|prefs| prefs.constant_width = !prefs.constant_width)
        />
        <Switch
            label="Hold to straighten"
            on=Signal::derive(move || prefs.with(|prefs| prefs.draw_and_hold))
            on_toggle=like(|prefs| prefs.draw_and_hold = !prefs.draw_and_hold)
        />
    }
}

/// Whether the eraser takes strokes whole.
#[component]
fn EraserOptions(prefs: Signal<Prefs>, on_prefs: Callback<Prefs>) -> impl IntoView {
    let chosen = Signal::derive(move || Some(usize::from(prefs.with(|prefs| prefs.erase_parts))));
    let on_pick = Callback::new(move |place: usize| {
        on_prefs.run(Prefs {
            erase_parts: place == 1,
            ..prefs.get_untracked()
        });
    });
    view! { <ChoiceRow label="Erase" choices=&ERASES chosen on_pick /> }
}
