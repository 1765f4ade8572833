//! The session as the shell of its core: connection, outbox and storage of the browser.

use editor::UiCommand;
use shared::id::{ClientKey, Millis};
use shared::model::BlobHash;
use shared::protocol::{CloseCode, Refusal, Role};
use shared::sync::{Driver, Identity, OutboxChange};

use super::board_session::BoardSession;
use super::exchange::Shell;
use super::requests::UiRequest;
use super::status;
use crate::net::{self, DriverHost};
use crate::outbox::WriteEnd;
use crate::pictures::PictureEvent;
use crate::view_model::ToastTone;
use crate::{boards, clock, identity, outbox, random};

/// The warning when changes would be lost with the page. It is shown once.
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

impl Shell for BoardSession {
    fn now(&self) -> Millis {
        clock::now()
    }

    fn connect(&self) {
        self.connection.open();
    }

    fn disconnect(&self) {
        self.connection.close();
    }

    fn serve(&self, driver: &mut Driver, now: Millis) {
        self.connection.serve(driver, now);
    }

    fn change_outbox(&self, change: &OutboxChange) {
        self.outbox.apply(change);
        match change {
            OutboxChange::Keep { .. } => self.warn_if_not_kept(),
            OutboxChange::Forget { .. } | OutboxChange::ForgetAuthor(_) => {}
        }
    }

    fn save_identity(&self, identity: &Identity) {
        identity::save(self.board, identity);
    }

    fn fresh_key(&self) -> ClientKey {
        let (board, key) = (self.board, random::client_key());
        wasm_bindgen_futures::spawn_local(outbox::hold_fresh(board, key));
        key
    }

    fn on_gave_up(&self, code: CloseCode) {
        let is_kept = boards::load(self.board).secret == Some(self.secret);
        let is_over = matches!(
            code,
            CloseCode::NoAccess | CloseCode::LinkRevoked | CloseCode::LinkExpired
        );
        if is_over && is_kept {
            boards::update(self.board, boards::BoardRecord::on_refused);
        }
        self.requests.send(UiRequest::Refused(code));
    }

    /// Makes one request, which tells a server that is away from a proxy that lets no WebSocket
    /// through.
    fn on_outage_lasts(&self) {
        let (me, board) = (self.me.clone(), self.board);
        wasm_bindgen_futures::spawn_local(async move {
            let answer = net::ask_server(board).await;
            if let Some(me) = me.upgrade() {
                me.diagnosis.borrow_mut().answered(answer);
                me.publish();
            }
        });
    }

    fn on_refused(&self, refusal: Refusal) {
        self.toast(ToastTone::Warning, status::refusal_words(refusal));
    }

    fn on_fullness(&self, percent: u8) {
        let may_draw = self
            .core
            .borrow()
            .replica()
            .role()
            .is_some_and(Role::may_draw);
        let due = self.fullness_warnings.borrow_mut().due(percent);
        if let (true, Some(words)) = (may_draw, due) {
            self.toast(ToastTone::Warning, &words);
        }
    }

    /// Shows the title and stores it in the list of boards, with what the link allows.
    fn on_title(&self, title: &str) {
        let (role, secret) = (self.core.borrow().replica().role(), self.secret);
        boards::update(self.board, |record| {
            record.on_opened(secret, role);
            title.clone_into(&mut record.title);
        });
        self.board_signals.title.publish(title.to_owned());
        if role.is_some_and(Role::may_draw) {
            self.warn_if_not_kept();
        }
    }

    fn on_blob_ready(&self, blob: BlobHash) {
        self.pictures.complete(blob);
    }

    fn on_ui_command(&self, command: UiCommand) {
        // The page acts on the values of the signals.
        self.publish();
        self.requests.send(UiRequest::Editor(command));
    }
}

impl BoardSession {
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
            // A write may end while the session is at work, which publishes the counters later.
            if me.core.try_borrow_mut().is_ok() {
                me.publish_counters();
            }
        });
    }

    /// Follows loads and uploads of pictures.
    pub(super) fn watch_pictures(&self) {
        let me = self.me.clone();
        self.pictures.on_event(move |event| {
            let Some(me) = me.upgrade() else { return };
            match event {
                PictureEvent::Repaint(sha256) => return me.repaint_picture(sha256),
                PictureEvent::Progress => {}
                PictureEvent::Refused(why) => {
                    let words = format!("A picture is not kept. {why}");
                    me.toast(ToastTone::Warning, &words);
                }
            }
            me.core.borrow_mut().damage.live = true;
            if !me.request_frame() {
                me.publish();
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
        let commits = unsaved.at_stake(pending, self.outbox.availability());
        let is_putting = self.read(|editor, _| editor.is_putting());
        let is_putting = is_putting || self.core.borrow().is_committing();
        commits + self.pending_renames.get() + self.pictures.at_stake() + usize::from(is_putting)
    }
}
