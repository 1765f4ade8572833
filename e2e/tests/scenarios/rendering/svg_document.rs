//! A board that the browser renders as an SVG document, whole or in part, with or without
//! one of its elements.

use anyhow::{Context as _, Result};
use e2e::pixels::Picture;
use e2e::svg_renderer::SvgRenderer;
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::layout::bounds;
use shared::model::palette::Theme;
use shared::model::{Board, Element, RichText, Scope};
use shared::paint::{SvgPainter, paint_element};

/// The tolerance of curves in the document, in pixels.
const TOLERANCE_PX: f64 = 0.2;

/// What a document omits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Omit {
    /// It omits nothing.
    Nothing,
    /// One element.
    Element(ElementId),
    /// The text of one element.
    Letters(ElementId),
}

/// A board as an SVG document.
pub(crate) struct SvgDocument<'a> {
    /// The board.
    pub(crate) board: &'a Board,
    /// The theme of the colours.
    pub(crate) theme: Theme,
    /// Pixels per board unit.
    pub(crate) zoom: f64,
}

impl SvgDocument<'_> {
    /// Renders a part of the board, without what is omitted.
    pub(crate) async fn paint(
        &self,
        svg_renderer: &SvgRenderer,
        part: BoardRect,
        without: Omit,
    ) -> Result<Picture> {
        let mut painter = SvgPainter::new(part, "Golden board", self.theme);
        let tolerance = TOLERANCE_PX / self.zoom;
        for element in self.board.in_order() {
            if without == Omit::Element(element.id) {
                continue;
            }
            let mut element = Element::clone(element);
            if without == Omit::Letters(element.id) {
                element.text = RichText::default();
            }
            paint_element(self.board, &element, self.theme, tolerance, &mut painter);
        }
        let (width, height) = (
            pixels(part.width(), self.zoom),
            pixels(part.height(), self.zoom),
        );
        svg_renderer.paint(&painter.finish(), width, height).await
    }

    /// The bounds of the whole board, on whole pixels at every zoom.
    pub(crate) fn whole(&self) -> Result<BoardRect> {
        let elements = Scope::Board.elements(self.board);
        let all = Scope::Board.region(self.board, &elements);
        let all = all.context("the golden board is empty")?;
        let coarse = |value: f64, up: bool| {
            let steps = value / 4.0;
            (if up {
                steps.ceil() + 1.0
            } else {
                steps.floor() - 1.0
            }) * 4.0
        };
        Ok(BoardRect::new(
            coarse(all.x0, false),
            coarse(all.y0, false),
            coarse(all.x1, true),
            coarse(all.y1, true),
        ))
    }

    /// The bounds of an element and a margin, on whole pixels.
    pub(crate) fn about(&self, id: ElementId) -> Result<BoardRect> {
        let element = self.board.get(id).context("no such element")?;
        let near = bounds(self.board, element).inflate(4.0, 4.0);
        let whole = self.whole()?;
        let (down, up) = (
            |value: f64| (value * self.zoom).floor() / self.zoom,
            |value: f64| (value * self.zoom).ceil() / self.zoom,
        );
        let near = BoardRect::new(down(near.x0), down(near.y0), up(near.x1), up(near.y1));
        Ok(near.intersect(whole))
    }
}

/// A length on the board in pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of pictures"
)]
pub(crate) fn pixels(length: f64, zoom: f64) -> usize {
    (length * zoom).round() as usize
}
