//! Paths of straight lines and cubic curves, in the compact form that is stored and sent.
//!
//! A path fills its box exactly: its coordinates are parts of the box's width and height. So the
//! box can be moved and stretched without touching the path.
//!
//! # Format
//!
//! ```text
//! byte 0       version, 1
//! commands, each one byte and its numbers:
//!   0  move    x, y                      begins a subpath
//!   1  line    x, y
//!   2  curve   x1, y1, x2, y2, x, y      a cubic Bézier curve
//!   3  close                             a straight line back to the start of the subpath
//! ```
//!
//! A number is a svarint as in [ink](super::ink): the difference to the same coordinate of the last
//! point on the path, which is 0, 0 at first; after a close it is the start of the subpath. Both
//! control points of a curve count from the point that the curve begins at. 65,536 steps are the
//! width of the box for x, and its height for y. A coordinate is within ±262,144 steps, because
//! control points may lie outside of the box.
//!
//! The first command is a move; a move is followed by a line or a curve, and a close by a move or by
//! nothing. There is at least one line or curve.

use std::sync::Arc;

use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _, Size};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_bytes::ByteBuf;

use super::varint::{self, NumberError};
use crate::limits::{MAX_COORD, MAX_PATH_BYTES, MAX_PATH_SEGMENTS};

const VERSION: u8 = 1;
const MOVE: u8 = 0;
const LINE: u8 = 1;
const CURVE: u8 = 2;
const CLOSE: u8 = 3;
/// Steps of the grid along a side of the box.
const GRID: f64 = 65_536.0;
/// The largest coordinate in steps.
const MAX_STEPS: i64 = 1 << 18;

/// The reason why a path cannot be packed or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// There is no line and no curve.
    #[error("a path without lines and curves")]
    Empty,
    /// There are too many commands or bytes; a longer path must be split.
    #[error("a path of more than {MAX_PATH_SEGMENTS} segments or {MAX_PATH_BYTES} bytes")]
    TooLong,
    /// A coordinate is not a number, or lies far outside of the box or of the board.
    #[error("a coordinate of a path is out of range")]
    OutOfRange,
    /// The first byte names a version that does not exist.
    #[error("unknown version of a path: {0:#04x}")]
    UnknownVersion(u8),
    /// A command is unknown, or stands where it may not stand.
    #[error("command {0} of a path is unknown or out of place")]
    Command(u8),
    /// A number is cut off or malformed.
    #[error("malformed number in a path")]
    Number,
}

impl From<NumberError> for PathError {
    fn from(_: NumberError) -> Self {
        Self::Number
    }
}

/// A path as it is stored and sent. The bytes are always valid, and cloning is cheap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PackedPath {
    bytes: Arc<[u8]>,
}

impl PackedPath {
    /// Packs a path. Returns it with the box that it fills.
    ///
    /// # Errors
    /// [`PathError::Empty`], [`PathError::TooLong`] or [`PathError::OutOfRange`].
    pub fn pack(path: &BezPath) -> Result<(Self, Rect), PathError> {
        let bounds = path.bounding_box();
        Self::pack_in(path, bounds).map(|packed| (packed, bounds))
    }

    /// Packs a path as it lies in a box, which it need not fill.
    ///
    /// # Errors
    /// [`PathError::Empty`], [`PathError::TooLong`] or [`PathError::OutOfRange`].
    pub fn pack_in(path: &BezPath, bounds: Rect) -> Result<Self, PathError> {
        if path.elements().len() > MAX_PATH_SEGMENTS {
            return Err(PathError::TooLong);
        }
        let is_on_board = [bounds.x0, bounds.y0, bounds.x1, bounds.y1]
            .iter()
            .all(|value| (-MAX_COORD..=MAX_COORD).contains(value));
        if !is_on_board || !path.is_finite() {
            return Err(PathError::OutOfRange);
        }
        // A horizontal line has no height: all its coordinates are 0.
        let factor = |side: f64| if side > 0.0 { GRID / side } else { 0.0 };
        let to_grid = Affine::scale_non_uniform(factor(bounds.width()), factor(bounds.height()))
            * Affine::translate(-bounds.origin().to_vec2());
        let mut writer = Writer::new();
        for element in path.elements() {
            writer.write(to_grid * *element)?;
        }
        let bytes = writer.finish()?;
        Ok(Self { bytes })
    }

    /// Reads a path from outside and checks every byte.
    ///
    /// # Errors
    /// A [`PathError`] that names the first fault.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PathError> {
        if bytes.len() > MAX_PATH_BYTES {
            return Err(PathError::TooLong);
        }
        let mut reader = Reader::new(bytes)?;
        let (mut count, mut drawn, mut last) = (0, 0, CLOSE);
        while let Some((command, _)) = reader.next()? {
            let is_misplaced = match command {
                MOVE => last == MOVE,
                CLOSE => last == CLOSE || last == MOVE,
                _ => last == CLOSE,
            };
            if is_misplaced {
                return Err(PathError::Command(command));
            }
            count += 1;
            drawn += usize::from(command == LINE || command == CURVE);
            last = command;
        }
        match (count, drawn, last) {
            (_, 0, _) => Err(PathError::Empty),
            (_, _, MOVE) => Err(PathError::Command(MOVE)),
            (count, ..) if count > MAX_PATH_SEGMENTS => Err(PathError::TooLong),
            _ => Ok(Self {
                bytes: bytes.into(),
            }),
        }
    }

    /// The encoded bytes, for storing and sending.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The path in a box of this size with its upper left corner at the origin.
    #[must_use]
    pub fn to_path(&self, size: Size) -> BezPath {
        let mut path = BezPath::new();
        // The bytes are always valid, so stopping at an error loses nothing.
        let Ok(mut reader) = Reader::new(&self.bytes) else {
            return path;
        };
        let (x, y) = (size.width / GRID, size.height / GRID);
        while let Ok(Some((command, [first, second, to]))) = reader.next() {
            let place = |at: Steps| Point::new(at.x as f64 * x, at.y as f64 * y);
            match command {
                MOVE => path.move_to(place(to)),
                LINE => path.line_to(place(to)),
                CURVE => path.curve_to(place(first), place(second), place(to)),
                _ => path.close_path(),
            }
        }
        path
    }
}

/// A point in steps of the grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Steps {
    x: i64,
    y: i64,
}

impl Steps {
    fn round(at: Point) -> Result<Self, PathError> {
        let step = |value: f64| {
            let value = value.round();
            if value.abs() <= MAX_STEPS as f64 {
                Ok(value as i64)
            } else {
                Err(PathError::OutOfRange)
            }
        };
        Ok(Self {
            x: step(at.x)?,
            y: step(at.y)?,
        })
    }
}

struct Writer {
    bytes: Vec<u8>,
    start: Steps,
    at: Steps,
    /// A move that is written when a line or curve follows.
    pending: Option<Steps>,
    is_open: bool,
}

impl Writer {
    fn new() -> Self {
        Self {
            bytes: vec![VERSION],
            start: Steps::default(),
            at: Steps::default(),
            pending: None,
            is_open: false,
        }
    }

    fn write(&mut self, element: PathEl) -> Result<(), PathError> {
        match element {
            PathEl::MoveTo(to) => {
                self.pending = Some(Steps::round(to)?);
                self.is_open = false;
            }
            PathEl::LineTo(to) => self.draw(LINE, &[Steps::round(to)?]),
            PathEl::QuadTo(by, to) => {
                let from = Point::new(self.current().x as f64, self.current().y as f64);
                let towards = |end: Point| end + (by - end) * (2.0 / 3.0);
                self.draw(
                    CURVE,
                    &[
                        Steps::round(towards(from))?,
                        Steps::round(towards(to))?,
                        Steps::round(to)?,
                    ],
                );
            }
            PathEl::CurveTo(first, second, to) => {
                let points = [first, second, to].map(Steps::round);
                let [first, second, to] = points;
                self.draw(CURVE, &[first?, second?, to?]);
            }
            PathEl::ClosePath if self.is_open => {
                self.bytes.push(CLOSE);
                self.at = self.start;
                self.pending = Some(self.start);
                self.is_open = false;
            }
            // A subpath without length is not drawn.
            PathEl::ClosePath => {}
        }
        Ok(())
    }

    fn current(&self) -> Steps {
        self.pending.unwrap_or(self.at)
    }

    fn draw(&mut self, command: u8, points: &[Steps]) {
        if let Some(start) = self.pending.take() {
            self.put(MOVE, &[start]);
            self.start = start;
        }
        self.is_open = true;
        self.put(command, points);
    }

    fn put(&mut self, command: u8, points: &[Steps]) {
        self.bytes.push(command);
        for point in points {
            varint::write_signed(point.x - self.at.x, &mut self.bytes);
            varint::write_signed(point.y - self.at.y, &mut self.bytes);
        }
        self.at = points.last().copied().unwrap_or(self.at);
    }

    fn finish(self) -> Result<Arc<[u8]>, PathError> {
        match self.bytes.len() {
            1 => Err(PathError::Empty),
            length if length > MAX_PATH_BYTES => Err(PathError::TooLong),
            _ => Ok(self.bytes.into()),
        }
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    start: Steps,
    at: Steps,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self, PathError> {
        let (&version, rest) = bytes.split_first().ok_or(PathError::Empty)?;
        if version != VERSION {
            return Err(PathError::UnknownVersion(version));
        }
        let (start, at) = Default::default();
        Ok(Self { rest, start, at })
    }

    /// The next command with its points; unused ones are 0.
    fn next(&mut self) -> Result<Option<(u8, [Steps; 3])>, PathError> {
        let Some((&command, rest)) = self.rest.split_first() else {
            return Ok(None);
        };
        self.rest = rest;
        let mut points = [Steps::default(); 3];
        match command {
            MOVE | LINE => {
                points[2] = self.point()?;
                self.at = points[2];
            }
            CURVE => {
                for point in &mut points {
                    *point = self.point()?;
                }
                self.at = points[2];
            }
            CLOSE => self.at = self.start,
            other => return Err(PathError::Command(other)),
        }
        if command == MOVE {
            self.start = self.at;
        }
        Ok(Some((command, points)))
    }

    fn point(&mut self) -> Result<Steps, PathError> {
        Ok(Steps {
            x: self.coordinate(self.at.x)?,
            y: self.coordinate(self.at.y)?,
        })
    }

    fn coordinate(&mut self, from: i64) -> Result<i64, PathError> {
        let by = varint::read_signed(&mut self.rest)?;
        let to = from
            .checked_add(by)
            .filter(|to| to.unsigned_abs() <= MAX_STEPS.unsigned_abs());
        to.ok_or(PathError::OutOfRange)
    }
}

impl Serialize for PackedPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.bytes)
    }
}

impl<'de> Deserialize<'de> for PackedPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = ByteBuf::deserialize(deserializer)?;
        Self::from_bytes(&bytes).map_err(D::Error::custom)
    }
}
