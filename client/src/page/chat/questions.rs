//! The questions of this page to the assistant.

use std::time::Duration;

use editor::AssistantTask;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use shared::chat::{Place, question};
use shared::id::MessageId;

use super::focus;
use crate::clock;
use crate::page::assistant::question_for;
use crate::page::state::PageState;
use crate::session::{Attachment, Session};
use crate::ui::Draft;
use crate::view_model::{OpenQuestions, Status, addressed};

/// The questions that have no answer yet.
#[derive(Clone, Copy)]
pub(super) struct Questions {
    session: Session,
    open: StoredValue<OpenQuestions>,
    /// Grows when they must be looked at.
    looks: RwSignal<u32>,
    /// The questions that the assistant did not answer in time.
    pub(super) unanswered: RwSignal<Vec<MessageId>>,
}

impl Questions {
    /// Watches the answers, until the current owner ends.
    pub(super) fn watch(session: Session, page: PageState) -> Self {
        let questions = Self {
            session,
            open: StoredValue::new(OpenQuestions::default()),
            looks: RwSignal::new(0),
            unanswered: RwSignal::new(Vec::new()),
        };
        let status = session.board_signals().status;
        let is_connected = Memo::new(move |_| status.with(Status::is_connected));
        let timer = StoredValue::new(None::<TimeoutHandle>);
        let end_timer = move || {
            if let Some(timer) = timer.try_update_value(Option::take).flatten() {
                timer.clear();
            }
        };
        Effect::new(move || {
            session.chat_signals().revision.track();
            questions.looks.track();
            end_timer();
            let next = questions.look(is_connected.get(), page);
            let again = move || {
                questions
                    .looks
                    .try_update(|looks| *looks = looks.wrapping_add(1));
            };
            // Without a timer the next message lets the page look again.
            let begun = next.and_then(|next| set_timeout_with_handle(again, next).ok());
            timer.set_value(begun);
        });
        on_cleanup(end_timer);
        questions
    }

    /// Looks at the questions. Returns after which time another one is unanswered.
    fn look(self, is_connected: bool, page: PageState) -> Option<Duration> {
        let before = self.unanswered.get_untracked();
        if self.open.with_value(OpenQuestions::is_empty) && before.is_empty() {
            return None;
        }
        let messages = self.session.messages();
        let look = |open: &mut OpenQuestions| open.look(&messages, is_connected, clock::now());
        let outlook = self.open.try_update_value(look)?;
        if outlook.unanswered.iter().any(|id| !before.contains(id)) {
            page.live_region.announce("The assistant did not answer.");
        }
        if outlook.unanswered != before {
            self.unanswered.set(outlook.unanswered);
        }
        outlook.next_in_ms.map(Duration::from_millis)
    }

    /// Writes a message. A question without a place shows the present view.
    pub(super) fn post(self, text: String, reply_to: Option<MessageId>, place: Option<Place>) {
        let is_question = question(&text).is_some();
        let view = || {
            self.session
                .place_of(Attachment::View)
                .filter(|_| is_question)
        };
        let id = self
            .session
            .post_message(text, reply_to, place.or_else(view));
        if is_question {
            self.open.update_value(|open| open.ask(id));
            self.looks.update(|looks| *looks = looks.wrapping_add(1));
        }
    }

    /// Asks again what was not answered.
    pub(super) fn ask_again(self, id: MessageId) {
        let messages = self.session.messages();
        let asked = messages.iter().find(|message| message.id == id);
        if let Some(asked) = asked.and_then(|asked| asked.text()) {
            self.open.update_value(|open| open.forget(id));
            let reply_to = asked.reply.as_ref().map(|reply| reply.id);
            self.post(
                asked.text.clone(),
                reply_to,
                self.session.place_in_message(id),
            );
        }
    }

    /// Asks the assistant to undo what it drew.
    pub(super) fn undo(self) {
        self.post(addressed("undo"), None, None);
    }

    /// Carries out a command. The selection is what it is about.
    pub(super) fn carry_out(self, task: AssistantTask, draft: Draft) {
        match question_for(task) {
            Some(words) => {
                let selection = self.session.place_of(Attachment::Selection);
                self.post(addressed(&words), None, selection);
            }
            None => {
                self.begin(draft);
                focus::take_soon();
            }
        }
    }

    /// Lets the person write a question. It shows the selection, unless it shows a place already.
    pub(super) fn begin(self, draft: Draft) {
        draft.address_assistant();
        self.attach_selection(draft);
    }

    /// The text that is written asks the assistant from now on.
    pub(super) fn attach_selection(self, draft: Draft) {
        if draft.place.with_untracked(Option::is_none) {
            draft
                .place
                .set(self.session.place_of(Attachment::Selection));
        }
    }
}
