//! The state of a session. After each input, message and frame it sends messages and publishes
//! signals.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;

use editor::{Command, Editor};
use leptos::prelude::document;
use shared::id::{BoardId, Secret};
use shared::model::layout::bounds;
use shared::model::{BlobHash, Board, Body, Element};
use shared::protocol::Profile;
use shared::sync::Setup;

use super::board_signals::BoardSignals;
use super::chat_signals::ChatSignals;
use super::core::Core;
use super::diagnosis::Diagnosis;
use super::editor_signals::EditorSignals;
use super::exchange::exchange;
use super::fullness::FullnessWarnings;
use super::people::PeopleList;
use super::requests::{UiRequest, UiRequests};
use super::status::{Connectivity, shown, with_upload};
use super::stored_prefs::StoredPrefs;
use super::unsaved::Unsaved;
use super::{announcements, saved_viewport};
use crate::browser_fonts::BrowserFonts;
use crate::net::{self, Connection, server_address};
use crate::outbox::{Outbox, RecoveredIdentity};
use crate::pictures::Pictures;
use crate::view_model::ToastTone;
use crate::{clock, device, profile, random};

/// One board in this page: the core, its connection and outbox, and the signals that show it.
pub(super) struct BoardSession {
    pub(super) board: BoardId,
    pub(super) secret: Secret,
    pub(super) core: RefCell<Core>,
    pub(super) editor_signals: EditorSignals,
    pub(super) board_signals: BoardSignals,
    pub(super) chat_signals: ChatSignals,
    people: RefCell<PeopleList>,
    pub(super) connection: Connection,
    pub(super) outbox: Outbox,
    pub(super) pictures: Rc<Pictures>,
    /// Whether the server could be reached when the board was last published.
    was_online: Cell<bool>,
    pub(super) profile: RefCell<Profile>,
    stored_prefs: StoredPrefs,
    /// Asks the canvas for a frame.
    wake_canvas: RefCell<Option<Rc<dyn Fn()>>>,
    pub(super) requests: UiRequests,
    pub(super) unsaved_changes: RefCell<Unsaved>,
    pub(super) diagnosis: RefCell<Diagnosis>,
    pub(super) fullness_warnings: RefCell<FullnessWarnings>,
    /// Requests to rename the board that the server has not answered. The outbox does not keep
    /// them.
    pub(super) pending_renames: Cell<usize>,
    pub(super) me: Weak<BoardSession>,
}

impl BoardSession {
    /// Opens a board and begins to connect.
    pub(super) fn open(
        board: BoardId,
        secret: Secret,
        outbox: Outbox,
        recovered: RecoveredIdentity,
    ) -> Rc<Self> {
        let RecoveredIdentity { identity, commits } = recovered;
        let profile = profile::load();
        let setup = Setup {
            identity,
            commits,
            secret,
            profile: profile.clone(),
            device: device::key_for(board),
            seed: random::seed(),
        };
        let mut core = Core::new(setup, random::element_id, clock::now());
        core.editor.measure_with(Rc::new(BrowserFonts::default()));
        core.editor.set_name(&profile.name);
        if let Some(camera) = saved_viewport::load(board) {
            core.editor.set_camera(camera);
        }
        let stored_prefs = StoredPrefs::load_into(&mut core.editor);
        let session = Rc::new_cyclic(|me: &Weak<Self>| Self {
            board,
            secret,
            core: RefCell::new(core),
            editor_signals: EditorSignals::new(),
            board_signals: BoardSignals::new(),
            chat_signals: ChatSignals::new(),
            people: RefCell::default(),
            connection: Connection::new(server_address(board), me.clone()),
            outbox,
            pictures: Pictures::open(board, secret),
            was_online: Cell::default(),
            profile: RefCell::new(profile),
            stored_prefs,
            wake_canvas: RefCell::default(),
            requests: UiRequests::default(),
            unsaved_changes: RefCell::default(),
            diagnosis: RefCell::default(),
            fullness_warnings: RefCell::default(),
            pending_renames: Cell::default(),
            me: me.clone(),
        });
        session.begin();
        session
    }

    fn begin(&self) {
        self.watch_outbox();
        self.watch_pictures();
        self.exchange();
        self.publish();
    }

    /// Carries out the requests of the core and sends its messages.
    pub(super) fn exchange(&self) {
        exchange(&self.core, self);
    }

    /// Runs after every input: sends what must be sent, and asks for a frame.
    pub(super) fn settle(&self) {
        self.exchange();
        // A phone opens its keyboard only for a field that exists before the tap is over.
        let is_field_outdated =
            self.read(|editor, _| self.editor_signals.is_field_outdated(editor));
        if !self.request_frame() || is_field_outdated {
            self.publish();
        } else if self.read(|editor, _| editor.edited_element().is_some()) {
            // The next key can come before the next frame. It must find the caret where this
            // one put it.
            self.read(|editor, board| self.editor_signals.publish_typing(editor, board));
        }
    }

    /// Carries out a command.
    pub(super) fn run(&self, command: &'static Command) {
        self.core.borrow_mut().run(command, clock::now());
        self.settle();
    }

    /// Calls `look` with the editor and the board.
    pub(super) fn read<R>(&self, look: impl FnOnce(&Editor, &Board) -> R) -> R {
        let core = self.core.borrow();
        look(&core.editor, core.replica().board())
    }

    /// Sets the function to call when something must be painted.
    pub(super) fn wake_canvas_with(&self, wake: Rc<dyn Fn()>) {
        self.wake_canvas.replace(Some(wake));
        self.request_frame();
    }

    /// Asks the canvas for a frame. Returns whether it comes soon: a hidden page has none, so what
    /// waits for one is submitted.
    pub(super) fn request_frame(&self) -> bool {
        let wake = self.wake_canvas.borrow().clone();
        let comes_soon = wake.inspect(|wake| wake()).is_some() && !document().hidden();
        if !comes_soon {
            self.submit_all();
        }
        comes_soon
    }

    /// Submits the commits that wait for a frame.
    pub(super) fn submit_all(&self) {
        let mut core = self.core.borrow_mut();
        if core.is_committing() {
            core.submit_all(clock::now());
            drop(core);
            self.exchange();
        }
    }

    /// Brings all signals up to date, saves changed preferences, and announces what others did.
    pub(super) fn publish(&self) {
        self.publish_editor();
        self.publish_board();
        self.publish_people();
        self.publish_chat();
        self.publish_counters();
        self.stored_prefs.save_changes(&self.core.borrow().editor);
        let sentence = announcements::due(&mut self.core.borrow_mut(), clock::now());
        if let Some(sentence) = sentence {
            self.requests.send(UiRequest::Announce(sentence));
        }
    }

    fn publish_editor(&self) {
        let mut core = self.core.borrow_mut();
        let is_zoom_outdated = self.editor_signals.is_zoom_outdated(&core.editor);
        // While a large change is under way, the style is read from its elements once, at the end.
        let is_style_outdated =
            !core.is_committing() && (std::mem::take(&mut core.style_changed) || is_zoom_outdated);
        drop(core);
        self.read(|editor, board| {
            self.editor_signals.publish(editor, board);
            if is_style_outdated {
                self.editor_signals.publish_style(editor, board);
            }
        });
    }

    fn publish_board(&self) {
        let core = self.core.borrow();
        let status = core.status(clock::now());
        let connectivity = core.connectivity();
        let status = shown(status, core.replica().progress(), connectivity);
        let status = with_upload(status, self.pictures.upload_percent());
        let is_online = connectivity == Connectivity::Online;
        let was_online = self.was_online.replace(is_online);
        if is_online && !was_online {
            self.pictures.reconnected();
        }
        self.board_signals
            .publish(status, core.rights, core.replica(), &core.editor);
        let (obstacle, network) = (core.driver.obstacle(), net::network());
        let trouble = self.diagnosis.borrow_mut().trouble(obstacle, network);
        self.board_signals.trouble.publish(trouble);
        let available = self.outbox.availability();
        let unsaved = self.unsaved_changes.borrow();
        let keeping = unsaved.keeping(available, core.replica().role());
        self.board_signals.keeping.publish(keeping);
    }

    fn publish_people(&self) {
        let mut core = self.core.borrow_mut();
        if !std::mem::take(&mut core.people_changed) {
            return;
        }
        let (here, me) = (core.replica().presence().people(), core.replica().me());
        let myself = (&*self.profile.borrow(), core.replica().role());
        let hands = core.raised_hands();
        self.board_signals.presence_changed();
        self.chat_signals.publish_writing(core.replica());
        let list = self.people.borrow_mut().update(here, me, myself, hands);
        if let Some(list) = list {
            self.board_signals.people.publish(list);
            // A message that is not whole is shown as interrupted once its author has left.
            core.chat_revision += 1;
        }
    }

    /// Publishes the counters.
    pub(super) fn publish_counters(&self) {
        let unsaved = self.unsaved();
        let core = self.core.borrow();
        self.board_signals
            .publish_counters(core.replica(), &core.editor, unsaved);
    }

    /// The images that show a picture are painted again.
    pub(super) fn repaint_picture(&self, sha256: BlobHash) {
        let mut core = self.core.borrow_mut();
        let board = core.replica().board();
        let shows = |element: &&Arc<Element>| {
            matches!(element.body, Body::Image)
                && element
                    .props
                    .picture()
                    .is_some_and(|it| it.sha256 == sha256)
        };
        let images = board.elements().filter(shows);
        let areas: Vec<_> = images.map(|image| bounds(board, image)).collect();
        core.damage.add([], [], areas);
        core.damage.live = true;
        drop(core);
        self.request_frame();
    }

    /// Asks the page to show a notice.
    pub(super) fn toast(&self, tone: ToastTone, text: &str) {
        self.requests.send(UiRequest::Toast(tone, text.to_owned()));
    }
}

impl Drop for BoardSession {
    fn drop(&mut self) {
        self.submit_all();
        self.pictures.close();
    }
}
