//! The editor: composes its parts, and does the work that needs several of them.
//!
//! A driver calls [`Editor::handle`] for each input and [`Editor::animation_frame`] once per
//! animation frame, carries out the outputs in order, and reports every change of the board by
//! [`Editor::board_changed`].

use std::rc::Rc;

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::{ClientId, ElementId, Millis};
use shared::model::Board;
use shared::op::Op;
use std::collections::BTreeSet;

use crate::document::history::UndoStep;
use crate::document::pending_put::PendingPut;
use crate::document::search::{Found, Search};
use crate::document::{Document, History, Index};
use crate::input::gesture::{Abort, Gestures, Intent};
use crate::local_user::{Access, LocalUser};
use crate::measuring::MeasureText;
use crate::output::Changed;
use crate::prefs::Prefs;
use crate::selection::Selection;
use crate::selection::single;
use crate::style::{StyleState, Styles};
use crate::text::{TextEditing, TypingView};
use crate::tool_kind::ToolKind;
use crate::tools::text::text_beginning_at;
use crate::tools::{OwnInk, Request, ToolCtx, ToolEvent, Toolbox};
use crate::update::Update;
use crate::view::{Camera, CursorIcon, View};

/// The editor of one user on one board.
#[derive(Debug)]
pub struct Editor {
    pub(crate) user: LocalUser,
    pub(crate) document: Document,
    pub(crate) history: History,
    pub(crate) view: View,
    pub(crate) tools: Toolbox,
    pub(crate) styles: StyleState,
    pub(crate) text: TextEditing,
    pub(crate) gestures: Gestures,
    pub(crate) search: Search,
    pub(crate) pending_put: PendingPut,
}

impl Editor {
    /// An editor of `me` on an empty board, with the pen as the active tool.
    #[must_use]
    pub fn new(me: ClientId) -> Self {
        Self {
            user: LocalUser::new(me),
            document: Document::default(),
            history: History::new(),
            view: View::default(),
            tools: Toolbox::default(),
            styles: StyleState::default(),
            text: TextEditing::default(),
            gestures: Gestures::default(),
            search: Search::default(),
            pending_put: PendingPut::default(),
        }
    }

    /// Takes over changes of these elements; returns the regions to repaint.
    pub fn board_changed(&mut self, changed: &[ElementId], board: &Board) -> Vec<BoardRect> {
        self.text.follow(board, self.user.me);
        self.document.follow(changed, board)
    }

    /// Takes over a whole board, after it was loaded.
    pub fn board_replaced(&mut self, board: &Board) {
        self.text.follow(board, self.user.me);
        self.document.replace(board);
    }

    /// Sets the identity of the user. The history belongs to one identity, so another one begins
    /// with an empty history.
    pub fn set_me(&mut self, me: ClientId) {
        if self.user.me != me {
            self.user.me = me;
            self.history.clear();
            self.pending_put = PendingPut::default();
        }
    }

    /// Sets what measures the text that the user writes. Until then, nothing does.
    pub fn measure_with(&mut self, measurer: Rc<dyn MeasureText>) {
        self.user.measurer = measurer;
    }

    /// Sets the name of the user; sticky notes are signed with it.
    pub fn set_name(&mut self, name: &str) {
        name.clone_into(&mut self.user.name);
    }

    /// Whether the user may change the board.
    #[must_use]
    pub const fn access(&self) -> Access {
        self.user.access
    }

    /// The preferences of the user.
    #[must_use]
    pub const fn prefs(&self) -> &Prefs {
        &self.user.prefs
    }

    /// Takes over preferences, for instance those of the last visit.
    pub fn set_prefs(&mut self, prefs: Prefs) {
        self.user.prefs = prefs;
    }

    /// Sets from which height down controls cover the view, in CSS pixels. A text is edited above
    /// them.
    pub fn set_covered_from(&mut self, height: Option<f64>) {
        self.text.set_covered_from(height);
    }

    /// The camera.
    #[must_use]
    pub const fn camera(&self) -> &Camera {
        self.view.camera()
    }

    /// Moves the camera, for instance to where it was when the board was left.
    pub fn set_camera(&mut self, camera: Camera) {
        self.view.set_camera(camera);
    }

    /// The cursor that the pointer has now.
    #[must_use]
    pub const fn cursor(&self) -> CursorIcon {
        self.view.cursor()
    }

    /// The active tool.
    #[must_use]
    pub const fn tool(&self) -> ToolKind {
        self.tools.active()
    }

    /// Whether a pointer is at work.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.tools.is_busy()
    }

    /// Whether it needs the next animation frame, because a pointer is at work or elements are on
    /// their way to the board.
    #[must_use]
    pub fn wants_frame(&self) -> bool {
        self.is_busy() || self.is_putting()
    }

    /// Whether parts of a large change are not committed yet.
    #[must_use]
    pub fn is_committing(&self) -> bool {
        self.history.is_committing()
    }

    /// Whether elements of a large paste or of a file are still on their way to the board.
    #[must_use]
    pub fn is_putting(&self) -> bool {
        !self.pending_put.is_empty()
    }

    /// The ink that is being drawn here, to be painted above everything.
    #[must_use]
    pub fn own_ink(&self) -> Option<OwnInk<'_>> {
        self.tools.own_ink()
    }

    /// The elements that are deleted when the eraser is lifted, to be painted dim.
    #[must_use]
    pub fn erasing(&self) -> &BTreeSet<ElementId> {
        self.tools.erasing()
    }

    /// The styles of all tools.
    #[must_use]
    pub const fn styles(&self) -> &Styles {
        self.styles.tools()
    }

    /// Takes over styles, for instance those of the last visit.
    pub fn set_styles(&mut self, styles: Styles) {
        *self.styles.tools_mut() = styles;
    }

    /// The selection.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        self.document.selection()
    }

    /// Where elements are.
    #[must_use]
    pub const fn index(&self) -> &Index {
        self.document.index()
    }

    /// The undo history, for the state of the buttons.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// The result of the search.
    #[must_use]
    pub fn found(&self) -> Found {
        self.search.found()
    }

    /// The element whose text is edited.
    #[must_use]
    pub fn edited_element(&self) -> Option<ElementId> {
        self.text.element()
    }

    /// The state that the text field must show while a text is edited.
    #[must_use]
    pub fn typing(&self, board: &Board) -> Option<TypingView> {
        self.text.field(board)
    }

    /// The context of a tool of this kind.
    pub(crate) fn tool_ctx<'a>(
        &'a self,
        kind: ToolKind,
        now: Millis,
        board: &'a Board,
    ) -> ToolCtx<'a> {
        let (user, styles) = (&self.user, self.styles.tools());
        ToolCtx::new((kind, board, now), user, &self.document, &self.view, styles)
    }

    /// Hands an event to the active pointer's tool and fulfils its requests.
    pub(crate) fn step_tool(&mut self, event: ToolEvent, update: &mut Update<'_>) {
        let state = (self.tools.pointer_tool(), update.board, update.now);
        let styles = self.styles.tools();
        let ctx = ToolCtx::new(state, &self.user, &self.document, &self.view, styles);
        let requests = self.tools.step(event, &ctx, &mut self.history, update);
        for request in requests {
            self.fulfil(request, update);
        }
    }

    fn fulfil(&mut self, request: Request, update: &mut Update<'_>) {
        match request {
            Request::Pan(by) => self.view.pan(by, update),
            Request::Select(selection) => self.document.select(selection, update),
            Request::Made(id) => self.made(id, update),
            Request::EditText(id) => {
                let at = self.view.pointed_at();
                self.text.begin_at(id, at, &mut self.history, update);
            }
            Request::Crop(id) => self.crop(id, update),
            Request::NewText(at) => self.edit_new_text(at, update),
        }
    }

    /// A tool made an element. Unless the tool is for repeated use, Select becomes active.
    fn made(&mut self, id: ElementId, update: &mut Update<'_>) {
        if !self.user.prefs.tool_lock && !self.tools.active().stays_active() {
            self.document.select(Selection::of([id]), update);
            self.pick_tool(ToolKind::Select, update);
        }
    }

    /// Makes a text element whose left edge has its middle at `at`, and edits it.
    fn edit_new_text(&mut self, at: BoardPoint, update: &mut Update<'_>) {
        let id = update.fresh_id();
        let ctx = self.tool_ctx(ToolKind::Text, update.now, update.board);
        let put = Op::Put(Box::new(text_beginning_at(&ctx, id, at)));
        self.history.submit(vec![put], UndoStep::New, update);
        self.document.select(Selection::of([id]), update);
        self.edit_text(id, update);
    }

    /// Begins to crop an image, or ends it if the image is being cropped.
    pub(crate) fn crop(&mut self, id: ElementId, update: &mut Update<'_>) {
        let ends = self.document.cropping() == Some(id);
        self.pick_tool(ToolKind::Select, update);
        self.document.select(single(update.board, id), update);
        self.document.crop((!ends).then_some(id), update);
    }

    /// Edits the text of an element, with the caret at its end.
    pub(crate) fn edit_text(&mut self, id: ElementId, update: &mut Update<'_>) {
        self.text.begin(id, &mut self.history, update);
    }

    pub(crate) fn end_text(&mut self, update: &mut Update<'_>) {
        self.text.end(&mut self.history, update);
    }

    /// Makes a tool active; the active pointer keeps its own tool. While a tool that makes elements
    /// is active nothing is selected: colours and keys are for the elements that it makes.
    pub(crate) fn pick_tool(&mut self, kind: ToolKind, update: &mut Update<'_>) {
        if self.tools.active() != kind {
            self.end_unfinished(update);
            self.end_text(update);
            self.tools.set_active(kind);
            update.changed(Changed::Tool);
        }
        if kind.changes_board() {
            self.document.select(Selection::none(), update);
        }
    }

    /// Ends an element that the tool continues between two presses, such as a line. Returns whether
    /// there was one.
    pub(crate) fn end_unfinished(&mut self, update: &mut Update<'_>) -> bool {
        let goes_on = self.is_busy() && !self.gestures.has_active_pointer();
        if goes_on {
            self.step_tool(ToolEvent::Abort(Abort::Interrupted), update);
        }
        goes_on
    }

    /// Ends the gesture that is going on. Returns whether a tool was at work.
    pub(crate) fn cancel_gesture(&mut self, update: &mut Update<'_>) -> bool {
        let busy = self.is_busy();
        if let Some(abort) = self.gestures.cancel_active() {
            let intent = self.text_gesture(Intent::Abort(abort), update);
            if intent.is_some() {
                self.step_tool(ToolEvent::Abort(abort), update);
            }
        }
        busy
    }

    /// Lets the edited text take a gesture. Returns the gesture if the text does not take it.
    pub(crate) fn text_gesture(
        &mut self,
        intent: Intent,
        update: &mut Update<'_>,
    ) -> Option<Intent> {
        let (camera, history) = (self.view.camera(), &mut self.history);
        self.text.take_gesture(intent, camera, history, update)
    }
}
