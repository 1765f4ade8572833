//! The background of the board: dots, or the lines of the snapping grid. It is the CSS background of
//! an element that is moved with the camera. A browser keeps the picture of such an element, and
//! paints it anew only when the zoom changes. To scale it meanwhile costs more without a graphics
//! card.

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

/// The element with the background.
#[derive(Debug)]
pub(super) struct BackgroundLayer {
    board: HtmlElement,
    layer: HtmlElement,
    /// What it shows: a pattern of so many CSS pixels from dot to dot.
    shown: Option<(Background, f64)>,
}

impl BackgroundLayer {
    /// The layer of a board, which shows nothing yet.
    pub(super) const fn new(board: HtmlElement, layer: HtmlElement) -> Self {
        Self {
            board,
            layer,
            shown: None,
        }
    }

    /// Whether it shows this pattern.
    pub(super) fn shows(&self, background: Background) -> bool {
        self.shown.is_some_and(|(shown, _)| shown == background)
    }

    /// Shows a background where the camera is, with so many device pixels for a CSS pixel.
    pub(super) fn show(&mut self, camera: &Camera, background: Background, pixel_ratio: f64) {
        let step = match background {
            Background::Dots => dot_step_px(camera.zoom()),
            Background::Grid => grid::step(camera.zoom()) * camera.zoom(),
        };
        if self.shown.replace((background, step)) != Some((background, step)) {
            self.set_pattern(background, step);
        }
        let origin = camera.origin();
        let shift = |at: f64| shift_px(-at * camera.zoom(), step, pixel_ratio);
        let (x, y) = (shift(origin.x), shift(origin.y));
        self.set_style("transform", &format!("translate({x:.3}px, {y:.3}px)"));
    }

    fn set_pattern(&self, background: Background, step: f64) {
        let set = match background {
            Background::Dots => self.board.remove_attribute("data-grid"),
            Background::Grid => self.board.set_attribute("data-grid", ""),
        };
        debug_assert!(set.is_ok(), "the name is valid");
        self.set_style("--grid-step", &format!("{step:.2}px"));
    }

    fn set_style(&self, name: &str, value: &str) {
        let set = self.layer.style().set_property(name, value);
        debug_assert!(set.is_ok(), "properties that do not exist are ignored");
    }
}

/// How far the pattern is moved from the upper left corner, from 0 to a step, in CSS pixels. It is
/// a whole number of device pixels, so that dots are sharp.
fn shift_px(at: f64, step: f64, pixel_ratio: f64) -> f64 {
    let steps = at / step;
    ((steps - steps.floor()) * step * pixel_ratio).round() / pixel_ratio
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

    #[test]
    fn the_pattern_moves_by_whole_device_pixels_and_at_most_by_a_step() {
        assert_eq!(shift_px(50.3, 24.0, 1.0), 2.0);
        assert_eq!(shift_px(50.3, 24.0, 2.0), 2.5);
        assert_eq!(shift_px(-1.0, 24.0, 1.0), 23.0);
        assert_eq!(shift_px(-0.1, 24.0, 1.0), 24.0);
    }
}
