//! What a person does with messages.

use leptos::prelude::*;
use shared::id::MessageId;

use super::questions::Questions;
use crate::page::state::PageState;
use crate::session::Session;
use crate::ui::{ChatRow, Draft, MessageAction, Target, Written, chat_element_id};
use crate::view_model::{ToastTone, shortened};

/// Sends what was written.
pub(super) fn send(written: Written, session: Session, questions: Questions) {
    let Written {
        target,
        text,
        place,
    } = written;
    match target {
        Target::New => questions.post(text, None, place),
        Target::Reply { id, .. } => questions.post(text, Some(id), place),
        Target::Edit(id) => session.edit_message(id, text),
    }
}

/// Carries out an action on a message.
pub(super) fn act(
    action: MessageAction,
    (draft, questions): (Draft, Questions),
    rows: RwSignal<Vec<ChatRow>>,
    session: Session,
    page: PageState,
) {
    match action {
        MessageAction::Reply(id) => {
            if let Some((author, text)) = written_in(rows, id) {
                draft.reply(id, [&author, ": ", &shortened(&text)].concat());
            }
        }
        MessageAction::Edit(id) => {
            if let Some((_, text)) = written_in(rows, id) {
                draft.edit(id, text);
            }
        }
        MessageAction::Delete(id) => session.delete_message(id),
        MessageAction::React(id, emoji, on) => session.react_to_message(id, &emoji, on),
        MessageAction::GoTo(id) => {
            if !session.go_to_place(id) {
                let words = "That is no longer on the board.";
                page.toasts.show(ToastTone::Info, words);
            }
        }
        MessageAction::Stop(id) => session.stop_message(id),
        MessageAction::AskAgain(id) => questions.ask_again(id),
        MessageAction::Undo => questions.undo(),
        MessageAction::Find(id) => {
            let element = document().get_element_by_id(&chat_element_id(id));
            match element {
                Some(element) => element.scroll_into_view(),
                None => session.read_older_messages(),
            }
        }
    }
}

/// The author and the text of a message.
fn written_in(rows: RwSignal<Vec<ChatRow>>, id: MessageId) -> Option<(String, String)> {
    rows.with_untracked(|rows| {
        let row = rows.iter().find(|row| row.id == id)?;
        row.view.with_untracked(|view| {
            let text = view.text()?.text.clone();
            Some((view.author.clone(), text))
        })
    })
}
