//! A painter of one page of a PDF.

use krilla::blend::BlendMode;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Size, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill as PdfFill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};
use kurbo::{Affine, BezPath, Rect, Shape as _};
use shared::geometry::BoardRect;
use shared::model::palette::Rgb;
use shared::paint::{Blend, Fill, LineStyle, Painter, PlacedPicture, PlacedText, paint_preview};

use super::images::Images;
use crate::fonts::Shaped;
use crate::{PaintContext, outline};

/// A painter of a page.
pub(super) struct PageCanvas<'a, 'b, 'c> {
    surface: &'a mut Surface<'b>,
    region: BoardRect,
    context: PaintContext<'a>,
    images: &'a mut Images<'c>,
}

impl<'a, 'b, 'c> PageCanvas<'a, 'b, 'c> {
    /// A painter on `surface`, whose unit is the board unit.
    pub(super) const fn new(
        surface: &'a mut Surface<'b>,
        region: BoardRect,
        context: PaintContext<'a>,
        images: &'a mut Images<'c>,
    ) -> Self {
        Self {
            surface,
            region,
            context,
            images,
        }
    }

    /// Fills the page.
    pub(super) fn fill_background(&mut self, rgb: Rgb) {
        let blend = Blend::Cover;
        let fill = Fill {
            rgb,
            alpha: 1.0,
            blend,
        };
        self.fill(&self.region.to_path(0.1), &fill);
    }

    fn fill_by(&mut self, path: &BezPath, fill: &Fill, rule: FillRule) {
        let Some(path) = converted(path) else { return };
        let is_blended = self.begin_blend(fill.blend);
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(pdf_fill(fill, rule)));
        self.surface.draw_path(&path);
        if is_blended {
            self.surface.pop();
        }
    }

    fn begin_blend(&mut self, blend: Blend) -> bool {
        let mode = match blend {
            Blend::Cover => return false,
            Blend::Multiply => BlendMode::Multiply,
            Blend::Screen => BlendMode::Screen,
        };
        self.surface.push_blend_mode(mode);
        true
    }

    fn draw(&mut self, shaped: &Shaped, text: &str, to_board: Affine, fill: &Fill) {
        let font = shaped.face.as_ref().and_then(|face| face.pdf());
        let Some(font) = font else {
            return self.draw_boxes(shaped, to_board, fill);
        };
        let glyphs = shaped.glyphs.iter().map(|glyph| KrillaGlyph {
            glyph_id: GlyphId::new(glyph.id.to_u32()),
            text_range: glyph.letters.clone(),
            x_advance: glyph.advance as f32,
            x_offset: glyph.offset.x as f32,
            y_offset: -glyph.offset.y as f32,
            y_advance: 0.0,
            location: None,
        });
        let glyphs: Vec<KrillaGlyph> = glyphs.collect();
        self.surface.set_stroke(None);
        self.surface
            .set_fill(Some(pdf_fill(fill, FillRule::NonZero)));
        let start = Point::from_xy(shaped.start as f32, 0.0);
        self.surface.push_transform(&transform(to_board));
        self.surface
            .draw_glyphs(start, &glyphs, font, text, 1.0, false);
        self.surface.pop();
    }

    fn draw_boxes(&mut self, shaped: &Shaped, to_board: Affine, fill: &Fill) {
        let mut at = shaped.start;
        for glyph in &shaped.glyphs {
            let place = to_board * Affine::translate((at, 0.0));
            self.fill_by(&(place * glyph.missing_box()), fill, FillRule::EvenOdd);
            at += glyph.advance;
        }
    }
}

impl Painter for PageCanvas<'_, '_, '_> {
    fn is_abandoned(&self) -> bool {
        (self.context.is_abandoned)()
    }

    fn fill(&mut self, path: &BezPath, fill: &Fill) {
        self.fill_by(path, fill, FillRule::NonZero);
    }

    fn fill_even_odd(&mut self, path: &BezPath, fill: &Fill) {
        self.fill_by(path, fill, FillRule::EvenOdd);
    }

    fn line(&mut self, path: &BezPath, line: &LineStyle) {
        let Some(path) = converted(path) else { return };
        let is_blended = self.begin_blend(line.fill.blend);
        let dash = line.dash.map(|lengths| StrokeDash {
            array: lengths.map(|length| length as f32).to_vec(),
            offset: 0.0,
        });
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke {
            paint: color(&line.fill).into(),
            width: line.width as f32,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            opacity: opacity(&line.fill),
            dash,
            ..Stroke::default()
        }));
        self.surface.draw_path(&path);
        if is_blended {
            self.surface.pop();
        }
    }

    fn words(&mut self, words: &PlacedText<'_>) {
        let (shaped, to_board) = self.context.fonts.shape(words);
        for part in &shaped {
            self.draw(part, words.text, to_board, &words.fill);
        }
    }

    fn picture(&mut self, placed: &PlacedPicture<'_>) {
        let image = self.images.get(placed.picture);
        let Some((image, size)) = image.zip(Size::from_wh(1.0, 1.0)) else {
            return paint_preview(placed, self);
        };
        self.clip(&placed.outline());
        let opacity = NormalizedF32::new(placed.alpha).unwrap_or(NormalizedF32::ONE);
        self.surface.push_opacity(opacity);
        self.surface.push_transform(&transform(placed.whole()));
        self.surface.draw_image(image, size);
        self.surface.pop();
        self.surface.pop();
        self.unclip();
    }

    fn clip(&mut self, path: &BezPath) {
        // An empty clip hides everything.
        let nothing = || converted(&Rect::ZERO.to_path(0.1));
        if let Some(path) = converted(path).or_else(nothing) {
            self.surface.push_clip_path(&path, &FillRule::NonZero);
        } else {
            self.surface.push_isolated();
        }
    }

    fn unclip(&mut self) {
        self.surface.pop();
    }
}

fn color(fill: &Fill) -> rgb::Color {
    rgb::Color::new(fill.rgb.r, fill.rgb.g, fill.rgb.b)
}

fn opacity(fill: &Fill) -> NormalizedF32 {
    NormalizedF32::new(fill.alpha).unwrap_or(NormalizedF32::ONE)
}

fn pdf_fill(fill: &Fill, rule: FillRule) -> PdfFill {
    PdfFill {
        paint: color(fill).into(),
        opacity: opacity(fill),
        rule,
    }
}

fn transform(affine: Affine) -> Transform {
    let [a, b, c, d, e, f] = affine.as_coeffs().map(|value| value as f32);
    Transform::from_row(a, b, c, d, e, f)
}

fn converted(path: &BezPath) -> Option<Path> {
    let mut out = PathBuilder::new();
    outline::build(path, Affine::IDENTITY, &mut out);
    out.finish()
}
