//! Drawing commands on a Canvas2D context.
//!
//! Coordinates are turned into device pixels here, in double precision: browsers
//! draw in single precision, which would tremble far from the board's origin.

use js_sys::{Array, Reflect};
use kurbo::{Affine, BezPath, PathEl, Point};
use shared::model::palette::Rgb;
use shared::paint::{Blend, Face, Fill, Line, Painter, Words};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{CanvasRenderingContext2d, Path2d};

/// What the context was told last.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    meets: Option<(f32, Blend)>,
    fill: Option<Rgb>,
    stroke: Option<Rgb>,
    /// Width, and lengths of dash and gap, in device pixels.
    pen: Option<(f64, Option<[f64; 2]>)>,
    sets_text: bool,
}

/// Paints on a context.
#[derive(Debug)]
pub(crate) struct CanvasPainter<'a> {
    context: &'a CanvasRenderingContext2d,
    to_device: Affine,
    scale: f64,
    state: State,
    clipped: Vec<State>,
}

impl<'a> CanvasPainter<'a> {
    /// A painter on a context without a transform of its own; `to_device` turns
    /// board units into device pixels and neither turns nor shears.
    pub(crate) fn new(context: &'a CanvasRenderingContext2d, to_device: Affine) -> Self {
        Self {
            context,
            to_device,
            scale: to_device.as_coeffs()[0],
            state: State::default(),
            clipped: Vec::new(),
        }
    }

    /// Sets colour and blending, unless they are set already.
    pub(crate) fn use_fill(&mut self, fill: &Fill) {
        self.use_blend(fill);
        if self.state.fill.replace(fill.rgb) != Some(fill.rgb) {
            self.context.set_fill_style_str(&fill.rgb.to_css());
        }
    }

    fn use_blend(&mut self, fill: &Fill) {
        let meets = (fill.alpha, fill.blend);
        if self.state.meets.replace(meets) == Some(meets) {
            return;
        }
        self.context.set_global_alpha(f64::from(fill.alpha));
        let operation = match fill.blend {
            Blend::Cover => "source-over",
            Blend::Multiply => "multiply",
            Blend::Screen => "screen",
        };
        let set = self.context.set_global_composite_operation(operation);
        debug_assert!(set.is_ok(), "every browser knows the three operations");
    }

    fn use_line(&mut self, line: &Line) {
        self.use_blend(&line.fill);
        if self.state.stroke.replace(line.fill.rgb) != Some(line.fill.rgb) {
            self.context.set_stroke_style_str(&line.fill.rgb.to_css());
        }
        let dash = line.dash.map(|dash| dash.map(|length| length * self.scale));
        let pen = (line.width * self.scale, dash);
        if self.state.pen.replace(pen) == Some(pen) {
            return;
        }
        self.context.set_line_width(pen.0);
        self.context.set_line_cap("round");
        self.context.set_line_join("round");
        let lengths = dash.into_iter().flatten().map(JsValue::from);
        let set = self.context.set_line_dash(&lengths.collect::<Array>());
        debug_assert!(set.is_ok(), "lengths are finite");
    }

    fn trace(&self, path: &BezPath) {
        self.context.begin_path();
        trace(path, self.to_device, self.context);
    }

    /// Kerning and hinting would make words of another width than was measured.
    fn use_plain_text(&mut self) {
        if !std::mem::replace(&mut self.state.sets_text, true) {
            for (name, value) in [
                ("fontKerning", "none"),
                ("textRendering", "geometricPrecision"),
            ] {
                // Browsers that do not know it are wrong by a hair.
                let _ = Reflect::set(self.context, &name.into(), &value.into());
            }
        }
    }
}

impl Painter for CanvasPainter<'_> {
    fn fill(&mut self, path: &BezPath, fill: &Fill) {
        self.use_fill(fill);
        self.trace(path);
        self.context.fill();
    }

    fn line(&mut self, path: &BezPath, line: &Line) {
        self.use_line(line);
        self.trace(path);
        self.context.stroke();
    }

    fn words(&mut self, words: &Words<'_>) {
        self.use_fill(&words.fill);
        self.use_plain_text();
        self.context.set_font(&css_font(words.face, words.size));
        let place = self.to_device * words.place * Affine::translate(words.at.to_vec2());
        let [a, b, c, d, e, f] = place.as_coeffs();
        // What cannot be placed is not shown.
        if self.context.set_transform(a, b, c, d, e, f).is_ok() {
            let _ = self.context.fill_text(words.text, 0.0, 0.0);
        }
        let reset = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        debug_assert!(reset.is_ok(), "the identity is always accepted");
    }

    fn clip(&mut self, path: &BezPath) {
        self.context.save();
        self.clipped.push(self.state);
        self.trace(path);
        self.context.clip();
    }

    fn unclip(&mut self) {
        if let Some(before) = self.clipped.pop() {
            self.context.restore();
            self.state = before;
        }
    }
}

impl Drop for CanvasPainter<'_> {
    /// Leaves the context as it was found.
    fn drop(&mut self) {
        while !self.clipped.is_empty() {
            self.unclip();
        }
        self.context.set_global_alpha(1.0);
        let set = self.context.set_global_composite_operation("source-over");
        debug_assert!(set.is_ok(), "known to every browser");
    }
}

fn css_font(face: Face, size: f64) -> String {
    let slant = if face.italic { "italic " } else { "" };
    let weight = if face.bold { "bold " } else { "" };
    format!("{slant}{weight}{size}px {}", face.font.families())
}

/// Leads a path to where it is drawn.
fn trace(path: &BezPath, place: Affine, to: &CanvasRenderingContext2d) {
    for piece in path.elements() {
        match place * *piece {
            PathEl::MoveTo(p) => to.move_to(p.x, p.y),
            PathEl::LineTo(p) => to.line_to(p.x, p.y),
            PathEl::QuadTo(c, p) => to.quadratic_curve_to(c.x, c.y, p.x, p.y),
            PathEl::CurveTo(c, d, p) => to.bezier_curve_to(c.x, c.y, d.x, d.y, p.x, p.y),
            PathEl::ClosePath => to.close_path(),
        }
    }
}

/// A path that the browser keeps, in coordinates of its own that begin at a point
/// of the board, for the sake of precision.
#[derive(Debug)]
pub(crate) struct KeptPath {
    origin: Point,
    path: Path2d,
}

impl KeptPath {
    /// An empty path.
    pub(crate) fn new(origin: Point) -> Result<Self, JsValue> {
        let path = Path2d::new()?;
        Ok(Self { origin, path })
    }

    /// The same path once more, to be added to.
    pub(crate) fn copied(&self) -> Result<Self, JsValue> {
        let (origin, path) = (self.origin, Path2d::new_with_other(&self.path)?);
        Ok(Self { origin, path })
    }

    /// Adds a path in board units.
    pub(crate) fn append(&self, path: &BezPath) {
        let back = Affine::translate(-self.origin.to_vec2());
        // Paths take the same pieces as contexts, by methods of the same names.
        trace(path, back, self.path.unchecked_ref());
    }

    /// Fills it with what the painter was told last.
    pub(crate) fn fill(&self, painter: &CanvasPainter<'_>) {
        let place = painter.to_device * Affine::translate(self.origin.to_vec2());
        let [a, b, c, d, e, f] = place.as_coeffs();
        if painter.context.set_transform(a, b, c, d, e, f).is_ok() {
            painter.context.fill_with_path_2d(&self.path);
        }
        let reset = painter.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        debug_assert!(reset.is_ok(), "the identity is always accepted");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::model::Font;

    const FONTS: &str = include_str!("../../../style/fonts.css");

    #[test]
    fn faces_are_those_that_the_style_brings() {
        for font in [Font::Hand, Font::Sans, Font::Mono] {
            let face = |bold, italic| Face { font, bold, italic };
            let family = font.families().split(',').next().unwrap();
            assert!(
                FONTS.contains(&format!("font-family: {family};")),
                "{family}"
            );
            let set = css_font(face(true, true), 24.5);
            assert!(set.starts_with("italic bold 24.5px \"Commonslate"), "{set}");
            assert!(css_font(face(false, false), 1.0).starts_with("1px \""));
        }
    }
}
