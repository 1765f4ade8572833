//! The style panel: how what is selected looks, else what the tool in hand makes.
//!
//! Only what means something is shown; where what is selected differs, nothing is
//! marked as chosen. It must not know what a style does.

pub(crate) mod choice;
pub(crate) mod color;
pub(crate) mod emphasis;
pub(crate) mod hand;
mod rows;
pub(crate) mod slider;
pub(crate) mod toggle;

use editor::{Action, Prefs, Shown, StyleChange, StyleView, ToolKind};
use leptos::prelude::*;
use leptos::{ev, wasm_bindgen::JsCast, web_sys};

use choice::ChoiceRow;
use color::ColorChoice;
use emphasis::Emphasis;
use hand::HandOptions;
use rows::{ROWS, Row};
use slider::Slider;

pub(crate) use toggle::StyleToggle;

/// The panel. Who shows it decides when.
#[component]
pub(crate) fn StylePanel(
    /// What is shown.
    #[prop(into)]
    style: Signal<StyleView>,
    /// Something shall look otherwise.
    #[prop(into)]
    on_change: Callback<StyleChange>,
    /// Letters shall be bold or italic, or no longer.
    #[prop(into)]
    on_mark: Callback<Action>,
    /// A colour shall be taken from the screen.
    #[prop(into)]
    on_pick_color: Callback<()>,
    /// The tool in hand.
    #[prop(into)]
    tool: Signal<ToolKind>,
    /// What the person likes.
    #[prop(into)]
    prefs: Signal<Prefs>,
    /// The person likes something else.
    #[prop(into)]
    on_prefs: Callback<Prefs>,
) -> impl IntoView {
    let ink = move || ink_key(style.with(|style| style.highlighter));
    view! {
        <section
            class="style-panel"
            aria-label="Style"
            data-ink=ink
            data-with-text
            on:mousedown=|event| keep_focus(&event)
        >
            <Show when=move || style.with(|style| style.color != Shown::Absent)>
                <ColorChoice style on_change on_pick_color />
            </Show>
            <Show when=move || style.with(|style| style.opacity != Shown::Absent)>
                <Opacity style on_change />
            </Show>
            {ROWS.iter().map(|row| view! { <StyleRow row style on_change /> }).collect_view()}
            <Emphasis style on_mark />
            <HandOptions tool prefs on_prefs />
        </section>
    }
}

/// A press on a button leaves the keyboard where it is: on the board, or in the text
/// that is being written. Fields and sliders need it.
fn keep_focus(event: &ev::MouseEvent) {
    let target = event.target();
    let is_field = target.is_some_and(|it| it.dyn_ref::<web_sys::HtmlInputElement>().is_some());
    if !is_field {
        event.prevent_default();
    }
}

/// The word for the kind of ink, as the style sheet has it.
const fn ink_key(highlighter: bool) -> &'static str {
    if highlighter { "highlighter" } else { "pen" }
}

/// One property, if it means something.
#[component]
fn StyleRow(
    row: &'static Row,
    style: Signal<StyleView>,
    on_change: Callback<StyleChange>,
) -> impl IntoView {
    let shown = Memo::new(move |_| style.with(row.shown));
    let chosen = Signal::derive(move || match shown.get() {
        Shown::Same(place) => Some(place),
        Shown::Mixed | Shown::Absent => None,
    });
    let on_pick = Callback::new(move |place| {
        if let Some(change) = (row.wish)(place) {
            on_change.run(change);
        }
    });
    view! {
        <Show when=move || shown.get() != Shown::Absent>
            <ChoiceRow label=row.label choices=row.choices chosen on_pick />
        </Show>
    }
}

/// How much shines through.
#[component]
fn Opacity(style: Signal<StyleView>, on_change: Callback<StyleChange>) -> impl IntoView {
    let percent = Signal::derive(move || match style.with(|style| style.opacity) {
        Shown::Same(opacity) => (u32::from(opacity) * 100 + 127) / 255,
        Shown::Mixed | Shown::Absent => 100,
    });
    let on_slide = Callback::new(move |percent: u32| {
        let opacity = u8::try_from((percent * 255 + 50) / 100).unwrap_or(u8::MAX);
        on_change.run(StyleChange::Opacity(opacity));
    });
    view! { <Slider label="Opacity" name="Opacity" unit="%" range=(10, 100) step=5 value=percent on_slide /> }
}
