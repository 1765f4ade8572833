//! The points of a stroke, in the compact form that is stored and sent.
//!
//! # Format
//!
//! ```text
//! byte 0       version in the high 4 bits (1), flags in the low 4 bits
//!                bit 0  constant pressure: one pressure for all points
//!                bit 1  predict "same place" (else "same velocity")
//!                bits 2, 3 are 0
//! byte 1       exponent e, signed 8 bit, -20 ..= 7: 1 step = 2^e board units
//! varint       n, the number of points, 0 ..= 10 000
//! byte         the pressure of all points, only if flag bit 0 is set
//! n times:
//!   svarint    x minus the predicted x, in steps
//!   svarint    y minus the predicted y, in steps
//!   svarint    pressure minus the last pressure, only if flag bit 0 is clear
//! ```
//!
//! A **varint** is an unsigned number, 7 bits a byte, lowest bits first, high bit
//! set in every byte but the last; its last byte is not 0 unless it is the only
//! one. A **svarint** is a signed number v as the varint of its zigzag form:
//! 2v for v ≥ 0, −2v − 1 for v < 0. A **pressure** is 0 ..= 255 for 0.0 ..= 1.0.
//!
//! Prediction, per coordinate: the first point is predicted at 0, the second at
//! the first. From the third on, "same velocity" predicts 2a − b from the last
//! point a and the one before it b; "same place" predicts a. The first pressure
//! is predicted as 128. The coordinate of a point is (steps · 2^e) and its
//! magnitude must not exceed 10 000 000 board units. Nothing follows the last
//! point.
//!
//! # Canonical form
//!
//! The flag of constant pressure is set when all pressures are equal (also for
//! one point, and for none, with pressure 0). Of the two predictions the one with
//! fewer bytes is taken, "same velocity" when equal. A reader accepts the other
//! choices and converts them into these, so equal points always give equal bytes.
//!
//! The format does not depend on how strokes are stored or painted.

mod format;
mod transport;

use std::iter;
use std::ops::Range;
use std::sync::Arc;

use super::point::{BoardPoint, BoardRect};
use super::varint::NumberError;
use crate::limits::{MAX_COORD, MAX_INK_POINTS};
use format::{Decoder, Steps};

/// A sample of a stroke.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InkPoint {
    /// Distance to the right of the board's origin, in board units.
    pub x: f64,
    /// Distance below the board's origin, in board units.
    pub y: f64,
    /// Pressure of the pen, 0.0 ..= 1.0. For pointers without pressure it is made up once, while
    /// drawing; painting never makes it up.
    pub pressure: f32,
}

impl InkPoint {
    /// The sample at (`x`, `y`), in board units, with `pressure` 0.0 ..= 1.0.
    #[must_use]
    pub const fn new(x: f64, y: f64, pressure: f32) -> Self {
        Self { x, y, pressure }
    }

    /// The position without the pressure.
    #[must_use]
    pub const fn position(self) -> BoardPoint {
        BoardPoint::new(self.x, self.y)
    }
}

/// The reason why ink cannot be encoded or decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InkError {
    /// There are too many points for one piece of ink; a longer stroke must be split into parts.
    #[error("{len} points of ink, at most {max} are allowed")]
    TooMany {
        /// The number of points.
        len: usize,
        /// The greatest number of points.
        max: usize,
    },
    /// A coordinate or pressure is NaN or infinite.
    #[error("a point of ink is not a number")]
    NotFinite,
    /// A coordinate lies outside of the board.
    #[error("a point of ink lies outside the board")]
    OutOfRange,
    /// The first byte names a version or flag that does not exist.
    #[error("unknown version or flags of ink: {0:#04x}")]
    UnknownFormat(u8),
    /// The exponent of the step is outside of −20 ..= 7.
    #[error("exponent of ink out of range: {0}")]
    Exponent(i8),
    /// The bytes end before the last point.
    #[error("ink ends early")]
    Truncated,
    /// A number is longer than necessary, or longer than 64 bits.
    #[error("malformed number in ink")]
    MalformedNumber,
    /// A pressure is outside of 0 ..= 255.
    #[error("pressure of ink out of range")]
    Pressure,
    /// Bytes follow the last point.
    #[error("bytes after the last point of ink")]
    TrailingBytes,
}

impl From<NumberError> for InkError {
    fn from(error: NumberError) -> Self {
        match error {
            NumberError::Truncated => Self::Truncated,
            NumberError::Malformed => Self::MalformedNumber,
        }
    }
}

/// The grid that ink is rounded to. Its step is a power of two of a board unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantum(i8);

impl Quantum {
    /// The finest grid: about a millionth of a board unit.
    pub const FINEST: Self = Self(-20);
    /// The coarsest grid: 128 board units. Coarser ones would not divide
    /// [`MAX_COORD`] evenly.
    pub const COARSEST: Self = Self(7);

    /// The grid for ink drawn at `zoom` (1.0 is 100 %). Its step is at most 1/8 of a CSS pixel at
    /// that zoom. A zoom that is not a positive number counts as 1.0.
    #[must_use]
    pub fn for_zoom(zoom: f64) -> Self {
        let zoom = if zoom.is_finite() && zoom > 0.0 {
            zoom
        } else {
            1.0
        };
        let exponent = (0.125 / zoom).log2().floor();
        let (low, high) = (f64::from(Self::FINEST.0), f64::from(Self::COARSEST.0));
        Self(exponent.clamp(low, high) as i8)
    }

    /// The grid with step 2^`exponent`.
    ///
    /// # Errors
    /// [`InkError::Exponent`] if the grid would be finer than [`Self::FINEST`] or coarser than
    /// [`Self::COARSEST`].
    pub fn from_exponent(exponent: i8) -> Result<Self, InkError> {
        if (Self::FINEST.0..=Self::COARSEST.0).contains(&exponent) {
            Ok(Self(exponent))
        } else {
            Err(InkError::Exponent(exponent))
        }
    }

    /// The exponent of the step, −20 ..= 7.
    #[must_use]
    pub const fn exponent(self) -> i8 {
        self.0
    }

    /// Length of one step, in board units.
    #[must_use]
    pub fn step(self) -> f64 {
        2_f64.powi(i32::from(self.0))
    }
}

/// The points of ink as they are stored and sent. The bytes are always valid and canonical, and
/// cloning is cheap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ink {
    bytes: Arc<[u8]>,
}

impl Ink {
    /// Rounds `points` to the grid and packs them. Pressures are clamped to 0.0 ..= 1.0.
    ///
    /// # Errors
    /// [`InkError::TooMany`], [`InkError::NotFinite`] or [`InkError::OutOfRange`].
    pub fn encode(points: &[InkPoint], quantum: Quantum) -> Result<Self, InkError> {
        check_count(points.len())?;
        let steps: Result<Vec<Steps>, InkError> = points
            .iter()
            .map(|&point| Steps::round(point, quantum))
            .collect();
        Ok(Self::pack(&steps?, quantum))
    }

    /// Decodes ink from outside and checks every byte.
    ///
    /// # Errors
    /// An [`InkError`] that names the first fault.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InkError> {
        let mut decoder = Decoder::open(bytes)?;
        let quantum = decoder.quantum();
        // A point takes at least two bytes, so a false count cannot make us allocate much more
        // memory than the sender sent.
        let mut steps = Vec::with_capacity(decoder.remaining().min(bytes.len() / 2));
        for point in &mut decoder {
            steps.push(point?);
        }
        decoder.finish()?;
        if format::is_canonical(bytes, &steps) {
            let bytes = bytes.into();
            return Ok(Self { bytes });
        }
        Ok(Self::pack(&steps, quantum))
    }

    /// The encoded bytes, for storing and sending.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The points in drawing order.
    pub fn points(&self) -> impl Iterator<Item = InkPoint> + '_ {
        let quantum = self.quantum();
        self.steps().map(move |steps| steps.to_point(quantum))
    }

    /// The number of points.
    #[must_use]
    pub fn len(&self) -> usize {
        Decoder::open(&self.bytes).map_or(0, |decoder| decoder.remaining())
    }

    /// Whether there is no point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The grid of the points.
    #[must_use]
    pub fn quantum(&self) -> Quantum {
        Decoder::open(&self.bytes).map_or(Quantum(0), |decoder| decoder.quantum())
    }

    /// This ink followed by `other`, on the finer of the two grids; no point moves.
    ///
    /// # Errors
    /// [`InkError::TooMany`] when both together are too long.
    pub fn concat(&self, other: &Self) -> Result<Self, InkError> {
        let quantum = self.quantum().min(other.quantum());
        let parts = [self, other];
        let mut joined: Vec<Steps> = Vec::new();
        for part in parts {
            let from = part.quantum();
            joined.extend(part.steps().map(|steps| steps.refine(from, quantum)));
        }
        check_count(joined.len())?;
        Ok(Self::pack(&joined, quantum))
    }

    /// The points at positions `range`; positions outside of the ink are skipped.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let count = range.end.saturating_sub(range.start);
        let steps: Vec<Steps> = self.steps().skip(range.start).take(count).collect();
        Self::pack(&steps, self.quantum())
    }

    /// The smallest rectangle around the points, or `None` without points. The painted shape is
    /// larger: see [`bounds_of`](super::stroke_hit::bounds_of).
    #[must_use]
    pub fn bounds(&self) -> Option<BoardRect> {
        let mut points = self.points();
        let first = points.next()?;
        let start = BoardRect::new(first.x, first.y, first.x, first.y);
        Some(points.fold(start, |rect, point| {
            rect.union_pt(kurbo::Point::new(point.x, point.y))
        }))
    }

    fn steps(&self) -> impl Iterator<Item = Steps> + '_ {
        // The bytes are always valid, so stopping at an error loses nothing.
        let mut decoder = Decoder::open(&self.bytes).ok();
        iter::from_fn(move || decoder.as_mut()?.next()?.ok())
    }

    fn pack(steps: &[Steps], quantum: Quantum) -> Self {
        Self {
            bytes: format::encode(steps, quantum).into(),
        }
    }
}

fn check_count(len: usize) -> Result<(), InkError> {
    if len > MAX_INK_POINTS {
        return Err(InkError::TooMany {
            len,
            max: MAX_INK_POINTS,
        });
    }
    Ok(())
}
