//! Requests of the session to the page.

use std::cell::RefCell;
use std::rc::Rc;

use editor::UiCommand;
use shared::protocol::CloseCode;

use crate::view_model::ToastTone;

/// Something that the page must do, because it is outside of the board.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum UiRequest {
    /// Carry out a command of the editor. All signals are up to date.
    Editor(UiCommand),
    /// Show a notice.
    Toast(ToastTone, String),
    /// Announce a sentence to screen readers.
    Announce(String),
    /// Show that the server refuses this page for good.
    Refused(CloseCode),
}

type Handler = Rc<dyn Fn(UiRequest)>;

/// Passes requests to the page. Requests that come before the page listens wait for it.
#[derive(Default)]
pub(super) struct UiRequests {
    handler: RefCell<Option<Handler>>,
    waiting: RefCell<Vec<UiRequest>>,
}

impl UiRequests {
    /// Sets the handler of requests, and sends it those that wait.
    pub(super) fn listen(&self, handler: Handler) {
        self.handler.replace(Some(handler));
        for request in self.waiting.take() {
            self.send(request);
        }
    }

    pub(super) fn send(&self, request: UiRequest) {
        // The handler may send requests itself, so it is not borrowed while it runs.
        let handler = self.handler.borrow().clone();
        match handler {
            Some(handler) => handler(request),
            None => self.waiting.borrow_mut().push(request),
        }
    }
}
