//! Why a server closes a WebSocket, and what the client should do about it.

/// What a client does after a close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reconnect {
    /// Connect again after the usual back-off.
    Yes,
    /// Do not: the answer would be the same.
    No,
    /// Load the page again: this client is too old or too new.
    Reload,
}

/// Codes below 4100 mean: connect again; from 4100 on: do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CloseCode {
    /// The server goes away.
    Restart,
    /// The client read too slowly for too long.
    Slow,
    /// The server cannot open the board at present.
    Unavailable,
    /// Too much in a short time.
    TooFast,
    /// Nothing was heard from the client for too long.
    Silent,
    /// No such board, or not with this secret: the same for both, so that
    /// nobody learns which boards exist.
    NoAccess,
    /// A message that no client of this version would send.
    Protocol,
    /// The client speaks another version.
    Version,
    /// The same client connected again elsewhere.
    Replaced,
}

impl CloseCode {
    /// All codes.
    pub const ALL: [Self; 9] = [
        Self::Restart,
        Self::Slow,
        Self::Unavailable,
        Self::TooFast,
        Self::Silent,
        Self::NoAccess,
        Self::Protocol,
        Self::Version,
        Self::Replaced,
    ];

    /// The number in the close frame.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::Restart => 1012,
            Self::Slow => 4008,
            Self::Unavailable => 4013,
            Self::TooFast => 4029,
            Self::Silent => 4030,
            Self::NoAccess => 4103,
            Self::Protocol => 4107,
            Self::Version => 4110,
            Self::Replaced => 4109,
        }
    }

    /// The code with this number.
    #[must_use]
    pub fn from_number(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.number() == number)
    }

    /// A short text for the close frame, for people who debug.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Restart => "server restarts",
            Self::Slow => "reading too slowly",
            Self::Unavailable => "board cannot be opened now",
            Self::TooFast => "too many messages",
            Self::Silent => "no sign of life",
            Self::NoAccess => "no such board or link",
            Self::Protocol => "malformed message",
            Self::Version => "other protocol version",
            Self::Replaced => "connected elsewhere",
        }
    }

    /// What the client should do.
    #[must_use]
    pub const fn reconnect(self) -> Reconnect {
        match self {
            Self::Restart | Self::Slow | Self::Unavailable | Self::TooFast | Self::Silent => {
                Reconnect::Yes
            }
            Self::NoAccess | Self::Protocol | Self::Replaced => Reconnect::No,
            Self::Version => Reconnect::Reload,
        }
    }
}
