//! The session as the handler of its connection, and what it does about the replica's events.
//!
//! Knows what each event asks for. It must not decide anything about the board.

use gloo_timers::callback::Timeout;
use shared::id::{ClientKey, Millis};
use shared::protocol::{ClientMsg, CloseCode, Reconnect, ServerMsg};
use shared::sync::{ReplicaError, ReplicaEvent};

use super::core::News;
use super::{Inner, status};
use crate::identity::Identity;
use crate::net::{ConnectionHandler, Disconnect};
use crate::outbox::WriteEnd;
use crate::ui::ToastTone;
use crate::{boards, clock, outbox, page};

impl ConnectionHandler for Inner {
    fn hello(&self, now: Millis) -> ClientMsg {
        let session = self
            .identity
            .borrow_mut()
            .next_session(clock::unix_seconds());
        let profile = self.profile.borrow().clone();
        let hello = self
            .core
            .borrow_mut()
            .greeting((self.secret, session, profile), now);
        self.set_alarm();
        hello
    }

    fn on_message(&self, message: ServerMsg, now: Millis) -> Result<(), ReplicaError> {
        let outcome = self.core.borrow_mut().hear(message, now);
        self.do_news();
        self.set_alarm();
        // Many messages may come before the next frame, which shows them all.
        if !self.want_frame() {
            self.publish();
        }
        outcome
    }

    fn next_message(&self) -> Option<ClientMsg> {
        self.core.borrow_mut().replica.poll_transmit()
    }

    fn on_disconnect(&self, disconnect: Disconnect, now: Millis) {
        self.core.borrow_mut().lost(now);
        self.do_news();
        match disconnect {
            Disconnect::Reconnecting => {}
            Disconnect::Final(code) => self.turn_away(code),
        }
        self.set_alarm();
        self.publish();
        self.want_frame();
    }
}

impl Inner {
    /// Does what the core cannot do itself.
    pub(super) fn do_news(&self) {
        loop {
            let news = self.core.borrow_mut().take_news();
            if news.is_empty() {
                return;
            }
            for each in news {
                match each {
                    News::Replica(event) => self.follow(event),
                    News::Ui(command) => self.obey(command),
                }
            }
        }
    }

    fn follow(&self, event: ReplicaEvent) {
        match event {
            ReplicaEvent::Keep(commit) => {
                let mut identity = self.identity.borrow_mut();
                identity.used(commit.cno);
                self.outbox.keep(&identity.key, &commit);
                if !self.outbox.is_available() {
                    self.tell_unkept();
                }
            }
            ReplicaEvent::Forget(cno) => self.outbox.forget(&self.key(), cno),
            ReplicaEvent::Refused(why) => {
                self.toast(ToastTone::Warning, status::refusal_words(why));
            }
            ReplicaEvent::Title(title) => self.show_title(&title),
            ReplicaEvent::Goodbye(within_ms) => {
                if let Some(connection) = self.connection.get() {
                    connection.move_within(within_ms);
                }
            }
            ReplicaEvent::TimedOut => {
                if let Some(connection) = self.connection.get() {
                    connection.reconnect();
                }
            }
            ReplicaEvent::IdentityLost => self.renew(),
            // The core has dealt with these.
            ReplicaEvent::Changed(_) | ReplicaEvent::Reset | ReplicaEvent::Presence => {}
        }
    }

    /// Goes on under a fresh key; what waits is kept under it before the old
    /// key is dropped.
    fn renew(&self) {
        let old = self.key();
        let fresh = Identity::fresh(self.board);
        let (board, key) = (self.board, fresh.key);
        fresh.save();
        self.identity.replace(fresh);
        self.core.borrow_mut().renew(key);
        self.do_news();
        self.outbox.drop_author(&old);
        wasm_bindgen_futures::spawn_local(async move {
            // Only tells other tabs that the key is in use.
            let _ = outbox::hold_fresh(board, key).await;
        });
        if let Some(connection) = self.connection.get() {
            connection.reconnect();
        }
    }

    fn key(&self) -> ClientKey {
        self.identity.borrow().key
    }

    fn turn_away(&self, code: CloseCode) {
        if code.reconnect() == Reconnect::Reload && page::reload_once() {
            return;
        }
        let is_kept = boards::known(self.board).secret == Some(self.secret);
        if code == CloseCode::NoAccess && is_kept {
            boards::note(self.board, boards::Known::failed);
        }
        self.signals.turned_away_by(code);
    }

    /// Shows the title and notes it in the list of boards, with what the link allows.
    fn show_title(&self, title: &str) {
        let (role, secret) = (self.core.borrow().replica.role(), self.secret);
        boards::note(self.board, |known| {
            known.met(secret, role);
            title.clone_into(&mut known.title);
        });
        self.signals.entitle(title);
    }

    /// A commit that cannot be kept is no reason to stop drawing, but one to know.
    pub(super) fn watch_outbox(&self) {
        let me = self.me.clone();
        self.outbox.on_write_end(move |end| {
            let Some(me) = me.upgrade() else { return };
            match end {
                WriteEnd::Done => {}
                WriteEnd::Failed => {
                    me.keeping_failed.set(true);
                    me.tell_unkept();
                }
            }
            // A write may end while the session is at work; its numbers follow then.
            if me.core.try_borrow_mut().is_ok() {
                me.publish_numbers();
            }
        });
    }

    /// Whether this browser keeps unsaved changes over the end of the page.
    pub(super) fn keeps(&self) -> bool {
        self.outbox.is_available() && !self.keeping_failed.get()
    }

    fn tell_unkept(&self) {
        if !self.told_unkept.replace(true) {
            let words = "This browser does not keep unsaved changes: do not close the page \
                         before they are saved.";
            self.toast(ToastTone::Warning, words);
        }
    }

    /// Number of changes that would be lost if the page ended now.
    pub(super) fn at_stake(&self) -> usize {
        let pending = self.core.borrow().replica.pending();
        let unkept = if self.keeps() {
            pending.min(self.outbox.writes_under_way())
        } else {
            pending
        };
        unkept + self.renaming.get()
    }

    /// The one timer of a session. An earlier look than asked for is harmless.
    pub(super) fn set_alarm(&self) {
        let now = clock::now();
        let Some(due) = self.core.borrow().replica.poll_timeout(now) else {
            return;
        };
        let is_set = self
            .alarm
            .borrow()
            .as_ref()
            .is_some_and(|(set, _)| *set <= due && *set > now);
        if is_set {
            return;
        }
        let me = self.me.clone();
        let wait = u32::try_from(due.saturating_sub(now))
            .unwrap_or(u32::MAX)
            .min(60_000);
        let timer = Timeout::new(wait + 1, move || {
            if let Some(me) = me.upgrade() {
                me.alarm.replace(None);
                me.core.borrow_mut().timeout(clock::now());
                me.settle();
                me.publish();
            }
        });
        self.alarm.replace(Some((due, timer)));
    }
}
