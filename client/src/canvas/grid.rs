//! What lies behind the board, as a CSS background that follows the camera: dots, or
//! the lines of the grid that things keep to.

use editor::{Camera, grid};
use web_sys::HtmlElement;

/// Distance of the dots in board units at zoom 100 %.
const STEP: f64 = 24.0;
/// Dots stand at least this far apart on the screen, in CSS pixels.
const CLOSEST: f64 = 16.0;

/// What lies behind the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behind {
    /// Dots, only for the eye.
    Dots,
    /// The lines that things keep to.
    Lines,
}

/// Moves it along with the board.
pub(crate) fn show_grid(main: &HtmlElement, camera: &Camera, behind: Behind) {
    let step = match behind {
        Behind::Dots => dots(camera.zoom()),
        Behind::Lines => grid::step(camera.zoom()) * camera.zoom(),
    };
    let set = match behind {
        Behind::Dots => main.remove_attribute("data-grid"),
        Behind::Lines => main.set_attribute("data-grid", ""),
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

/// From dot to dot, in CSS pixels.
fn dots(zoom: f64) -> f64 {
    let mut step = STEP * zoom;
    while step < CLOSEST {
        step *= 2.0;
    }
    while step >= 2.0 * CLOSEST * 1.5 {
        step /= 2.0;
    }
    step
}
