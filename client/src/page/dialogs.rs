//! The dialogs of a board, whose code is in the chunk (`chunk`).

use editor::{ImageChange, InputEvent};
use leptos::prelude::*;
use shared::api::ManageRequest;
use shared::protocol::Role;

use super::board_history::{ClearBoard, Origins, UndoWork};
use super::export::Export;
use super::links::{managed_links, share_links};
use super::manage::{DeleteBoard, Links, Managing, Settings};
use super::state::PageState;
use crate::session::Session;
use crate::ui::{DescribeDialog, HelpDialog, Platform, ShareDialog};

/// The dialogs.
#[component]
pub(super) fn Dialogs() -> impl IntoView {
    let session = Session::from_context();
    let panels = PageState::from_context().panels;
    let (board, secret) = (session.board(), session.secret());
    let managing = Managing::new(session);
    let role = session.board_signals().role;
    let links = Signal::derive(move || {
        // Another tab can know more links by now, so they are looked up when the dialog opens.
        panels.share.track();
        let known = share_links(board, secret, role.get());
        managing.state.with(|state| match state {
            Some(state) => managed_links(state, known),
            None => known,
        })
    });
    let is_owner = Memo::new(move |_| role.get() == Some(Role::Owner));
    Effect::new(move || {
        if panels.share.get() && is_owner.get() {
            managing.run(ManageRequest::List, None);
        }
    });
    view! {
        <ShareDialog open=panels.share on_close=move |()| panels.share.set(false) links>
            <Show when=move || is_owner.get()>
                <Links managing />
                <Settings managing />
                <ClearBoard managing />
                <DeleteBoard />
            </Show>
        </ShareDialog>
        <HelpDialog
            open=panels.help
            on_close=move |()| panels.help.set(false)
            platform=Platform::detect()
        />
        <Export />
        <Origins />
        <UndoWork />
        <DescribeDialog
            text=Signal::derive(move || panels.described.get().map(|(_, text)| text))
            on_save=move |text| {
                if let Some((id, _)) = panels.described.get_untracked() {
                    let change = ImageChange::Describe(text);
                    session.input(InputEvent::ImageChanged { id, change });
                }
            }
            on_close=move |()| panels.described.set(None)
        />
    }
}
