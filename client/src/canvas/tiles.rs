//! The committed scene in cached tiles.
//!
//! A tile is drawn once and then only copied to the screen, so a frame costs the
//! same on an empty board and on one with a hundred thousand strokes. Tiles that
//! changed are drawn again in slices of a few milliseconds, nearest to the middle
//! first, behind the old picture. While the zoom moves, old tiles are shown
//! scaled; when it rests, sharp ones take their place.

use std::collections::BTreeMap;

use editor::tiles::{Grid, TILE_PX, TileKey};
use kurbo::Affine;
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::palette::Theme;
use shared::model::{Body, Element};
use shared::paint::paint_element;

use super::painter::CanvasPainter;
use super::surface::Surface;
use crate::session::View;

/// How long the zoom must rest before sharp tiles are drawn, in milliseconds.
const SETTLE_MS: f64 = 90.0;
/// Tiles are shown scaled between these ratios at most before new ones are begun.
const SCALED: std::ops::RangeInclusive<f64> = 0.55..=1.8;
/// Tiles kept beyond those in sight: a screen or two of panning back and forth.
const SPARE_TILES: usize = 48;
/// How true edges are, in device pixels.
const TOLERANCE_PX: f64 = 0.2;
/// Elements drawn between two looks at the clock.
const CLOCK_EVERY: usize = 16;

#[derive(Debug)]
struct Tile {
    surface: Surface,
    stale: bool,
}

/// A tile being drawn.
#[derive(Debug)]
struct Job {
    key: TileKey,
    ids: Vec<ElementId>,
    next: usize,
    surface: Surface,
}

#[derive(Debug)]
struct Layer {
    grid: Grid,
    tiles: BTreeMap<TileKey, Tile>,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Tiles {
    sharp: Layer,
    /// Tiles of the scale before, shown where sharp ones are missing.
    fallback: Option<Layer>,
    job: Option<Job>,
    pool: Vec<Surface>,
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
    pub(crate) fn new() -> Self {
        Self {
            sharp: Layer {
                grid: Grid::new(1.0),
                tiles: BTreeMap::new(),
            },
            fallback: None,
            job: None,
            pool: Vec::new(),
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
        for key in self.sharp.grid.covering(near) {
            if let Some(tile) = self.sharp.tiles.get_mut(&key) {
                tile.stale = true;
            }
            if self.job.as_ref().is_some_and(|job| job.key == key) {
                self.job = None;
            }
        }
    }

    /// An element came on top of all others: it is added to the tiles as they are.
    pub(crate) fn append(&mut self, element: &Element) {
        let near = self.padded(element.bounds());
        let grid = self.sharp.grid;
        for key in grid.covering(near) {
            if let Some(job) = self.job.as_mut().filter(|job| job.key == key) {
                job.ids.push(element.id);
            }
            if let Some(tile) = self.sharp.tiles.get(&key).filter(|tile| !tile.stale) {
                draw(
                    &tile.surface,
                    grid,
                    key,
                    std::iter::once(element),
                    self.theme,
                );
            }
        }
    }

    /// Whether a part of the board is shown as it is now.
    pub(crate) fn is_current(&self, rect: BoardRect, sight: BoardRect) -> bool {
        let part = self.padded(rect).intersect(sight);
        part.area() <= 0.0
            || self
                .sharp
                .grid
                .covering(part)
                .all(|key| self.sharp.tiles.get(&key).is_some_and(|tile| !tile.stale))
    }

    /// A pixel more on each side, for antialiased edges.
    fn padded(&self, rect: BoardRect) -> BoardRect {
        let pixel = 1.0 / self.sharp.grid.scale();
        rect.inflate(pixel, pixel)
    }

    /// Follows the camera and the theme. `scale` is device pixels per board unit.
    pub(crate) fn follow(&mut self, scale: f64, theme: Theme, now: f64) {
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
            let sharp = Layer {
                grid: Grid::new(scale),
                tiles: BTreeMap::new(),
            };
            let before = std::mem::replace(&mut self.sharp, sharp);
            self.job = None;
            // Stale or not, the picture before is better than none.
            if !before.tiles.is_empty() {
                self.fallback = Some(before);
            }
        }
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
            if !advance(&mut job, self.sharp.grid, self.theme, view, deadline) {
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
        surface.clear();
        let ids = view.index.query(self.padded(grid.rect(key)), view.board);
        Some(Job {
            key,
            ids,
            next: 0,
            surface,
        })
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
        let complete = self
            .sharp
            .grid
            .covering(sight)
            .all(|key| self.sharp.tiles.contains_key(&key));
        if complete && let Some(old) = self.fallback.take() {
            self.pool
                .extend(old.tiles.into_values().map(|tile| tile.surface));
        }
    }

    /// Drops tiles far out of sight.
    fn trim(&mut self, sight: BoardRect) {
        let in_sight = self.sharp.grid.covering(sight).count();
        let excess = self
            .sharp
            .tiles
            .len()
            .saturating_sub(in_sight + SPARE_TILES);
        if excess > 0 {
            let grid = self.sharp.grid;
            let far = |key: &TileKey| {
                let middle = grid.rect(*key).center() - sight.center();
                middle.hypot2()
            };
            let mut keys: Vec<TileKey> = self.sharp.tiles.keys().copied().collect();
            keys.sort_by(|a, b| far(b).total_cmp(&far(a)));
            for key in keys.into_iter().take(excess) {
                self.pool
                    .extend(self.sharp.tiles.remove(&key).map(|tile| tile.surface));
            }
        }
        self.pool.truncate(SPARE_TILES / 4);
    }

    /// Copies what is in sight to the screen; `to_device` turns board units into
    /// device pixels.
    pub(crate) fn compose(&self, target: &Surface, sight: BoardRect, to_device: Affine) {
        target.clear();
        if let Some(fallback) = &self.fallback {
            fallback.copy(target, sight, to_device, |key| {
                let part = fallback.grid.rect(key);
                !self
                    .sharp
                    .grid
                    .covering(part.intersect(sight))
                    .all(|key| self.sharp.tiles.contains_key(&key))
            });
            // Under a sharp tile the blurred one must not shine through.
            for key in self.sharp.grid.covering(sight) {
                if self.sharp.tiles.contains_key(&key) {
                    clear_part(
                        target,
                        to_device.transform_rect_bbox(self.sharp.grid.rect(key)),
                    );
                }
            }
        }
        self.sharp.copy(target, sight, to_device, |_| true);
    }
}

impl Layer {
    fn copy(
        &self,
        target: &Surface,
        sight: BoardRect,
        to_device: Affine,
        wanted: impl Fn(TileKey) -> bool,
    ) {
        for key in self.grid.covering(sight).filter(|key| wanted(*key)) {
            let Some(tile) = self.tiles.get(&key) else {
                continue;
            };
            let place = to_device.transform_rect_bbox(self.grid.rect(key));
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

fn clear_part(target: &Surface, part: BoardRect) {
    let (x, y) = (part.x0.round(), part.y0.round());
    target
        .context()
        .clear_rect(x, y, part.x1.round() - x, part.y1.round() - y);
}

/// Draws elements of a job until it is done (true) or time is up (false).
fn advance(job: &mut Job, grid: Grid, theme: Theme, view: &View<'_>, deadline: f64) -> bool {
    while let Some(ids) = job.ids.get(job.next..).filter(|ids| !ids.is_empty()) {
        let few = ids.get(..CLOCK_EVERY).unwrap_or(ids);
        let elements = few
            .iter()
            .filter_map(|id| view.board.get(*id))
            .map(AsRef::as_ref);
        draw(&job.surface, grid, job.key, elements, theme);
        job.next += few.len();
        if super::now() >= deadline {
            return job.next >= job.ids.len();
        }
    }
    true
}

fn draw<'a>(
    surface: &Surface,
    grid: Grid,
    key: TileKey,
    elements: impl Iterator<Item = &'a Element>,
    theme: Theme,
) {
    let rect = grid.rect(key);
    surface.transform(Affine::scale(grid.scale()) * Affine::translate((-rect.x0, -rect.y0)));
    let mut painter = CanvasPainter::new(surface.context());
    for element in elements.filter(|element| !is_open(element)) {
        paint_element(element, theme, TOLERANCE_PX / grid.scale(), &mut painter);
    }
    surface.context().set_global_alpha(1.0);
}

/// Whether an element is still being drawn by somebody: the live layer shows it.
pub(crate) fn is_open(element: &Element) -> bool {
    match &element.body {
        Body::Stroke(stroke) => stroke.open,
    }
}
