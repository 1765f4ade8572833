//! Tells about messages that come, and about those that programs write when they are whole: screen readers always, a notice while the sidebar is closed, and
//! a notification while the page is hidden, if the person turned that on.

use leptos::prelude::*;
use shared::id::MessageId;

use super::desktop;
use super::settings::ChatSettings;
use crate::page::state::PageState;
use crate::session::Session;
use crate::view_model::{MessageView, TextMark, ToastTone};

/// More messages at once, as after a time without a connection, become one sentence.
const MAX_SEPARATE: usize = 3;

/// Begins to tell about new messages, until the current owner ends.
pub(super) fn watch(session: Session, page: PageState) {
    let seen = StoredValue::new(session.message_count());
    let growing = StoredValue::new(growing_in(&session.messages()));
    let revision = session.chat_signals().revision;
    let people = session.board_signals().people;
    Effect::new(move || {
        revision.track();
        // A message also ends when its author leaves.
        people.track();
        let count = session.message_count();
        let before = seen.get_value();
        seen.set_value(count);
        let new = usize::try_from(count.saturating_sub(before)).unwrap_or(0);
        if new > 0 || !growing.with_value(Vec::is_empty) {
            let messages = session.messages();
            if let Some(begun) = growing.with_value(|growing| begun(growing, &messages)) {
                page.live_region.announce(&begun);
            }
            let told = growing.try_update_value(|growing| whole(growing, messages, new));
            tell(&told.unwrap_or_default(), session, page);
        }
    });
}

/// Says that an answer to this person is written from now on, if it is.
fn begun(growing: &[MessageId], messages: &[MessageView]) -> Option<String> {
    let is_mine = |id: MessageId| messages.iter().any(|it| it.id == id && it.is_own);
    let begins = |message: &&MessageView| {
        let reply = message.text().and_then(|text| text.reply.as_ref());
        is_growing(message)
            && !growing.contains(&message.id)
            && reply.is_some_and(|it| is_mine(it.id))
    };
    let answer = messages.iter().find(begins)?;
    Some([&answer.author, " is writing an answer."].concat())
}

/// The messages that can be told now: those among the last `new` confirmed ones of others that are
/// whole, and those that grew until now. The others are noted as growing.
fn whole(growing: &mut Vec<MessageId>, messages: Vec<MessageView>, new: usize) -> Vec<MessageView> {
    let confirmed = messages.iter().filter(|message| !message.is_sending);
    let first_new = confirmed.count().saturating_sub(new);
    let still = growing_in(&messages);
    let before = std::mem::replace(growing, still);
    let confirmed = messages.into_iter().filter(|message| !message.is_sending);
    let is_told = |(index, message): &(usize, MessageView)| {
        let is_whole = !growing.contains(&message.id);
        is_whole && (*index >= first_new || before.contains(&message.id))
    };
    let told = confirmed.enumerate().filter(is_told);
    told.map(|(_, message)| message)
        .filter(|message| !message.is_own)
        .collect()
}

/// The messages that are still written.
fn growing_in(messages: &[MessageView]) -> Vec<MessageId> {
    let growing = messages.iter().filter(|message| is_growing(message));
    growing.map(|message| message.id).collect()
}

fn is_growing(message: &MessageView) -> bool {
    let text = message.text();
    text.is_some_and(|text| text.mark == TextMark::Growing)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_grows_is_told_once_when_it_is_whole() {
        let texts = |told: Vec<MessageView>| told.iter().map(|it| it.id).collect::<Vec<_>>();
        let question = MessageView::sample(1, "@assistant draw");
        let answer = |mark| MessageView::sample_answer(2, 1, mark);
        let mut growing = Vec::new();
        let mut told =
            |messages: &[MessageView], new| texts(whole(&mut growing, messages.to_vec(), new));
        let grows = [question.clone(), answer(TextMark::Growing)];
        let words = "Ada is writing an answer.";
        assert_eq!(begun(&[], &grows).as_deref(), Some(words));
        assert_eq!(begun(&[grows[1].id], &grows), None);
        assert_eq!(told(&grows, 2), []);
        assert_eq!(told(&grows, 0), []);
        let other = MessageView::sample_answer(3, 1, TextMark::None);
        let with_other = [&grows[..], &[other.clone()]].concat();
        assert_eq!(told(&with_other, 1), [other.id]);
        let whole = [question, answer(TextMark::None), other];
        assert_eq!(told(&whole, 0), [grows[1].id]);
        assert_eq!(told(&whole, 0), []);
    }
}
