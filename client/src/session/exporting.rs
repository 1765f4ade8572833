//! Parts of the board that leave the page.

use editor::ExportScene;
use shared::id::ElementId;
use shared::model::Scope;

use super::handle::Session;

impl Session {
    /// A part of the board at this moment; `None` if nothing is in it.
    #[must_use]
    pub(crate) fn export_scene(&self, scope: Scope) -> Option<ExportScene> {
        self.inner().read(|_, board| ExportScene::new(board, scope))
    }

    /// The selected elements, or the whole board if nothing is selected.
    #[must_use]
    pub(crate) fn selected_scope(&self) -> Scope {
        let ids = self
            .inner()
            .read(|editor, _| editor.selection().ids.clone());
        if ids.is_empty() {
            Scope::Board
        } else {
            Scope::Elements(ids)
        }
    }

    /// The frames of the board in reading order, with their names.
    #[must_use]
    pub(crate) fn frames(&self) -> Vec<(ElementId, String)> {
        self.inner().read(|editor, board| editor.frames(board))
    }
}
