//! Draws one tile, a few elements at a time.

use editor::tiles::{Grid, TileKey};
use kurbo::Affine;
use shared::id::ElementId;
use shared::model::palette::Theme;
use shared::model::{Board, Element};
use shared::paint::paint_element;
use std::collections::BTreeSet;

use crate::canvas::painter::CanvasPainter;
use crate::canvas::surface::Surface;
use crate::clock;

/// How far painted edges may be off, in device pixels.
const TOLERANCE_PX: f64 = 0.2;
/// Elements drawn between two looks at the clock.
const CLOCK_EVERY: usize = 16;

/// The board and the settings that all tiles are drawn with.
#[derive(Clone, Copy, Debug)]
pub(super) struct TileContext<'a> {
    pub(super) grid: Grid,
    pub(super) theme: Theme,
    pub(super) board: &'a Board,
    /// Elements that the tiles leave out.
    pub(super) hidden: &'a BTreeSet<ElementId>,
}

/// The drawing of one tile, and how far it has come.
#[derive(Debug)]
pub(super) struct TileJob {
    pub(super) key: TileKey,
    pub(super) surface: Surface,
    ids: Vec<ElementId>,
    next: usize,
}

impl TileJob {
    /// Begins a tile of these elements, from the bottom of the stack to the top.
    pub(super) fn new(key: TileKey, surface: Surface, ids: Vec<ElementId>) -> Self {
        surface.clear();
        Self {
            key,
            surface,
            ids,
            next: 0,
        }
    }

    /// Adds an element on top.
    pub(super) fn add(&mut self, id: ElementId) {
        self.ids.push(id);
    }

    /// Draws until the tile is finished or time is up. Returns whether it is finished.
    pub(super) fn advance(&mut self, context: &TileContext<'_>, deadline_ms: f64) -> bool {
        while let Some(ids) = self.ids.get(self.next..).filter(|ids| !ids.is_empty()) {
            let few = ids.get(..CLOCK_EVERY).unwrap_or(ids);
            let elements = few.iter().filter_map(|id| context.board.get(*id));
            draw(
                &self.surface,
                self.key,
                context,
                elements.map(AsRef::as_ref),
            );
            self.next += few.len();
            if clock::page_ms() >= deadline_ms {
                return self.next >= self.ids.len();
            }
        }
        true
    }
}

/// Draws elements on top of a tile.
pub(super) fn draw<'a>(
    surface: &Surface,
    key: TileKey,
    context: &TileContext<'_>,
    elements: impl Iterator<Item = &'a Element>,
) {
    let TileContext { grid, theme, .. } = *context;
    let rect = grid.rect(key);
    let to_tile = Affine::scale(grid.scale()) * Affine::translate((-rect.x0, -rect.y0));
    let mut painter = CanvasPainter::new(surface.context(), to_tile);
    let shown = elements.filter(|it| !it.is_open() && !context.hidden.contains(&it.id));
    for element in shown {
        let tolerance = TOLERANCE_PX / grid.scale();
        paint_element(context.board, element, theme, tolerance, &mut painter);
    }
}
