//! The tiles of one scale, and how they come to the screen.

use editor::tiles::{Grid, TileKey};
use kurbo::Affine;
use shared::geometry::BoardRect;
use std::collections::BTreeMap;

use crate::canvas::surface::Surface;

/// A part of the board as a picture.
#[derive(Debug)]
pub(super) struct Tile {
    pub(super) surface: Surface,
    /// The board has changed there since.
    pub(super) stale: bool,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) grid: Grid,
    pub(super) tiles: BTreeMap<TileKey, Tile>,
}

impl Layer {
    pub(super) const fn new(scale: f64) -> Self {
        Self {
            grid: Grid::new(scale),
            tiles: BTreeMap::new(),
        }
    }

    /// Whether there is a picture of all that is in sight.
    pub(super) fn is_complete(&self, sight: BoardRect) -> bool {
        let keys = self.grid.covering(sight);
        keys.iter().all(|key| self.tiles.contains_key(key))
    }

    /// How much of what is in sight it has a picture of, in square board units.
    pub(super) fn cover(&self, sight: BoardRect) -> f64 {
        let parts = self.tiles.keys().map(|key| self.grid.rect(*key));
        parts.map(|part| part.intersect(sight).area()).sum()
    }

    /// Copies the wanted tiles in sight to the screen.
    pub(super) fn copy(
        &self,
        target: &Surface,
        sight: BoardRect,
        to_device: Affine,
        wanted: impl Fn(TileKey) -> bool,
    ) {
        // Of tiles made for another zoom very many would cover what is in sight.
        for (key, tile) in &self.tiles {
            let part = self.grid.rect(*key);
            if part.intersect(sight).is_zero_area() || !wanted(*key) {
                continue;
            }
            let place = to_device.transform_rect_bbox(part);
            // Whole pixels: no seams, and no blur at rest.
            let (x, y) = (place.x0.round(), place.y0.round());
            let (width, height) = (place.x1.round() - x, place.y1.round() - y);
            let drawn = target
                .context()
                .draw_image_with_html_canvas_element_and_dw_and_dh(
                    tile.surface.canvas(),
                    x,
                    y,
                    width,
                    height,
                );
            debug_assert!(drawn.is_ok(), "tiles are never empty");
        }
    }
}

/// Makes a part of the screen transparent.
pub(super) fn clear_part(target: &Surface, part: BoardRect) {
    let (x, y) = (part.x0.round(), part.y0.round());
    target
        .context()
        .clear_rect(x, y, part.x1.round() - x, part.y1.round() - y);
}
