//! Colours: the palette, custom colours, and the eyedropper.

use editor::{Shown, StyleChange, StyleView};
use leptos::html;
use leptos::prelude::*;
use shared::model::Color;
use shared::model::palette::Rgb;

use crate::ui::icon::{Icon, IconName};
use crate::ui::roving::{Arrows, rove};

/// The name of a colour in the style sheet.
pub(super) const fn color_key(color: Color) -> &'static str {
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
        Color::Custom(_) | Color::Drawn(_) => "custom",
    }
}

/// The CSS of a custom colour; `None` for colours of the palette, which the style sheet knows.
pub(super) fn custom_css(color: Color) -> Option<String> {
    match color {
        Color::Custom(rgb) | Color::Drawn(rgb) => Some(rgb.to_css()),
        Color::Black
        | Color::Grey
        | Color::Red
        | Color::Orange
        | Color::Yellow
        | Color::Green
        | Color::Teal
        | Color::Blue
        | Color::Violet
        | Color::Pink => None,
    }
}

/// The value of the colour field while no custom colour is chosen. Browsers take no empty one.
const BLACK: &str = "#000000";

/// Reads `#rrggbb`.
fn parse(css: &str) -> Option<Rgb> {
    let digits = css.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    u32::from_str_radix(digits, 16).ok().map(Rgb::from_hex)
}

/// The colour of an element that a control changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColorTarget {
    /// The colour of the element, or of its line if its fill has another one.
    Line,
    /// The colour of its fill.
    Fill,
}

impl ColorTarget {
    /// The change of style that sets this colour.
    pub(crate) const fn change(self, color: Color) -> StyleChange {
        match self {
            Self::Line => StyleChange::Color(color),
            Self::Fill => StyleChange::Fill(Some(color)),
        }
    }

    /// The accessible name of a colour of the palette. No other control has the same one.
    fn name_of(self, color: Color) -> String {
        match self {
            Self::Line => color.name().to_owned(),
            Self::Fill => format!("{} fill", color.name()),
        }
    }

    const fn palette_name(self) -> &'static str {
        match self {
            Self::Line => "Colours",
            Self::Fill => "Fill colours",
        }
    }

    const fn custom_name(self) -> &'static str {
        match self {
            Self::Line => "Any colour",
            Self::Fill => "Any fill colour",
        }
    }

    const fn eyedropper_name(self) -> &'static str {
        match self {
            Self::Line => "Pick a colour from the board",
            Self::Fill => "Pick a fill colour from the board",
        }
    }
}

/// The colours of elements.
#[component]
pub(crate) fn ColorChoice(
    /// The style.
    style: Signal<StyleView>,
    /// The style must change.
    on_change: Callback<StyleChange>,
    /// The eyedropper was pressed.
    on_pick_color: Callback<ColorTarget>,
) -> impl IntoView {
    let color = Memo::new(move |_| match style.with(|style| style.color) {
        Shown::Same(color) => Some(color),
        Shown::Mixed | Shown::Absent => None,
    });
    view! { <Swatches target=ColorTarget::Line color on_change on_pick_color /> }
}

/// The colours of fills, and a button for the colour of the line.
#[component]
pub(crate) fn FillColor(
    /// The style.
    style: Signal<StyleView>,
    /// The style must change.
    on_change: Callback<StyleChange>,
    /// The eyedropper was pressed.
    on_pick_color: Callback<ColorTarget>,
) -> impl IntoView {
    let color = Memo::new(move |_| match style.with(|style| style.fill) {
        Shown::Same(color) => color,
        Shown::Mixed | Shown::Absent => None,
    });
    let as_line = move || style.with(|style| style.fill == Shown::Same(None));
    view! {
        <div class="style-row">
            <span class="style-label" aria-hidden="true">"Fill colour"</span>
            <div class="choices" role="group" aria-label="Fill colour">
                <button
                    class="choice"
                    type="button"
                    aria-pressed=move || as_line().to_string()
                    on:click=move |_| on_change.run(StyleChange::Fill(None))
                >
                    "Colour of the line"
                </button>
            </div>
        </div>
        <Swatches target=ColorTarget::Fill color on_change on_pick_color />
    }
}

/// The palette, a field for custom colours, and the eyedropper.
#[component]
fn Swatches(
    target: ColorTarget,
    color: Memo<Option<Color>>,
    on_change: Callback<StyleChange>,
    on_pick_color: Callback<ColorTarget>,
) -> impl IntoView {
    let on_color = Callback::new(move |color| on_change.run(target.change(color)));
    view! {
        <div class="swatches">
            <Palette target color on_color />
            <CustomColor target color on_color />
            <button
                class="choice"
                type="button"
                aria-label=target.eyedropper_name()
                title=target.eyedropper_name()
                on:click=move |_| on_pick_color.run(target)
            >
                <Icon name=IconName::Dropper />
            </button>
        </div>
    }
}

/// The ten colours that look well in both themes.
#[component]
fn Palette(
    target: ColorTarget,
    color: Memo<Option<Color>>,
    on_color: Callback<Color>,
) -> impl IntoView {
    let group = NodeRef::<html::Div>::new();
    let on_key = move |event| {
        if let Some(group) = group.get_untracked() {
            rove(&event, &group, Arrows::Choose);
        }
    };
    // The Tab key must reach a swatch also if none is chosen.
    let named = move || color.get().filter(|color| custom_css(*color).is_none());
    let reachable = move || named().unwrap_or_default();
    let swatch = move |each: Color| {
        let chosen = move || color.get() == Some(each);
        let name = target.name_of(each);
        view! {
            <button
                class="swatch roving"
                type="button"
                role="radio"
                aria-label=name.clone()
                title=name
                aria-checked=move || chosen().to_string()
                tabindex=move || if reachable() == each { "0" } else { "-1" }
                data-color=color_key(each)
                on:click=move |_| on_color.run(each)
            />
        }
    };
    view! {
        <div
            class="swatch-names"
            role="radiogroup"
            aria-label=target.palette_name()
            node_ref=group
            on:keydown=on_key
        >
            {Color::ALL.map(swatch).collect_view()}
        </div>
    }
}

/// A custom colour, by the colour picker of the browser.
#[component]
fn CustomColor(
    target: ColorTarget,
    color: Memo<Option<Color>>,
    on_color: Callback<Color>,
) -> impl IntoView {
    let css = move || color.get().and_then(custom_css);
    let chosen = move || css().is_some();
    let on_input = move |event| {
        if let Some(rgb) = parse(&event_target_value(&event)) {
            on_color.run(Color::Custom(rgb));
        }
    };
    let name = target.custom_name();
    view! {
        <label class="swatch swatch-custom" title=name data-chosen=move || chosen().to_string()>
            <input
                class="swatch-input"
                type="color"
                aria-label=name
                prop:value=move || css().unwrap_or(BLACK.to_owned())
                on:input=on_input
            />
            <span class="swatch-preview" style:--swatch-ink=css />
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_custom_colour_is_read_from_its_css() {
        let rgb = Rgb::from_hex(0x0012_abef);
        assert_eq!(parse(&custom_css(Color::Custom(rgb)).unwrap()), Some(rgb));
        assert_eq!(parse("12abef"), None);
        assert_eq!(parse("#12abeg"), None);
    }

    #[test]
    fn the_two_palettes_have_different_names() {
        let [line, fill] = [ColorTarget::Line, ColorTarget::Fill];
        for color in Color::ALL {
            assert_ne!(line.name_of(color), fill.name_of(color));
            assert_eq!(fill.change(color), StyleChange::Fill(Some(color)));
        }
        assert_ne!(line.palette_name(), fill.palette_name());
        assert_ne!(line.custom_name(), fill.custom_name());
        assert_ne!(line.eyedropper_name(), fill.eyedropper_name());
    }
}
