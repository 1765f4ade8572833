//! A painter of one band of pixels.

use kurbo::{Affine, BezPath};
use shared::geometry::BoardRect;
use shared::paint::{Blend, Fill, LineStyle, Painter, PlacedPicture, PlacedText, paint_preview};
use tiny_skia::{
    BlendMode, Color, FillRule, FilterQuality, LineCap, LineJoin, Mask, Paint, Path, PathBuilder,
    Pattern, Pixmap, PixmapPaint, SpreadMode, Stroke, StrokeDash, Transform,
};

use crate::fonts::{Face, PlacedGlyph, Shaped};
use crate::pictures::ScaledPictures;
use crate::{PaintContext, outline};

/// Masks of clips that are kept: the members of one frame follow each other.
const MAX_MASKS: usize = 4;

/// A painter of a band.
pub(super) struct Canvas<'a, 'b> {
    pixels: &'a mut Pixmap,
    to_pixels: Affine,
    region: BoardRect,
    context: PaintContext<'a>,
    pictures: &'a mut ScaledPictures<'b>,
    /// The clips that are in force, the innermost last.
    clips: Vec<BezPath>,
    /// The masks of the last clips.
    masks: Vec<(BezPath, Option<Mask>)>,
}

impl<'a, 'b> Canvas<'a, 'b> {
    /// A painter on `pixels`, which show `region`.
    pub(super) const fn new(
        pixels: &'a mut Pixmap,
        to_pixels: Affine,
        region: BoardRect,
        context: PaintContext<'a>,
        pictures: &'a mut ScaledPictures<'b>,
    ) -> Self {
        Self {
            pixels,
            to_pixels,
            region,
            context,
            pictures,
            clips: Vec::new(),
            masks: Vec::new(),
        }
    }

    fn fill_by(&mut self, path: &BezPath, fill: &Fill, rule: FillRule) {
        let Some(path) = converted(path, self.to_pixels) else {
            return;
        };
        let paint = paint(fill);
        let mask = current(&self.clips, &self.masks);
        self.pixels
            .fill_path(&path, &paint, rule, Transform::identity(), mask);
    }

    fn draw(&mut self, shaped: &Shaped, to_board: Affine, fill: &Fill) {
        let mut at = shaped.start;
        for glyph in &shaped.glyphs {
            let place = to_board * Affine::translate((at, 0.0));
            match &shaped.face {
                Some(face) => {
                    let outline = face.outline(glyph.id);
                    let own = place * Affine::translate(glyph.offset);
                    if outline.elements().is_empty() {
                        self.draw_bitmap(face, glyph, own, fill);
                    } else {
                        self.fill_by(&(own * outline), fill, FillRule::Winding);
                    }
                }
                None => self.fill_by(&(place * glyph.missing_box()), fill, FillRule::EvenOdd),
            }
            at += glyph.advance;
        }
    }

    /// An emoji of a font with pictures.
    fn draw_bitmap(&mut self, face: &Face, glyph: &PlacedGlyph, place: Affine, fill: &Fill) {
        let size = (self.to_pixels * place).determinant().abs().sqrt();
        let Some(bitmap) = face.bitmap(glyph.id, size as f32) else {
            return;
        };
        let Ok(picture) = decoded(&bitmap.png) else {
            return;
        };
        let to_pixels = self.to_pixels
            * place
            * Affine::translate((bitmap.left, -bitmap.top))
            * Affine::scale(bitmap.pixel);
        let paint = PixmapPaint {
            opacity: fill.alpha,
            blend_mode: BlendMode::SourceOver,
            quality: FilterQuality::Bilinear,
        };
        let mask = current(&self.clips, &self.masks);
        self.pixels
            .draw_pixmap(0, 0, picture.as_ref(), &paint, transform(to_pixels), mask);
    }
}

impl Painter for Canvas<'_, '_> {
    fn is_abandoned(&self) -> bool {
        (self.context.is_abandoned)()
    }

    fn region(&self) -> Option<BoardRect> {
        Some(self.region)
    }

    fn fill(&mut self, path: &BezPath, fill: &Fill) {
        self.fill_by(path, fill, FillRule::Winding);
    }

    fn fill_even_odd(&mut self, path: &BezPath, fill: &Fill) {
        self.fill_by(path, fill, FillRule::EvenOdd);
    }

    fn line(&mut self, path: &BezPath, line: &LineStyle) {
        let Some(path) = converted(path, self.to_pixels) else {
            return;
        };
        let scale = self.to_pixels.determinant().abs().sqrt();
        let dash = line
            .dash
            .map(|lengths| lengths.map(|length| (length * scale) as f32));
        let stroke = Stroke {
            width: (line.width * scale) as f32,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            dash: dash.and_then(|lengths| StrokeDash::new(lengths.to_vec(), 0.0)),
            ..Stroke::default()
        };
        let paint = paint(&line.fill);
        let mask = current(&self.clips, &self.masks);
        self.pixels
            .stroke_path(&path, &paint, &stroke, Transform::identity(), mask);
    }

    fn words(&mut self, words: &PlacedText<'_>) {
        let (shaped, to_board) = self.context.fonts.shape(words);
        for part in &shaped {
            self.draw(part, to_board, &words.fill);
        }
    }

    fn picture(&mut self, placed: &PlacedPicture<'_>) {
        let whole = self.to_pixels * placed.whole();
        let Some(scaled) = self.pictures.get(placed.picture, whole) else {
            return paint_preview(placed, self);
        };
        let Some(path) = converted(&placed.outline(), self.to_pixels) else {
            return;
        };
        let shader = Pattern::new(
            scaled.pixmap.as_ref(),
            SpreadMode::Pad,
            FilterQuality::Bilinear,
            placed.alpha.clamp(0.0, 1.0),
            transform(whole * scaled.to_whole),
        );
        let paint = Paint {
            shader,
            ..Paint::default()
        };
        let (rule, mask) = (FillRule::Winding, current(&self.clips, &self.masks));
        self.pixels
            .fill_path(&path, &paint, rule, Transform::identity(), mask);
    }

    fn clip(&mut self, path: &BezPath) {
        if !self.masks.iter().any(|(known, _)| known == path) {
            if self.masks.len() >= MAX_MASKS {
                self.masks.remove(0);
            }
            let mask = mask(path, self.to_pixels, self.pixels);
            self.masks.push((path.clone(), mask));
        }
        self.clips.push(path.clone());
    }

    fn unclip(&mut self) {
        self.clips.pop();
    }
}

/// The mask of the innermost clip. Clips of a board do not lie in each other.
fn current<'a>(clips: &[BezPath], masks: &'a [(BezPath, Option<Mask>)]) -> Option<&'a Mask> {
    let clip = clips.last()?;
    let known = masks.iter().find(|(path, _)| path == clip);
    known.and_then(|(_, mask)| mask.as_ref())
}

/// A mask that shows only what lies within a path; `None` without memory for it.
fn mask(path: &BezPath, to_pixels: Affine, pixels: &Pixmap) -> Option<Mask> {
    let mut mask = Mask::new(pixels.width(), pixels.height())?;
    if let Some(path) = converted(path, to_pixels) {
        mask.fill_path(&path, FillRule::Winding, true, Transform::identity());
    }
    Some(mask)
}

fn paint(fill: &Fill) -> Paint<'static> {
    let mut paint = Paint::default();
    let (rgb, alpha) = (fill.rgb, (fill.alpha.clamp(0.0, 1.0) * 255.0).round() as u8);
    paint.set_color(Color::from_rgba8(rgb.r, rgb.g, rgb.b, alpha));
    paint.blend_mode = match fill.blend {
        Blend::Cover => BlendMode::SourceOver,
        Blend::Multiply => BlendMode::Multiply,
        Blend::Screen => BlendMode::Screen,
    };
    paint.anti_alias = true;
    paint
}

fn transform(affine: Affine) -> Transform {
    let [a, b, c, d, e, f] = affine.as_coeffs().map(|value| value as f32);
    Transform::from_row(a, b, c, d, e, f)
}

/// A path in pixels; `None` if it is empty or has no finite size.
fn converted(path: &BezPath, to_pixels: Affine) -> Option<Path> {
    let mut out = PathBuilder::with_capacity(path.elements().len(), 2 * path.elements().len());
    outline::build(path, to_pixels, &mut out);
    out.finish()
}

/// A bitmap of a glyph, with its colours multiplied by their alpha.
fn decoded(png: &[u8]) -> Result<Pixmap, png::DecodingError> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(
        png::Transformations::normalize_to_color8() | png::Transformations::ALPHA,
    );
    let mut reader = decoder.read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().unwrap_or_default()];
    let info = reader.next_frame(&mut bytes)?;
    let mut pixmap =
        Pixmap::new(info.width, info.height).ok_or(png::DecodingError::LimitsExceeded)?;
    for (pixel, bytes) in pixmap.pixels_mut().iter_mut().zip(bytes.as_chunks::<4>().0) {
        let [r, g, b, a] = *bytes;
        *pixel = tiny_skia::ColorU8::from_rgba(r, g, b, a).premultiply();
    }
    Ok(pixmap)
}
