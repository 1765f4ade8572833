//! Shows the counters of the board as attributes of its element, for tests and other programs
//! that drive the page.

use leptos::prelude::{Effect, Get as _, Signal, document};
use web_sys::Element;

use crate::view_model::BoardCounters;

/// The element of the board.
const BOARD: &str = "main.board";

/// Keeps the attributes up to date until the current owner ends.
pub(super) fn show_on_board(counters: impl Into<Signal<BoardCounters>>) {
    let counters = counters.into();
    let mut board = None::<Element>;
    Effect::new(move |before: Option<[(&'static str, u64); 7]>| {
        let before = before.unwrap_or_default();
        let now = attributes(counters.get());
        if board.is_none() {
            board = document().query_selector(BOARD).ok().flatten();
        }
        let Some(board) = &board else { return before };
        for ((name, value), shown) in now.into_iter().zip(before) {
            if (name, value) != shown {
                let set = board.set_attribute(name, &value.to_string());
                debug_assert!(set.is_ok(), "the names are valid");
            }
        }
        now
    });
}

fn attributes(counters: BoardCounters) -> [(&'static str, u64); 7] {
    let BoardCounters {
        revision,
        unsaved,
        live_points,
        selected,
        is_typing,
    } = counters;
    [
        ("data-elements", revision.elements as u64),
        ("data-seq", revision.seq),
        ("data-pending", revision.pending as u64),
        ("data-at-stake", unsaved as u64),
        ("data-live", live_points),
        ("data-selected", selected as u64),
        ("data-typing", u64::from(is_typing)),
    ]
}
