//! Opening the context menu.

use shared::geometry::ScreenPoint;

use crate::document::topmost::{HitFilter, HitPoint};
use crate::editor::Editor;
use crate::output::UiCommand;
use crate::selection::{Selection, unit};
use crate::update::Update;

/// The tolerance of a right click beside an element, in CSS pixels.
const TOLERANCE_PX: f64 = 6.0;

/// Opens the menu beside the selection, as far as that is in the view; else in its middle.
pub(super) fn open_menu(editor: &mut Editor, update: &mut Update<'_>) {
    let extent = editor.document.selection_extent(update.board);
    update.ui(UiCommand::ContextMenu(editor.view.middle_of(extent)));
}

/// Opens the menu at a place. The element there is selected first, locked or not.
pub(crate) fn open_menu_at(at: ScreenPoint, editor: &mut Editor, update: &mut Update<'_>) {
    if update.may_edit() {
        let camera = editor.camera();
        let hit = HitPoint {
            at: camera.to_board(at),
            tolerance: camera.board_length(TOLERANCE_PX),
        };
        match hit.topmost(update.board, editor.index(), HitFilter::All) {
            Some(id) if editor.selection().has(id) => {}
            Some(id) => {
                let selection = unit(update.board, id, editor.selection().within);
                editor.document.select(selection, update);
            }
            // The press was inside a hollow shape that is selected.
            None if editor.is_in_selection_box(hit.at, update) => {}
            None => editor.document.select(Selection::none(), update),
        }
    }
    update.ui(UiCommand::ContextMenu(at));
}
