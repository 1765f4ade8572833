//! The dialog "Who drew this?".

use leptos::prelude::*;

use super::dialog::Modal;
use super::person::Avatar;
use super::times::{day_words, machine_words, time_words};
use crate::view_model::OriginRow;

/// What the dialog shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OriginsView {
    /// The server was asked.
    Asking,
    /// The server answered.
    Known {
        /// What each person did.
        rows: Vec<OriginRow>,
        /// The number of elements that the server does not know: they are not saved yet, or older than
        /// what its store has.
        unknown: usize,
        /// The number of selected elements that were not looked up.
        left_out: usize,
    },
    /// The server refused or cannot be reached; a sentence says why.
    Failed(String),
}

/// The dialog.
#[component]
pub(crate) fn OriginsDialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// What it shows.
    #[prop(into)]
    shown: Signal<OriginsView>,
    /// The person closed it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    view! {
        <Modal title="Who drew this?" kind="origins" open on_close>
            <div role="status" class="origins">
                {move || match shown.get() {
                    OriginsView::Asking => view! { <p class="share-hint">"Looking it up …"</p> }.into_any(),
                    OriginsView::Failed(why) => view! { <p class="note">{why}</p> }.into_any(),
                    OriginsView::Known { rows, unknown, left_out } => {
                        view! { <Rows rows unknown left_out /> }.into_any()
                    }
                }}
            </div>
        </Modal>
    }
}

#[component]
fn Rows(rows: Vec<OriginRow>, unknown: usize, left_out: usize) -> impl IntoView {
    let rows = rows.into_iter().map(|row| view! { <Row row /> });
    view! {
        <ul>{rows.collect_view()}</ul>
        {(unknown > 0).then(|| {
            let words = match unknown {
                1 => "Of one element nothing is known.".to_owned(),
                several => format!("Of {several} elements nothing is known."),
            };
            view! { <p class="share-hint">{words}</p> }
        })}
        {(left_out > 0).then(|| {
            let words = format!("{left_out} more selected elements were not looked up.");
            view! { <p class="share-hint">{words}</p> }
        })}
    }
}

#[component]
fn Row(row: OriginRow) -> impl IntoView {
    let deed = row.deed();
    let name = row.name.unwrap_or_else(|| "An unknown person".to_owned());
    view! {
        <li class="people-row">
            <Avatar name=name.clone() color=row.color />
            <div class="origins-text">
                <span class="people-name" dir="auto">{name}</span>
                <span class="origins-deed">
                    {deed} {row.times_ms.map(|(first, last)| view! { <Times first last /> })}
                </span>
            </div>
        </li>
    }
}

/// One time, or the first and the last one.
#[component]
fn Times(first: u64, last: u64) -> impl IntoView {
    let words = |at| format!("{}, {}", day_words(at), time_words(at));
    let one = move |at| view! { <time datetime=machine_words(at)>{words(at)}</time> };
    let is_span = words(first) != words(last);
    view! { ", " {one(first)} {is_span.then(|| view! { " to " {one(last)} })} }
}
