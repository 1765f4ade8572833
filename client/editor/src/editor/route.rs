//! The way of an input: to the arbiter, to a tool, and out as effects.
//!
//! Knows intents, tool events and effects. It must not decide what they decide.

use shared::geometry::ScreenPoint;
use shared::id::{ElementId, Millis};
use shared::limits::MAX_COORD;
use shared::model::{Board, Brush};
use shared::op::Guard;

use super::{Access, Editor};
use crate::batch::{Batch, pack};
use crate::effect::Effect;
use crate::gesture::{Contact, Intent, PinchStep, SpaceBar, Wield};
use crate::input::{InputEvent, Key, Pointer, Sample, WheelKind};
use crate::keymap::Action;
use crate::screen::ScreenVec;
use crate::tool::{Emit, Emits, Entry, Tool, ToolCtx, ToolEvent, ToolKind};

/// Zoom per CSS pixel of the wheel, as a power of e.
const WHEEL_ZOOM: f64 = 0.01;
/// One event zooms no more than this many pixels would: a notch of a mouse wheel
/// is a hundred pixels, a trackpad's pinch a few.
const WHEEL_ZOOM_MAX_PX: f64 = 25.0;

/// What comes in beside the input, and the effects that go out.
pub(super) struct World<'a> {
    pub(super) now: Millis,
    pub(super) ids: &'a mut dyn FnMut() -> ElementId,
    pub(super) board: &'a Board,
    pub(super) effects: Vec<Effect>,
}

impl<'a> World<'a> {
    pub(super) fn new(
        now: Millis,
        ids: &'a mut dyn FnMut() -> ElementId,
        board: &'a Board,
    ) -> Self {
        Self {
            now,
            ids,
            board,
            effects: Vec::new(),
        }
    }
}

impl Editor {
    pub(super) fn route(&mut self, event: InputEvent, world: &mut World<'_>) {
        let mut intents = Vec::new();
        match event {
            InputEvent::PointerDown(pointer) => self.arbiter.down(&pointer, &mut intents),
            InputEvent::PointerMove {
                pointer,
                samples,
                predicted,
            } => {
                let samples = or_own_place(samples, &pointer);
                self.arbiter
                    .moved(&pointer, samples, predicted, &mut intents);
            }
            InputEvent::PointerUp(pointer) => self.arbiter.up(&pointer, &mut intents),
            InputEvent::PointerCancel(id) => self.arbiter.cancel(id, &mut intents),
            InputEvent::PointerLeave => self.point_at(None),
            InputEvent::Wheel { at, delta, kind } => self.wheel(at, delta, kind, world),
            InputEvent::KeyDown(key) => self.key_down(&key, world),
            InputEvent::KeyUp(key) if key.key == " " => self.arbiter.set_space(SpaceBar::Up),
            InputEvent::KeyUp(_) => {}
            InputEvent::Blur => self.arbiter.left(),
            InputEvent::Resize(size) => self.look_from(self.camera.resized(size), world),
        }
        for intent in intents {
            self.follow(intent, world);
        }
    }

    fn key_down(&mut self, key: &Key, world: &mut World<'_>) {
        match self.keymap.action(key) {
            Some(Action::HoldToPan) => self.arbiter.set_space(SpaceBar::Held),
            Some(action) => self.act(action, world),
            None => {}
        }
    }

    pub(super) fn follow(&mut self, intent: Intent, world: &mut World<'_>) {
        match intent {
            Intent::Begin(contact) => self.begin(contact, world),
            Intent::Continue { samples, predicted } => {
                let at = samples.last().map(|sample| sample.at);
                self.step(ToolEvent::Move { samples, predicted }, world);
                self.hover(at);
            }
            Intent::Finish(sample) => self.step(ToolEvent::Up(sample), world),
            Intent::Abort(abort) => self.step(ToolEvent::Abort(abort), world),
            Intent::Pinch(step) => self.pinch(step, world),
            Intent::Hover(at) => self.hover(Some(at)),
            Intent::Undo => self.act(Action::Undo, world),
            Intent::Redo => self.act(Action::Redo, world),
        }
    }

    fn begin(&mut self, contact: Contact, world: &mut World<'_>) {
        self.wielded = match (self.access, contact.wield) {
            (Access::View, _) | (Access::Edit, Wield::Hand) => ToolKind::Hand,
            (Access::Edit, Wield::Eraser) => ToolKind::Eraser,
            (Access::Edit, Wield::Current) => self.kind,
        };
        self.tool = Tool::new(self.wielded);
        self.step(ToolEvent::Down(contact), world);
        self.hover(Some(contact.first.at));
    }

    /// Gives the tool an event and carries out what it wants.
    pub(super) fn step(&mut self, event: ToolEvent, world: &mut World<'_>) {
        let ctx = ToolCtx {
            board: world.board,
            camera: &self.camera,
            index: &self.index,
            look: self.styles.look(self.wielded.brush().unwrap_or(Brush::Pen)),
            now: world.now,
        };
        let mut out = Emits {
            list: Vec::new(),
            ids: &mut *world.ids,
        };
        let idle = Tool::new(self.wielded);
        self.tool = std::mem::replace(&mut self.tool, idle).step(event, &ctx, &mut out);
        for emit in out.list {
            self.carry_out(emit, world);
        }
    }

    fn carry_out(&mut self, emit: Emit, world: &mut World<'_>) {
        match emit {
            Emit::Commit { ops, entry } => {
                match entry {
                    Entry::New => self.history.record(&ops, world.board, self.me),
                    Entry::Same => self.history.join(&ops, world.board, self.me),
                }
                commit(pack(ops.into_iter().map(|op| (op, Guard::Any))), world);
            }
            Emit::Live(item) => world.effects.push(Effect::Live(item)),
            Emit::Pan(by) => self.look_from(self.camera.panned(by), world),
            Emit::Redraw => world.effects.push(Effect::Redraw),
        }
    }

    fn pinch(&mut self, step: PinchStep, world: &mut World<'_>) {
        let moved = self.camera.panned(step.by);
        self.look_from(
            moved.zoomed_about(step.about, moved.zoom() * step.scale),
            world,
        );
    }

    fn wheel(&mut self, at: ScreenPoint, by: ScreenVec, kind: WheelKind, world: &mut World<'_>) {
        if !by.is_finite() {
            return;
        }
        let camera = match kind {
            WheelKind::Pan => self.camera.panned(ScreenVec::new(-by.x, -by.y)),
            WheelKind::Zoom => {
                let px = by.y.clamp(-WHEEL_ZOOM_MAX_PX, WHEEL_ZOOM_MAX_PX);
                self.camera
                    .zoomed_about(at, self.camera.zoom() * (-px * WHEEL_ZOOM).exp())
            }
        };
        self.look_from(camera, world);
        self.hover(Some(at));
    }

    pub(super) fn look_from(&mut self, camera: crate::Camera, world: &mut World<'_>) {
        if camera != self.camera {
            self.camera = camera;
            world.effects.push(Effect::Camera(camera));
        }
    }

    fn hover(&mut self, at: Option<ScreenPoint>) {
        let place = at.map(|at| self.camera.to_board(at));
        let within = |value: f64| value.abs() <= MAX_COORD;
        if let Some(place) = place.filter(|place| within(place.x) && within(place.y)) {
            self.point_at(Some(place));
        }
    }
}

/// Turns batches into effects, and says that the history moved.
pub(super) fn commit(batches: Vec<Batch>, world: &mut World<'_>) {
    let commits = batches
        .into_iter()
        .map(|Batch { ops, guard }| Effect::Commit { ops, guard });
    world.effects.extend(commits);
    world.effects.push(Effect::History);
}

fn or_own_place(samples: Vec<Sample>, pointer: &Pointer) -> Vec<Sample> {
    if samples.is_empty() {
        vec![pointer.sample()]
    } else {
        samples
    }
}
