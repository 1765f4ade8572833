//! The part of the chat that is there from the start: the button with the number of unread messages.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use super::news;
use crate::chunk::{NotLoaded, in_chunk};
use crate::page::state::{PageState, toggle};
use crate::session::Session;
use crate::ui::ChatButton;

/// The button that opens the chat.
#[component]
pub(in crate::page) fn ChatEntry() -> impl IntoView {
    let session = Session::from_context();
    let open = PageState::from_context().panels.chat;
    // Another tab of this browser keeps how far the conversation was read.
    let storage = window_event_listener(ev::Custom::<web_sys::Event>::new("storage"), move |_| {
        session.refresh_unread();
    });
    on_cleanup(move || storage.remove());
    view! {
        <ChatButton
            open
            unread=session.chat_signals().unread
            on_press=move |()| toggle(open)
        />
    }
}

/// Begins to tell about new messages as soon as the board has arrived. If the code does not load, the
/// next message tries again.
pub(in crate::page) fn watch_later() {
    let session = Session::from_context();
    let page = PageState::from_context();
    let status = session.board_signals().status;
    let is_watched = StoredValue::new(false);
    // What the watching makes lives as long as the page, not until the effect runs again.
    let owner = Owner::current();
    let has_arrived = Memo::new(move |_| status.with(|status| !status.is_opening()));
    Effect::new(move || {
        session.chat_signals().revision.track();
        let Some(owner) = owner.as_ref().filter(|_| has_arrived.get()) else {
            return;
        };
        if is_watched.get_value() {
            return;
        }
        is_watched.set_value(true);
        owner.with(|| {
            spawn_local_scoped_with_cancellation(async move {
                let begun = watch(session, page).await;
                is_watched.set_value(begun.is_ok());
            });
        });
    });
}

in_chunk! {
    /// Tells about new messages from now on.
    fn watch(session: Session, page: PageState) -> Result<(), NotLoaded> {
        news::watch(session, page);
        Ok(())
    }
}
