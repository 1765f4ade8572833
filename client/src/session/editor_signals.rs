//! Signals of the editor's state, for components: tool, style, selection, text field, camera, pointer, history.

use editor::{Camera, CursorIcon, Editor, Prefs, StyleView, ToolKind, TypingView};
use leptos::prelude::WithUntracked as _;
use shared::model::Board;

use super::published::Published;

/// The signals of the editor's state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EditorSignals {
    /// The active tool.
    pub(crate) tool: Published<ToolKind>,
    /// The style of the selected elements; without a selection, the style of the active tool.
    pub(crate) style: Published<StyleView>,
    /// The preferences of this person.
    pub(crate) prefs: Published<Prefs>,
    /// Whether a pointer is at work.
    pub(crate) is_busy: Published<bool>,
    /// Grows whenever the selection or a selected element may have changed.
    pub(crate) selection_revision: Published<u64>,
    /// Number of selected elements.
    pub(crate) selected: Published<usize>,
    /// The text field, while a text is being edited.
    pub(crate) typing: Published<Option<TypingView>>,
    /// Which part of the board is visible.
    pub(crate) camera: Published<Camera>,
    /// Whether the board has elements and none of them is visible.
    pub(crate) is_content_off_screen: Published<bool>,
    /// The shape of the pointer over the board.
    pub(crate) cursor: Published<CursorIcon>,
    /// Whether an own change can be undone.
    pub(crate) can_undo: Published<bool>,
    /// Whether an own change can be redone.
    pub(crate) can_redo: Published<bool>,
}

impl EditorSignals {
    pub(super) fn new() -> Self {
        Self {
            tool: Published::new(ToolKind::default()),
            style: Published::new(StyleView::NOTHING),
            prefs: Published::new(Prefs::default()),
            is_busy: Published::new(false),
            selection_revision: Published::new(0),
            selected: Published::new(0),
            typing: Published::new(None),
            camera: Published::new(Camera::default()),
            is_content_off_screen: Published::new(false),
            cursor: Published::new(CursorIcon::default()),
            can_undo: Published::new(false),
            can_redo: Published::new(false),
        }
    }

    /// Publishes everything but the style.
    pub(super) fn publish(self, editor: &Editor, board: &Board) {
        let (camera, index) = (*editor.camera(), editor.index());
        let is_visible = || index.touching(camera.visible()).next().is_some();
        self.tool.publish(editor.tool());
        self.publish_typing(editor, board);
        self.prefs.publish(*editor.prefs());
        self.is_busy.publish(editor.is_busy());
        self.selected.publish(editor.selection().ids.len());
        self.camera.publish(camera);
        self.is_content_off_screen
            .publish(!index.is_empty() && !is_visible());
        self.cursor.publish(editor.cursor());
        self.can_undo.publish(editor.history().can_undo());
        self.can_redo.publish(editor.history().can_redo());
    }

    /// Publishes the text field.
    pub(super) fn publish_typing(self, editor: &Editor, board: &Board) {
        self.typing.publish(editor.typing(board));
    }

    /// Publishes the style, and that the selection changed. The style is computed from all selected
    /// elements, so call this only when one of them or the selection can have changed.
    pub(super) fn publish_style(self, editor: &Editor, board: &Board) {
        let revision = self.selection_revision.try_with_untracked(|it| it + 1);
        self.selection_revision
            .publish(revision.unwrap_or_default());
        self.style.publish(editor.style_view(board));
    }

    /// Whether the published camera has another zoom than the editor's. Line widths are
    /// published as they look on the screen, so they change with the zoom.
    pub(super) fn is_zoom_outdated(self, editor: &Editor) -> bool {
        let zoom = editor.camera().zoom();
        self.camera.with_untracked(|camera| camera.zoom() != zoom)
    }

    /// Whether the published text field belongs to another element than the editor's.
    pub(super) fn is_field_outdated(self, editor: &Editor) -> bool {
        let edited = editor.edited_element();
        self.typing
            .with_untracked(|view| view.as_ref().map(|view| view.id) != edited)
    }
}
