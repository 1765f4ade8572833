//! The parts of the editor that a tool can read, and its way to send commits, live updates and
//! requests.

use shared::geometry::BoardPoint;
use shared::id::{ClientId, ElementId, Millis};
use shared::model::Board;
use shared::op::Op;
use shared::protocol::live::LiveUpdate;

use crate::document::history::UndoStep;
use crate::document::selection_cache::SelectionCache;
use crate::document::{Document, History, Index};
use crate::local_user::LocalUser;
use crate::output::Changed;
use crate::prefs::Prefs;
use crate::selection::Selection;
use crate::style::{Style, Styles};
use crate::tool_kind::ToolKind;
use crate::update::Update;
use crate::view::{Camera, ScreenVec, View};

/// The parts of the editor that a tool can read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToolCtx<'a> {
    /// The user.
    pub(crate) me: ClientId,
    pub(crate) board: &'a Board,
    pub(crate) camera: &'a Camera,
    pub(crate) index: &'a Index,
    /// The kind of the tool, because several kinds share a state machine.
    pub(crate) kind: ToolKind,
    pub(crate) style: &'a Style,
    pub(crate) selection: &'a Selection,
    /// The image that the user crops.
    pub(crate) cropping: Option<ElementId>,
    pub(crate) cache: &'a SelectionCache,
    pub(crate) prefs: &'a Prefs,
    /// The name that sticky notes are signed with.
    pub(crate) name: &'a str,
    pub(crate) now: Millis,
}

impl<'a> ToolCtx<'a> {
    /// The context of a tool of this kind.
    pub(crate) fn new(
        (kind, board, now): (ToolKind, &'a Board, Millis),
        user: &'a LocalUser,
        document: &'a Document,
        view: &'a View,
        styles: &'a Styles,
    ) -> Self {
        Self {
            me: user.me,
            board,
            camera: view.camera(),
            index: document.index(),
            kind,
            style: styles.of(kind),
            selection: document.selection(),
            cropping: document.cropping(),
            cache: document.cache(),
            prefs: &user.prefs,
            name: &user.name,
            now,
        }
    }
}

/// A request of a tool to the editor, which passes it to another part.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Request {
    Pan(ScreenVec),
    Select(Selection),
    /// The tool made an element: unless it is locked or made for repeated use, Select becomes
    /// the active tool.
    Made(ElementId),
    /// Edit the text of this element.
    EditText(ElementId),
    /// Crop this image.
    Crop(ElementId),
    /// Edit a new text at this place, which is the middle of its left edge.
    NewText(BoardPoint),
}

/// Takes the commits, live updates and requests of a tool.
pub(crate) struct ToolOutput<'a, 'b> {
    update: &'a mut Update<'b>,
    history: &'a mut History,
    requests: Vec<Request>,
}

impl<'a, 'b> ToolOutput<'a, 'b> {
    pub(super) fn new(update: &'a mut Update<'b>, history: &'a mut History) -> Self {
        Self {
            update,
            history,
            requests: Vec::new(),
        }
    }

    pub(super) fn into_requests(self) -> Vec<Request> {
        self.requests
    }

    pub(crate) fn fresh_id(&mut self) -> ElementId {
        self.update.fresh_id()
    }

    pub(crate) fn ids(&mut self) -> &mut dyn FnMut() -> ElementId {
        &mut *self.update.ids
    }

    pub(crate) fn commit(&mut self, ops: Vec<Op>, step: UndoStep) {
        self.history.submit(ops, step, self.update);
    }

    pub(crate) fn live(&mut self, item: LiveUpdate) {
        self.update.live(item);
    }

    /// The own ink or the overlay changed.
    pub(crate) fn redraw(&mut self) {
        self.update.changed(Changed::Overlay);
    }

    pub(crate) fn request(&mut self, request: Request) {
        self.requests.push(request);
    }
}
