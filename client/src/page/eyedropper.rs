//! Picking a colour from the pixels of the board.
//!
//! A colour of the palette is recognised, so that it follows the theme like any other.

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::ev;
use leptos::prelude::*;
use shared::geometry::ScreenPoint;
use shared::model::Color;
use shared::model::palette::{Rgb, Theme, swatch};
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;

use super::state::PageState;
use crate::ui::ColorTarget;
use crate::view_model::ToastTone;

/// Colours whose channels differ by at most this look the same.
const MAX_DIFFERENCE: u8 = 6;

/// A layer above everything. While a colour is being picked, it takes the next press.
#[component]
pub(crate) fn Eyedropper(
    /// The colour that is being picked; `None` if none is.
    picking: RwSignal<Option<ColorTarget>>,
    /// A colour was picked.
    #[prop(into)]
    on_color: Callback<(ColorTarget, Color)>,
) -> impl IntoView {
    let page = PageState::from_context();
    // The listener ends with its owner.
    StoredValue::new_local(cancel_by_escape(picking));
    let pick = move |event: ev::PointerEvent| {
        event.prevent_default();
        let Some(target) = picking.get_untracked() else {
            return;
        };
        picking.set(None);
        let theme = page.theme.theme.get_untracked();
        let at = ScreenPoint::new(f64::from(event.client_x()), f64::from(event.client_y()));
        match page.canvas.color_at(at) {
            Some(rgb) => on_color.run((target, color_of(rgb, theme))),
            None => page
                .toasts
                .show(ToastTone::Info, "No colour can be read here."),
        }
    };
    view! {
        <Show when=move || picking.get().is_some()>
            <div class="eyedropper" on:pointerdown=pick />
        </Show>
    }
}

/// Escape cancels the picking. The listener comes before all others on the page, because the
/// key must not clear the selection as well.
fn cancel_by_escape(picking: RwSignal<Option<ColorTarget>>) -> EventListener {
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: false,
    };
    EventListener::new_with_options(&window(), "keydown", options, move |event| {
        let is_escape = event
            .dyn_ref::<KeyboardEvent>()
            .is_some_and(|event| event.key() == "Escape");
        if is_escape && picking.get_untracked().is_some() {
            event.prevent_default();
            event.stop_propagation();
            picking.set(None);
        }
    })
}

/// The colour of the palette that looks like this in a theme, else a custom colour.
fn color_of(rgb: Rgb, theme: Theme) -> Color {
    let near = |other: Rgb| {
        let channels = [(rgb.r, other.r), (rgb.g, other.g), (rgb.b, other.b)];
        channels
            .iter()
            .all(|(a, b)| a.abs_diff(*b) <= MAX_DIFFERENCE)
    };
    let name = Color::ALL.into_iter().find(|color| {
        let swatch = swatch(*color);
        near(swatch.ink(theme)) || near(swatch.highlight(theme))
    });
    name.unwrap_or(Color::Custom(rgb))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_the_palette_are_recognised_in_both_themes() {
        for theme in [Theme::Light, Theme::Dark] {
            for color in Color::ALL {
                assert_eq!(color_of(swatch(color).ink(theme), theme), color);
            }
        }
        let free = Rgb::from_hex(0x0012_3456);
        assert_eq!(color_of(free, Theme::Light), Color::Custom(free));
    }
}
