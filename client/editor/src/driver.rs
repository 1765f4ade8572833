//! The calls of the driver: each takes an input and returns outputs.

use shared::id::ElementId;
use shared::model::Board;
use shared::op::{Guard, Op};

use crate::commands::{self, Availability, Command};
use crate::document::case_folding::Decompose;
use crate::document::export_scene;
use crate::document::history::UndoStep;
use crate::document::search::FindStep;
use crate::editor::Editor;
use crate::input::InputEvent;
use crate::local_user::Access;
use crate::output::{Changed, Copied, Output};
use crate::style::StyleChange;
use crate::tools::ToolEvent;
use crate::update::{Context, Update};

/// Free space around a found element, so that its surroundings are in view, in CSS pixels.
const AROUND_MATCH_PX: f64 = 40.0;

impl Editor {
    fn begin_update<'a>(&self, context: Context<'a>) -> Update<'a> {
        Update::new(&self.user, self.document.shared_selection(), context)
    }

    /// Takes one input. The time in `context` and the times in `event` are of one clock.
    pub fn handle(&mut self, event: InputEvent, context: Context<'_>) -> Vec<Output> {
        let mut update = self.begin_update(context);
        self.take_input(event, &mut update);
        self.follow_cursor(&update);
        update.into_outputs()
    }

    /// Sends what was drawn and pointed at since the last animation frame, and makes long strokes
    /// durable. Call it once per animation frame, also while nothing moves, as long as
    /// [`Self::wants_frame`].
    pub fn animation_frame(&mut self, context: Context<'_>) -> Vec<Output> {
        let mut update = self.begin_update(context);
        let mut intents = Vec::new();
        self.gestures.time_passed(update.now, &mut intents);
        for intent in intents {
            self.follow(intent, &mut update);
        }
        self.step_tool(ToolEvent::AnimationFrame, &mut update);
        commands::go_on_putting(self, &mut update);
        if let Some(by) = self.text.take_scroll(self.view.camera(), update.board) {
            self.view.pan(by, &mut update);
        }
        self.text.announce_deletion(&mut update);
        self.view.send_pointer(&mut update);
        update.into_outputs()
    }

    /// Commits the next part of a large change. While [`Self::is_committing`], call it until nothing
    /// waits before any other input that could change the board.
    pub fn go_on(&mut self, context: Context<'_>) -> Vec<Output> {
        let mut update = self.begin_update(context);
        self.history.go_on(&mut update);
        if !self.is_committing() {
            // Elements that could not be restored are not selected.
            let selection = self.selection().clone();
            self.document.select(selection, &mut update);
        }
        update.into_outputs()
    }

    /// Leaves out the elements of a large paste that are not on the board yet.
    pub fn stop_putting(&mut self, context: Context<'_>) -> Vec<Output> {
        let mut update = self.begin_update(context);
        commands::stop_putting(self, &mut update);
        update.into_outputs()
    }

    /// Runs a command, as a button does. Nothing happens while it is not available.
    pub fn run(&mut self, command: &Command, context: Context<'_>) -> Vec<Output> {
        let mut update = self.begin_update(context);
        commands::run(command, self, &mut update);
        self.follow_cursor(&update);
        update.into_outputs()
    }

    /// Changes the board by ops that were made elsewhere, as one step of undo. `guard` says whose work
    /// they may change.
    pub fn apply(&mut self, ops: Vec<Op>, guard: &Guard, context: Context<'_>) -> Vec<Output> {
        let mut update = self.begin_update(context);
        self.history
            .submit_guarded(ops, guard, UndoStep::New, &mut update);
        update.into_outputs()
    }

    /// Sets whether the user may change the board. If they no longer may, a gesture that is going
    /// on is cancelled.
    pub fn set_access(&mut self, access: Access, context: Context<'_>) -> Vec<Output> {
        let mut update = self.begin_update(context);
        if access == Access::View {
            // A line of many points still waits for its next press when its press was cancelled.
            self.cancel_gesture(&mut update);
            self.end_unfinished(&mut update);
            self.end_text(&mut update);
        }
        self.user.access = access;
        self.follow_cursor(&update);
        update.into_outputs()
    }

    /// Changes the style of the selection, and of the elements that the active tool will make.
    pub fn restyle(&mut self, change: StyleChange, context: Context<'_>) -> Vec<Output> {
        let mut update = self.begin_update(context);
        commands::restyle(change, self, &mut update);
        update.into_outputs()
    }

    /// Searches for text and shows the first match in reading order. An empty query ends the
    /// search.
    pub fn find(&mut self, query: &str, decompose: Decompose, context: Context<'_>) -> Vec<Output> {
        let mut update = self.begin_update(context);
        self.search
            .start(query, decompose, self.document.index(), update.board);
        self.show_match(&mut update);
        update.into_outputs()
    }

    /// Shows the next match, or the previous one.
    pub fn find_step(
        &mut self,
        step: FindStep,
        decompose: Decompose,
        context: Context<'_>,
    ) -> Vec<Output> {
        let mut update = self.begin_update(context);
        self.search
            .step(step, decompose, self.document.index(), update.board);
        self.show_match(&mut update);
        update.into_outputs()
    }

    fn show_match(&mut self, update: &mut Update<'_>) {
        let current = self.search.current();
        if let Some(bounds) = current.and_then(|id| self.document.index().bounds_of(id)) {
            let around = self.camera().board_length(AROUND_MATCH_PX);
            self.view
                .bring_into_view(bounds.inflate(around, around), update);
        }
        update.changed(Changed::Overlay);
    }

    /// Selects elements with their groups and brings them into view, as a list does.
    pub fn show(&mut self, wanted: &[ElementId], context: Context<'_>) -> Vec<Output> {
        let mut update = self.begin_update(context);
        commands::select_and_show(wanted, self, &mut update);
        update.into_outputs()
    }

    /// Whether a command can be run now, and if not, why.
    #[must_use]
    pub fn availability(&self, command: &Command, board: &Board) -> Availability {
        command.availability(self, board)
    }

    /// The frames of the board in reading order, with their names.
    #[must_use]
    pub fn frames(&self, board: &Board) -> Vec<(ElementId, String)> {
        export_scene::frames(board)
    }

    /// The selected elements in the forms for the clipboard; `None` if nothing is selected.
    #[must_use]
    pub fn copied(&self, board: &Board) -> Option<Copied> {
        commands::copied(self, board)
    }
}
