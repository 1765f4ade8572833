//! Paints one frame: the tiles below, the live layer above, the background and the cursors of
//! other people around them.

use std::collections::BTreeSet;

use kurbo::Affine;
use leptos::prelude::window;
use shared::geometry::{BoardRect, ScreenPoint};
use shared::id::ElementId;
use shared::model::palette::{Rgb, Theme, background};

use super::background::{Background, BackgroundLayer};
use super::drag_preview::{DragPreview, KnownGroup};
use super::live_layer::LiveLayer;
use super::live_scene::LiveScene;
use super::paint_budget::PaintBudget;
use super::remote_cursors::RemoteCursors;
use super::surface::{Surface, device_pixels};
use super::tiles::{Progress, Tiles};
use super::uncovered::uncovered;
use crate::clock;
use crate::scene::{Damage, Scene};

/// Time that a frame may spend on drawing tiles, in milliseconds: what is left of 16 after
/// input, the live layer and the browser's own work.
const TILE_BUDGET_MS: f64 = 6.0;
/// Time that a frame may spend on tiles even if it is late. Without it, a page that is slow for
/// another reason would never show what changed.
const MIN_TILE_BUDGET_MS: f64 = 3.0;
/// The same while no person moves anything on this board, so that a frame may be late.
const IDLE_TILE_BUDGET_MS: f64 = 36.0;
/// The usual steps that fit into that time.
const IDLE_STEPS: usize = 4;
/// The board is idle when nothing has moved for this time, in milliseconds.
const IDLE_AFTER_MS: f64 = 200.0;
/// While a board is being loaded, its tiles are shown anew after such pauses, in milliseconds,
/// because more elements are about to arrive.
const LOADING_PAUSE_MS: f64 = 250.0;
/// It is loaded when none have arrived for this time, in milliseconds.
const LOADED_AFTER_MS: f64 = 50.0;

/// Paints the canvases of the board.
pub(super) struct Renderer {
    tiles_surface: Surface,
    live_surface: Surface,
    remote_cursors: RemoteCursors,
    tiles: Tiles,
    live_layer: LiveLayer,
    dragged: KnownGroup,
    /// Elements that the live layer shows because the tiles do not show them yet.
    missing_in_tiles: BTreeSet<ElementId>,
    background: BackgroundLayer,
    /// When something moved last.
    moved_at: f64,
    /// When elements of a board that is being loaded arrived last, and when they were shown.
    loaded_at: f64,
    loading_shown_at: f64,
    theme: Theme,
    pixel_ratio: f64,
    /// Whether the pointer is a finger. Handles are larger then.
    is_coarse: bool,
    is_resized: bool,
}

impl Renderer {
    pub(super) fn new(
        background: BackgroundLayer,
        (tiles_surface, live_surface): (Surface, Surface),
        remote_cursors: RemoteCursors,
    ) -> Self {
        Self {
            tiles_surface,
            live_surface,
            remote_cursors,
            tiles: Tiles::new(),
            live_layer: LiveLayer::default(),
            dragged: KnownGroup::default(),
            missing_in_tiles: BTreeSet::new(),
            background,
            moved_at: f64::NEG_INFINITY,
            loaded_at: f64::NEG_INFINITY,
            loading_shown_at: f64::NEG_INFINITY,
            theme: Theme::Light,
            pixel_ratio: 1.0,
            is_coarse: false,
            is_resized: true,
        }
    }

    /// Gives the canvases another size, in CSS pixels.
    pub(super) fn resize(&mut self, width: f64, height: f64) {
        self.pixel_ratio = window().device_pixel_ratio().max(0.5);
        let device = |length: f64| device_pixels(length * self.pixel_ratio);
        let (width_px, height_px) = (device(width), device(height));
        self.tiles_surface.resize(width_px, height_px);
        self.live_surface.resize(width_px, height_px);
        self.is_resized = true;
        let coarse = window().match_media("(pointer: coarse)").ok().flatten();
        self.is_coarse = coarse.is_some_and(|query| query.matches());
    }

    /// The colour at a point of the view: what is painted there, mixed with the background.
    pub(super) fn color_at(&self, at: ScreenPoint) -> Option<Rgb> {
        let (x, y) = (at.x * self.pixel_ratio, at.y * self.pixel_ratio);
        let [r, g, b, a] = self.tiles_surface.pixel(x, y)?;
        let paint = Rgb { r, g, b };
        Some(background(self.theme).mixed(paint, f32::from(a) / 255.0))
    }

    /// Paints what changed. Returns whether another frame is wanted.
    pub(super) fn paint(&mut self, scene: &Scene<'_>, damage: &Damage, now_ms: f64) -> bool {
        self.theme = scene.theme;
        let scale = scene.camera.zoom() * self.pixel_ratio;
        let visible = scene.camera.visible();
        let to_device = self.to_device(scene);
        self.tiles.follow(scale, scene.theme, visible, now_ms);
        if damage.everything {
            self.tiles.invalidate();
            self.missing_in_tiles = open_elements(scene);
        }
        let keeps_board = damage.fresh.is_empty() && damage.changed.is_empty();
        if damage.everything || !keeps_board || !damage.loaded.is_empty() {
            self.dragged.forget();
        }
        let preview = DragPreview::of(scene, &mut self.dragged);
        let has_replaced = self.hide_replaced(scene, &preview);
        let mut budget = self.budget(damage, now_ms);
        self.take_changes(scene, damage, &mut budget);
        let progress = self.work(scene, damage, now_ms, &mut budget);
        let is_moved = damage.camera || std::mem::take(&mut self.is_resized);
        self.paint_background(scene, is_moved);
        let is_appended = damage.everything || !damage.fresh.is_empty();
        if is_moved || has_replaced || is_appended || progress.has_drawn {
            self.tiles.compose(&self.tiles_surface, visible, to_device);
        }
        if is_moved || damage.live {
            self.remote_cursors.follow(scene);
        }
        self.forget_painted(scene, visible);
        let is_animated = self.live_layer.paint(
            &self.live_surface,
            &LiveScene {
                scene,
                visible,
                to_device,
                scale,
                css_px: 1.0 / scene.camera.zoom(),
                missing_in_tiles: &self.missing_in_tiles,
                preview: &preview,
                is_coarse: self.is_coarse,
            },
        );
        progress.is_unfinished
            || is_animated
            || self.tiles.is_settling()
            || self.waits_for_tiles(scene)
    }

    /// How much of this frame tiles may take: little while something moves.
    fn budget(&mut self, damage: &Damage, now_ms: f64) -> PaintBudget {
        if (damage.camera || damage.live) && !damage.everything {
            self.moved_at = now_ms;
        }
        let now = clock::page_ms();
        if now_ms - self.moved_at < IDLE_AFTER_MS {
            let deadline = (now_ms + TILE_BUDGET_MS).max(now + MIN_TILE_BUDGET_MS);
            return PaintBudget::until(deadline);
        }
        PaintBudget::until(now + IDLE_TILE_BUDGET_MS).times(IDLE_STEPS)
    }

    /// Draws tiles. While visible parts of a board arrive, it does so now and then only.
    fn work(
        &mut self,
        scene: &Scene<'_>,
        damage: &Damage,
        now_ms: f64,
        budget: &mut PaintBudget,
    ) -> Progress {
        let visible = scene.camera.visible();
        let mut areas = damage.loaded.iter();
        if areas.any(|area| area.overlaps(visible)) {
            self.loaded_at = now_ms;
        }
        let is_loading = now_ms - self.loaded_at < LOADED_AFTER_MS;
        // Half of a large change must not show.
        let waits = is_loading && now_ms - self.loading_shown_at < LOADING_PAUSE_MS;
        if waits || scene.is_committing {
            return Progress {
                has_drawn: false,
                is_unfinished: true,
            };
        }
        let progress = self.tiles.work(scene, visible, budget);
        if is_loading && progress.has_drawn {
            self.loading_shown_at = now_ms;
        }
        progress
    }

    fn paint_background(&mut self, scene: &Scene<'_>, is_moved: bool) {
        let background = if scene.has_grid {
            Background::Grid
        } else {
            Background::Dots
        };
        if is_moved || !self.background.shows(background) {
            let ratio = self.pixel_ratio;
            self.background.show(scene.camera, background, ratio);
        }
    }

    /// Leaves elements out of the tiles while the preview of a drag replaces them. After the
    /// drag the live layer shows them until the tiles do. Returns whether anything changed.
    fn hide_replaced(&mut self, scene: &Scene<'_>, preview: &DragPreview) -> bool {
        let shown_again = self.tiles.hide(preview.replaced(), scene.index);
        let is_changed = shown_again.is_some();
        let on_board = |id: &ElementId| scene.board.get(*id).is_some();
        self.missing_in_tiles
            .extend(shown_again.into_iter().flatten().filter(on_board));
        is_changed
    }

    /// Board units to device pixels. The shift is in whole pixels, so that tiles at rest are
    /// sharp.
    fn to_device(&self, scene: &Scene<'_>) -> Affine {
        let scale = scene.camera.zoom() * self.pixel_ratio;
        let origin = scene.camera.origin();
        let shift = ((-origin.x * scale).round(), (-origin.y * scale).round());
        Affine::translate(shift) * Affine::scale(scale)
    }

    fn take_changes(&mut self, scene: &Scene<'_>, damage: &Damage, budget: &mut PaintBudget) {
        let uncovered = uncovered(scene.board, scene.index, &damage.fresh);
        let painted: BTreeSet<ElementId> = uncovered.iter().map(|element| element.id).collect();
        for id in damage.fresh.iter().filter(|id| !painted.contains(id)) {
            if let Some(rect) = scene.index.bounds_of(*id) {
                self.tiles.invalidate_rect(rect);
            }
        }
        for element in uncovered {
            self.tiles.append(scene, element, budget);
        }
        for rect in &damage.stale_areas {
            self.tiles.invalidate_rect(*rect);
        }
        for rect in &damage.loaded {
            self.tiles.outdate_rect(*rect);
        }
        self.missing_in_tiles
            .extend(damage.fresh.iter().chain(&damage.changed));
    }

    /// Forgets the elements that the tiles show by now.
    fn forget_painted(&mut self, scene: &Scene<'_>, visible: BoardRect) {
        let tiles = &self.tiles;
        self.missing_in_tiles.retain(|id| {
            let rect = scene.index.bounds_of(*id);
            let is_current = || rect.is_none_or(|rect| tiles.is_current(rect, visible));
            let element = scene.board.get(*id);
            element.is_some_and(|element| element.is_open() || !is_current())
        });
    }

    /// Whether a finished element is not in the tiles yet.
    fn waits_for_tiles(&self, scene: &Scene<'_>) -> bool {
        self.missing_in_tiles.iter().any(|id| {
            let element = scene.board.get(*id);
            element.is_some_and(|element| !element.is_open())
        })
    }
}

/// Strokes that are still being drawn. No tile shows them.
fn open_elements(scene: &Scene<'_>) -> BTreeSet<ElementId> {
    let open = scene.board.elements().filter(|element| element.is_open());
    open.map(|element| element.id).collect()
}
