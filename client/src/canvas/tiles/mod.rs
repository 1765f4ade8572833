//! The committed scene in cached tiles.
//!
//! A tile is drawn once and then only copied to the screen, so a frame costs the
//! same on an empty board and on one with a hundred thousand strokes. Tiles that
//! changed are drawn again in slices of a few milliseconds, nearest to the middle
//! first, behind the old picture. While the zoom moves, old tiles are shown
//! scaled; when it rests, sharp ones take their place.

mod job;
mod layer;

use editor::Index;
use editor::tiles::{TILE_PX, TileKey};
use kurbo::Affine;
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::palette::Theme;
use shared::model::place::bounds;
use shared::model::{Board, Element};
use std::collections::BTreeSet;

use super::surface::Surface;
use crate::session::View;
use job::{Ground, Job};
use layer::{Layer, Tile};

/// How long the zoom must rest before sharp tiles are drawn, in milliseconds.
const SETTLE_MS: f64 = 90.0;
/// Tiles are shown scaled between these ratios at most before new ones are begun.
const SCALED: std::ops::RangeInclusive<f64> = 0.55..=1.8;
/// Tiles kept beyond those in sight: a screen or two of panning back and forth.
const SPARE_TILES: usize = 48;
/// Elements smaller than this both ways cannot be seen, in device pixels.
const SMALLEST_PX: f64 = 0.2;

/// See the module.
#[derive(Debug)]
pub(crate) struct Tiles {
    sharp: Layer,
    /// Tiles of a scale before, shown where sharp ones are missing.
    fallback: Option<Layer>,
    job: Option<Job>,
    pool: Vec<Surface>,
    /// Elements that are shown elsewhere.
    hidden: BTreeSet<ElementId>,
    scale: f64,
    scale_since: f64,
    theme: Theme,
}

/// Whether there is more to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// Nothing changed and nothing is left.
    Idle,
    /// Something changed for the eye.
    Drawn,
    /// Something is left for the next frame; it may have changed too.
    Left,
}

impl Tiles {
    pub(crate) const fn new() -> Self {
        Self {
            sharp: Layer::new(1.0),
            fallback: None,
            job: None,
            pool: Vec::new(),
            hidden: BTreeSet::new(),
            scale: 1.0,
            scale_since: 0.0,
            theme: Theme::Light,
        }
    }

    /// Everything must be drawn again.
    pub(crate) fn invalidate(&mut self) {
        self.job = None;
        self.fallback = None;
        for tile in self.sharp.tiles.values_mut() {
            tile.stale = true;
        }
    }

    /// A part of the board changed.
    pub(crate) fn invalidate_rect(&mut self, rect: BoardRect) {
        let near = self.padded(rect);
        for key in self.known(near) {
            if let Some(tile) = self.sharp.tiles.get_mut(&key) {
                tile.stale = true;
            }
            self.job.take_if(|job| job.key == key);
        }
    }

    /// Leaves out elements that are shown elsewhere. If these are others than before,
    /// returns those that the tiles are to show again.
    pub(crate) fn hide(
        &mut self,
        ids: &BTreeSet<ElementId>,
        index: &Index,
    ) -> Option<Vec<ElementId>> {
        if *ids == self.hidden {
            return None;
        }
        let before = std::mem::replace(&mut self.hidden, ids.clone());
        for id in before.symmetric_difference(ids) {
            if let Some(rect) = index.bounds_of(*id) {
                self.invalidate_rect(rect);
            }
        }
        Some(before.difference(ids).copied().collect())
    }

    /// An element came on top of all others: it is added to the tiles as they are.
    pub(crate) fn append(&mut self, board: &Board, element: &Element) {
        let near = self.padded(bounds(board, element));
        let keys = self.known(near);
        let ground = self.ground(board);
        for key in &keys {
            if let Some(tile) = self.sharp.tiles.get(key).filter(|tile| !tile.stale) {
                job::draw(&tile.surface, *key, &ground, std::iter::once(element));
            }
        }
        if let Some(job) = self.job.as_mut().filter(|job| keys.contains(&job.key)) {
            job.add(element.id);
        }
    }

    /// Whether a part of the board is shown as it is now.
    pub(crate) fn is_current(&self, rect: BoardRect, sight: BoardRect) -> bool {
        let part = self.padded(rect).intersect(sight);
        let mut keys = self.sharp.grid.covering(part).into_iter();
        part.area() <= 0.0
            || keys.all(|key| self.sharp.tiles.get(&key).is_some_and(|tile| !tile.stale))
    }

    const fn ground<'a>(&'a self, board: &'a Board) -> Ground<'a> {
        Ground {
            grid: self.sharp.grid,
            theme: self.theme,
            board,
            hidden: &self.hidden,
        }
    }

    /// The tiles that there are, or that are being drawn, of a part of the board.
    fn known(&self, rect: BoardRect) -> Vec<TileKey> {
        let job = self.job.as_ref().map(|job| job.key);
        let tiles = self.sharp.tiles.keys().copied();
        let grid = self.sharp.grid;
        // Of a large part there are more tiles than anybody has seen.
        let touches = |key: &TileKey| grid.rect(*key).overlaps(rect);
        tiles.chain(job).filter(touches).collect()
    }

    /// A pixel more on each side, for antialiased edges.
    fn padded(&self, rect: BoardRect) -> BoardRect {
        let pixel = 1.0 / self.sharp.grid.scale();
        rect.inflate(pixel, pixel)
    }

    /// Follows the camera and the theme. `scale` is device pixels per board unit.
    pub(crate) fn follow(&mut self, scale: f64, theme: Theme, sight: BoardRect, now: f64) {
        if theme != self.theme {
            self.theme = theme;
            self.invalidate();
        }
        if scale != self.scale {
            self.scale = scale;
            self.scale_since = now;
        }
        let ratio = scale / self.sharp.grid.scale();
        let rested = now - self.scale_since >= SETTLE_MS || self.sharp.tiles.is_empty();
        if ratio != 1.0 && (rested || !SCALED.contains(&ratio)) {
            self.begin_scale(scale, sight);
        }
    }

    /// Begins another scale; of the pictures before, that which shows more of what
    /// is in sight is kept. Stale or not, it is better than none.
    fn begin_scale(&mut self, scale: f64, sight: BoardRect) {
        let before = std::mem::replace(&mut self.sharp, Layer::new(scale));
        self.job = None;
        let cover = |layer: &Layer| layer.cover(sight);
        match &self.fallback {
            Some(older) if cover(older) > cover(&before) => self.recycle(before),
            Some(_) | None => {
                if let Some(older) = self.fallback.replace(before) {
                    self.recycle(older);
                }
            }
        }
    }

    fn recycle(&mut self, layer: Layer) {
        let tiles = layer.tiles.into_values();
        self.pool.extend(tiles.map(|tile| tile.surface));
        self.pool.truncate(SPARE_TILES / 4);
    }

    /// Whether the zoom has moved and sharp tiles are still to come.
    pub(crate) fn is_settling(&self) -> bool {
        self.scale != self.sharp.grid.scale()
    }

    /// Draws missing and stale tiles in sight until `deadline`.
    pub(crate) fn work(&mut self, view: &View<'_>, sight: BoardRect, deadline: f64) -> Work {
        let mut drawn = false;
        loop {
            if self.job.is_none() {
                self.job = self.next_job(view, sight);
            }
            let Some(mut job) = self.job.take() else {
                self.forget_fallback(sight);
                self.trim(sight);
                return if drawn { Work::Drawn } else { Work::Idle };
            };
            if !job.advance(&self.ground(view.board), deadline) {
                self.job = Some(job);
                return Work::Left;
            }
            let tile = Tile {
                surface: job.surface,
                stale: false,
            };
            if let Some(old) = self.sharp.tiles.insert(job.key, tile) {
                self.pool.push(old.surface);
            }
            drawn = true;
            if super::now() >= deadline {
                return Work::Left;
            }
        }
    }

    fn next_job(&mut self, view: &View<'_>, sight: BoardRect) -> Option<Job> {
        let grid = self.sharp.grid;
        let key = grid
            .by_nearness(sight)
            .into_iter()
            .find(|key| self.sharp.tiles.get(key).is_none_or(|tile| tile.stale))?;
        let surface = self.surface()?;
        let smallest = SMALLEST_PX / grid.scale();
        let mut ids = view.index.query(self.padded(grid.rect(key)), view.board);
        ids.retain(|id| {
            let is_seen = |bounds: BoardRect| bounds.width().max(bounds.height()) >= smallest;
            !self.hidden.contains(id) && view.index.bounds_of(*id).is_some_and(is_seen)
        });
        Some(Job::new(key, surface, ids))
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small positive constant"
    )]
    fn surface(&mut self) -> Option<Surface> {
        self.pool
            .pop()
            .or_else(|| Surface::detached(TILE_PX as u32, TILE_PX as u32))
    }

    fn forget_fallback(&mut self, sight: BoardRect) {
        if self.sharp.is_complete(sight)
            && let Some(old) = self.fallback.take()
        {
            self.recycle(old);
        }
    }

    /// Drops tiles far out of sight.
    fn trim(&mut self, sight: BoardRect) {
        let grid = self.sharp.grid;
        let wanted = grid.covering(sight).len() + SPARE_TILES;
        let excess = self.sharp.tiles.len().saturating_sub(wanted);
        if excess > 0 {
            let far = |key: &TileKey| (grid.rect(*key).center() - sight.center()).hypot2();
            let mut keys: Vec<TileKey> = self.sharp.tiles.keys().copied().collect();
            keys.sort_unstable_by(|a, b| far(b).total_cmp(&far(a)));
            for key in keys.into_iter().take(excess) {
                let tile = self.sharp.tiles.remove(&key);
                self.pool.extend(tile.map(|tile| tile.surface));
            }
        }
        self.pool.truncate(SPARE_TILES / 4);
    }

    /// Copies what is in sight to the screen; `to_device` turns board units into
    /// device pixels.
    pub(crate) fn compose(&self, target: &Surface, sight: BoardRect, to_device: Affine) {
        target.clear();
        let (sharp, grid) = (&self.sharp, self.sharp.grid);
        if let Some(fallback) = &self.fallback {
            fallback.copy(target, sight, to_device, |key| {
                !sharp.is_complete(fallback.grid.rect(key).intersect(sight))
            });
            // Under a sharp tile the blurred one must not shine through.
            for key in grid.covering(sight) {
                if sharp.tiles.contains_key(&key) {
                    layer::clear_part(target, to_device.transform_rect_bbox(grid.rect(key)));
                }
            }
        }
        sharp.copy(target, sight, to_device, |_| true);
    }
}
