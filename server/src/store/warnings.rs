//! Warnings about a store that fails.
//!
//! Many boards meet the same failure, and each repeats its requests until they are answered.

use shared::id::BoardId;

use super::StoreError;
use crate::telemetry::Tag;
use crate::warning_limit::WarningLimit;

/// Logs failures of the store, each kind once a minute.
#[derive(Debug, Default)]
pub struct StoreWarnings {
    unavailable: WarningLimit,
    corrupt: WarningLimit,
    never_durable: WarningLimit,
    not_opened: WarningLimit,
}

impl StoreWarnings {
    /// A request for a board failed.
    pub(crate) fn failed(&self, board: BoardId, error: &StoreError) {
        let limit = match error {
            StoreError::Unavailable(_) => &self.unavailable,
            StoreError::Corrupt(_) => &self.corrupt,
            StoreError::NeverDurable => &self.never_durable,
        };
        limit.warn(|suppressed| {
            tracing::warn!(board = %Tag::from(board), %error, suppressed, "store failed");
        });
    }

    /// A board cannot be opened, though the store answered.
    pub(crate) fn not_opened(&self, board: BoardId, error: &dyn std::error::Error) {
        self.not_opened.warn(|suppressed| {
            tracing::warn!(board = %Tag::from(board), %error, suppressed, "board cannot be opened");
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_board_is_reported_while_the_store_is_away() {
        let warnings = StoreWarnings::default();
        let board = BoardId::from_bytes([1; 16]);
        let away = StoreError::Unavailable("away".to_owned());
        warnings.failed(board, &away);
        let mut logged = 0;
        warnings.unavailable.warn(|_| logged += 1);
        warnings.corrupt.warn(|_| logged += 1);
        assert_eq!(logged, 1);
    }
}
