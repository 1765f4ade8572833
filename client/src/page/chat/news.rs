//! Tells about messages that come: screen readers always, a notice while the sidebar is closed, and
//! a notification while the page is hidden, if the person turned that on.

use leptos::prelude::*;

use super::desktop;
use super::settings::ChatSettings;
use crate::page::state::PageState;
use crate::session::Session;
use crate::view_model::{MessageView, ToastTone};

/// More messages at once, as after a time without a connection, become one sentence.
const MAX_SEPARATE: usize = 3;

/// Begins to tell about new messages, until the current owner ends.
pub(super) fn watch(session: Session, page: PageState) {
    let seen = StoredValue::new(session.message_count());
    let revision = session.chat_signals().revision;
    Effect::new(move || {
        revision.track();
        let count = session.message_count();
        let before = seen.get_value();
        seen.set_value(count);
        let new = usize::try_from(count.saturating_sub(before)).unwrap_or(0);
        if new > 0 {
            tell(&newest(session.messages(), new), session, page);
        }
    });
}

/// The last `count` confirmed messages that others wrote.
fn newest(messages: Vec<MessageView>, count: usize) -> Vec<MessageView> {
    let confirmed = messages.into_iter().filter(|message| !message.is_sending);
    let mut newest: Vec<MessageView> = confirmed.rev().take(count).collect();
    newest.retain(|message| !message.is_own);
    newest.reverse();
    newest
}

fn tell(messages: &[MessageView], session: Session, page: PageState) {
    let is_open = page.panels.chat.get_untracked();
    let is_muted = ChatSettings::is_muted(session.board());
    for sentence in sentences(messages) {
        match (is_open, is_muted) {
            (true, _) => page.live_region.announce(&sentence),
            // The notice is announced too.
            (false, false) => page.toasts.show(ToastTone::Info, &sentence),
            (false, true) => {}
        }
        if !is_muted && document().hidden() && ChatSettings::is_on_desktop() {
            notify(&sentence, session);
        }
    }
}

fn notify(sentence: &str, session: Session) {
    let title = session.board_signals().title.get_untracked();
    let title = match title.as_str() {
        "" => "Commonslate",
        title => title,
    };
    desktop::notify(title, sentence, &session.board().to_string());
}

fn sentences(messages: &[MessageView]) -> Vec<String> {
    let all: Vec<String> = messages
        .iter()
        .filter_map(MessageView::in_one_line)
        .collect();
    if all.len() > MAX_SEPARATE {
        return vec![format!("{} new messages in the chat", all.len())];
    }
    all
}
