//! A board that the browser renders as an SVG document, whole or in part, with or without
//! one of its elements.

use anyhow::{Context as _, Result};
use e2e::easel::Easel;
use e2e::pixels::Picture;
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::palette::Theme;
use shared::model::place::bounds;
use shared::model::{Board, Element, RichText};
use shared::paint::scene::extent;
use shared::paint::{SvgPainter, paint_element};

/// How true the edges of the document are, in pixels.
const TOLERANCE_PX: f64 = 0.2;

/// What a document is painted without.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Omit {
    /// It is whole.
    Nothing,
    /// One element.
    Element(ElementId),
    /// What is written in one.
    Letters(ElementId),
}

/// A board as a document, in part.
pub(crate) struct SvgDocument<'a> {
    /// Which.
    pub(crate) board: &'a Board,
    /// In which colours.
    pub(crate) theme: Theme,
    /// Pixels for a board unit.
    pub(crate) zoom: f64,
}

impl SvgDocument<'_> {
    /// What the document of a part looks like without something.
    pub(crate) async fn paint(
        &self,
        easel: &Easel,
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
        easel.paint(&painter.finish(), width, height).await
    }

    /// The whole board, on whole pixels at every zoom.
    pub(crate) fn whole(&self) -> Result<BoardRect> {
        let all = extent(self.board).context("the golden board is empty")?;
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

    /// An element and a little around it, on whole pixels.
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

/// A length of the board in pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of pictures"
)]
pub(crate) fn pixels(length: f64, zoom: f64) -> usize {
    (length * zoom).round() as usize
}
