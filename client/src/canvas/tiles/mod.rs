//! The committed board as cached images.
//!
//! A tile is drawn once and then only copied to the screen, so a frame costs the same on an
//! empty board and on one with a hundred thousand strokes. Tiles that changed are drawn again
//! in slices of a few milliseconds, those nearest to the centre first; their old images
//! stay until then. While the zoom changes, old tiles are scaled, and only what they do not show is
//! drawn; when it rests, sharp ones replace them.

mod surface_pool;
mod tile_job;
mod tile_layer;

use editor::Index;
use editor::tiles::TileKey;
use kurbo::Affine;
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::Element;
use shared::model::layout::bounds;
use shared::model::palette::Theme;

use super::drag_preview::Replaced;
use super::paint_budget::PaintBudget;
use super::surface::Surface;
use crate::scene::Scene;
use surface_pool::SurfacePool;
use tile_job::{TileContext, TileJob};
use tile_layer::{Tile, TileLayer};

/// How long the zoom must rest before sharp tiles are drawn, in milliseconds.
const SETTLE_MS: f64 = 90.0;
/// Within these ratios tiles are scaled; outside of them new ones are drawn at once.
const SCALED: std::ops::RangeInclusive<f64> = 0.55..=1.8;
/// Tiles kept besides the visible ones, for panning back and forth by a screen or two.
const SPARE_TILES: usize = 48;
/// Elements smaller than this in both directions are not drawn, in device pixels.
const MIN_SIZE_PX: f64 = 0.2;

/// More areas than this are marked as out of date together, with all that lies between them.
const MANY_AREAS: usize = 200;

/// The cached images of the board.
#[derive(Debug)]
pub(crate) struct Tiles {
    sharp: TileLayer,
    /// Tiles of an earlier scale. They are shown where sharp ones are missing.
    fallback: Option<TileLayer>,
    job: Option<TileJob>,
    pool: SurfacePool,
    /// Elements that the live layer shows instead.
    hidden: Replaced,
    scale: f64,
    scale_since: f64,
    /// Whether the zoom has not rested yet.
    is_zooming: bool,
    theme: Theme,
}

/// What a frame did to the tiles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Whether a tile was finished, which must be shown.
    pub(crate) has_drawn: bool,
    /// Whether tiles are left for the next frame.
    pub(crate) is_unfinished: bool,
}

impl Tiles {
    pub(crate) fn new() -> Self {
        Self {
            sharp: TileLayer::new(1.0),
            fallback: None,
            job: None,
            pool: SurfacePool::new(),
            hidden: Replaced::default(),
            scale: 1.0,
            scale_since: 0.0,
            is_zooming: false,
            theme: Theme::Light,
        }
    }

    /// Marks all tiles as out of date.
    pub(crate) fn invalidate(&mut self) {
        self.job = None;
        self.fallback = None;
        self.sharp.invalidate();
    }

    /// Marks the tiles of a part of the board as out of date.
    pub(crate) fn invalidate_rect(&mut self, rect: BoardRect) {
        let near = self.padded(rect);
        for key in self.existing(near) {
            if let Some(tile) = self.sharp.tiles.get_mut(&key) {
                tile.is_stale = true;
            }
            self.job.take_if(|job| job.key == key);
        }
    }

    /// Marks the tiles of a part of the board as out of date. The tile that is being drawn is
    /// finished before it is drawn again.
    pub(crate) fn outdate_rect(&mut self, rect: BoardRect) {
        let near = self.padded(rect);
        for key in self.existing(near) {
            if let Some(tile) = self.sharp.tiles.get_mut(&key) {
                tile.is_stale = true;
            }
            if let Some(job) = self.job.as_mut().filter(|job| job.key == key) {
                job.is_outdated = true;
            }
        }
    }

    /// Leaves out elements that the live layer shows instead. If these are other elements than
    /// before, returns those that the tiles must show again.
    pub(crate) fn hide(&mut self, now: &Replaced, index: &Index) -> Option<Vec<ElementId>> {
        if *now == self.hidden {
            return None;
        }
        let before = std::mem::replace(&mut self.hidden, now.clone());
        let hidden = now.ids().filter(|id| !before.has(*id));
        let shown: Vec<ElementId> = before.ids().filter(|id| !now.has(*id)).collect();
        let changed = hidden.chain(shown.iter().copied());
        let areas: Vec<BoardRect> = changed.filter_map(|id| index.bounds_of(id)).collect();
        if areas.len() > MANY_AREAS {
            let all = areas.into_iter().reduce(|all, area| all.union(area));
            all.into_iter().for_each(|all| self.invalidate_rect(all));
        } else {
            areas
                .into_iter()
                .for_each(|area| self.invalidate_rect(area));
        }
        Some(shown)
    }

    /// Draws an element that lies above all others on the tiles that are up to date. When the budget
    /// is spent, tiles become out of date instead.
    pub(crate) fn append(
        &mut self,
        scene: &Scene<'_>,
        element: &Element,
        budget: &mut PaintBudget,
    ) {
        let near = self.padded(bounds(scene.board, element));
        let keys = self.existing(near);
        let context = self.context(scene);
        let mut stale = Vec::new();
        for key in &keys {
            if let Some(tile) = self.sharp.tiles.get(key).filter(|tile| !tile.is_stale) {
                if budget.is_spent() {
                    stale.push(*key);
                } else {
                    let element = std::iter::once(Some(element));
                    tile_job::draw(&tile.surface, *key, &context, element, budget);
                }
            }
        }
        for key in stale {
            if let Some(tile) = self.sharp.tiles.get_mut(&key) {
                tile.is_stale = true;
            }
        }
        if let Some(job) = self.job.as_mut().filter(|job| keys.contains(&job.key)) {
            job.add(element.id);
        }
    }

    /// Whether the tiles show the visible part of an area as it is now.
    pub(crate) fn is_current(&self, rect: BoardRect, visible: BoardRect) -> bool {
        let part = self.padded(rect).intersect(visible);
        let mut keys = self.sharp.grid.covering(part).into_iter();
        part.area() <= 0.0
            || keys.all(|key| {
                self.sharp
                    .tiles
                    .get(&key)
                    .is_some_and(|tile| !tile.is_stale)
            })
    }

    const fn context<'a>(&'a self, scene: &Scene<'a>) -> TileContext<'a> {
        TileContext {
            grid: self.sharp.grid,
            theme: self.theme,
            board: scene.board,
            pictures: scene.pictures,
            hidden: &self.hidden,
        }
    }

    /// The keys of the tiles in a part of the board that are drawn or being drawn.
    fn existing(&self, rect: BoardRect) -> Vec<TileKey> {
        let job = self.job.as_ref().map(|job| job.key);
        let tiles = self.sharp.tiles.keys().copied();
        let grid = self.sharp.grid;
        // A large part has more keys than there are tiles.
        let touches = |key: &TileKey| grid.rect(*key).overlaps(rect);
        tiles.chain(job).filter(touches).collect()
    }

    /// A rectangle with a pixel more on each side, for antialiased edges.
    fn padded(&self, rect: BoardRect) -> BoardRect {
        let pixel = 1.0 / self.sharp.grid.scale();
        rect.inflate(pixel, pixel)
    }

    /// Follows the camera and the theme. `scale` is device pixels per board unit.
    pub(crate) fn follow(&mut self, scale: f64, theme: Theme, visible: BoardRect, now: f64) {
        if theme != self.theme {
            self.theme = theme;
            self.invalidate();
        }
        if scale != self.scale {
            self.scale = scale;
            self.scale_since = now;
        }
        let ratio = scale / self.sharp.grid.scale();
        self.is_zooming = now - self.scale_since < SETTLE_MS;
        let rests = !self.is_zooming || self.sharp.tiles.is_empty();
        if ratio != 1.0 && (rests || !SCALED.contains(&ratio)) {
            self.begin_scale(scale, visible);
        }
    }

    /// Begins another scale. Of the earlier tiles those are kept that cover more of the visible
    /// part: tiles that are out of date are better than none.
    fn begin_scale(&mut self, scale: f64, visible: BoardRect) {
        let before = std::mem::replace(&mut self.sharp, TileLayer::new(scale));
        self.job = None;
        let area = |layer: &TileLayer| layer.covered_area(visible);
        match &self.fallback {
            Some(older) if area(older) > area(&before) => self.recycle(before),
            Some(_) | None => {
                if let Some(older) = self.fallback.replace(before) {
                    self.recycle(older);
                }
            }
        }
    }

    fn recycle(&mut self, layer: TileLayer) {
        let tiles = layer.tiles.into_values();
        self.pool.give_back(tiles.map(|tile| tile.surface));
    }

    /// Whether the zoom has changed and sharp tiles are not begun yet.
    pub(crate) fn is_settling(&self) -> bool {
        self.scale != self.sharp.grid.scale()
    }

    /// Draws visible tiles that are missing or out of date, until the budget is spent.
    pub(crate) fn work(
        &mut self,
        scene: &Scene<'_>,
        visible: BoardRect,
        budget: &mut PaintBudget,
    ) -> Progress {
        let mut has_drawn = false;
        if let Some(job) = &self.job
            && !self.is_due(job.key, visible)
        {
            return Progress {
                has_drawn,
                is_unfinished: true,
            };
        }
        loop {
            if self.job.is_none() {
                self.job = self.next_job(scene, visible);
            }
            let Some(mut job) = self.job.take() else {
                self.forget_fallback(visible);
                let dropped = self.sharp.drop_farthest(visible, SPARE_TILES);
                self.pool.give_back(dropped);
                return Progress {
                    has_drawn,
                    is_unfinished: self.is_zooming,
                };
            };
            if !job.advance(&self.context(scene), budget) {
                self.job = Some(job);
                return Progress {
                    has_drawn,
                    is_unfinished: true,
                };
            }
            let tile = Tile {
                surface: job.surface,
                is_stale: job.is_outdated,
            };
            let old = self.sharp.tiles.insert(job.key, tile);
            self.pool.give_back(old.map(|tile| tile.surface));
            has_drawn = true;
            if budget.is_spent() {
                return Progress {
                    has_drawn,
                    is_unfinished: true,
                };
            }
        }
    }

    fn next_job(&mut self, scene: &Scene<'_>, visible: BoardRect) -> Option<TileJob> {
        let grid = self.sharp.grid;
        let is_wanted = |key: TileKey| {
            let is_missing = self.sharp.tiles.get(&key).is_none_or(|tile| tile.is_stale);
            is_missing && self.is_due(key, visible)
        };
        let key = grid.next(visible, is_wanted, |key| self.is_blank(key, visible))?;
        let surface = self.pool.take()?;
        let smallest = MIN_SIZE_PX / grid.scale();
        let area = self.padded(grid.rect(key));
        let mut ids = scene.index.query_larger(area, smallest, scene.board);
        ids.retain(|id| !self.hidden.has(*id));
        Some(TileJob::new(key, surface, ids))
    }

    /// Whether nothing is shown in the place of a tile.
    fn is_blank(&self, key: TileKey, visible: BoardRect) -> bool {
        let part = self.sharp.grid.rect(key).intersect(visible);
        let stands_in = |layer: &TileLayer| layer.stands_in(part, self.scale);
        !self.sharp.tiles.contains_key(&key) && !self.fallback.as_ref().is_some_and(stands_in)
    }

    /// Whether a tile is drawn now rather than when the zoom rests: it would soon be of no use.
    fn is_due(&self, key: TileKey, visible: BoardRect) -> bool {
        !self.is_zooming || self.is_blank(key, visible)
    }

    fn forget_fallback(&mut self, visible: BoardRect) {
        if self.sharp.is_complete(visible)
            && let Some(old) = self.fallback.take()
        {
            self.recycle(old);
        }
    }

    /// Copies the visible tiles to the screen. `to_device` turns board units into device
    /// pixels.
    pub(crate) fn compose(&self, target: &Surface, visible: BoardRect, to_device: Affine) {
        target.clear();
        let (sharp, grid) = (&self.sharp, self.sharp.grid);
        if let Some(fallback) = &self.fallback {
            fallback.copy(target, visible, to_device, |key| {
                !sharp.is_complete(fallback.grid.rect(key).intersect(visible))
            });
            // The fallback must not shine through sharp tiles.
            for key in grid.covering(visible) {
                if sharp.tiles.contains_key(&key) {
                    tile_layer::clear_area(target, to_device.transform_rect_bbox(grid.rect(key)));
                }
            }
        }
        sharp.copy(target, visible, to_device, |_| true);
    }
}
