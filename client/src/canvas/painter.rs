//! Draws on a Canvas2D context.
//!
//! Coordinates become device pixels here, in double precision. Browsers draw in single
//! precision, in which shapes would tremble far from the origin of the board.

use std::borrow::Cow;

use js_sys::{Array, Reflect};
use kurbo::{Affine, BezPath, PathEl, Point, Rect};
use shared::geometry::BoardRect;
use shared::model::palette::Rgb;
use shared::paint::{
    Blend, Face, Fill, LineStyle, Painter, PlacedPicture, PlacedText, paint_preview,
};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{CanvasRenderingContext2d, CanvasWindingRule, Path2d};

use super::paint_budget::paint_cost;
use crate::pictures::{Drawable, Drawables};

/// The cost of a picture for a [`PaintBudget`](super::paint_budget::PaintBudget): that of some hundred
/// lines.
const PICTURE_COST: usize = 500;

/// The last settings of the context.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    blend: Option<(f32, Blend)>,
    fill: Option<Rgb>,
    stroke: Option<Rgb>,
    /// Width, and lengths of dash and gap, in device pixels.
    pen: Option<(f64, Option<[f64; 2]>)>,
    /// Whether text is kerned, and whether it runs from right to left.
    text: Option<(bool, bool)>,
}

/// Draws on a context.
#[derive(Debug)]
pub(crate) struct CanvasPainter<'a> {
    context: &'a CanvasRenderingContext2d,
    to_device: Affine,
    /// The part of the board on the canvas.
    region: Option<BoardRect>,
    scale: f64,
    pictures: Option<&'a dyn Drawables>,
    state: State,
    clipped: Vec<State>,
    cost: usize,
}

impl<'a> CanvasPainter<'a> {
    /// A painter on a context that has no transform. `to_device` turns board units into device
    /// pixels; it neither rotates nor shears.
    pub(crate) fn new(context: &'a CanvasRenderingContext2d, to_device: Affine) -> Self {
        Self {
            context,
            to_device,
            region: shown_region(context, to_device),
            scale: to_device.as_coeffs()[0],
            pictures: None,
            state: State::default(),
            clipped: Vec::new(),
            cost: 0,
        }
    }

    /// Draws pictures instead of their previews in fields of colour.
    pub(crate) const fn with_pictures(mut self, pictures: &'a dyn Drawables) -> Self {
        self.pictures = Some(pictures);
        self
    }

    /// Draws the part of an image that a crop shows.
    fn draw_picture(&mut self, placed: &PlacedPicture<'_>, drawable: &Drawable) {
        self.cost += PICTURE_COST;
        self.use_blend(&Fill {
            rgb: Rgb::from_hex(0),
            alpha: placed.alpha,
            blend: Blend::Cover,
        });
        let is_round = placed.corner > 0.0;
        if is_round {
            self.clip(&placed.outline());
        }
        let [a, b, c, d, e, f] = (self.to_device * placed.place).as_coeffs();
        if self.context.set_transform(a, b, c, d, e, f).is_ok() {
            let crop = placed.crop.rect();
            let (width, height) = (drawable.width, drawable.height);
            let _ = self
                .context
                .draw_image_with_image_bitmap_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                    &drawable.image,
                    crop.x0 * width,
                    crop.y0 * height,
                    crop.width() * width,
                    crop.height() * height,
                    0.0,
                    0.0,
                    placed.size.width,
                    placed.size.height,
                );
        }
        let reset = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        debug_assert!(reset.is_ok(), "the identity is always accepted");
        if is_round {
            self.unclip();
        }
    }

    /// Sets colour and blending, if they differ from the last settings.
    pub(crate) fn use_fill(&mut self, fill: &Fill) {
        self.use_blend(fill);
        if self.state.fill.replace(fill.rgb) != Some(fill.rgb) {
            self.context.set_fill_style_str(&fill.rgb.to_css());
        }
    }

    fn use_blend(&mut self, fill: &Fill) {
        let blend = (fill.alpha, fill.blend);
        if self.state.blend.replace(blend) == Some(blend) {
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

    fn use_line(&mut self, line: &LineStyle) {
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

    /// The cost of the paths that were painted since the last call, for a [`PaintBudget`].
    ///
    /// [`PaintBudget`]: super::paint_budget::PaintBudget
    pub(super) const fn take_cost(&mut self) -> usize {
        std::mem::replace(&mut self.cost, 0)
    }

    fn trace(&mut self, path: &BezPath) {
        self.cost += paint_cost(path, self.scale);
        self.context.begin_path();
        trace(path, self.to_device, self.context);
    }

    /// Switches off hinting, and kerning of bundled typefaces, which would change the width of
    /// words.
    fn use_text_style(&mut self, words: &PlacedText<'_>) {
        let wanted = (words.is_system, words.is_rtl);
        if self.state.text.replace(wanted) == Some(wanted) {
            return;
        }
        let kerning = if words.is_system { "normal" } else { "none" };
        let direction = if words.is_rtl { "rtl" } else { "ltr" };
        for (name, value) in [
            ("fontKerning", kerning),
            ("textRendering", "geometricPrecision"),
            ("direction", direction),
            ("textAlign", "left"),
        ] {
            // In browsers that do not know these, words are a little too wide or narrow.
            let _ = Reflect::set(self.context, &name.into(), &value.into());
        }
    }

    /// How much a run of a system font must be stretched to be as wide as in the layout, so that
    /// all people see the same lines with any fonts.
    fn stretch(&self, words: &PlacedText<'_>, text: &str) -> f64 {
        if !words.is_system {
            return 1.0;
        }
        let measured = self.context.measure_text(text);
        let own = measured.map_or(0.0, |measured| measured.width());
        if own > 0.0 && words.width > 0.0 {
            words.width / own
        } else {
            1.0
        }
    }
}

/// The part of the board that a canvas shows; `None` without a canvas or with an impossible camera.
fn shown_region(context: &CanvasRenderingContext2d, to_device: Affine) -> Option<BoardRect> {
    let canvas = context.canvas()?;
    let size = (f64::from(canvas.width()), f64::from(canvas.height()));
    let on_canvas = Rect::from_origin_size((0.0, 0.0), size);
    let shown = to_device.inverse().transform_rect_bbox(on_canvas);
    shown.is_finite().then_some(shown)
}

impl Painter for CanvasPainter<'_> {
    fn region(&self) -> Option<BoardRect> {
        self.region
    }

    fn fill(&mut self, path: &BezPath, fill: &Fill) {
        self.use_fill(fill);
        self.trace(path);
        self.context.fill();
    }

    fn fill_even_odd(&mut self, path: &BezPath, fill: &Fill) {
        self.use_fill(fill);
        self.trace(path);
        self.context
            .fill_with_canvas_winding_rule(CanvasWindingRule::Evenodd);
    }

    fn line(&mut self, path: &BezPath, line: &LineStyle) {
        self.use_line(line);
        self.trace(path);
        self.context.stroke();
    }

    fn words(&mut self, words: &PlacedText<'_>) {
        self.use_fill(&words.fill);
        self.use_text_style(words);
        self.context.set_font(&css_font(words.face, words.size));
        let text = forced(words);
        let place = self.to_device
            * words.place
            * Affine::translate(words.at.to_vec2())
            * Affine::scale_non_uniform(self.stretch(words, &text), 1.0);
        let [a, b, c, d, e, f] = place.as_coeffs();
        // A transform with infinite values is refused; such words are not visible.
        if self.context.set_transform(a, b, c, d, e, f).is_ok() {
            let _ = self.context.fill_text(&text, 0.0, 0.0);
        }
        let reset = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        debug_assert!(reset.is_ok(), "the identity is always accepted");
    }

    fn picture(&mut self, placed: &PlacedPicture<'_>) {
        let [a, b, c, d, _, _] = placed.whole().as_coeffs();
        let picture = placed.picture;
        let across = a.hypot(b) / f64::from(picture.width);
        let down = c.hypot(d) / f64::from(picture.height);
        let scale = across.max(down) * self.scale;
        match self.pictures.and_then(|all| all.shown(picture, scale)) {
            Some(drawable) => self.draw_picture(placed, &drawable),
            None => paint_preview(placed, self),
        }
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
    /// Leaves the context as it was.
    fn drop(&mut self) {
        while !self.clipped.is_empty() {
            self.unclip();
        }
        self.context.set_global_alpha(1.0);
        let set = self.context.set_global_composite_operation("source-over");
        debug_assert!(set.is_ok(), "known to every browser");
    }
}

/// The text of a run. If its order must be overridden, it stands between an override and its end.
fn forced<'a>(words: &PlacedText<'a>) -> Cow<'a, str> {
    let begin = match (words.is_forced, words.is_rtl) {
        (false, _) => return Cow::Borrowed(words.text),
        (true, true) => "\u{202e}",
        (true, false) => "\u{202d}",
    };
    Cow::Owned([begin, words.text, "\u{202c}"].concat())
}

fn css_font(face: Face, size: f64) -> String {
    let slant = if face.italic { "italic " } else { "" };
    let weight = if face.bold { "bold " } else { "" };
    format!("{slant}{weight}{size}px {}", face.font.families())
}

/// Adds a path to a context.
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

/// A path that the browser keeps. Its coordinates begin at a point of the board, which keeps
/// them precise.
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

    /// A copy, which can be extended.
    pub(crate) fn copied(&self) -> Result<Self, JsValue> {
        let (origin, path) = (self.origin, Path2d::new_with_other(&self.path)?);
        Ok(Self { origin, path })
    }

    /// Adds a path in board units.
    pub(crate) fn append(&self, path: &BezPath) {
        let back = Affine::translate(-self.origin.to_vec2());
        // Paths have the same methods as contexts.
        trace(path, back, self.path.unchecked_ref());
    }

    /// Fills it with the colour that the painter was set to last.
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
    fn fonts_have_the_names_of_the_style_sheet() {
        for font in [Font::Handwriting, Font::Sans, Font::Mono] {
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
