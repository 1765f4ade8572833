//! Whose work a commit may change.

use serde::{Deserialize, Serialize};

use crate::id::ClientId;
use crate::model::Element;

/// Whether a commit may overwrite the work of others. The order of the log decides, not the time at
/// which the user pressed a button.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Guard {
    /// It may; this is the usual case.
    #[default]
    #[serde(rename = "a")]
    Any,
    /// It takes effect only where the current value is still its author's own. Undo and redo use
    /// this, so that they never remove later work of others.
    #[serde(rename = "m")]
    MineOnly,
    /// It takes effect only where the current value is the work of one of these clients. An owner who
    /// undoes what a person did uses this, so that the work of all others stays. At most
    /// [`MAX_GUARD_CLIENTS`](crate::limits::MAX_GUARD_CLIENTS), in ascending order.
    #[serde(rename = "w")]
    WorkOf(Vec<ClientId>),
}

impl Guard {
    /// Whether a commit of `author` may overwrite a value that `writer` wrote.
    pub(super) fn permits(&self, author: ClientId, writer: ClientId) -> bool {
        match self {
            Self::Any => true,
            Self::MineOnly => writer == author,
            Self::WorkOf(clients) => clients.binary_search(&writer).is_ok(),
        }
    }

    /// Whether a commit of `author` may delete an element.
    pub(super) fn permits_deletion(&self, author: ClientId, element: &Element) -> bool {
        match self {
            Self::Any => true,
            Self::MineOnly => element.is_untouched_by_others(author),
            Self::WorkOf(clients) => element.is_work_of(clients),
        }
    }

    /// The clients whose erasing and whose deleting of text a commit of `author` may take back.
    pub(super) fn takes_back<'a>(&'a self, author: &'a ClientId) -> &'a [ClientId] {
        match self {
            Self::Any | Self::MineOnly => std::slice::from_ref(author),
            Self::WorkOf(clients) => clients,
        }
    }
}
