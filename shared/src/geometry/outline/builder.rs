//! The outline of a stroke that is still being drawn.
//!
//! It must not know where points come from or how often it is painted.

use kurbo::BezPath;

use super::ribbon::Rib;
use super::{End, Ends, InkShape, append_outline, ribs};
use crate::geometry::ink::InkPoint;
use crate::geometry::smooth::{self, CentreSample, Piece};

/// Fewest samples of the centre line worth a frozen part of their own.
const FREEZE_SAMPLES: usize = 32;
/// How far behind the tip nothing can change any more, in widths: pressure at the
/// tip may widen the line behind it that far.
const RESTLESS_WIDTHS: f64 = 1.6;

/// Makes the outline of a growing stroke with work only for what is new: its older
/// part freezes and is handed out once, its young end is made anew each time.
///
/// All frozen parts and the tail, filled as one path or one after the other, look
/// the same as the [`outline`](super::outline) of the whole stroke. Each overlaps the next by a
/// round cap; fill translucent ink opaque and make the whole layer translucent.
#[derive(Clone, Debug)]
pub struct OutlineBuilder {
    shape: InkShape,
    tolerance: f64,
    /// The last three points: what the next piece of the curve depends on.
    recent: Vec<InkPoint>,
    /// The part of the centre line that is final but not frozen.
    line: Vec<CentreSample>,
    /// The rib where the frozen part ends.
    frozen_end: Option<Rib>,
}

impl OutlineBuilder {
    /// Starts a stroke; edges within about `tolerance` board units.
    #[must_use]
    pub const fn new(shape: InkShape, tolerance: f64) -> Self {
        Self {
            shape,
            tolerance,
            recent: Vec::new(),
            line: Vec::new(),
            frozen_end: None,
        }
    }

    /// Adds the next point of the stroke.
    pub fn push(&mut self, point: InkPoint) {
        self.recent.push(point);
        self.recent = smooth::distinct(&self.recent);
        // With a point after it, the piece before the last two points is final.
        match *self.recent.as_slice() {
            [from, to, after] if self.line.is_empty() && self.frozen_end.is_none() => {
                self.settle(&Piece::between(None, from, to, Some(after)));
            }
            [before, from, to, after] => {
                self.settle(&Piece::between(Some(before), from, to, Some(after)));
                self.recent.remove(0);
            }
            _ => {}
        }
    }

    /// The part that became final since the last call, if it is long enough to be
    /// worth painting; it never changes and is never handed out again.
    pub fn take_frozen(&mut self) -> Option<BezPath> {
        let cut = self.cut()?;
        let ribs = ribs(&self.line, &self.shape, self.frozen_end);
        let frozen = ribs.get(..=cut)?;
        let mut path = BezPath::new();
        let ends = Ends {
            first: self.first_end(),
            last: End::Cut,
        };
        append_outline(frozen, &self.shape, ends, &mut path);
        self.frozen_end = frozen.last().copied();
        self.line.drain(..cut);
        Some(path)
    }

    /// The part after the frozen one, up to and through `predicted` points, which
    /// are drawn this time only.
    #[must_use]
    pub fn tail(&self, predicted: &[InkPoint]) -> BezPath {
        let mut points = self.recent.clone();
        points.extend_from_slice(predicted);
        let points = smooth::distinct(&points);
        let fineness = self.shape.fineness(self.tolerance);
        let mut line = self.line.clone();
        if line.is_empty() {
            line = smooth::centre_line(&points, fineness);
        } else {
            for piece in smooth::pieces(&points).skip(self.recent.len().saturating_sub(2)) {
                smooth::append_piece(&piece, fineness, &mut line);
            }
        }
        let mut path = BezPath::new();
        let ends = Ends {
            first: self.first_end(),
            last: End::OfStroke,
        };
        append_outline(
            &ribs(&line, &self.shape, self.frozen_end),
            &self.shape,
            ends,
            &mut path,
        );
        path
    }

    fn settle(&mut self, piece: &Piece) {
        smooth::append_piece(piece, self.shape.fineness(self.tolerance), &mut self.line);
    }

    fn first_end(&self) -> End {
        if self.frozen_end.is_some() {
            End::Cut
        } else {
            End::OfStroke
        }
    }

    /// The last sample that nothing later can change, if enough come before it.
    fn cut(&self) -> Option<usize> {
        let restless = self.shape.width * RESTLESS_WIDTHS;
        let mut way = 0.0;
        let mut later = self.line.last()?;
        for (index, sample) in self.line.iter().enumerate().rev() {
            way += (later.position - sample.position).hypot();
            later = sample;
            if index < FREEZE_SAMPLES {
                return None;
            }
            if way > restless {
                return Some(index);
            }
        }
        None
    }
}
