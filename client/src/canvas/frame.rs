//! One animation frame after another, while there is something to show.
//!
//! Input handlers only hand events to the session; everything that is seen
//! happens here, in step with the display. When nothing changes, nothing runs.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use kurbo::Affine;
use leptos::prelude::{request_animation_frame, window};
use shared::geometry::{BoardRect, ScreenPoint};
use shared::id::ElementId;
use shared::model::palette::{Rgb, background};
use std::collections::BTreeSet;

use super::grid::{Behind, show_grid};
use super::lifted::Lifted;
use super::live::{self, Live};
use super::others::Others;
use super::surface::Surface;
use super::tiles::{Tiles, Work};
use crate::session::{Damage, Session, View};

/// Time that a frame may spend on drawing tiles, in milliseconds: what is left of
/// 16 after input, the live layer and the browser's own work.
const TILE_SLICE_MS: f64 = 6.0;
/// What it may spend on them however late it is: else a page that is slow for another
/// reason would never show what changed.
const TILE_LEAST_MS: f64 = 3.0;

/// The canvases and what is known about them.
pub(crate) struct Stage {
    session: Session,
    main: web_sys::HtmlElement,
    scene: Surface,
    live: Surface,
    others: Others,
    tiles: Tiles,
    ink: Live,
    /// Elements that the live layer shows because the tiles do not.
    held: BTreeSet<ElementId>,
    behind: Option<Behind>,
    pixel_ratio: f64,
    /// Fingers are at work: handles are drawn larger.
    coarse: bool,
    resized: bool,
}

/// Runs a [`Stage`] frame by frame; cheap to clone.
#[derive(Clone)]
pub(crate) struct FrameLoop {
    stage: Rc<RefCell<Stage>>,
    wanted: Rc<Cell<bool>>,
    stopped: Rc<Cell<bool>>,
}

impl FrameLoop {
    pub(crate) fn new(stage: Stage) -> Self {
        Self {
            stage: Rc::new(RefCell::new(stage)),
            wanted: Rc::new(Cell::new(false)),
            stopped: Rc::new(Cell::new(false)),
        }
    }

    /// Asks for a frame, unless one is coming.
    pub(crate) fn wake(&self) {
        if !self.stopped.get() && !self.wanted.replace(true) {
            let this = self.clone();
            request_animation_frame(move || this.run());
        }
    }

    /// No more frames.
    pub(crate) fn stop(&self) {
        self.stopped.set(true);
    }

    /// The colour that is shown at a place of the view.
    pub(crate) fn color_at(&self, at: ScreenPoint) -> Option<Rgb> {
        self.stage.try_borrow().ok()?.color_at(at)
    }

    /// The page gave the canvases another size, in CSS pixels.
    pub(crate) fn resize(&self, width: f64, height: f64) {
        if let Ok(mut stage) = self.stage.try_borrow_mut() {
            stage.resize(width, height);
        }
        self.wake();
    }

    fn run(&self) {
        self.wanted.set(false);
        if self.stopped.get() {
            return;
        }
        let again = match self.stage.try_borrow_mut() {
            Ok(mut stage) => stage.frame(super::now()),
            Err(_) => true,
        };
        if again {
            self.wake();
        }
    }
}

impl Stage {
    pub(crate) fn new(
        session: Session,
        main: web_sys::HtmlElement,
        (scene, live): (Surface, Surface),
        others: Others,
    ) -> Self {
        Self {
            session,
            main,
            scene,
            live,
            others,
            tiles: Tiles::new(),
            ink: Live::default(),
            held: BTreeSet::new(),
            behind: None,
            pixel_ratio: 1.0,
            coarse: false,
            resized: true,
        }
    }

    fn resize(&mut self, width: f64, height: f64) {
        self.pixel_ratio = window().device_pixel_ratio().max(0.5);
        let device = |length: f64| device_pixels(length * self.pixel_ratio);
        let (width_px, height_px) = (device(width), device(height));
        self.scene.resize(width_px, height_px);
        self.live.resize(width_px, height_px);
        self.resized = true;
        let coarse = window().match_media("(pointer: coarse)").ok().flatten();
        self.coarse = coarse.is_some_and(|query| query.matches());
        self.session.resize(width, height);
    }

    /// Paint on the ground, as the eye mixes them.
    fn color_at(&self, at: ScreenPoint) -> Option<Rgb> {
        let (x, y) = (at.x * self.pixel_ratio, at.y * self.pixel_ratio);
        let paint = self.scene.pixel(x, y)?;
        let ground = background(self.session.theme());
        let [r, g, b, a] = paint;
        Some(ground.mixed(Rgb { r, g, b }, f32::from(a) / 255.0))
    }

    /// Shows what changed; tells whether another frame is wanted.
    fn frame(&mut self, now: f64) -> bool {
        let session = self.session;
        session.frame(now);
        let damage = session.take_damage();
        session.view(|view| self.show(&view, &damage, now))
    }

    fn show(&mut self, view: &View<'_>, damage: &Damage, now: f64) -> bool {
        let scale = view.camera.zoom() * self.pixel_ratio;
        let sight = view.camera.visible();
        let to_device = self.to_device(view);
        self.tiles.follow(scale, view.theme, sight, now);
        if damage.everything {
            self.tiles.invalidate();
            self.held = view
                .board
                .elements()
                .filter(|e| e.is_open())
                .map(|e| e.id)
                .collect();
        }
        let lifted = Lifted::of(view);
        let is_hidden = self.follow_lifted(view, &lifted);
        self.take_changes(view, damage);
        let deadline = (now + TILE_SLICE_MS).max(super::now() + TILE_LEAST_MS);
        let work = self.tiles.work(view, sight, deadline);
        let moved = damage.camera || std::mem::take(&mut self.resized);
        let behind = if view.has_grid {
            Behind::Lines
        } else {
            Behind::Dots
        };
        if self.behind.replace(behind) != Some(behind) || moved {
            show_grid(&self.main, view.camera, behind);
        }
        if moved || is_hidden || !damage.spares_tiles() || work != Work::Idle {
            self.tiles.compose(&self.scene, sight, to_device);
        }
        if moved || damage.live {
            self.others.follow(view);
        }
        self.release_held(view, sight);
        let frame = live::Frame {
            view,
            sight,
            to_device,
            scale,
            px: 1.0 / view.camera.zoom(),
            held: &self.held,
            lifted: &lifted,
            coarse: self.coarse,
        };
        let restless = self.ink.draw(&self.live, &frame);
        work == Work::Left || restless || self.tiles.is_settling() || self.holds_closed(view)
    }

    /// What is in somebody's hand is left out of the tiles, and held until they show
    /// it again when it is put down. Tells whether anything was taken up or put down.
    fn follow_lifted(&mut self, view: &View<'_>, lifted: &Lifted) -> bool {
        let back = self.tiles.hide(lifted.hidden(), view.index);
        let changed = back.is_some();
        let on_board = |id: &ElementId| view.board.get(*id).is_some();
        self.held
            .extend(back.into_iter().flatten().filter(on_board));
        changed
    }

    /// Board units to device pixels; whole pixels, so that tiles at rest are sharp.
    fn to_device(&self, view: &View<'_>) -> Affine {
        let scale = view.camera.zoom() * self.pixel_ratio;
        let origin = view.camera.origin();
        let shift = ((-origin.x * scale).round(), (-origin.y * scale).round());
        Affine::translate(shift) * Affine::scale(scale)
    }

    fn take_changes(&mut self, view: &View<'_>, damage: &Damage) {
        let on_top = appended(view, &damage.fresh);
        for id in &damage.fresh {
            let Some(element) = view.board.get(*id) else {
                continue;
            };
            if on_top.contains(id) {
                self.tiles.append(view.board, element);
            } else if let Some(rect) = view.index.bounds_of(*id) {
                self.tiles.invalidate_rect(rect);
            }
        }
        for rect in &damage.spoilt {
            self.tiles.invalidate_rect(*rect);
        }
        self.held.extend(damage.fresh.iter().chain(&damage.changed));
    }

    /// What the tiles show by now need not be held any longer.
    fn release_held(&mut self, view: &View<'_>, sight: BoardRect) {
        let tiles = &self.tiles;
        self.held.retain(|id| {
            let rect = view.index.bounds_of(*id);
            let is_current = || rect.is_none_or(|rect| tiles.is_current(rect, sight));
            let element = view.board.get(*id);
            element.is_some_and(|element| element.is_open() || !is_current())
        });
    }

    fn holds_closed(&self, view: &View<'_>) -> bool {
        self.held.iter().any(|id| {
            view.board
                .get(*id)
                .is_some_and(|element| !element.is_open())
        })
    }
}

/// Those of the elements that are new to the tiles that lie on top of all that was
/// there before.
fn appended(view: &View<'_>, fresh: &[ElementId]) -> BTreeSet<ElementId> {
    let fresh: BTreeSet<ElementId> = fresh.iter().copied().collect();
    view.board
        .from_top()
        .map(|element| element.id)
        .take_while(|id| fresh.contains(id))
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped before"
)]
pub(super) fn device_pixels(length: f64) -> u32 {
    length.round().clamp(1.0, 16_384.0) as u32
}
