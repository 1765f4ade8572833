//! What is shown beside the board itself: handles and guides above it, the pointer.
//!
//! Knows which tool shows something now. It must not know how anything is painted.

use crate::tool_kind::ToolKind;
use crate::view::CursorIcon;
use shared::id::Millis;
use shared::model::Board;

use super::route::World;
use super::{Access, Editor};
use crate::input::gesture::SpaceBar;
use crate::tools::select::{hover_cursor, show_handles};
use crate::tools::{Tool, ToolCtx};
use crate::view::overlay::Overlay;

impl Editor {
    /// What is shown above the board.
    #[must_use]
    pub fn overlay(&self, now: Millis, board: &Board) -> Overlay {
        let mut overlay = Overlay {
            selected: self.selection.ids.iter().copied().collect(),
            found: self.outlined(),
            ..Overlay::default()
        };
        self.tool
            .show(&self.seen_by(self.wielded, now, board), &mut overlay);
        if self.offers_handles() {
            show_handles(&self.seen_by(self.kind, now, board), &mut overlay);
        }
        overlay.caret = self.caret_view(board);
        overlay
    }

    /// What follows from the survey, worked out anew, and whether it was the same as known.
    #[cfg(test)]
    pub(crate) fn knows_its_board(&mut self, now: Millis, board: &Board) -> bool {
        let asked = |editor: &Self| {
            let ctx = editor.seen_by(editor.kind, now, board);
            let frame = crate::tools::select::frame(&ctx);
            let carried = crate::tools::select::carried(&ctx).clone();
            let order = editor.order(board).to_vec();
            (frame, carried, order, editor.style_view(board))
        };
        let known = asked(self);
        self.survey = crate::document::selection_cache::Survey::default();
        known == asked(self)
    }

    pub(super) fn seen_by<'a>(
        &'a self,
        kind: ToolKind,
        now: Millis,
        board: &'a Board,
    ) -> ToolCtx<'a> {
        ToolCtx {
            me: self.me,
            board,
            camera: &self.camera,
            index: &self.index,
            kind,
            style: self.styles.of(kind),
            selection: &self.selection,
            survey: &self.survey,
            prefs: &self.prefs,
            name: &self.name,
            now,
        }
    }

    /// Whether a press would grasp handles: with a selecting tool in hand that does
    /// nothing else now. Moving the view does not hide them; writing does.
    fn offers_handles(&self) -> bool {
        let free = !self.is_busy() || self.wielded == ToolKind::Hand;
        free && self.typing.is_none() && self.access == Access::Edit && self.kind.selects()
    }

    /// The tool that a press would wield now, or the one that works.
    fn tool_at_work(&self) -> ToolKind {
        match (self.is_busy(), self.access, self.arbiter.space()) {
            (true, _, _) => self.wielded,
            (false, Access::View, _) | (false, Access::Edit, SpaceBar::Held) => ToolKind::Hand,
            (false, Access::Edit, SpaceBar::Up) => self.kind,
        }
    }

    pub(super) fn fitting_cursor(&self, world: &World<'_>) -> CursorIcon {
        let busy = self.is_busy();
        let kind = self.tool_at_work();
        match kind {
            ToolKind::Hand if busy => CursorIcon::Grabbing,
            ToolKind::Hand => CursorIcon::Grab,
            ToolKind::Eraser => CursorIcon::Eraser,
            ToolKind::Select | ToolKind::Lasso => {
                let ctx = self.seen_by(kind, world.now, world.board);
                match (&self.tool, self.hovering) {
                    (Tool::Select(tool), _) if busy => tool.cursor(&ctx),
                    (_, Some(at)) => hover_cursor(&ctx, at),
                    (_, None) if kind == ToolKind::Lasso => CursorIcon::Crosshair,
                    (_, None) => CursorIcon::Arrow,
                }
            }
            ToolKind::Text => CursorIcon::Text,
            ToolKind::Pen
            | ToolKind::Highlighter
            | ToolKind::Rectangle
            | ToolKind::Ellipse
            | ToolKind::Diamond
            | ToolKind::Line
            | ToolKind::Arrow
            | ToolKind::Sticky
            | ToolKind::Frame
            | ToolKind::Laser => CursorIcon::Crosshair,
        }
    }
}
