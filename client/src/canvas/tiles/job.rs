//! One tile being drawn, a few elements at a time.

use editor::tiles::{Grid, TileKey};
use kurbo::Affine;
use shared::id::ElementId;
use shared::model::palette::Theme;
use shared::model::{Board, Element};
use shared::paint::paint_element;
use std::collections::BTreeSet;

use crate::canvas::painter::CanvasPainter;
use crate::canvas::surface::Surface;

/// How true edges are, in device pixels.
const TOLERANCE_PX: f64 = 0.2;
/// Elements drawn between two looks at the clock.
const CLOCK_EVERY: usize = 16;

/// What a tile is drawn with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground<'a> {
    pub(super) grid: Grid,
    pub(super) theme: Theme,
    pub(super) board: &'a Board,
    /// What is left out.
    pub(super) hidden: &'a BTreeSet<ElementId>,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) key: TileKey,
    pub(super) surface: Surface,
    ids: Vec<ElementId>,
    next: usize,
}

impl Job {
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

    /// One more on top.
    pub(super) fn add(&mut self, id: ElementId) {
        self.ids.push(id);
    }

    /// Draws until it is done (true) or time is up (false).
    pub(super) fn advance(&mut self, ground: &Ground<'_>, deadline: f64) -> bool {
        while let Some(ids) = self.ids.get(self.next..).filter(|ids| !ids.is_empty()) {
            let few = ids.get(..CLOCK_EVERY).unwrap_or(ids);
            let elements = few.iter().filter_map(|id| ground.board.get(*id));
            draw(&self.surface, self.key, ground, elements.map(AsRef::as_ref));
            self.next += few.len();
            if crate::canvas::now() >= deadline {
                return self.next >= self.ids.len();
            }
        }
        true
    }
}

/// Draws elements on a tile, above what is there.
pub(super) fn draw<'a>(
    surface: &Surface,
    key: TileKey,
    ground: &Ground<'_>,
    elements: impl Iterator<Item = &'a Element>,
) {
    let Ground { grid, theme, .. } = *ground;
    let rect = grid.rect(key);
    let to_tile = Affine::scale(grid.scale()) * Affine::translate((-rect.x0, -rect.y0));
    let mut painter = CanvasPainter::new(surface.context(), to_tile);
    let shown = elements.filter(|it| !it.is_open() && !ground.hidden.contains(&it.id));
    for element in shown {
        let tolerance = TOLERANCE_PX / grid.scale();
        paint_element(ground.board, element, theme, tolerance, &mut painter);
    }
}
