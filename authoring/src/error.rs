//! The reasons why a request is refused.

/// Characters of a reason: some sentences.
const MAX_REASON_CHARS: usize = 500;

/// The reason why a request is refused. A path names a place in the request, such as
/// `create[3].color`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkError {
    /// A value is wrong.
    #[error("{path}: {reason}")]
    Invalid {
        /// The place in the request.
        path: String,
        /// The fault there.
        reason: String,
    },
    /// The board has no such element.
    #[error("{path}: the board has no element `{id}`")]
    Missing {
        /// The place in the request.
        path: String,
        /// The id as it stands there.
        id: String,
    },
    /// The element is locked.
    #[error("{path}: the element `{id}` is locked; a change with \"locked\": false unlocks it")]
    Locked {
        /// The place in the request.
        path: String,
        /// The id as it stands there.
        id: String,
    },
    /// The element is protected, and the author is no owner.
    #[error("{path}: the element `{id}` is protected; only owners change it")]
    Protected {
        /// The place in the request.
        path: String,
        /// The id as it stands there.
        id: String,
    },
    /// The role of the author does not allow changes.
    #[error("this role may not change the board")]
    ReadOnly,
    /// The request does not fit one commit.
    #[error("{0}; send several smaller requests")]
    TooLarge(String),
}

impl WorkError {
    /// The place in the request, if the fault has one.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Invalid { path, .. }
            | Self::Missing { path, .. }
            | Self::Locked { path, .. }
            | Self::Protected { path, .. } => Some(path),
            Self::ReadOnly | Self::TooLarge(_) => None,
        }
    }

    /// A wrong value at a place in the request.
    pub(crate) fn invalid(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Invalid {
            path: path.into(),
            reason: shortened(&reason.into()),
        }
    }

    /// The same for a field of the value at `path`; no field means the value itself.
    pub(crate) fn at(path: &str, field: &str, reason: impl Into<String>) -> Self {
        Self::invalid(place(path, field), reason)
    }
}

/// A reason that may quote a value of any length.
fn shortened(reason: &str) -> String {
    reason.chars().take(MAX_REASON_CHARS).collect()
}

/// The path of a field.
pub(crate) fn place(path: &str, field: &str) -> String {
    let dot = if field.is_empty() || field.starts_with('[') {
        ""
    } else {
        "."
    };
    format!("{path}{dot}{field}")
}
