//! What owners manage in the share dialog and in the list of people. The code is in the chunk
//! (`chunk`).
//!
//! - `links`, `link_form`, `ends`: the links of the board
//! - `qr`: the QR code of a link
//! - `settings`: what people may do, and freezing
//! - `people`: the menu of a person, and the people who were removed
//! - `deletion`: deleting the board

mod deletion;
mod ends;
mod link_form;
mod links;
mod people;
mod qr;
mod settings;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::{BoardManagement, ManageRequest};
use shared::chat::Notice;
use shared::protocol::Role;

use super::creation::secret_of;
use super::state::PageState;
use crate::base::base;
use crate::link::address;
use crate::session::Session;
use crate::view_model::ToastTone;
pub(super) use deletion::DeleteBoard;
pub(super) use links::Links;
pub(super) use people::{RemovedPeople, muted_clients, person_actions};
pub(super) use settings::Settings;

/// The state of the board as its owners see it, and the requests that change it.
#[derive(Clone, Copy)]
pub(super) struct Managing {
    session: Session,
    /// The state after the last request; `None` before the first answer.
    pub(super) state: RwSignal<Option<BoardManagement>>,
    /// Why the last request was refused, if it was.
    trouble: RwSignal<Option<String>>,
    is_busy: RwSignal<bool>,
}

impl Managing {
    /// Asks for nothing yet.
    pub(super) fn new(session: Session) -> Self {
        Self {
            session,
            state: RwSignal::new(None),
            trouble: RwSignal::new(None),
            is_busy: RwSignal::new(false),
        }
    }

    /// Carries out a request and shows the state after it. Once it is done, `notice` becomes a line of
    /// the chat.
    pub(super) fn run(self, request: ManageRequest, notice: Option<Notice>) {
        self.run_then(request, notice, || {});
    }

    /// Carries out a request of a form, and closes the form once it is done.
    fn run_form(self, request: ManageRequest, is_open: RwSignal<bool>) {
        self.run_then(request, None, move || {
            // The form can be gone by then.
            is_open.try_set(false);
        });
    }

    /// As [`Self::run`]; once the request is done, `then` is called before the line is written.
    pub(super) fn run_then(
        self,
        request: ManageRequest,
        notice: Option<Notice>,
        then: impl FnOnce() + 'static,
    ) {
        self.is_busy.set(true);
        spawn_local(async move {
            let answer = self.session.manage(request).await;
            // The page can be gone by then.
            if self.is_busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(mut state) => {
                    self.readdress(&mut state);
                    self.state.set(Some(state));
                    self.trouble.set(None);
                    then();
                    if let Some(notice) = notice {
                        self.session.post_notice(notice);
                    }
                }
                Err(error) => self
                    .trouble
                    .set(Some(format!("That was not done: {error}."))),
            }
        });
    }
}

impl Managing {
    /// Gives the links the address by which this page was reached: a proxy may hide it from the
    /// server.
    fn readdress(self, state: &mut BoardManagement) {
        for link in &mut state.links {
            let secret = link.url.as_deref().and_then(secret_of);
            link.url =
                secret.map(|secret| [base(), address(self.session.board(), secret)].concat());
        }
    }
}

/// Freezes the board, or ends that, and writes it into the chat. A notice says so if it is refused.
pub(super) fn toggle_freeze(session: Session, page: PageState) {
    let board = session.board_signals();
    if board.role.get_untracked() != Some(Role::Owner) {
        let words = "Only owners can freeze the board.";
        return page.toasts.show(ToastTone::Info, words);
    }
    let rights = board.rights.get_untracked();
    let is_frozen = !rights.is_some_and(|rights| rights.frozen);
    spawn_local(async move {
        match session.manage(ManageRequest::Freeze(is_frozen)).await {
            Ok(_) => session.post_notice(notice_of(is_frozen)),
            Err(error) => {
                let words = format!("That was not done: {error}.");
                page.toasts.show(ToastTone::Warning, &words);
            }
        }
    });
}

/// The line of the chat about freezing.
const fn notice_of(is_frozen: bool) -> Notice {
    if is_frozen {
        Notice::Frozen
    } else {
        Notice::Unfrozen
    }
}

/// Why the last request was refused.
#[component]
fn Trouble(managing: Managing) -> impl IntoView {
    view! {
        <div role="alert">
            {move || managing.trouble.get().map(|why| view! { <p class="note">{why}</p> })}
        </div>
    }
}
