//! Managing a board: its links, its settings and the people who were muted or removed. Only owners
//! may do that.
//!
//! One request changes one thing; each answer is the whole state after it, so that a page never has
//! to put changes together.

use serde::{Deserialize, Serialize};

use crate::id::{ClientId, LinkId, PersonId, Seq};
use crate::protocol::Role;

/// One link of a board, as its owners see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LinkInfo {
    /// Its number on the board. Numbers are never given again.
    #[cfg_attr(feature = "ssr", schema(value_type = u32))]
    pub id: LinkId,
    /// The role that it grants.
    pub role: Role,
    /// What its owner calls it; may be empty.
    pub label: String,
    /// The full URL, which ends in `#<secret>`; `None` once the link has ended.
    pub url: Option<String>,
    /// Milliseconds since 1970 when it was made.
    pub created_ms: u64,
    /// Milliseconds since 1970 when it ends; `None` if it does not end by itself.
    pub expires_ms: Option<u64>,
    /// How many people may be on the board by it at the same time; `None` if there is no limit of
    /// its own.
    pub max_people: Option<u32>,
    /// Whether programs may use it.
    pub programs: bool,
    /// How many people are on the board by it now, over all servers. It may be some seconds old.
    pub people: u32,
    /// Whether it is the link of the request, or the one that this request put in its place.
    pub is_own: bool,
    /// Why and when it ended; `None` while it is valid.
    pub ended: Option<LinkEnd>,
}

/// The end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LinkEnd {
    /// Milliseconds since 1970.
    pub at_ms: u64,
    /// Why it ended.
    pub reason: LinkEndReason,
}

/// Why a link ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum LinkEndReason {
    /// Its time is over. An owner can give it more.
    Expired,
    /// An owner revoked it, or put another link in its place. It stays revoked.
    Revoked,
}

/// What the people on a board may do beside drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct BoardSettings {
    /// Whether people with a view link may write in the chat.
    pub viewers_chat: bool,
    /// Whether people with a view link see the cursors of others.
    pub viewers_see_cursors: bool,
    /// Whether people with an edit link may bring all others to the place that they look at.
    pub editors_gather: bool,
    /// Whether only owners may change the board.
    pub frozen: bool,
    /// Whether programs change the board by proposals only, which people accept.
    pub programs_propose: bool,
}

impl Default for BoardSettings {
    fn default() -> Self {
        Self {
            viewers_chat: false,
            viewers_see_cursors: true,
            editors_gather: true,
            frozen: false,
            programs_propose: false,
        }
    }
}

/// A person who may neither change the board nor write in the chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MutedPerson {
    /// The person.
    pub person: PersonId,
    /// The name that the person had then.
    pub name: String,
    /// Milliseconds since 1970 when an owner muted the person.
    pub at_ms: u64,
}

/// A person who was removed from the board and cannot come back with the same browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedPerson {
    /// The person.
    pub person: PersonId,
    /// The client by which the person was on the board.
    pub client: ClientId,
    /// The link by which the person was on the board, if the server knew it.
    pub link: Option<LinkId>,
    /// The name that the person had then.
    pub name: String,
    /// Milliseconds since 1970 when an owner removed the person.
    pub at_ms: u64,
}

/// The board as it was before an owner cleared it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClearedBoard {
    /// The last commit before that.
    pub at: Seq,
    /// Milliseconds since 1970.
    pub at_ms: u64,
    /// The number of elements that it had.
    pub elements: u32,
    /// The name of the owner.
    pub by: String,
}

/// A request of an owner about a board. Times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ManageRequest {
    /// Changes nothing.
    List,
    /// Makes a link.
    MakeLink {
        /// The role that it grants.
        role: Role,
        /// At most [`MAX_LABEL_CHARS`](crate::limits::MAX_LABEL_CHARS) characters; may be empty.
        label: String,
        /// When it ends, if it does.
        expires_ms: Option<u64>,
        /// How many people may be on the board by it, 1 to [`MAX_PEOPLE`](crate::limits::MAX_PEOPLE).
        max_people: Option<u32>,
        /// Whether programs may use it.
        programs: bool,
    },
    /// Changes a link that was not revoked. A limit below the number of people who are here by it
    /// lets these stay.
    ChangeLink {
        /// The link.
        id: LinkId,
        /// Its label from now on.
        label: String,
        /// When it ends from now on.
        expires_ms: Option<u64>,
        /// How many people may be here by it from now on.
        max_people: Option<u32>,
        /// Whether programs may use it from now on.
        programs: bool,
    },
    /// Ends a link at once. All people who came by it are disconnected.
    RevokeLink {
        /// The link.
        id: LinkId,
    },
    /// Revokes a link and makes another one with the same role, label and limits. It has the
    /// highest number in the answer.
    RotateLink {
        /// The link.
        id: LinkId,
    },
    /// Sets all settings.
    Settings(BoardSettings),
    /// Sets whether only owners may change the board.
    Freeze(bool),
    /// Mutes a person, or ends that.
    Mute {
        /// The person.
        person: PersonId,
        /// The person's name, for the list.
        name: String,
        /// Whether the person is muted from now on.
        on: bool,
    },
    /// Disconnects a person who cannot come back with the same browser until an owner allows it.
    Remove {
        /// The person.
        person: PersonId,
        /// The client by which the person is on the board.
        client: ClientId,
        /// The person's name, for the list.
        name: String,
    },
    /// Lets a person who was removed come back.
    Allow {
        /// The person.
        person: PersonId,
    },
    /// Remembers the board as it is, because the owner is about to delete all elements.
    Clear {
        /// The number of elements that the owner sees.
        elements: u32,
        /// The owner's name, for the list.
        name: String,
    },
}

/// All that owners manage on a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardManagement {
    /// The links in the order in which they were made; links that ended are among them for a while.
    pub links: Vec<LinkInfo>,
    /// The settings.
    pub settings: BoardSettings,
    /// The people who are muted.
    pub muted: Vec<MutedPerson>,
    /// The people who were removed.
    pub removed: Vec<RemovedPerson>,
    /// The board as it was before owners cleared it, oldest first.
    pub cleared: Vec<ClearedBoard>,
}
