//! Fades the elements that the eraser has touched: paints them once more in the colour of the
//! background, not quite opaque.

use kurbo::BezPath;
use shared::model::palette::background;
use shared::paint::{Blend, Fill, LineStyle, Painter, PlacedPicture, PlacedText, paint_element};

use super::painter::CanvasPainter;
use crate::scene::Scene;

/// How strongly elements are faded, 0.0 ..= 1.0.
const ALPHA: f32 = 0.72;

/// Fades the touched elements, with edges that are off by at most `tolerance` board units.
pub(super) fn paint(painter: &mut CanvasPainter<'_>, scene: &Scene<'_>, tolerance: f64) {
    let fill = Fill {
        rgb: background(scene.theme),
        alpha: ALPHA,
        blend: Blend::Cover,
    };
    let mut painter = OneColorPainter { painter, fill };
    let touched = scene.erasing.iter().filter_map(|id| scene.board.get(*id));
    for element in touched {
        paint_element(scene.board, element, scene.theme, tolerance, &mut painter);
    }
}

/// Paints everything in one colour.
struct OneColorPainter<'a, 'b> {
    painter: &'a mut CanvasPainter<'b>,
    fill: Fill,
}

impl Painter for OneColorPainter<'_, '_> {
    fn fill(&mut self, path: &BezPath, _: &Fill) {
        self.painter.fill(path, &self.fill);
    }

    fn fill_even_odd(&mut self, path: &BezPath, _: &Fill) {
        self.painter.fill_even_odd(path, &self.fill);
    }

    fn line(&mut self, path: &BezPath, line: &LineStyle) {
        let fill = self.fill;
        self.painter.line(path, &LineStyle { fill, ..*line });
    }

    fn words(&mut self, words: &PlacedText<'_>) {
        let fill = self.fill;
        self.painter.words(&PlacedText { fill, ..*words });
    }

    fn picture(&mut self, picture: &PlacedPicture<'_>) {
        self.painter.fill(&picture.outline(), &self.fill);
    }

    fn clip(&mut self, path: &BezPath) {
        self.painter.clip(path);
    }

    fn unclip(&mut self) {
        self.painter.unclip();
    }
}
