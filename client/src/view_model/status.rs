//! Whether the board is connected and saved.

/// How safe a saved board is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Durability {
    /// The kill of any one process loses nothing.
    Accepted,
    /// Power loss loses nothing either.
    OnDisk,
}

/// What the pill says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Status {
    /// The first connection is being made.
    Connecting,
    /// Everything drawn here is saved.
    Saved(Durability),
    /// Changes are on their way.
    Saving,
    /// The connection was lost and is being made again.
    Reconnecting {
        /// Changes made here that no server has confirmed.
        unsaved: usize,
    },
    /// Connected, but the server cannot save at the moment.
    NotSaved {
        /// Changes made here that no server has confirmed.
        unsaved: usize,
    },
    /// This person's link is for viewing.
    ReadOnly,
}
