//! The style panel: the style of the selected elements, or of the active tool.
//!
//! It shows only properties that apply. If the selected elements differ, no choice is marked.

pub(crate) mod choice;
pub(crate) mod color;
pub(crate) mod emphasis;
mod rows;
pub(crate) mod slider;
pub(crate) mod toggle;
pub(crate) mod tool_options;

use editor::{Command, Prefs, Shown, StyleChange, StyleView, ToolKind};
use leptos::prelude::*;
use leptos::{ev, html, wasm_bindgen::JsCast, web_sys};

use choice::ChoiceRow;
pub(crate) use color::ColorTarget;
use color::{ColorChoice, FillColor};
use emphasis::Emphasis;
use rows::{BEFORE_FILL_COLOR, ROWS, Row};
use slider::Slider;
use tool_options::ToolOptions;

pub(crate) use toggle::StyleToggle;

/// The panel.
#[component]
pub(crate) fn StylePanel(
    /// The panel on the page.
    panel: NodeRef<html::Section>,
    /// The style.
    #[prop(into)]
    style: Signal<StyleView>,
    /// The style must change.
    #[prop(into)]
    on_change: Callback<StyleChange>,
    /// Bold or italic must change.
    #[prop(into)]
    on_emphasis: Callback<&'static Command>,
    /// The eyedropper was pressed.
    #[prop(into)]
    on_pick_color: Callback<ColorTarget>,
    /// The active tool.
    #[prop(into)]
    tool: Signal<ToolKind>,
    /// The preferences.
    #[prop(into)]
    prefs: Signal<Prefs>,
    /// The preferences must change.
    #[prop(into)]
    on_prefs: Callback<Prefs>,
) -> impl IntoView {
    let ink = move || ink_key(style.with(|style| style.highlighter));
    let rows = move |rows: Option<&'static [Row]>| {
        let rows = rows.unwrap_or_default().iter();
        rows.map(|row| view! { <StyleRow row style on_change /> })
            .collect_view()
    };
    view! {
        <section
            class="style-panel"
            node_ref=panel
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
            {rows(ROWS.get(..BEFORE_FILL_COLOR))}
            <Show when=move || style.with(|style| style.fill != Shown::Absent)>
                <FillColor style on_change on_pick_color />
            </Show>
            {rows(ROWS.get(BEFORE_FILL_COLOR..))}
            <Emphasis style on_emphasis />
            <ToolOptions tool prefs on_prefs />
        </section>
    }
}

/// A press on a button leaves the focus on the board or in the text that is being edited. Fields
/// and sliders take it.
fn keep_focus(event: &ev::MouseEvent) {
    let target = event.target();
    let is_field = target.is_some_and(|it| it.dyn_ref::<web_sys::HtmlInputElement>().is_some());
    if !is_field {
        event.prevent_default();
    }
}

/// The name of the kind of ink in the style sheet.
const fn ink_key(highlighter: bool) -> &'static str {
    if highlighter { "highlighter" } else { "pen" }
}

/// A property, if it applies.
#[component]
fn StyleRow(
    row: &'static Row,
    style: Signal<StyleView>,
    on_change: Callback<StyleChange>,
) -> impl IntoView {
    let shown = Memo::new(move |_| style.with(row.shown));
    let chosen = Signal::derive(move || match shown.get() {
        Shown::Same(index) => Some(index),
        Shown::Mixed | Shown::Absent => None,
    });
    let on_pick = Callback::new(move |index| {
        if let Some(change) = (row.change)(index) {
            on_change.run(change);
        }
    });
    view! {
        <Show when=move || shown.get() != Shown::Absent>
            <ChoiceRow label=row.label choices=row.choices chosen on_pick />
        </Show>
    }
}

/// The opacity.
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
