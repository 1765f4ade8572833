//! What the eraser has touched: covered by a veil of the board's own colour until
//! the eraser is lifted.

use kurbo::BezPath;
use shared::model::palette::background;
use shared::paint::{Blend, Fill, Line, Painter, Words, paint_element};

use super::painter::CanvasPainter;
use crate::session::View;

/// How strongly it is faded.
const ALPHA: f32 = 0.72;

/// Draws the veil, with edges true to `tolerance` board units.
pub(super) fn draw(painter: &mut CanvasPainter<'_>, view: &View<'_>, tolerance: f64) {
    let fill = Fill {
        rgb: background(view.theme),
        alpha: ALPHA,
        blend: Blend::Cover,
    };
    let mut veil = Veil { painter, fill };
    let touched = view.erasing.iter().filter_map(|id| view.board.get(*id));
    for element in touched {
        paint_element(view.board, element, view.theme, tolerance, &mut veil);
    }
}

/// Paints everything in one colour.
struct Veil<'a, 'b> {
    painter: &'a mut CanvasPainter<'b>,
    fill: Fill,
}

impl Painter for Veil<'_, '_> {
    fn fill(&mut self, path: &BezPath, _: &Fill) {
        self.painter.fill(path, &self.fill);
    }

    fn line(&mut self, path: &BezPath, line: &Line) {
        let fill = self.fill;
        self.painter.line(path, &Line { fill, ..*line });
    }

    fn words(&mut self, words: &Words<'_>) {
        let fill = self.fill;
        self.painter.words(&Words { fill, ..*words });
    }

    fn clip(&mut self, path: &BezPath) {
        self.painter.clip(path);
    }

    fn unclip(&mut self) {
        self.painter.unclip();
    }
}
