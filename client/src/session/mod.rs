//! One board in this page: what all components and the canvas speak to.
//!
//! Layout: `core` leads editor and replica (no browser), `view` is what can be painted
//! of them, `ask` what controls may ask, `signals` what the controls show, `publish`
//! keeps them and the page up to date, `intents` is what people ask for, `commands`
//! what the editor asks for, `search` what they look for, `likes` what they like,
//! `place` where they look, `tidings` what they are told of others, `connection`
//! handles messages and events of the replica, `status` puts things into words. It must not know rules
//! of tools, merging or sync.

mod ask;
mod commands;
mod connection;
mod core;
mod intents;
mod likes;
mod place;
mod publish;
mod search;
mod signals;
mod status;
mod tidings;
mod unsaved;
mod view;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use editor::InputEvent;
use leptos::prelude::{
    Get as _, GetValue as _, LocalStorage, Signal, StoredValue, WithUntracked as _, document,
    expect_context,
};
use shared::geometry::ScreenPoint;
use shared::id::{BoardId, ElementId, Secret};
use shared::model::palette::Theme;
use shared::protocol::Profile;
use shared::sync::Setup;

use self::core::Core;
use crate::clipboard::Content;
use crate::net::{Connection, DriverHost, server_address};
use crate::outbox::{Outbox, RecoveredIdentity};
use crate::ui::{ThemeChoice, effective_theme};
use crate::{clock, profile, random};
use publish::Shown;
use unsaved::Unsaved;

pub(crate) use intents::kept_theme;
pub(crate) use signals::{Signals, Stamp};
pub(crate) use status::role_words;
pub(crate) use view::{Damage, Survey, View};

/// See the module. A handle that components copy into their closures; the session itself
/// goes with the owner under which it was opened.
#[derive(Clone, Copy)]
pub(crate) struct Session(StoredValue<Rc<Inner>, LocalStorage>);

struct Inner {
    board: BoardId,
    secret: Secret,
    core: RefCell<Core>,
    signals: Signals,
    connection: OnceCell<Connection>,
    outbox: Outbox,
    profile: RefCell<Profile>,
    theme: Cell<Theme>,
    wake: RefCell<Option<Rc<dyn Fn()>>>,
    read_color: RefCell<Option<ask::ReadColor>>,
    shown: RefCell<Shown>,
    toast_count: Cell<u64>,
    unsaved: RefCell<Unsaved>,
    /// New titles on their way to the server, which nothing keeps.
    renaming: Cell<usize>,
    /// What this person likes, as it is on the shelf.
    kept: Cell<likes::Kept>,
    me: Weak<Inner>,
}

impl Session {
    /// Opens a board and begins to connect.
    #[must_use]
    pub(crate) fn open(
        board: BoardId,
        secret: Secret,
        outbox: Outbox,
        recovered: RecoveredIdentity,
        theme: ThemeChoice,
    ) -> Self {
        let RecoveredIdentity { identity, commits } = recovered;
        let profile = profile::load();
        let setup = Setup {
            identity,
            commits,
            secret,
            profile: profile.clone(),
            seed: random::seed(),
        };
        let core = Core::new(setup, random::element_id, clock::now());
        let inner = Rc::new_cyclic(|me: &Weak<Inner>| Inner {
            board,
            secret,
            core: RefCell::new(core),
            signals: Signals::new(theme),
            connection: OnceCell::new(),
            outbox,
            profile: RefCell::new(profile),
            theme: Cell::new(effective_theme(theme)),
            wake: RefCell::default(),
            read_color: RefCell::default(),
            shown: RefCell::default(),
            toast_count: Cell::default(),
            unsaved: RefCell::default(),
            renaming: Cell::default(),
            kept: Cell::default(),
            me: me.clone(),
        });
        inner.begin();
        Self(StoredValue::new_local(inner))
    }

    fn inner(self) -> Rc<Inner> {
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

    /// What the controls show.
    #[must_use]
    pub(crate) fn signals(&self) -> Signals {
        self.inner().signals
    }

    /// How the pointer looks over the board, as `data-cursor` has it.
    #[must_use]
    pub(crate) fn cursor(&self) -> Signal<&'static str> {
        let icon = self.inner().signals.cursor;
        Signal::derive(move || publish::cursor_key(icon.get()))
    }

    /// Takes an input; what it changes is sent and shown.
    pub(crate) fn input(&self, event: InputEvent) {
        self.inner().input(event);
    }

    /// Pastes what a clipboard, a drop or a file holds, at a place of the view or where the
    /// editor finds room.
    pub(crate) fn paste(&self, content: Content, at: Option<ScreenPoint>) {
        self.inner().paste(content, at);
    }

    /// Once per animation frame, before painting. `now_ms` is of the page's clock.
    pub(crate) fn frame(&self, now_ms: f64) {
        let inner = self.inner();
        inner.core.borrow_mut().frame(clock::from_page(now_ms));
        inner.exchange();
        inner.publish();
        if inner.core.borrow().editor.is_busy() {
            inner.want_frame();
        }
    }

    /// Shows everything that can be painted.
    pub(crate) fn view<R>(&self, look: impl FnOnce(View<'_>) -> R) -> R {
        let inner = self.inner();
        let core = inner.core.borrow();
        let now = clock::now();
        look(View {
            board: core.replica().board(),
            index: core.editor.index(),
            camera: core.editor.camera(),
            own_ink: core.editor.own_ink(),
            peers: core.replica().peers(),
            me: core.replica().me(),
            erasing: core.editor.erasing(),
            overlay: core.editor.overlay(now, core.replica().board()),
            has_grid: core.editor.prefs().grid,
            theme: inner.theme.get(),
            now,
        })
    }

    /// The element whose text has the keyboard.
    #[must_use]
    pub(crate) fn writes_on(&self) -> Option<ElementId> {
        self.inner().core.borrow().editor.writes_on()
    }

    /// What must be painted again since the last call.
    #[must_use]
    pub(crate) fn take_damage(&self) -> Damage {
        std::mem::take(&mut self.inner().core.borrow_mut().damage)
    }

    /// Says whom to call whenever something must be painted.
    pub(crate) fn on_frame_wanted(&self, wake: Rc<dyn Fn()>) {
        let inner = self.inner();
        inner.wake.replace(Some(wake));
        inner.want_frame();
    }

    /// The board has another size on the page, in CSS pixels.
    pub(crate) fn resize(&self, width: f64, height: f64) {
        self.input(InputEvent::Resize(editor::ScreenSize::new(width, height)));
    }

    /// Keeps what part of the board is seen, for the next load of this tab.
    pub(crate) fn keep_place(&self) {
        let inner = self.inner();
        place::keep(inner.board, inner.core.borrow().editor.camera());
    }

    /// Number of changes that would be lost if the page ended now.
    #[must_use]
    pub(crate) fn at_stake(&self) -> usize {
        self.inner().at_stake()
    }
}

impl Inner {
    fn begin(&self) {
        self.watch_outbox();
        self.recall_likes();
        if let Some(camera) = place::kept(self.board) {
            self.core.borrow_mut().editor.set_camera(camera);
        }
        let host: Weak<dyn DriverHost> = self.me.clone();
        let connection = Connection::new(server_address(self.board), host);
        if self.connection.set(connection).is_err() {
            debug_assert!(false, "a session has one connection");
        }
        self.exchange();
        self.publish();
    }

    fn input(&self, event: InputEvent) {
        self.core.borrow_mut().input(event, clock::now());
        self.settle();
    }

    /// After anything happened: passes on what must be, and asks for a frame.
    fn settle(&self) {
        self.exchange();
        // The keyboard of a phone comes up only for a field that is there before the
        // tap is over.
        let writes_on = self.core.borrow().editor.writes_on();
        let shown = self
            .signals
            .typing
            .with_untracked(|view| view.as_ref().map(|view| view.id));
        if !self.want_frame() || writes_on != shown {
            self.publish();
        } else if writes_on.is_some() {
            // The next key may come before the next frame, and must find the caret
            // where this one put it.
            self.publish_typing();
        }
    }

    /// Asks the canvas for a frame; tells whether it comes soon. A hidden page has none.
    fn want_frame(&self) -> bool {
        let wake = self.wake.borrow().clone();
        wake.inspect(|wake| wake()).is_some() && !document().hidden()
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session")
    }
}
