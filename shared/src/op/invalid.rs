//! The rules that an op can break.

use crate::chat::ChatError;
use crate::limits::{
    MAX_COORD, MAX_DELETE_IDS, MAX_ERASED_RANGES, MAX_OPS_PER_COMMIT, MAX_STROKE_PARTS,
    MAX_STROKE_POINTS, MAX_WIDTH, MIN_WIDTH,
};

/// The rule that an op breaks.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Invalid {
    /// A commit has too many ops.
    #[error("commit of {0} ops, at most {MAX_OPS_PER_COMMIT} allowed")]
    TooManyOps(usize),
    /// A delete has too many ids.
    #[error("delete of {0} elements, at most {MAX_DELETE_IDS} allowed")]
    TooManyIds(usize),
    /// A coordinate is not finite or lies outside of the board.
    #[error("coordinate {0} is not within ±{MAX_COORD}")]
    Coordinate(f64),
    /// A width is out of range.
    #[error("width {0} is not within {MIN_WIDTH} to {MAX_WIDTH}")]
    Width(f32),
    /// A stroke has too many points.
    #[error("stroke of {0} points, at most {MAX_STROKE_POINTS} allowed")]
    StrokePoints(usize),
    /// A stroke has too many parts.
    #[error("stroke of {0} parts, at most {MAX_STROKE_PARTS} allowed")]
    StrokeParts(usize),
    /// A stroke has no points.
    #[error("stroke without points")]
    EmptyStroke,
    /// A stroke has too many erased ranges, or an op names too many.
    #[error("{0} erased ranges, at most {MAX_ERASED_RANGES} allowed")]
    ErasedRanges(usize),
    /// A range does not go forward along its stroke.
    #[error("erased range from {0} to {1}")]
    ErasedRange(f32, f32),
    /// A number is not finite or out of its range.
    #[error("{what} is {value}, not within {low} to {high}")]
    Range {
        /// The name of the number.
        what: &'static str,
        /// Its value.
        value: f64,
        /// The least allowed value.
        low: f64,
        /// The greatest allowed value.
        high: f64,
    },
    /// A collection has too many entries.
    #[error("{count} {what}, at most {most} allowed")]
    TooMany {
        /// The name of the entries.
        what: &'static str,
        /// Their number.
        count: usize,
        /// The greatest allowed number.
        most: usize,
    },
    /// A commit changes the conversation and the board.
    #[error("a commit changes either the conversation or the board")]
    MixedWithChat,
    /// A change of the conversation breaks a rule.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// A guard names a client twice, or after one that follows it.
    #[error("clients of a guard are not in ascending order")]
    UnsortedClients,
    /// An op sets the text as a property; only [`Op::Text`] may change it.
    #[error("text cannot be set, only edited")]
    TextProperty,
}
