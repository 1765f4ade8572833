//! The list of the messages.

use leptos::html;
use leptos::prelude::*;
use shared::id::MessageId;
use web_sys::HtmlDivElement;

use super::action::MessageAction;
use super::message::MessageRow;
use crate::size_watch::SizeWatch;
use crate::view_model::MessageView;

/// The list counts as scrolled to its end within this distance, in CSS pixels.
const NEAR_END: i32 = 48;
/// Older messages are read when the list is scrolled as near as this to its beginning, in CSS pixels.
const NEAR_START: i32 = 200;

/// So many of the newest messages keep the list at its end when they change. Programs write few
/// messages at the same time.
const GROWING: usize = 8;

/// A message in the list. It stays the same row when the message changes.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The message.
    pub(crate) id: MessageId,
    /// What it shows.
    pub(crate) view: ArcRwSignal<MessageView>,
}

/// The list. It stays at its end when a message comes, and where it is when older ones come.
#[component]
pub(crate) fn ChatLog(
    /// The messages, oldest first.
    rows: RwSignal<Vec<Row>>,
    /// Whether there are older messages.
    #[prop(into)]
    has_older: Signal<bool>,
    /// Whether this person may write.
    #[prop(into)]
    may_write: Signal<bool>,
    /// The questions that the assistant did not answer.
    #[prop(into)]
    unanswered: Signal<Vec<MessageId>>,
    /// Older messages are wanted.
    #[prop(into)]
    on_older: Callback<()>,
    /// A person acts on a message.
    #[prop(into)]
    on_action: Callback<MessageAction>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let scrolled = Scrolled::new();
    keep_place(list, rows, unanswered, scrolled);
    keep_end_in_view(list, scrolled);
    let on_scroll = move |_| {
        let Some(list) = list.get_untracked() else {
            return;
        };
        scrolled.note(&list);
        if list.scroll_top() <= NEAR_START && has_older.get_untracked() {
            on_older.run(());
        }
    };
    let to_end = move |_| {
        if let Some(list) = list.get_untracked() {
            list.set_scroll_top(end_of(&list));
        }
    };
    let row = move |row: Row| {
        let view = RwSignal::from(row.view);
        view! { <MessageRow view may_write unanswered on_action /> }
    };
    view! {
        <div class="chat-log" role="log" aria-label="Messages" aria-live="off" tabindex="0" node_ref=list on:scroll=on_scroll>
            <Show when=move || has_older.get()>
                <button class="chat-older" type="button" on:click=move |_| on_older.run(())>
                    "Show older messages"
                </button>
            </Show>
            <Show when=move || rows.with(Vec::is_empty)>
                <p class="chat-none">"No messages yet."</p>
            </Show>
            <For each=move || rows.get() key=|row| row.id children=row />
        </div>
        <Show when=move || !scrolled.at_end.get()>
            <button class="chat-to-end" type="button" on:click=to_end>"Newest messages"</button>
        </Show>
    }
}

fn end_of(list: &HtmlDivElement) -> i32 {
    list.scroll_height() - list.client_height()
}

/// Where the list is scrolled to.
#[derive(Clone, Copy)]
struct Scrolled {
    /// Whether it is at its end.
    at_end: RwSignal<bool>,
    /// The height of its content, in CSS pixels, before more messages came.
    height: StoredValue<i32>,
}

impl Scrolled {
    fn new() -> Self {
        Self {
            at_end: RwSignal::new(true),
            height: StoredValue::new(0),
        }
    }

    /// Notes where the list is.
    fn note(self, list: &HtmlDivElement) {
        self.at_end
            .set(end_of(list) - list.scroll_top() <= NEAR_END);
        self.height.set_value(list.scroll_height());
    }
}

/// The first and the last row, and whether this person wrote the last one.
#[derive(Clone, Copy, PartialEq)]
struct Ends {
    first: MessageId,
    last: MessageId,
    is_last_own: bool,
}

impl Ends {
    fn of(rows: &[Row]) -> Option<Self> {
        let (first, last) = (rows.first()?, rows.last()?);
        Some(Self {
            first: first.id,
            last: last.id,
            is_last_own: last.view.with_untracked(|view| view.is_own),
        })
    }

    /// Whether older messages have come since.
    fn has_more_before(self, before: Option<Self>) -> bool {
        before.is_some_and(|before| before.first != self.first)
    }

    /// Whether this person has written a message since.
    fn has_own_after(self, before: Option<Self>) -> bool {
        self.is_last_own && before.is_some_and(|before| before.last != self.last)
    }
}

/// Keeps the shown messages in their place: the end, or the messages that are in view. An own message is
/// shown when it is written.
fn keep_place(
    list: NodeRef<html::Div>,
    rows: RwSignal<Vec<Row>>,
    unanswered: Signal<Vec<MessageId>>,
    scrolled: Scrolled,
) {
    Effect::new(move |before: Option<Option<Ends>>| {
        unanswered.track();
        let before = before.flatten();
        let now = rows.with(|rows| {
            // The newest messages can grow.
            for row in rows.iter().rev().take(GROWING) {
                row.view.track();
            }
            Ends::of(rows)
        });
        let list = list.get()?;
        let have_older_come = now.is_some_and(|now| now.has_more_before(before));
        let is_at_end =
            scrolled.at_end.get_untracked() || now.is_some_and(|now| now.has_own_after(before));
        // The rows are on the page by the next frame.
        request_animation_frame(move || {
            if is_at_end {
                list.set_scroll_top(end_of(&list));
            } else if have_older_come {
                let grown = list.scroll_height() - scrolled.height.try_get_value().unwrap_or(0);
                list.set_scroll_top(list.scroll_top() + grown);
            }
            scrolled.height.try_set_value(list.scroll_height());
        });
        now
    });
}

/// Keeps the end in view when the list becomes smaller, as it does when the field grows.
fn keep_end_in_view(list: NodeRef<html::Div>, scrolled: Scrolled) {
    Effect::new(move || {
        let Some(list) = list.get() else { return };
        let watched = list.clone();
        let watch = SizeWatch::new(&list, move |_, _| {
            if scrolled.at_end.try_get_untracked() == Some(true) {
                watched.set_scroll_top(end_of(&watched));
            }
        });
        // It ends with its owner.
        StoredValue::new_local(watch);
    });
}
