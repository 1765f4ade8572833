//! Close codes of the WebSocket, and the client's reaction to each.

/// The client's reaction to a close code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reconnect {
    /// Connect again soon.
    Yes,
    /// Connect again after waits that double: there is too much load.
    Later,
    /// Do not connect again, because the answer would be the same.
    No,
    /// Load the page again: the client and the server have different versions.
    Reload,
}

/// Codes below 4100 ask the client to reconnect; codes from 4100 on ask it not to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CloseCode {
    /// The server shuts down or restarts.
    Restart,
    /// The client read too slowly for too long.
    Slow,
    /// The server cannot open the board at present.
    Unavailable,
    /// The client sent too much in a short time.
    TooFast,
    /// The client sent nothing for too long.
    Silent,
    /// The board has as many people as a server takes, the link as many as its owner allows, or
    /// another person needed the place.
    Crowded,
    /// The board does not exist, or the secret does not open it. Both cases get the same code, so
    /// that no client can find out which boards exist.
    NoAccess,
    /// The link was revoked. Only a client that has its secret is told.
    LinkRevoked,
    /// The time of the link is over.
    LinkExpired,
    /// An owner of the board removed the person.
    Removed,
    /// The client is a program, and the link is for people only.
    PeopleOnly,
    /// The client broke the protocol.
    Protocol,
    /// The client speaks another version of the protocol.
    Version,
    /// The same client connected again somewhere else.
    Replaced,
}

impl CloseCode {
    /// All codes.
    pub const ALL: [Self; 14] = [
        Self::Restart,
        Self::Slow,
        Self::Unavailable,
        Self::TooFast,
        Self::Silent,
        Self::Crowded,
        Self::NoAccess,
        Self::LinkRevoked,
        Self::LinkExpired,
        Self::Removed,
        Self::PeopleOnly,
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
            Self::Crowded => 4031,
            Self::NoAccess => 4103,
            Self::LinkRevoked => 4104,
            Self::LinkExpired => 4105,
            Self::Removed => 4106,
            Self::PeopleOnly => 4111,
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
            Self::Crowded => "too many people on this board",
            Self::NoAccess => "no such board or link",
            Self::LinkRevoked => "link was revoked",
            Self::LinkExpired => "link has expired",
            Self::Removed => "removed by an owner",
            Self::PeopleOnly => "this link is for people only",
            Self::Protocol => "malformed message",
            Self::Version => "other protocol version",
            Self::Replaced => "connected elsewhere",
        }
    }

    /// The client's reaction.
    #[must_use]
    pub const fn reconnect(self) -> Reconnect {
        match self {
            Self::Restart | Self::Unavailable | Self::Silent => Reconnect::Yes,
            Self::Slow | Self::TooFast | Self::Crowded => Reconnect::Later,
            Self::NoAccess
            | Self::LinkRevoked
            | Self::LinkExpired
            | Self::Removed
            | Self::PeopleOnly
            | Self::Protocol
            | Self::Replaced => Reconnect::No,
            Self::Version => Reconnect::Reload,
        }
    }
}
