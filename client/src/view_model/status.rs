//! Whether the board is connected and saved.

/// How safe a saved board is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Durability {
    /// It survives the end of any single process.
    Accepted,
    /// It also survives a power failure.
    OnDisk,
}

/// Whether the board is connected and saved.
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
