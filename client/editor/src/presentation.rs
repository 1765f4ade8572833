//! Computes the overlay above the board, the cursor and the content of the style panel.

use shared::geometry::BoardPoint;
use shared::id::Millis;
use shared::model::{Board, Element, Marks};
use std::sync::Arc;

use crate::editor::Editor;
use crate::input::gesture::SpaceBar;
use crate::local_user::Access;
use crate::style::property_table::StyleKind;
use crate::style::style_view::{merged, of_element, of_style};
use crate::style::{Shown, StyleView};
use crate::tool_kind::ToolKind;
use crate::tools::select::{hover_cursor, show_handles, shown_selection_box};
use crate::update::Update;
use crate::view::{CursorIcon, Overlay};

impl Editor {
    /// The overlay above the board.
    #[must_use]
    pub fn overlay(&self, now: Millis, board: &Board) -> Overlay {
        let mut overlay = Overlay {
            selected: self.selection().ids.iter().copied().collect(),
            found: self.search.outlined(),
            ..Overlay::default()
        };
        let ctx = self.tool_ctx(self.tools.pointer_tool(), now, board);
        self.tools.show(&ctx, &mut overlay);
        if self.offers_handles() {
            let active = self.tool_ctx(self.tool(), now, board);
            show_handles(&active, &mut overlay);
        }
        overlay.caret = self.text.caret(board);
        overlay
    }

    /// Whether a press would drag a handle. Moving the view does not hide the handles; editing
    /// text does.
    fn offers_handles(&self) -> bool {
        let free = !self.is_busy() || self.tools.pointer_tool() == ToolKind::Hand;
        let may_edit = self.access() >= Access::Edit;
        free && !self.text.is_active() && may_edit && self.tool().selects()
    }

    /// Whether a place is inside the selection box.
    pub(crate) fn is_in_selection_box(&self, at: BoardPoint, update: &Update<'_>) -> bool {
        let ctx = self.tool_ctx(self.tool(), update.now, update.board);
        shown_selection_box(&ctx).is_some_and(|it| it.contains(at))
    }

    /// Gives the pointer the cursor that fits its place and the tool.
    pub(crate) fn follow_cursor(&mut self, update: &Update<'_>) {
        let cursor = self.fitting_cursor(update);
        self.view.set_cursor(cursor);
    }

    /// The tool of the active pointer, or the tool that a press would start.
    fn cursor_tool(&self) -> ToolKind {
        match (self.is_busy(), self.access(), self.gestures.space()) {
            (true, _, _) => self.tools.pointer_tool(),
            (false, Access::View, _) | (false, Access::Edit | Access::Own, SpaceBar::Held) => {
                ToolKind::Hand
            }
            (false, Access::Edit | Access::Own, SpaceBar::Up) => self.tool(),
        }
    }

    fn fitting_cursor(&self, update: &Update<'_>) -> CursorIcon {
        let kind = self.cursor_tool();
        match kind {
            ToolKind::Hand if self.is_busy() => CursorIcon::Grabbing,
            ToolKind::Hand => CursorIcon::Grab,
            ToolKind::Eraser => CursorIcon::Eraser,
            ToolKind::Select | ToolKind::Lasso => {
                let ctx = self.tool_ctx(kind, update.now, update.board);
                let hovering = || match self.view.hovered() {
                    Some(at) => hover_cursor(&ctx, at),
                    None if kind == ToolKind::Lasso => CursorIcon::Crosshair,
                    None => CursorIcon::Arrow,
                };
                self.tools.selecting_cursor(&ctx).unwrap_or_else(hovering)
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

    /// The content of the style panel.
    #[must_use]
    pub fn style_view(&self, board: &Board) -> StyleView {
        let zoom = self.camera().zoom();
        let views = || {
            let views = self.styled(board).map(|element| of_element(element, zoom));
            views.reduce(merged)
        };
        let view = if self.selection().is_empty() {
            views()
        } else {
            self.document.cache().style(zoom, views)
        };
        let of_tool = || {
            let kind = StyleKind::made_by(self.tool()).filter(|_| self.access() >= Access::Edit)?;
            Some(of_style(self.styles().of(self.tool()), kind))
        };
        let mut view = view.or_else(of_tool).unwrap_or(StyleView::NOTHING);
        if let Some(marks) = self.text.marks(board) {
            view.bold = Shown::Same(marks.has(Marks::BOLD));
            view.italic = Shown::Same(marks.has(Marks::ITALIC));
        }
        view
    }

    /// The elements that the style panel is for: the selected ones that are not locked, or the one
    /// whose text is edited.
    pub(crate) fn styled<'a>(&'a self, board: &'a Board) -> impl Iterator<Item = &'a Arc<Element>> {
        let edited = self.text.element().filter(|_| self.selection().is_empty());
        let edited = edited.and_then(|id| board.get(id));
        self.selection().unlocked(board).chain(edited)
    }

    /// Computes the cached values anew; returns whether they are the same.
    #[cfg(test)]
    pub(crate) fn cache_is_true(&mut self, now: Millis, board: &Board) -> bool {
        let asked = |editor: &Self| {
            let ctx = editor.tool_ctx(editor.tool(), now, board);
            let selection_box = crate::tools::select::selection_box(&ctx);
            let affected = crate::tools::select::affected(&ctx).clone();
            let order = editor.document.reading_order(board).to_vec();
            (selection_box, affected, order, editor.style_view(board))
        };
        let known = asked(self);
        self.document.clear_cache();
        known == asked(self)
    }
}
