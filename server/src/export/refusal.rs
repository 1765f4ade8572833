//! Why nothing is exported.

use std::time::Duration;

use shared::api::ApiError;

/// Why nothing is exported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// The query cannot be read.
    #[error("{0}")]
    Query(String),
    /// The board has no such part, or the file would be too large.
    #[error("{0}")]
    Unfit(String),
    /// The board cannot be read.
    #[error(transparent)]
    Board(#[from] ApiError),
    /// Others must be finished first.
    #[error("{0}")]
    Busy(&'static str),
    /// The caller or the board has to wait so long.
    #[error("exports have used much processor time; try again later")]
    Overdrawn(Duration),
    /// The export ended before its first byte.
    #[error("the export failed")]
    Failed,
}
