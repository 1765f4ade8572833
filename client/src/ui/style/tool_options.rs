//! The options of the pen and the eraser.

use editor::{Prefs, ToolKind};
use leptos::prelude::*;

use super::choice::{Choice, ChoiceRow, Glyph};
use super::slider::Slider;
use crate::ui::switch::Switch;

/// What the eraser removes.
static ERASER_MODES: [Choice; 2] = [
    Choice {
        name: "Whole strokes",
        glyph: Glyph::Letters("Whole"),
    },
    Choice {
        name: "Parts of strokes",
        glyph: Glyph::Letters("Part"),
    },
];

/// The options of the active tool, if it has any.
#[component]
pub(crate) fn ToolOptions(
    /// The active tool.
    tool: Signal<ToolKind>,
    /// The preferences.
    prefs: Signal<Prefs>,
    /// The preferences must change.
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

/// The options of the pen.
#[component]
fn PenOptions(prefs: Signal<Prefs>, on_prefs: Callback<Prefs>) -> impl IntoView {
    let toggle = move |change: fn(&mut Prefs)| {
        Callback::new(move |()| {
            let mut changed = prefs.get_untracked();
            change(&mut changed);
            on_prefs.run(changed);
        })
    };
    let stabiliser = Signal::derive(move || prefs.with(|prefs| u32::from(prefs.stabiliser)));
    let on_stabiliser = Callback::new(move |value: u32| {
        on_prefs.run(Prefs {
            stabiliser: u8::try_from(value).unwrap_or(u8::MAX),
            ..prefs.get_untracked()
        });
    });
    view! {
        <hr class="style-line" />
        <Slider label="Steady" name="Steady hand" unit="" range=(0, 10) step=1 value=stabiliser on_slide=on_stabiliser />
        <Switch
            label="Constant width"
            on=Signal::derive(move || prefs.with(|prefs| prefs.constant_width))
            on_toggle=toggle(|prefs| prefs.constant_width = !prefs.constant_width)
        />
        <Switch
            label="Hold to straighten"
            on=Signal::derive(move || prefs.with(|prefs| prefs.draw_and_hold))
            on_toggle=toggle(|prefs| prefs.draw_and_hold = !prefs.draw_and_hold)
        />
    }
}

/// The options of the eraser.
#[component]
fn EraserOptions(prefs: Signal<Prefs>, on_prefs: Callback<Prefs>) -> impl IntoView {
    let chosen = Signal::derive(move || Some(usize::from(prefs.with(|prefs| prefs.erase_parts))));
    let on_pick = Callback::new(move |index: usize| {
        on_prefs.run(Prefs {
            erase_parts: index == 1,
            ..prefs.get_untracked()
        });
    });
    view! { <ChoiceRow label="Erase" choices=&ERASER_MODES chosen on_pick /> }
}
