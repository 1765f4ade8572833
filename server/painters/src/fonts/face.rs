//! A face of a font: its bytes, the glyphs of letters, and outlines of glyphs.

use std::sync::{Arc, OnceLock};

use kurbo::{BezPath, Point};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

/// A face of a font.
pub(crate) struct Face {
    data: Arc<Vec<u8>>,
    index: u32,
    /// Units of one text size.
    units: f64,
    pdf: OnceLock<Option<krilla::text::Font>>,
}

impl Face {
    /// A face of a font file; `None` if it cannot be read.
    pub(super) fn new(data: Arc<Vec<u8>>, index: u32) -> Option<Self> {
        let font = FontRef::from_index(&data, index).ok()?;
        let units = f64::from(font.head().ok()?.units_per_em());
        let is_valid = units > 0.0;
        is_valid.then(|| Self {
            data,
            index,
            units,
            pdf: OnceLock::new(),
        })
    }

    /// The font for tables; `None` never happens, because [`Self::new`] read it.
    pub(super) fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(&self.data, self.index).ok()
    }

    /// The glyph of a letter.
    pub(super) fn glyph(&self, letter: char) -> Option<GlyphId> {
        self.font()?.charmap().map(letter)
    }

    /// All letters with their glyphs.
    #[cfg(test)]
    pub(super) fn letters(&self) -> Vec<(char, GlyphId)> {
        let font = self.font().expect("the face was read");
        let mappings = font.charmap().mappings();
        let letters = mappings.filter_map(|(code, glyph)| Some((char::from_u32(code)?, glyph)));
        letters.collect()
    }

    /// The width of a glyph, as a part of the text size.
    pub(super) fn advance(&self, glyph: GlyphId) -> f64 {
        let font = self.font();
        let metrics = font.map(|font| font.glyph_metrics(Size::unscaled(), LocationRef::default()));
        let advance = metrics.and_then(|metrics| metrics.advance_width(glyph));
        f64::from(advance.unwrap_or_default()) / self.units
    }

    /// Units of one text size.
    pub(crate) const fn units(&self) -> f64 {
        self.units
    }

    /// The outline of a glyph at text size 1, with y downwards. Empty for a glyph without one, such
    /// as a space.
    pub(crate) fn outline(&self, glyph: GlyphId) -> BezPath {
        let mut pen = Pen {
            path: BezPath::new(),
            scale: 1.0 / self.units,
        };
        if let Some(font) = self.font() {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            if let Some(outline) = font.outline_glyphs().get(glyph) {
                // A damaged glyph stays as far as it was drawn.
                let _ = outline.draw(settings, &mut pen);
            }
        }
        pen.path
    }

    /// The bitmap of a glyph nearest to a size in pixels, as a PNG file with its place.
    pub(crate) fn bitmap(&self, glyph: GlyphId, pixels: f32) -> Option<Bitmap> {
        let font = self.font()?;
        let strikes = font.bitmap_strikes();
        let found = strikes.glyph_for_size(Size::new(pixels), glyph)?;
        let skrifa::bitmap::BitmapData::Png(png) = found.data else {
            return None;
        };
        let (width, height) = (f64::from(found.ppem_x), f64::from(found.ppem_y));
        let is_above = matches!(found.placement_origin, skrifa::bitmap::Origin::BottomLeft);
        let top = f64::from(found.inner_bearing_y) / height;
        let rise = if is_above {
            f64::from(found.height) / height
        } else {
            0.0
        };
        Some(Bitmap {
            png: png.to_vec(),
            left: f64::from(found.inner_bearing_x) / width
                + f64::from(found.bearing_x) / self.units,
            top: top + rise + f64::from(found.bearing_y) / self.units,
            pixel: 1.0 / height,
        })
    }

    /// The font for a PDF.
    pub(crate) fn pdf(&self) -> Option<krilla::text::Font> {
        let font = || krilla::text::Font::new(Arc::clone(&self.data).into(), self.index);
        self.pdf.get_or_init(font).clone()
    }
}

/// A picture of a glyph. Lengths are parts of the text size.
pub(crate) struct Bitmap {
    /// The PNG file.
    pub(crate) png: Vec<u8>,
    /// Its left edge.
    pub(crate) left: f64,
    /// The height of its upper edge above the baseline.
    pub(crate) top: f64,
    /// The side of a pixel.
    pub(crate) pixel: f64,
}

struct Pen {
    path: BezPath,
    scale: f64,
}

impl Pen {
    fn point(&self, x: f32, y: f32) -> Point {
        Point::new(f64::from(x) * self.scale, -f64::from(y) * self.scale)
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.point(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.point(x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (by, to) = (self.point(x1, y1), self.point(x, y));
        self.path.quad_to(by, to);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let points = (self.point(x1, y1), self.point(x2, y2), self.point(x, y));
        self.path.curve_to(points.0, points.1, points.2);
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}
