//! Elements of a large paste that are still on their way to the board.

use std::collections::VecDeque;

use shared::model::NewElement;

use crate::selection::Selection;

/// Elements that are on their way to the board.
#[derive(Debug, Default)]
pub(crate) struct PendingPut {
    /// From the bottom of the stack up.
    pub(crate) rest: VecDeque<NewElement>,
    /// All elements of the paste, which are selected in the end.
    pub(crate) selection: Selection,
    /// The undo step that the next part joins, unless another one came after it.
    pub(crate) step: u64,
}

impl PendingPut {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}
