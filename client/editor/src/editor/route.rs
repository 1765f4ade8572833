//! The way of an input: to the arbiter, to a tool, and out as effects.
//!
//! Knows intents, tool events and effects. It must not decide what they decide.

use crate::tool_kind::ToolKind;
use shared::geometry::ScreenPoint;
use shared::id::{ElementId, Millis};
use shared::limits::MAX_COORD;
use shared::model::Board;
use shared::op::{Guard, Op};

use super::bereft::Bereft;
use super::reach::Step;
use super::{Access, Editor};
use crate::commands::action::Action;
use crate::document::selection::Selection;
use crate::document::{Batch, pack};
use crate::input::gesture::{Abort, Contact, Hold, Intent, SpaceBar, Wield};
use crate::input::{Focus, InputEvent, Key, Modifiers, Pointer, Sample};
use crate::output::Effect;
use crate::tools::{Emit, Emits, Entry, Tool, ToolCtx, ToolEvent};

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

    /// Whether an element is on the board, or comes there by what is done now.
    pub(super) fn will_hold(&self, id: ElementId) -> bool {
        let puts = |op: &Op| matches!(op, Op::Put(new) | Op::Restore(new) if new.id == id);
        let brings =
            |effect: &Effect| matches!(effect, Effect::Commit { ops, .. } if ops.iter().any(puts));
        self.board.get(id).is_some() || self.effects.iter().any(brings)
    }
}

impl Editor {
    pub(super) fn route(&mut self, event: InputEvent, world: &mut World<'_>) {
        let mut intents = Vec::new();
        match event {
            InputEvent::PointerDown(pointer) => {
                self.memory.bereft = Bereft::No;
                self.arbiter.down(&pointer, &mut intents);
            }
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
            InputEvent::PointerLeave => {
                self.hovering = None;
                self.point_at(None);
            }
            InputEvent::Wheel { at, delta, kind } => self.wheel(at, delta, kind, world),
            InputEvent::KeyDown(key) => self.key_down(&key, world),
            InputEvent::KeyUp(key) => self.key_up(&key, world),
            InputEvent::Blur => self.arbiter.left(),
            InputEvent::Resize(size) => {
                self.look_from(self.camera.resized(size), world);
                self.will_show_caret();
            }
            InputEvent::Typed(state) => self.typed(&state, world),
            InputEvent::TypingEnded => self.end_typing(world),
            InputEvent::Pasted { content, at } => self.paste(&content, at, world),
        }
        for intent in intents {
            self.follow(intent, world);
        }
    }

    fn key_up(&mut self, key: &Key, world: &mut World<'_>) {
        if key.key == " " {
            self.arbiter.set_space(SpaceBar::Up);
        }
        self.modifiers_changed(key, world);
    }

    /// A modifier key that goes down or up in the middle of a gesture changes it,
    /// even while the pointer rests.
    fn modifiers_changed(&mut self, key: &Key, world: &mut World<'_>) {
        let is_modifier = matches!(key.key.as_str(), "Shift" | "Alt" | "Control" | "Meta");
        if is_modifier && self.is_busy() {
            self.step(ToolEvent::Modifiers(key.modifiers), world);
        }
    }

    fn key_down(&mut self, key: &Key, world: &mut World<'_>) {
        if key.focus == Focus::TextField && self.typing_key(key, world) {
            return;
        }
        if self.is_for_lost_text(key, world.now) {
            return;
        }
        self.modifiers_changed(key, world);
        let action = self.keymap.action(key);
        if action.is_some() {
            self.arbiter.typed();
        }
        match action {
            Some(Action::HoldToPan) => self.arbiter.set_space(SpaceBar::Held),
            Some(Action::NextElement) => self.walk(Step::Next, world),
            Some(Action::PreviousElement) => self.walk(Step::Previous, world),
            Some(action) => self.act(action, world),
            None => {}
        }
    }

    pub(super) fn follow(&mut self, intent: Intent, world: &mut World<'_>) {
        let Some(intent) = self.on_text(intent, world) else {
            return;
        };
        match intent {
            Intent::Begin(contact) => self.begin(contact, world),
            Intent::Continue {
                samples,
                predicted,
                modifiers,
            } => {
                let at = samples.last().map(|sample| sample.at);
                let moved = ToolEvent::Move {
                    samples,
                    predicted,
                    modifiers,
                };
                self.step(moved, world);
                self.hover(at);
            }
            Intent::Finish(sample) => self.step(ToolEvent::Up(sample), world),
            Intent::Abort(abort) => self.step(ToolEvent::Abort(abort), world),
            Intent::Pinch(step) => self.pinch(step, world),
            Intent::Hover(at, modifiers) => {
                self.follow_hover(at, modifiers, world);
                self.hover(Some(at));
            }
            Intent::Menu(at) => self.menu_at(at, world),
            Intent::Undo => self.act(Action::Undo, world),
            Intent::Redo => self.act(Action::Redo, world),
        }
    }

    fn begin(&mut self, contact: Contact, world: &mut World<'_>) {
        let wielded = match (self.access, contact.wield) {
            (Access::View, _) | (Access::Edit, Wield::Hand) => ToolKind::Hand,
            (Access::Edit, Wield::Eraser) => ToolKind::Eraser,
            (Access::Edit, Wield::Current) => self.kind,
        };
        if wielded.changes_board() {
            // It may have been selected by key or from a list since the tool was picked.
            self.select(Selection::none(), world);
        }
        if wielded != self.wielded {
            if self.is_busy() {
                self.step(ToolEvent::Abort(Abort::Interrupted), world);
            }
            self.wielded = wielded;
            self.tool = Tool::new(wielded);
        }
        if self.wielded.rests_for_menu() {
            self.arbiter.set_hold(Hold::Menu);
        }
        self.step(ToolEvent::Down(contact), world);
        self.hover(Some(contact.first.at));
    }

    /// Ends what the tool goes on with between two presses, such as a line of many
    /// points; tells whether there was anything.
    pub(super) fn put_down(&mut self, world: &mut World<'_>) -> bool {
        let goes_on = self.is_busy() && !self.arbiter.is_working();
        if goes_on {
            self.step(ToolEvent::Abort(Abort::Interrupted), world);
        }
        goes_on
    }

    /// Lets a tool that goes on between two presses follow the hovering pointer.
    fn follow_hover(&mut self, at: ScreenPoint, modifiers: Modifiers, world: &mut World<'_>) {
        if self.is_busy() {
            let sample = Sample {
                at,
                pressure: 0.5,
                time: world.now,
            };
            let moved = ToolEvent::Move {
                samples: vec![sample],
                predicted: Vec::new(),
                modifiers,
            };
            self.step(moved, world);
        }
    }

    /// Gives the tool an event and carries out what it wants.
    pub(super) fn step(&mut self, event: ToolEvent, world: &mut World<'_>) {
        let ctx = ToolCtx {
            me: self.me,
            board: world.board,
            camera: &self.camera,
            index: &self.index,
            kind: self.wielded,
            style: self.styles.of(self.wielded),
            selection: &self.selection,
            survey: &self.survey,
            prefs: &self.prefs,
            name: &self.name,
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
            Emit::Commit { ops, entry } => self.submit(ops, entry, world),
            // At the edge of the board a draft may be larger than anything may be.
            Emit::Live(item) if !item.is_sound() => {}
            Emit::Live(item) => world.effects.push(Effect::Live(item)),
            Emit::Pan(by) => self.look_from(self.camera.panned(by), world),
            Emit::Select(selection) => self.select(selection, world),
            Emit::Made(id) => self.made(id, world),
            Emit::Type(id) => self.begin_typing_here(id, world),
            Emit::Write(at) => self.write_at(at, world),
            Emit::Redraw => world.effects.push(Effect::Redraw),
        }
    }

    /// Takes note of ops for undo and sends them.
    pub(super) fn submit(&mut self, mut ops: Vec<Op>, entry: Entry, world: &mut World<'_>) {
        // What would lie beyond the edge of the board is not made; the server would refuse
        // all of the commit for it.
        ops.retain(|op| op.validate().is_ok());
        // A viewer may still end what they had begun before they were one.
        if ops.is_empty() || self.access == Access::View {
            return;
        }
        match entry {
            Entry::New => self.history.record(&ops, world.board, self.me),
            Entry::Same => self.history.join(&ops, world.board, self.me),
        }
        let ops = ops.into_iter().map(|op| (op, Guard::Any));
        commit(pack(ops.collect()), world);
    }

    pub(super) fn hover(&mut self, at: Option<ScreenPoint>) {
        self.hovering = at;
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
