//! The background of the board: dots, or the lines of the snapping grid. It is the CSS background of
//! an element that is moved and scaled with the camera. A browser keeps the picture of such an
//! element, so it is painted anew only after the zoom has changed, or when it has changed by much.

use editor::{Camera, grid};
use web_sys::HtmlElement;

/// Distance of the dots in board units at zoom 100 %.
const STEP: f64 = 24.0;
/// The least distance of the dots on the screen, in CSS pixels.
const MIN_STEP_PX: f64 = 16.0;
/// Within these ratios the background is scaled while the zoom changes. The style sheet makes the
/// element so large that it covers the board at the least of them.
const SCALED: std::ops::RangeInclusive<f64> = 0.67..=1.5;

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
    /// What it shows, if it shows anything.
    shown: Option<Pattern>,
    is_scaled: bool,
}

/// A pattern as the browser painted it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pattern {
    background: Background,
    /// From dot to dot in CSS pixels, and the zoom for which that was right.
    step: f64,
    zoom: f64,
}

impl BackgroundLayer {
    /// The layer of a board, which shows nothing yet.
    pub(super) const fn new(board: HtmlElement, layer: HtmlElement) -> Self {
        Self {
            board,
            layer,
            shown: None,
            is_scaled: false,
        }
    }

    /// Whether it shows this pattern.
    pub(super) fn shows(&self, background: Background) -> bool {
        self.shown
            .is_some_and(|shown| shown.background == background)
    }

    /// Whether it must be shown again when the zoom rests.
    pub(super) const fn is_scaled(&self) -> bool {
        self.is_scaled
    }

    /// Shows a background where the camera is, with so many device pixels for a CSS pixel. While
    /// the zoom changes, the picture that the browser has may be scaled.
    pub(super) fn show(
        &mut self,
        camera: &Camera,
        background: Background,
        pixel_ratio: f64,
        is_zooming: bool,
    ) {
        let zoom = camera.zoom();
        let serves = |shown: &Pattern| {
            let may_scale = is_zooming && SCALED.contains(&(zoom / shown.zoom));
            shown.background == background && (shown.zoom == zoom || may_scale)
        };
        let shown = self.shown.filter(serves);
        let pattern = shown.unwrap_or_else(|| self.paint(background, zoom));
        let scale = zoom / pattern.zoom;
        self.is_scaled = scale != 1.0;
        let origin = camera.origin();
        let shift = |at: f64| shift_px(-at * zoom, pattern.step * scale, pixel_ratio);
        let (x, y) = (shift(origin.x), shift(origin.y));
        let place = format!("translate({x:.3}px, {y:.3}px) scale({scale:.5})");
        self.set_style("transform", &place);
    }

    /// Lets the browser paint another pattern.
    fn paint(&mut self, background: Background, zoom: f64) -> Pattern {
        let step = match background {
            Background::Dots => dot_step_px(zoom),
            Background::Grid => grid::step(zoom) * zoom,
        };
        let set = match background {
            Background::Dots => self.board.remove_attribute("data-grid"),
            Background::Grid => self.board.set_attribute("data-grid", ""),
        };
        debug_assert!(set.is_ok(), "the name is valid");
        self.set_style("--grid-step", &format!("{step:.2}px"));
        let pattern = Pattern {
            background,
            step,
            zoom,
        };
        *self.shown.insert(pattern)
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
