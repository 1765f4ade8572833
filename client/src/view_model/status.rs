//! Whether the board is connected and saved.

/// How safe a saved board is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Durability {
    /// It survives the end of any single process.
    Accepted,
    /// It also survives a power failure.
    OnDisk,
}

/// What happens to changes that are not saved if the page ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Keeping {
    /// The browser keeps them.
    InBrowser,
    /// They are lost: the browser keeps nothing.
    InPage,
    /// There are none: this person's link is for viewing.
    Nothing,
}

/// Whether the board is connected and saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Status {
    /// The first connection is being made.
    Connecting,
    /// The server is opening the board.
    Opening {
        /// The work that is done.
        percent: u8,
    },
    /// The board is arriving.
    Loading {
        /// The part that has arrived.
        percent: u8,
        /// Changes made here that no server has confirmed.
        unsaved: usize,
    },
    /// Everything drawn here is saved.
    Saved(Durability),
    /// Changes are on their way.
    Saving,
    /// Pictures are on their way.
    Uploading {
        /// The part that the server has.
        percent: u8,
    },
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

impl Status {
    /// Whether the board has not arrived yet.
    pub(crate) const fn is_opening(&self) -> bool {
        matches!(
            self,
            Self::Connecting | Self::Opening { .. } | Self::Loading { .. }
        )
    }

    /// Whether the board is here and the server can be reached.
    pub(crate) const fn is_connected(&self) -> bool {
        !self.is_opening() && !matches!(self, Self::Reconnecting { .. })
    }
}
