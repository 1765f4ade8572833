//! Draws one tile, a few elements at a time.

use editor::tiles::{Grid, TileKey};
use kurbo::Affine;
use shared::id::ElementId;
use shared::model::palette::Theme;
use shared::model::{Board, Element};
use shared::paint::paint_element;

use crate::canvas::drag_preview::Replaced;
use crate::canvas::paint_budget::PaintBudget;
use crate::canvas::painter::CanvasPainter;
use crate::canvas::surface::Surface;
use crate::pictures::Pictures;

/// How far painted edges may be off, in device pixels.
const TOLERANCE_PX: f64 = 0.2;

/// The board and the settings that all tiles are drawn with.
#[derive(Clone, Copy, Debug)]
pub(super) struct TileContext<'a> {
    pub(super) grid: Grid,
    pub(super) theme: Theme,
    pub(super) board: &'a Board,
    pub(super) pictures: &'a Pictures,
    /// Elements that the tiles leave out.
    pub(super) hidden: &'a Replaced,
}

/// The drawing of one tile, and how far it has come.
#[derive(Debug)]
pub(super) struct TileJob {
    pub(super) key: TileKey,
    pub(super) surface: Surface,
    /// Whether the board has changed there since it was begun.
    pub(super) is_outdated: bool,
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
            is_outdated: false,
            ids,
            next: 0,
        }
    }

    /// Adds an element on top.
    pub(super) fn add(&mut self, id: ElementId) {
        self.ids.push(id);
    }

    /// Draws until the tile is finished or the budget is spent. Returns whether it is finished.
    pub(super) fn advance(&mut self, context: &TileContext<'_>, budget: &mut PaintBudget) -> bool {
        let left = self.ids.get(self.next..).unwrap_or_default();
        let elements = left.iter().map(|id| context.board.get(*id));
        let elements = elements.map(|element| element.map(AsRef::as_ref));
        self.next += draw(&self.surface, self.key, context, elements, budget);
        self.next >= self.ids.len()
    }
}

/// Draws elements on top of a tile until the budget is spent. Returns how many were done.
pub(super) fn draw<'a>(
    surface: &Surface,
    key: TileKey,
    context: &TileContext<'_>,
    elements: impl Iterator<Item = Option<&'a Element>>,
    budget: &mut PaintBudget,
) -> usize {
    let TileContext { grid, theme, .. } = *context;
    let rect = grid.rect(key);
    let to_tile = Affine::scale(grid.scale()) * Affine::translate((-rect.x0, -rect.y0));
    let mut painter =
        CanvasPainter::new(surface.context(), to_tile).with_pictures(context.pictures);
    let tolerance = TOLERANCE_PX / grid.scale();
    let mut done = 0;
    for element in elements {
        let shown = element.filter(|it| !it.is_open() && !context.hidden.has(it.id));
        if let Some(element) = shown {
            paint_element(context.board, element, theme, tolerance, &mut painter);
        }
        done += 1;
        budget.spend(painter.take_cost());
        if budget.is_spent() {
            break;
        }
    }
    done
}
