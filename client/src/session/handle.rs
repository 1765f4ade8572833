//! The handle by which pages and panels use a session.

use std::rc::Rc;

use editor::input::Pasted;
use editor::output::Copied;
use editor::{Availability, Camera, Command, ImageChange, InputEvent, Key, Prefs, StyleChange};
use leptos::prelude::{GetValue as _, LocalStorage, StoredValue, expect_context};
use shared::geometry::{BoardPoint, ScreenPoint};
use shared::id::{BoardId, ElementId, Secret};
use shared::model::Picture;
use shared::model::palette::Theme;

use super::board_session::BoardSession;
use super::board_signals::BoardSignals;
use super::editor_signals::EditorSignals;
use super::requests::UiRequest;
use super::saved_viewport;
use crate::clock;
use crate::outbox::{Outbox, RecoveredIdentity};
use crate::pictures::{self, Pictures, Prepared};
use crate::scene::{Damage, MinimapScene, Scene};

/// A session. Components copy this handle into their closures. The session ends with the owner
/// under which it was opened.
#[derive(Clone, Copy)]
pub(crate) struct Session(StoredValue<Rc<BoardSession>, LocalStorage>);

impl Session {
    /// Opens a board and begins to connect.
    #[must_use]
    pub(crate) fn open(
        board: BoardId,
        secret: Secret,
        outbox: Outbox,
        recovered: RecoveredIdentity,
    ) -> Self {
        let session = BoardSession::open(board, secret, outbox, recovered);
        Self(StoredValue::new_local(session))
    }

    pub(super) fn inner(self) -> Rc<BoardSession> {
        self.0.get_value()
    }

    /// The session of the board page that the caller is on.
    #[must_use]
    pub(crate) fn from_context() -> Self {
        expect_context()
    }

    /// The board.
    #[must_use]
    pub(crate) fn board(&self) -> BoardId {
        self.inner().board
    }

    /// The secret that opened it.
    #[must_use]
    pub(crate) fn secret(&self) -> Secret {
        self.inner().secret
    }

    /// The signals of the editor.
    #[must_use]
    pub(crate) fn editor_signals(&self) -> EditorSignals {
        self.inner().editor_signals
    }

    /// The signals of the board: connection, access, title, people, counters.
    #[must_use]
    pub(crate) fn board_signals(&self) -> BoardSignals {
        self.inner().board_signals
    }

    /// Sets the handler of the requests that the session makes to the page.
    pub(crate) fn on_request(&self, handler: impl Fn(UiRequest) + 'static) {
        self.inner().requests.listen(Rc::new(handler));
    }

    /// Sets the function that the session calls when something must be painted.
    pub(crate) fn on_frame_wanted(&self, wake: impl Fn() + 'static) {
        self.inner().wake_canvas_with(Rc::new(wake));
    }

    /// Handles an input. What it changes is sent and shown.
    pub(crate) fn input(&self, event: InputEvent) {
        let inner = self.inner();
        inner.core.borrow_mut().input(event, clock::now());
        inner.settle();
    }

    /// Carries out a command.
    pub(crate) fn run(&self, command: &'static Command) {
        self.inner().run(command);
    }

    /// Whether a command can be carried out now, and if not, why.
    #[must_use]
    pub(crate) fn availability(&self, command: &'static Command) -> Availability {
        self.inner()
            .read(|editor, board| editor.availability(command, board))
    }

    /// Handles a key that goes down. Returns whether the browser must not act on it too.
    pub(crate) fn key_down(&self, key: Key) -> bool {
        let inner = self.inner();
        let is_taken = inner.core.borrow_mut().key_down(key, clock::now());
        inner.settle();
        is_taken
    }

    /// Changes the style of the selected elements and of the active tool.
    pub(crate) fn restyle(&self, change: StyleChange) {
        let inner = self.inner();
        inner.core.borrow_mut().restyle(change, clock::now());
        inner.settle();
    }

    /// Replaces the preferences of this person.
    pub(crate) fn set_prefs(&self, prefs: Prefs) {
        let inner = self.inner();
        inner.core.borrow_mut().editor.set_prefs(prefs);
        inner.settle();
    }

    /// Says from which height down controls cover the board, in CSS pixels of the window.
    pub(crate) fn set_covered_from(&self, height: Option<f64>) {
        let inner = self.inner();
        let mut core = inner.core.borrow_mut();
        core.editor.set_covered_from(height);
        drop(core);
        inner.request_frame();
    }

    /// Leaves out the elements of a large paste that are not on the board yet.
    pub(crate) fn stop_putting(&self) {
        let inner = self.inner();
        let mut core = inner.core.borrow_mut();
        core.with_editor(clock::now(), |editor, context| editor.stop_putting(context));
        drop(core);
        inner.settle();
    }

    /// The selected elements in the forms that the clipboard takes; `None` without a selection.
    #[must_use]
    pub(crate) fn copied(&self) -> Option<Copied> {
        let copied = self.inner().read(|editor, board| editor.copied(board));
        copied.inspect(|_| pictures::note_copy(self.board()))
    }

    /// Puts prepared pictures on the board, side by side, and begins to upload their files.
    pub(crate) fn add_pictures(&self, prepared: Vec<Prepared>, at: Option<ScreenPoint>) {
        let pictures = self.upload(prepared);
        let content = Pasted::Pictures(pictures);
        self.input(InputEvent::Pasted { content, at });
    }

    /// Lets an image show a prepared picture, and begins to upload its file.
    pub(crate) fn replace_picture(&self, id: ElementId, prepared: Prepared) {
        for picture in self.upload(vec![prepared]) {
            let change = ImageChange::Replace(picture);
            self.input(InputEvent::ImageChanged { id, change });
        }
    }

    fn upload(&self, prepared: Vec<Prepared>) -> Vec<Picture> {
        let inner = self.inner();
        let begin = |Prepared { picture, file, .. }| {
            inner.pictures.upload(file);
            picture
        };
        prepared.into_iter().map(begin).collect()
    }

    /// The pictures of the board.
    pub(crate) fn pictures(&self) -> Rc<Pictures> {
        Rc::clone(&self.inner().pictures)
    }

    /// Why the picture of the selected image is not shown or not kept, if it is so.
    pub(crate) fn picture_trouble(&self) -> Option<String> {
        let inner = self.inner();
        let picture = inner.read(|editor, board| {
            let mut ids = editor.selection().ids.iter();
            let id = ids.next().filter(|_| ids.next().is_none())?;
            board.get(*id)?.props.picture()
        });
        inner.pictures.trouble(picture?.sha256)
    }

    /// The element whose text is being edited.
    #[must_use]
    pub(crate) fn edited_text(&self) -> Option<ElementId> {
        self.inner().read(|editor, _| editor.edited_element())
    }

    /// The camera as it is now. The published one is up to a frame older.
    #[must_use]
    pub(crate) fn camera(&self) -> Camera {
        self.inner().read(|editor, _| *editor.camera())
    }

    /// Moves the camera. The view keeps its size.
    pub(crate) fn set_camera(&self, camera: Camera) {
        let inner = self.inner();
        let mut core = inner.core.borrow_mut();
        core.editor.set_camera(camera);
        core.damage.camera = true;
        core.damage.live = true;
        drop(core);
        inner.settle();
    }

    /// Centres the view on a point of the board.
    pub(crate) fn center_on(&self, point: BoardPoint) {
        self.set_camera(self.camera().centred_on(point));
    }

    /// Submits the commits that wait for a frame.
    pub(crate) fn submit_all(&self) {
        self.inner().submit_all();
    }

    /// Submits what waits, and saves the visible part of the board for the next load of this tab.
    pub(crate) fn leave(&self) {
        self.submit_all();
        saved_viewport::save(self.board(), &self.camera());
    }

    /// Number of changes that would be lost if the page ended now.
    #[must_use]
    pub(crate) fn unsaved(&self) -> usize {
        self.inner().unsaved()
    }

    /// Begins an animation frame at `now_ms` of the page's clock: brings everything up to date,
    /// then calls `paint` with the scene and what changed in it.
    pub(crate) fn frame(&self, now_ms: f64, theme: Theme, paint: impl FnOnce(&Scene<'_>, &Damage)) {
        let inner = self.inner();
        inner
            .core
            .borrow_mut()
            .animation_frame(clock::from_page(now_ms));
        inner.exchange();
        inner.publish();
        let mut core = inner.core.borrow_mut();
        let damage = std::mem::take(&mut core.damage);
        let wants_frame = core.editor.wants_frame() || core.is_committing();
        drop(core);
        if wants_frame {
            inner.request_frame();
        }
        let core = inner.core.borrow();
        let now = clock::now();
        let scene = Scene {
            board: core.replica().board(),
            index: core.editor.index(),
            pictures: &inner.pictures,
            camera: core.editor.camera(),
            own_ink: core.editor.own_ink(),
            presence: core.replica().presence(),
            me: core.replica().me(),
            erasing: core.editor.erasing(),
            overlay: core.editor.overlay(now, core.replica().board()),
            has_grid: core.editor.prefs().grid,
            is_committing: core.is_committing(),
            theme,
            now,
        };
        paint(&scene, &damage);
    }

    /// Calls `paint` with the scene for the minimap. This costs less than a whole frame.
    pub(crate) fn minimap(&self, theme: Theme, paint: impl FnOnce(&MinimapScene<'_>)) {
        let inner = self.inner();
        let core = inner.core.borrow();
        paint(&MinimapScene {
            board: core.replica().board(),
            index: core.editor.index(),
            camera: core.editor.camera(),
            presence: core.replica().presence(),
            me: core.replica().me(),
            theme,
        });
    }

    /// Paints everything again, after a change of the theme or of a typeface.
    pub(crate) fn repaint(&self) {
        let inner = self.inner();
        inner.core.borrow_mut().damage.all();
        inner.request_frame();
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session")
    }
}
