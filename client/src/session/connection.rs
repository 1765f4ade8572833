//! The session as the owner of its driver: what each request of driver and editor leads to.

use shared::id::Millis;
use shared::protocol::CloseCode;
use shared::sync::{Driver, DriverEvent, OutboxChange};

use super::board_session::BoardSession;
use super::core::Request;
use super::requests::UiRequest;
use super::status;
use crate::net::{Connection, DriverHost};
use crate::outbox::WriteEnd;
use crate::view_model::ToastTone;
use crate::{boards, clock, identity, outbox, random};

/// Said once, when changes would be lost with the page.
const NOT_KEPT: &str = "This browser does not keep unsaved changes: do not close the page before \
                        they are saved.";

impl DriverHost for BoardSession {
    fn drive(&self, tell: &mut dyn FnMut(&mut Driver, Millis)) {
        self.core.borrow_mut().drive(clock::now(), tell);
        self.exchange();
        // Many messages may come before the next frame, which shows them all.
        if !self.request_frame() {
            self.publish();
        }
    }
}

impl BoardSession {
    /// Carries out what driver and editor ask for, and sends what there is to send.
    pub(super) fn exchange(&self) {
        self.carry_out_requests();
        let Some(connection) = self.connection.get() else {
            return;
        };
        self.core
            .borrow_mut()
            .drive(clock::now(), &mut |driver, now| {
                connection.serve(driver, now);
            });
        // A socket that breaks while it sends leads to more requests.
        self.carry_out_requests();
    }

    fn carry_out_requests(&self) {
        loop {
            let requests = self.core.borrow_mut().take_requests();
            if requests.is_empty() {
                return;
            }
            for request in requests {
                match request {
                    Request::Driver(event) => self.follow(event),
                    Request::Ui(command) => self.request(command),
                }
            }
        }
    }

    fn follow(&self, event: DriverEvent) {
        match event {
            DriverEvent::Connect => self.with_connection(Connection::open),
            DriverEvent::Disconnect => self.with_connection(Connection::close),
            DriverEvent::GaveUp(code) => self.turn_away(code),
            DriverEvent::Outbox(change) => self.change_outbox(&change),
            DriverEvent::SaveIdentity(identity) => identity::save(self.board, &identity),
            DriverEvent::IdentityLost => self.renew(),
            DriverEvent::Refused(why) => {
                self.toast(ToastTone::Warning, status::refusal_words(why));
            }
            DriverEvent::Title(title) => self.show_title(&title),
            // The core has dealt with these.
            DriverEvent::Changed(_) | DriverEvent::Reset | DriverEvent::Presence => {}
        }
    }

    fn with_connection(&self, act: impl FnOnce(&Connection)) {
        if let Some(connection) = self.connection.get() {
            act(connection);
        }
    }

    fn change_outbox(&self, change: &OutboxChange) {
        self.outbox.apply(change);
        match change {
            OutboxChange::Keep { .. } => self.warn_if_not_kept(),
            OutboxChange::Forget { .. } | OutboxChange::ForgetAuthor(_) => {}
        }
    }

    /// Goes on under a fresh key, and tells other tabs that it is in use.
    fn renew(&self) {
        let (board, key) = (self.board, random::client_key());
        self.core.borrow_mut().renew(key, clock::now());
        wasm_bindgen_futures::spawn_local(async move {
            let _ = outbox::hold_fresh(board, key).await;
        });
    }

    fn turn_away(&self, code: CloseCode) {
        let is_kept = boards::load(self.board).secret == Some(self.secret);
        if code == CloseCode::NoAccess && is_kept {
            boards::update(self.board, boards::BoardRecord::on_refused);
        }
        self.requests.send(UiRequest::Refused(code));
    }

    /// Shows the title and notes it in the list of boards, with what the link allows.
    fn show_title(&self, title: &str) {
        let (role, secret) = (self.core.borrow().replica().role(), self.secret);
        boards::update(self.board, |record| {
            record.on_opened(secret, role);
            title.clone_into(&mut record.title);
        });
        self.board_signals.title.publish(title.to_owned());
    }

    /// Follows the writes of the outbox.
    pub(super) fn watch_outbox(&self) {
        let me = self.me.clone();
        self.outbox.on_write_end(move |end| {
            let Some(me) = me.upgrade() else { return };
            match end {
                WriteEnd::Done => {}
                WriteEnd::Failed => {
                    me.unsaved_changes.borrow_mut().write_failed();
                    me.warn_if_not_kept();
                }
            }
            // A write may end while the session is at work; its numbers follow then.
            if me.core.try_borrow_mut().is_ok() {
                me.publish_counters();
            }
        });
    }

    fn warn_if_not_kept(&self) {
        let available = self.outbox.availability();
        if self.unsaved_changes.borrow_mut().should_warn(available) {
            self.toast(ToastTone::Warning, NOT_KEPT);
        }
    }

    /// Number of changes that would be lost if the page ended now.
    pub(super) fn unsaved(&self) -> usize {
        let pending = self.core.borrow().replica().pending();
        let unsaved = self.unsaved_changes.borrow();
        unsaved.at_stake(pending, self.outbox.availability()) + self.pending_renames.get()
    }
}
