//! The style panel: colours and widths of the tool in hand.

use leptos::{html, prelude::*};
use shared::model::style::{Color, WidthStep};

use super::roving::{Arrows, rove};

/// Which ink the swatches show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InkKind {
    /// Opaque ink.
    #[default]
    Pen,
    /// Translucent, brighter ink.
    Highlighter,
}

impl InkKind {
    const fn key(self) -> &'static str {
        match self {
            Self::Pen => "pen",
            Self::Highlighter => "highlighter",
        }
    }
}

const fn color_key(color: Color) -> &'static str {
    match color {
        Color::Black => "black",
        Color::Grey => "grey",
        Color::Red => "red",
        Color::Orange => "orange",
        Color::Yellow => "yellow",
        Color::Green => "green",
        Color::Teal => "teal",
        Color::Blue => "blue",
        Color::Violet => "violet",
        Color::Pink => "pink",
    }
}

const fn width_key(width: WidthStep) -> &'static str {
    match width {
        WidthStep::Fine => "fine",
        WidthStep::Medium => "medium",
        WidthStep::Bold => "bold",
        WidthStep::ExtraBold => "extra-bold",
    }
}

/// Colours and widths, shown while a drawing tool is in hand.
#[component]
pub fn StylePanel(
    /// Which ink the swatches show.
    #[prop(into)]
    ink: Signal<InkKind>,
    /// The current colour.
    #[prop(into)]
    color: Signal<Color>,
    /// A colour was picked.
    #[prop(into)]
    on_color: Callback<Color>,
    /// The current width.
    #[prop(into)]
    width: Signal<WidthStep>,
    /// A width was picked.
    #[prop(into)]
    on_width: Callback<WidthStep>,
) -> impl IntoView {
    view! {
        <div class="style-panel" role="group" aria-label="Style" data-ink=move || ink.get().key()>
            <ColorChoice color on_color />
            <span class="style-divider" />
            <WidthChoice width on_width />
        </div>
    }
}

/// The radio group "Colours".
#[component]
fn ColorChoice(color: Signal<Color>, on_color: Callback<Color>) -> impl IntoView {
    let group = NodeRef::<html::Div>::new();
    let on_key = move |event| {
        if let Some(group) = group.get_untracked() {
            rove(&event, &group, Arrows::Choose);
        }
    };
    let swatch = move |each: Color| {
        let chosen = move || color.get() == each;
        view! {
            <button
                class="swatch roving"
                type="button"
                role="radio"
                aria-label=each.name()
                title=each.name()
                aria-checked=move || chosen().to_string()
                tabindex=move || if chosen() { "0" } else { "-1" }
                data-color=color_key(each)
                on:click=move |_| on_color.run(each)
            />
        }
    };
    view! {
        <div class="swatches" role="radiogroup" aria-label="Colours" node_ref=group on:keydown=on_key>
            {Color::ALL.map(swatch).collect_view()}
        </div>
    }
}

/// The radio group "Width".
#[component]
fn WidthChoice(width: Signal<WidthStep>, on_width: Callback<WidthStep>) -> impl IntoView {
    let group = NodeRef::<html::Div>::new();
    let on_key = move |event| {
        if let Some(group) = group.get_untracked() {
            rove(&event, &group, Arrows::Choose);
        }
    };
    let step = move |each: WidthStep| {
        let chosen = move || width.get() == each;
        view! {
            <button
                class="width-step roving"
                type="button"
                role="radio"
                aria-label=each.name()
                title=each.name()
                aria-checked=move || chosen().to_string()
                tabindex=move || if chosen() { "0" } else { "-1" }
                data-width=width_key(each)
                on:click=move |_| on_width.run(each)
            >
                <StrokeSample />
            </button>
        }
    };
    view! {
        <div class="width-steps" role="radiogroup" aria-label="Width" node_ref=group on:keydown=on_key>
            {WidthStep::ALL.map(step).collect_view()}
        </div>
    }
}

/// A short wave, as thick as the width step around it says.
#[component]
fn StrokeSample() -> impl IntoView {
    view! {
        <svg class="stroke-sample" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M5 15.2c3.2-5.2 8-7.4 14-6.4" />
        </svg>
    }
}

/// Shows or hides the style panel; its dot is the colour in hand.
#[component]
pub fn StyleToggle(
    /// Which ink the dot shows.
    #[prop(into)]
    ink: Signal<InkKind>,
    /// The current colour.
    #[prop(into)]
    color: Signal<Color>,
    /// Whether the panel is on screen.
    #[prop(into)]
    open: Signal<bool>,
    /// The toggle was pressed.
    #[prop(into)]
    on_toggle: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class="style-toggle roving"
            type="button"
            aria-label="Colour and width"
            title="Colour and width"
            tabindex="-1"
            aria-expanded=move || open.get().to_string()
            data-ink=move || ink.get().key()
            data-color=move || color_key(color.get())
            on:click=move |_| on_toggle.run(())
        >
            <span class="style-dot" />
        </button>
    }
}
