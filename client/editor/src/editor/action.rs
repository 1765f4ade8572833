//! What keys and buttons ask for.
//!
//! Knows actions and the editor's parts. It must not know keys.

use shared::id::{ElementId, Millis};
use shared::model::Board;

use super::route::{World, commit};
use super::{Access, Editor};
use crate::effect::{Effect, UiCommand};
use crate::keymap::Action;
use crate::tool::ToolKind;

impl Editor {
    /// Carries out an action that a button asks for.
    pub fn run(
        &mut self,
        action: Action,
        now: Millis,
        ids: &mut dyn FnMut() -> ElementId,
        board: &Board,
    ) -> Vec<Effect> {
        let mut world = World::new(now, ids, board);
        self.act(action, &mut world);
        self.follow_cursor(&mut world);
        world.effects
    }

    /// Says whether the person may change the board. What they are drawing when
    /// they no longer may is given up.
    pub fn set_access(
        &mut self,
        access: Access,
        now: Millis,
        ids: &mut dyn FnMut() -> ElementId,
        board: &Board,
    ) -> Vec<Effect> {
        let mut world = World::new(now, ids, board);
        if access == Access::View {
            self.cancel(&mut world);
        }
        self.access = access;
        self.follow_cursor(&mut world);
        world.effects
    }

    pub(super) fn act(&mut self, action: Action, world: &mut World<'_>) {
        match action {
            Action::PickTool(kind) => self.pick(kind, world),
            Action::Undo => self.undo(world),
            Action::Redo => self.redo(world),
            Action::ZoomIn => self.look_from(self.camera.zoomed_in(), world),
            Action::ZoomOut => self.look_from(self.camera.zoomed_out(), world),
            Action::ZoomTo100 => self.look_from(self.camera.at_100(), world),
            Action::ZoomToFit => {
                if let Some(extent) = self.index.extent() {
                    self.look_from(self.camera.fitted(extent), world);
                }
            }
            Action::PanBy(by) => self.look_from(self.camera.panned(by), world),
            Action::Help => world.effects.push(Effect::Ui(UiCommand::ToggleHelp)),
            Action::ToggleTheme => world.effects.push(Effect::Ui(UiCommand::ToggleTheme)),
            Action::Cancel => self.cancel(world),
            // Held keys are the keyboard's own affair; a button has none.
            Action::HoldToPan => {}
        }
    }

    /// The tool in the working pointer's hand stays until it is lifted.
    fn pick(&mut self, kind: ToolKind, world: &mut World<'_>) {
        if self.kind != kind {
            self.kind = kind;
            world.effects.push(Effect::Tool(kind));
        }
    }

    fn cancel(&mut self, world: &mut World<'_>) {
        let mut intents = Vec::new();
        self.arbiter.give_up(&mut intents);
        for intent in intents {
            self.follow(intent, world);
        }
    }

    fn undo(&mut self, world: &mut World<'_>) {
        if self.may_step_back() {
            let batches = self.history.undo(world.board, self.me);
            commit(batches.unwrap_or_default(), world);
        }
    }

    fn redo(&mut self, world: &mut World<'_>) {
        if self.may_step_back() {
            let batches = self.history.redo(world.board, self.me);
            commit(batches.unwrap_or_default(), world);
        }
    }

    /// Not in the middle of a gesture: half of it may be on the board already.
    fn may_step_back(&self) -> bool {
        self.access == Access::Edit && !self.is_busy()
    }
}
