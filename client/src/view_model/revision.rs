//! The revision of the board that is shown, and its counters.

/// Two states of the board that this page has shown never have the same revision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BoardRevision {
    /// The position in the log.
    pub(crate) seq: u64,
    /// Own commits that the server has not confirmed.
    pub(crate) pending: usize,
    /// Number of elements on the board.
    pub(crate) elements: usize,
}

/// Numbers about the board that tests and other programs read from the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BoardCounters {
    /// The state of the board.
    pub(crate) revision: BoardRevision,
    /// Changes that would be lost if the page ended now.
    pub(crate) unsaved: usize,
    /// Points of other people's strokes that were received so far.
    pub(crate) live_points: u64,
    /// Selected elements.
    pub(crate) selected: usize,
    /// Whether a text is being edited.
    pub(crate) is_typing: bool,
}
