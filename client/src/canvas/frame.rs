//! One animation frame after another, while there is something to show.
//!
//! Input handlers only hand events to the session; everything that is seen
//! happens here, in step with the display. When nothing changes, nothing runs.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use kurbo::Affine;
use leptos::prelude::{request_animation_frame, window};
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::sync::Change;

use super::grid::show_grid;
use super::live::{self, Live};
use super::others::Others;
use super::surface::Surface;
use super::tiles::{Tiles, Work, is_open};
use crate::session::{Damage, Session, View};

/// Time that a frame may spend on drawing tiles, in milliseconds: what is left of
/// 16 after input, the live layer and the browser's own work.
const TILE_SLICE_MS: f64 = 6.0;

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
    pixel_ratio: f64,
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
            pixel_ratio: 1.0,
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
        self.session.resize(width, height);
    }

    /// Shows what changed; tells whether another frame is wanted.
    fn frame(&mut self, now: f64) -> bool {
        let session = self.session.clone();
        session.frame(now);
        let damage = session.take_damage();
        session.view(|view| self.show(&view, &damage, now))
    }

    fn show(&mut self, view: &View<'_>, damage: &Damage, now: f64) -> bool {
        let scale = view.camera.zoom() * self.pixel_ratio;
        let sight = view.camera.visible();
        let to_device = self.to_device(view);
        self.tiles.follow(scale, view.theme, now);
        if damage.everything {
            self.tiles.invalidate();
            self.held = view
                .board
                .elements()
                .filter(|e| is_open(e))
                .map(|e| e.id)
                .collect();
        }
        self.take_changes(view, &damage.changes);
        let work = self.tiles.work(view, sight, now + TILE_SLICE_MS);
        let moved = damage.camera || std::mem::take(&mut self.resized);
        if moved {
            show_grid(&self.main, view.camera);
        }
        if moved || damage.everything || !damage.changes.is_empty() || work != Work::Idle {
            self.tiles.compose(&self.scene, sight, to_device);
        }
        if moved || damage.live {
            self.others.follow(view);
        }
        self.release_held(view, sight);
        let frame = live::Frame {
            view,
            to_device,
            scale,
            held: &self.held,
        };
        let flowing = self.ink.draw(&self.live, &frame);
        work == Work::Left || flowing || self.tiles.is_settling() || self.holds_closed(view)
    }

    /// Board units to device pixels; whole pixels, so that tiles at rest are sharp.
    fn to_device(&self, view: &View<'_>) -> Affine {
        let scale = view.camera.zoom() * self.pixel_ratio;
        let origin = view.camera.origin();
        let shift = ((-origin.x * scale).round(), (-origin.y * scale).round());
        Affine::translate(shift) * Affine::scale(scale)
    }

    fn take_changes(&mut self, view: &View<'_>, changes: &[Change]) {
        let on_top = appended(view, changes);
        for change in changes {
            let closed_now = change.after.as_ref().is_some_and(|after| !is_open(after));
            match &change.after {
                Some(after) if closed_now && on_top.contains(&change.id) => {
                    self.tiles.append(after);
                }
                _ => self.invalidate(change),
            }
            if change.after.is_some() {
                self.held.insert(change.id);
            } else {
                self.held.remove(&change.id);
            }
        }
    }

    fn invalidate(&mut self, change: &Change) {
        for element in change
            .before
            .iter()
            .chain(&change.after)
            .filter(|e| !is_open(e))
        {
            self.tiles.invalidate_rect(element.bounds());
        }
    }

    /// What the tiles show by now need not be held any longer.
    fn release_held(&mut self, view: &View<'_>, sight: BoardRect) {
        let tiles = &self.tiles;
        self.held.retain(|id| {
            view.board.get(*id).is_some_and(|element| {
                is_open(element) || !tiles.is_current(element.bounds(), sight)
            })
        });
    }

    fn holds_closed(&self, view: &View<'_>) -> bool {
        self.held
            .iter()
            .any(|id| view.board.get(*id).is_some_and(|element| !is_open(element)))
    }
}

/// Those of the changed elements that are new to the tiles and lie on top of all
/// that was there before.
fn appended(view: &View<'_>, changes: &[Change]) -> BTreeSet<ElementId> {
    let fresh: BTreeSet<ElementId> = changes
        .iter()
        .filter(|change| change.before.as_ref().is_none_or(|before| is_open(before)))
        .filter(|change| change.after.is_some())
        .map(|change| change.id)
        .collect();
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
fn device_pixels(length: f64) -> u32 {
    length.round().clamp(1.0, 16_384.0) as u32
}
