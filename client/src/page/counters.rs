//! Shows the counters of the board as attributes of its element, for tests and other programs
//! that drive the page.

use leptos::prelude::{Effect, Get as _, Signal, document};

use crate::view_model::BoardCounters;

/// The element of the board.
const BOARD: &str = "main.board";

/// Keeps the attributes up to date until the current owner ends.
pub(super) fn show_on_board(counters: impl Into<Signal<BoardCounters>>) {
    let counters = counters.into();
    Effect::new(move |before: Option<[(&str, u64); 7]>| {
        let now = attributes(counters.get());
        let board = document().query_selector(BOARD).ok().flatten();
        for (at, (name, value)) in now.into_iter().enumerate() {
            let is_shown = before.is_some_and(|before| before.get(at) == Some(&(name, value)));
            if let (false, Some(board)) = (is_shown, &board) {
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
