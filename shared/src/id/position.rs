//! A place in the history of a board.

use std::fmt;
use std::str::FromStr;

use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use super::{Epoch, Seq};

/// A point in a board's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize_tuple, Deserialize_tuple)]
pub struct Position {
    /// The epoch.
    pub epoch: Epoch,
    /// The position within the epoch.
    pub seq: Seq,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.epoch, self.seq)
    }
}

impl FromStr for Position {
    type Err = PositionError;

    fn from_str(text: &str) -> Result<Self, PositionError> {
        let (epoch, seq) = text.split_once('.').ok_or(PositionError)?;
        Ok(Self {
            epoch: epoch.parse().map_err(|_| PositionError)?,
            seq: seq.parse().map_err(|_| PositionError)?,
        })
    }
}

/// A text is no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a position is the epoch, a dot and a number")]
pub struct PositionError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_round_trip_and_other_texts_are_refused() {
        let at = Position {
            epoch: Epoch::from_bytes([3; 16]),
            seq: 17,
        };
        assert_eq!(at.to_string().parse(), Ok(at));
        for text in [
            "",
            "17",
            ".17",
            "AwMDAwMDAwMDAwMDAwMDAw.",
            "AwMDAwMDAwMDAwMDAwMDAw.-1",
        ] {
            assert_eq!(text.parse::<Position>(), Err(PositionError), "{text}");
        }
    }
}
