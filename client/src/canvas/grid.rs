//! The dots behind the board: a CSS background that follows the camera.

use editor::Camera;
use web_sys::HtmlElement;

/// Distance of the dots in board units at zoom 100 %.
const STEP: f64 = 24.0;
/// Dots stand at least this far apart on the screen, in CSS pixels.
const CLOSEST: f64 = 16.0;

/// Moves the dots along with the board.
pub(crate) fn show_grid(main: &HtmlElement, camera: &Camera) {
    let mut step = STEP * camera.zoom();
    while step < CLOSEST {
        step *= 2.0;
    }
    while step >= 2.0 * CLOSEST * 1.5 {
        step /= 2.0;
    }
    let origin = camera.origin();
    let shift = |at: f64| (-at * camera.zoom()).rem_euclid(step);
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
