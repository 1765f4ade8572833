//! Taking a colour from something on the board.
//!
//! A colour of the palette is recognised, so that what is drawn with it suits both
//! themes. Knows pixels of the board's canvases, nothing of elements.

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::ev;
use leptos::prelude::*;
use shared::geometry::ScreenPoint;
use shared::model::Color;
use shared::model::palette::{Rgb, Theme, swatch};
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;

use crate::session::Session;
use crate::ui::{ToastTone, effective_theme};

/// Colours whose channels differ by no more than this look the same.
const SAME: u8 = 6;

/// While it is picking: a layer over everything that takes the next press.
#[component]
pub(crate) fn Eyedropper(
    /// Whether a colour is being picked.
    picking: RwSignal<bool>,
    /// A colour was picked.
    #[prop(into)]
    on_color: Callback<Color>,
) -> impl IntoView {
    let session = Session::from_context();
    // The listener goes with its owner.
    StoredValue::new_local(escape(picking));
    let pick = move |event: ev::PointerEvent| {
        event.prevent_default();
        picking.set(false);
        let theme = effective_theme(session.signals().theme.get_untracked());
        let at = ScreenPoint::new(f64::from(event.client_x()), f64::from(event.client_y()));
        match session.color_at(at) {
            Some(rgb) => on_color.run(named(rgb, theme)),
            None => session.toast(ToastTone::Info, "No colour can be read here."),
        }
    };
    view! {
        <Show when=move || picking.get()>
            <div class="eyedropper" on:pointerdown=pick />
        </Show>
    }
}

/// Ends the picking by Escape, before anything else on the page hears of the key: it
/// must not give up what is selected too.
fn escape(picking: RwSignal<bool>) -> EventListener {
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: false,
    };
    EventListener::new_with_options(&window(), "keydown", options, move |event| {
        let is_escape = event
            .dyn_ref::<KeyboardEvent>()
            .is_some_and(|event| event.key() == "Escape");
        if is_escape && picking.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            picking.set(false);
        }
    })
}

/// The name of a colour as it looks in a theme, if it has one.
fn named(rgb: Rgb, theme: Theme) -> Color {
    let near = |other: Rgb| {
        let channels = [(rgb.r, other.r), (rgb.g, other.g), (rgb.b, other.b)];
        channels.iter().all(|(a, b)| a.abs_diff(*b) <= SAME)
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
    fn colours_of_the_palette_are_known_by_name_in_their_theme() {
        for theme in [Theme::Light, Theme::Dark] {
            for color in Color::ALL {
                assert_eq!(named(swatch(color).ink(theme), theme), color);
            }
        }
        let free = Rgb::from_hex(0x0012_3456);
        assert_eq!(named(free, Theme::Light), Color::Custom(free));
    }
}
