//! The tiles of one scale.

use editor::tiles::{Grid, TileKey};
use kurbo::Affine;
use shared::geometry::BoardRect;
use std::collections::BTreeMap;

use crate::canvas::surface::Surface;

/// Tiles that are enlarged more are too blurred to be shown instead of sharp ones.
const MOST_ENLARGED: f64 = 4.0;
/// The share of a part that tiles cover if they cover all of it. The rest is rounding.
const NEARLY_ALL: f64 = 0.999;

/// The image of a part of the board.
#[derive(Debug)]
pub(super) struct Tile {
    pub(super) surface: Surface,
    /// Whether the board has changed there since.
    pub(super) is_stale: bool,
}

/// The tiles of one scale.
#[derive(Debug)]
pub(super) struct TileLayer {
    pub(super) grid: Grid,
    pub(super) tiles: BTreeMap<TileKey, Tile>,
}

impl TileLayer {
    pub(super) const fn new(scale: f64) -> Self {
        Self {
            grid: Grid::new(scale),
            tiles: BTreeMap::new(),
        }
    }

    /// Marks all tiles as out of date.
    pub(super) fn invalidate(&mut self) {
        for tile in self.tiles.values_mut() {
            tile.is_stale = true;
        }
    }

    /// Drops the tiles farthest from the visible part, down to those that cover it and some
    /// spare ones. Returns their canvases.
    pub(super) fn drop_farthest(&mut self, visible: BoardRect, spare: usize) -> Vec<Surface> {
        let wanted = self.grid.covering(visible).len() + spare;
        let excess = self.tiles.len().saturating_sub(wanted);
        if excess == 0 {
            return Vec::new();
        }
        let grid = self.grid;
        let distance = |key: &TileKey| (grid.rect(*key).center() - visible.center()).hypot2();
        let mut keys: Vec<TileKey> = self.tiles.keys().copied().collect();
        keys.sort_unstable_by(|a, b| distance(b).total_cmp(&distance(a)));
        let dropped = keys.into_iter().take(excess);
        let dropped = dropped.filter_map(|key| self.tiles.remove(&key));
        dropped.map(|tile| tile.surface).collect()
    }

    /// Whether its tiles cover a part of the board.
    pub(super) fn is_complete(&self, visible: BoardRect) -> bool {
        let keys = self.grid.covering(visible);
        keys.iter().all(|key| self.tiles.contains_key(key))
    }

    /// The area that its tiles cover of a part of the board, in square board units.
    pub(super) fn covered_area(&self, visible: BoardRect) -> f64 {
        let parts = self.tiles.keys().map(|key| self.grid.rect(*key));
        parts.map(|part| part.intersect(visible).area()).sum()
    }

    /// Whether its tiles cover a part of the board well enough to be shown there in another scale
    /// for a moment.
    pub(super) fn stands_in(&self, part: BoardRect, scale: f64) -> bool {
        let is_covered = || self.covered_area(part) >= NEARLY_ALL * part.area();
        scale / self.grid.scale() <= MOST_ENLARGED && is_covered()
    }

    /// Copies the wanted tiles of the visible part to the screen.
    pub(super) fn copy(
        &self,
        target: &Surface,
        visible: BoardRect,
        to_device: Affine,
        wanted: impl Fn(TileKey) -> bool,
    ) {
        // At another zoom, very many keys can cover the visible part, and few of them have a tile.
        for (key, tile) in &self.tiles {
            let part = self.grid.rect(*key);
            if part.intersect(visible).is_zero_area() || !wanted(*key) {
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
pub(super) fn clear_area(target: &Surface, part: BoardRect) {
    let (x, y) = (part.x0.round(), part.y0.round());
    target
        .context()
        .clear_rect(x, y, part.x1.round() - x, part.y1.round() - y);
}
