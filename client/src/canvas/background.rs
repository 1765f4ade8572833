//! The background of the board: dots, or the lines of the snapping grid. It is a CSS background
//! that moves with the camera.

use editor::{Camera, grid};
use web_sys::HtmlElement;

/// Distance of the dots in board units at zoom 100 %.
const STEP: f64 = 24.0;
/// The least distance of the dots on the screen, in CSS pixels.
const MIN_STEP_PX: f64 = 16.0;

/// The pattern of the background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Background {
    /// Dots, which elements do not snap to.
    Dots,
    /// The lines that elements snap to.
    Grid,
}

/// Shows a background that follows the camera.
pub(super) fn show_background(main: &HtmlElement, camera: &Camera, background: Background) {
    let step = match background {
        Background::Dots => dot_step_px(camera.zoom()),
        Background::Grid => grid::step(camera.zoom()) * camera.zoom(),
    };
    let set = match background {
        Background::Dots => main.remove_attribute("data-grid"),
        Background::Grid => main.set_attribute("data-grid", ""),
    };
    debug_assert!(set.is_ok(), "the name is valid");
    let origin = camera.origin();
    let shift = |at: f64| {
        let steps = -at * camera.zoom() / step;
        (steps - steps.floor()) * step
    };
    let style = main.style();
    for (name, value) in [
        ("--grid-step", step),
        ("--grid-x", shift(origin.x)),
        ("--grid-y", shift(origin.y)),
    ] {
        let set = style.set_property(name, &format!("{value:.2}px"));
        debug_assert!(set.is_ok(), "custom properties take any value");
    }
}

/// The distance of the dots in CSS pixels.
fn dot_step_px(zoom: f64) -> f64 {
    let mut step = STEP * zoom;
    while step < MIN_STEP_PX {
        step *= 2.0;
    }
    while step >= 2.0 * MIN_STEP_PX * 1.5 {
        step /= 2.0;
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_keep_their_distance_on_the_screen_at_every_zoom() {
        for zoom in [0.02, 0.1, 0.5, 1.0, 3.0, 20.0, 64.0] {
            let step = dot_step_px(zoom);
            assert!(
                (MIN_STEP_PX..3.0 * MIN_STEP_PX).contains(&step),
                "{zoom}: {step}"
            );
        }
        assert_eq!(dot_step_px(1.0), STEP);
    }
}
