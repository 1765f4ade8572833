//! The messages of the sidebar.

use std::collections::HashMap;

use leptos::prelude::*;
use shared::id::MessageId;

use crate::session::Session;
use crate::ui::ChatRow;
use crate::view_model::MessageView;

/// The messages, which follow the conversation until the current owner ends.
pub(super) fn follow(session: Session) -> RwSignal<Vec<ChatRow>> {
    let rows = RwSignal::new(Vec::new());
    let revision = session.chat_signals().revision;
    let people = session.board_signals().people;
    Effect::new(move || {
        revision.track();
        people.track();
        let before = rows.get_untracked();
        let now = updated(&before, session.messages());
        let ids = |rows: &[ChatRow]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        if ids(&now) != ids(&before) {
            rows.set(now);
        }
    });
    rows
}

/// The rows for these messages. A message that had a row keeps it.
fn updated(before: &[ChatRow], messages: Vec<MessageView>) -> Vec<ChatRow> {
    let known: HashMap<MessageId, &ChatRow> = before.iter().map(|row| (row.id, row)).collect();
    let row = |view: MessageView| match known.get(&view.id) {
        Some(row) => {
            if row.view.with_untracked(|shown| *shown != view) {
                row.view.set(view);
            }
            (*row).clone()
        }
        None => ChatRow {
            id: view.id,
            view: ArcRwSignal::new(view),
        },
    };
    messages.into_iter().map(row).collect()
}
