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

/// The palette, a field for custom colours, and the eyedropper.
#[component]
pub(crate) fn ColorChoice(
    /// The style.
    style: Signal<StyleView>,
    /// The style must change.
    on_change: Callback<StyleChange>,
    /// The eyedropper was pressed.
    on_pick_color: Callback<()>,
) -> impl IntoView {
    let color = Memo::new(move |_| match style.with(|style| style.color) {
        Shown::Same(color) => Some(color),
        Shown::Mixed | Shown::Absent => None,
    });
    view! {
        <div class="swatches">
            <Palette color on_change />
            <CustomColor color on_change />
            <button
                class="choice"
                type="button"
                aria-label="Pick a colour from the board"
                title="Pick a colour from the board"
                on:click=move |_| on_pick_color.run(())
            >
                <Icon name=IconName::Dropper />
            </button>
        </div>
    }
}

/// The ten colours that look well in both themes.
#[component]
fn Palette(color: Memo<Option<Color>>, on_change: Callback<StyleChange>) -> impl IntoView {
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
        view! {
            <button
                class="swatch roving"
                type="button"
                role="radio"
                aria-label=each.name()
                title=each.name()
                aria-checked=move || chosen().to_string()
                tabindex=move || if reachable() == each { "0" } else { "-1" }
                data-color=color_key(each)
                on:click=move |_| on_change.run(StyleChange::Color(each))
            />
        }
    };
    view! {
        <div class="swatch-names" role="radiogroup" aria-label="Colours" node_ref=group on:keydown=on_key>
            {Color::ALL.map(swatch).collect_view()}
        </div>
    }
}

/// A custom colour, by the colour picker of the browser.
#[component]
fn CustomColor(color: Memo<Option<Color>>, on_change: Callback<StyleChange>) -> impl IntoView {
    let css = move || color.get().and_then(custom_css);
    let chosen = move || css().is_some();
    let on_input = move |event| {
        if let Some(rgb) = parse(&event_target_value(&event)) {
            on_change.run(StyleChange::Color(Color::Custom(rgb)));
        }
    };
    view! {
        <label class="swatch swatch-custom" title="Any colour" data-chosen=move || chosen().to_string()>
            <input
                class="swatch-input"
                type="color"
                aria-label="Any colour"
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
}
