//! Words at the cursor: a field beside the pointer. Others see the words beside the cursor while they are typed.

use editor::Camera;
use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use shared::limits::MAX_SAY_CHARS;
use shared::name::cleaned_name;
use shared::protocol::LiveUpdate;
use shared::sync::presence::SAID_MS;

use super::pointer::PointedAt;
use crate::page::keyboard;
use crate::page::state::PageState;
use crate::session::Session;
use crate::ui::SayField;
use crate::view_model::ToastTone;

/// Words that stay are sent again so often, in milliseconds: they fade for others.
const REPEAT_MS: u32 = SAID_MS as u32 / 2;
/// How long words stay after Enter, in milliseconds.
const STAY_MS: u32 = 5_000;

/// The words of this person, while they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing is said.
    Silent,
    /// The field is open.
    Typing,
    /// The words stay for a while.
    Said,
}

/// What this person says at the cursor.
#[derive(Clone, Copy)]
pub(super) struct Saying {
    session: Session,
    page: PageState,
    pointer: PointedAt,
    stage: RwSignal<Stage>,
    words: RwSignal<String>,
    timers: StoredValue<(Option<Interval>, Option<Timeout>), LocalStorage>,
}

impl Saying {
    pub(super) fn new(session: Session, page: PageState, pointer: PointedAt) -> Self {
        Self {
            session,
            page,
            pointer,
            stage: RwSignal::new(Stage::Silent),
            words: RwSignal::new(String::new()),
            timers: StoredValue::new_local((None, None)),
        }
    }

    /// Opens the field, if this person may write.
    pub(super) fn open(self) {
        let rights = self.session.rights();
        if !rights.is_some_and(|rights| rights.chat) {
            let words = "You may not write on this board now.";
            return self.page.toasts.show(ToastTone::Info, words);
        }
        self.words.set(String::new());
        self.stage.set(Stage::Typing);
        let repeat = Interval::new(REPEAT_MS, move || {
            if self.words.try_with_untracked(|words| !words.is_empty()) == Some(true) {
                self.send();
            }
        });
        self.timers.set_value((Some(repeat), None));
    }

    /// Shows others the words so far.
    fn type_words(self, typed: &str) {
        let words = cleaned_name(typed).chars().take(MAX_SAY_CHARS).collect();
        self.words.set(words);
        self.send();
    }

    /// The words are complete: they stay for a while.
    fn finish(self) {
        if self.stage.get_untracked() != Stage::Typing {
            return;
        }
        if self.words.with_untracked(|words| words.trim().is_empty()) {
            return self.close();
        }
        self.stage.set(Stage::Said);
        let end = Timeout::new(STAY_MS, move || self.close());
        self.timers.update_value(|timers| timers.1 = Some(end));
    }

    /// Takes the words away.
    fn close(self) {
        self.stage.set(Stage::Silent);
        // The timer that calls this is dropped only after it ran.
        self.timers.update_value(|timers| timers.0 = None);
        if self.words.with_untracked(|words| !words.is_empty()) {
            self.words.set(String::new());
            self.send();
        }
    }

    fn send(self) {
        // The words stand beside the cursor, which may have left the board.
        let at = self.pointer.on_board(&self.session.camera());
        self.session.send_live(LiveUpdate::Cursor(Some(at)));
        let words = self.words.get_untracked();
        self.session.send_live(LiveUpdate::Say(words));
    }
}

/// The field, or the words that stay.
#[component]
pub(super) fn OwnWords(saying: Saying, #[prop(into)] camera: Signal<Camera>) -> impl IntoView {
    let at = Signal::derive(move || {
        let at = camera.with(|camera| saying.pointer.on_screen(camera));
        (at.x, at.y)
    });
    move || match saying.stage.get() {
        Stage::Silent => None,
        stage => Some(view! {
            <SayField
                at
                words=saying.words
                is_typing=stage == Stage::Typing
                on_type=move |typed: String| saying.type_words(&typed)
                on_enter=move |()| {
                    saying.finish();
                    keyboard::focus_board();
                }
                on_leave=move |()| saying.finish()
                on_escape=move |()| {
                    saying.close();
                    keyboard::focus_board();
                }
            />
        }),
    }
}
