//! Counters of costly work, for tests.
//!
//! Times differ from machine to machine; counts do not. This module is compiled for tests only.

mod tests;

use std::cell::Cell;

/// The kinds of work that are counted.
#[derive(Clone, Copy)]
pub(crate) enum CostlyWork {
    /// Computing the curves of a whole stroke.
    Curves,
    /// Laying out a text.
    Layout,
    /// Routing an elbow line.
    Route,
}

thread_local! {
    static CURVES: Cell<usize> = const { Cell::new(0) };
    static LAYOUTS: Cell<usize> = const { Cell::new(0) };
    static ROUTES: Cell<usize> = const { Cell::new(0) };
}

fn with<T>(what: CostlyWork, look: impl FnOnce(&Cell<usize>) -> T) -> T {
    match what {
        CostlyWork::Curves => CURVES.with(look),
        CostlyWork::Layout => LAYOUTS.with(look),
        CostlyWork::Route => ROUTES.with(look),
    }
}

/// Counts one more run of `what` on this thread.
pub(crate) fn record(what: CostlyWork) {
    with(what, |count| count.set(count.get() + 1));
}

/// Runs `work` and returns how often it did `what`.
pub(crate) fn count<T>(what: CostlyWork, work: impl FnOnce() -> T) -> usize {
    let before = with(what, Cell::get);
    work();
    with(what, Cell::get) - before
}
