//! What keys and buttons ask for.
//!
//! Knows actions and the editor's parts. It must not know keys.

use crate::tool_kind::ToolKind;
use shared::id::{ElementId, Millis};
use shared::model::{Board, Marks};

use super::arrange::Streak;
use super::bereft::Bereft;
use super::find::Search;
use super::order::Toward;
use super::reach::Step;
use super::route::{World, commit};
use super::styling::CopiedStyle;
use super::{Access, Editor};
use crate::commands::action::{Action, Availability, Axis};
use crate::document::selection::Selection;
use crate::output::{Effect, UiCommand};
use crate::text::Typing;

/// What actions remember from one to the next.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The style that was copied last.
    pub(super) style: Option<CopiedStyle>,
    /// What was done last by a key or slider that may go on.
    pub(super) streak: Option<Streak>,
    /// Escape let go of everything: the next Tab leaves the board.
    pub(super) leaving: bool,
    /// What is looked for.
    pub(super) search: Search,
    /// The caret is to be seen after the next frame.
    pub(super) shows_caret: bool,
    /// Somebody took away what was written on.
    pub(super) bereft: Bereft,
}

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
            // A line of many points waits again when its press is given up.
            self.give_up(&mut world);
            self.put_down(&mut world);
            self.end_typing(&mut world);
        }
        self.access = access;
        self.follow_cursor(&mut world);
        world.effects
    }

    pub(super) fn act(&mut self, action: Action, world: &mut World<'_>) {
        if self.availability(action, world.board) != Availability::Ready {
            return;
        }
        match action {
            Action::PickTool(kind) => self.pick(kind, world),
            Action::ToggleToolLock => self.prefer(|p| p.tool_lock = !p.tool_lock, world),
            Action::Undo => self.undo(world),
            Action::Redo => self.redo(world),
            Action::SelectAll => self.select_all(world),
            Action::Cancel => self.cancel(world),
            Action::NextElement => self.reach(Step::Next, world),
            Action::PreviousElement => self.reach(Step::Previous, world),
            Action::Place => self.place(world),
            Action::Enter => self.enter(world),
            Action::Delete => self.delete(world),
            Action::Duplicate => self.duplicate(world),
            Action::Copy => self.copy(world),
            Action::Cut => {
                self.copy(world);
                self.delete(world);
            }
            Action::CopyStyle => self.copy_style(world),
            Action::PasteStyle => self.paste_style(world),
            Action::Group => self.group(world),
            Action::Ungroup => self.ungroup(world),
            Action::Connect => self.connect(world),
            Action::ToggleLock => self.toggle_lock(world),
            Action::UnlockAll => self.unlock_all(world),
            Action::Forward => self.restack_by_one(Toward::Viewer, world),
            Action::Backward => self.restack_by_one(Toward::Ground, world),
            Action::ToFront => self.restack_wholly(Toward::Viewer, world),
            Action::ToBack => self.restack_wholly(Toward::Ground, world),
            Action::FlipHorizontally => self.flip(Axis::Horizontal, world),
            Action::FlipVertically => self.flip(Axis::Vertical, world),
            Action::Align(to) => self.align(to, world),
            Action::Distribute(axis) => self.distribute(axis, world),
            Action::Nudge(nudge) => self.nudge(nudge, world),
            Action::Bold => self.mark(Marks::BOLD, world),
            Action::Italic => self.mark(Marks::ITALIC, world),
            other => self.view(other, world),
        }
    }

    /// Actions that change what is seen, not what is there.
    fn view(&mut self, action: Action, world: &mut World<'_>) {
        let command = match action {
            Action::ZoomIn => return self.look_from(self.camera.zoomed_in(), world),
            Action::ZoomOut => return self.look_from(self.camera.zoomed_out(), world),
            Action::ZoomTo100 => return self.look_from(self.camera.at_100(), world),
            Action::ZoomToFit => {
                let fitted = self.index.extent().map(|all| self.camera.fitted(all));
                return self.look_from(fitted.unwrap_or(self.camera), world);
            }
            Action::ZoomToSelection => return self.zoom_to_selection(world),
            Action::BackToContent => return self.back_to_content(world),
            Action::PanBy(by) => return self.look_from(self.camera.panned(by), world),
            Action::ToggleGrid => return self.prefer(|p| p.grid = !p.grid, world),
            Action::ToggleSnap => return self.prefer(|p| p.snap = !p.snap, world),
            Action::ContextMenu => return self.open_menu(world),
            Action::ToggleMinimap => UiCommand::ToggleMinimap,
            Action::ToggleOutline => UiCommand::ToggleOutline,
            Action::Find => UiCommand::Find,
            Action::Palette => UiCommand::TogglePalette,
            Action::Help => UiCommand::ToggleHelp,
            Action::Paste => UiCommand::Paste,
            Action::CopyPlaceLink => UiCommand::CopyPlaceLink,
            Action::ToggleTheme => UiCommand::ToggleTheme,
            // Held keys are the keyboard's own affair; a button has none. All others
            // were dealt with.
            _ => return,
        };
        world.effects.push(Effect::Ui(command));
    }

    /// The tool in the working pointer's hand stays until it is lifted. With one that
    /// makes something nothing is selected: colours and keys are for what is made next.
    pub(super) fn pick(&mut self, kind: ToolKind, world: &mut World<'_>) {
        if self.kind != kind {
            self.put_down(world);
            self.end_typing(world);
            self.kind = kind;
            world.effects.push(Effect::Tool(kind));
        }
        if kind.changes_board() {
            self.select(Selection::none(), world);
        }
    }

    fn undo(&mut self, world: &mut World<'_>) {
        if self.may_step_back() {
            self.typing.iter_mut().for_each(Typing::rest);
            let batches = self.history.undo(world.board, self.me);
            commit(batches.unwrap_or_default(), world);
        }
    }

    fn redo(&mut self, world: &mut World<'_>) {
        if self.may_step_back() {
            self.typing.iter_mut().for_each(Typing::rest);
            let batches = self.history.redo(world.board, self.me);
            commit(batches.unwrap_or_default(), world);
        }
    }

    /// Not in the middle of a gesture: half of it may be on the board already.
    fn may_step_back(&self) -> bool {
        self.access == Access::Edit && !self.is_busy()
    }
}
