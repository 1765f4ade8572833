//! Drawing commands on a Canvas2D context.

use kurbo::{BezPath, PathEl};
use shared::paint::{Blend, Fill, Painter};
use wasm_bindgen::JsValue;
use web_sys::{CanvasRenderingContext2d, Path2d};

/// Paints on a context whose transform turns board units into device pixels.
#[derive(Debug)]
pub(crate) struct CanvasPainter<'a> {
    context: &'a CanvasRenderingContext2d,
    current: Option<Fill>,
}

impl<'a> CanvasPainter<'a> {
    pub(crate) const fn new(context: &'a CanvasRenderingContext2d) -> Self {
        Self {
            context,
            current: None,
        }
    }

    /// Sets colour and blending, unless they are set already.
    pub(crate) fn use_fill(&mut self, fill: &Fill) {
        if self.current.as_ref() != Some(fill) {
            self.current = Some(*fill);
            self.context.set_fill_style_str(&fill.rgb.to_css());
            self.context.set_global_alpha(f64::from(fill.alpha));
            let operation = match fill.blend {
                Blend::Cover => "source-over",
                Blend::Multiply => "multiply",
                Blend::Screen => "screen",
            };
            let set = self.context.set_global_composite_operation(operation);
            debug_assert!(
                set.is_ok(),
                "the three operations are known to every browser"
            );
        }
    }
}

impl Painter for CanvasPainter<'_> {
    fn fill(&mut self, path: &BezPath, fill: &Fill) {
        self.use_fill(fill);
        self.context.begin_path();
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(p) => self.context.move_to(p.x, p.y),
                PathEl::LineTo(p) => self.context.line_to(p.x, p.y),
                PathEl::QuadTo(c, p) => self.context.quadratic_curve_to(c.x, c.y, p.x, p.y),
                PathEl::CurveTo(c, d, p) => {
                    self.context.bezier_curve_to(c.x, c.y, d.x, d.y, p.x, p.y);
                }
                PathEl::ClosePath => self.context.close_path(),
            }
        }
        self.context.fill();
    }
}

/// Adds a path to one that the browser keeps.
pub(crate) fn append(to: &Path2d, path: &BezPath) {
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => to.move_to(p.x, p.y),
            PathEl::LineTo(p) => to.line_to(p.x, p.y),
            PathEl::QuadTo(c, p) => to.quadratic_curve_to(c.x, c.y, p.x, p.y),
            PathEl::CurveTo(c, d, p) => to.bezier_curve_to(c.x, c.y, d.x, d.y, p.x, p.y),
            PathEl::ClosePath => to.close_path(),
        }
    }
}

/// An empty path that the browser keeps.
pub(crate) fn kept_path() -> Result<Path2d, JsValue> {
    Path2d::new()
}
