//! How often something costly is done, for tests that count.
//!
//! Times differ from machine to machine, counts do not. It is there in tests only.

mod tests;

use std::cell::Cell;

/// What is counted.
#[derive(Clone, Copy)]
pub(crate) enum Costly {
    /// The curves of a whole stroke are made.
    Curves,
    /// A text is set.
    Layout,
}

thread_local! {
    static CURVES: Cell<usize> = const { Cell::new(0) };
    static LAYOUTS: Cell<usize> = const { Cell::new(0) };
}

fn with<T>(what: Costly, look: impl FnOnce(&Cell<usize>) -> T) -> T {
    match what {
        Costly::Curves => CURVES.with(look),
        Costly::Layout => LAYOUTS.with(look),
    }
}

/// It is done once more on this thread.
pub(crate) fn note(what: Costly) {
    with(what, |count| count.set(count.get() + 1));
}

/// How often it is done by something.
pub(crate) fn count<T>(what: Costly, work: impl FnOnce() -> T) -> usize {
    let before = with(what, Cell::get);
    work();
    with(what, Cell::get) - before
}
