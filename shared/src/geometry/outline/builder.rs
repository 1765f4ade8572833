//! The outline of a stroke that is still being drawn.

use kurbo::BezPath;

use super::ribbon::CrossSection;
use super::{End, Ends, InkShape, append_outline, cross_sections};
use crate::geometry::centre_line::{self, CentreSample, CurveSegment};
use crate::geometry::ink::InkPoint;

/// Fewest samples of the centre line that are frozen as one part.
const MIN_FROZEN_SAMPLES: usize = 32;
/// Distance behind the tip, as a multiple of the line's width, beyond which the outline is final.
/// Pressure at the tip may widen the line this far behind it.
const UNSETTLED_WIDTHS: f64 = 1.6;

/// Makes the outline of a growing stroke with work only for the new points. The older part freezes
/// and is returned once; the part near the tip is computed anew each time.
///
/// All frozen parts and the tail, filled as one path or one after the other, look the same as the
/// [`outline`](super::outline) of the whole stroke. Each part overlaps the next by a round cap, so
/// paint translucent ink opaquely and make the whole layer translucent.
#[derive(Clone, Debug)]
pub struct OutlineBuilder {
    shape: InkShape,
    tolerance: f64,
    /// The last three points, on which the next segment of the curve depends.
    recent: Vec<InkPoint>,
    /// The part of the centre line that is final but not yet frozen.
    line: Vec<CentreSample>,
    /// The cross-section where the frozen part ends.
    frozen_end: Option<CrossSection>,
}

impl OutlineBuilder {
    /// Starts a stroke. Its edges lie within about `tolerance` board units of the exact ones.
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
        self.recent = centre_line::distinct(&self.recent);
        // The point after them makes the segment before the last two points final.
        match *self.recent.as_slice() {
            [from, to, after] if self.line.is_empty() && self.frozen_end.is_none() => {
                self.settle(&CurveSegment::between(None, from, to, Some(after)));
            }
            [before, from, to, after] => {
                self.settle(&CurveSegment::between(Some(before), from, to, Some(after)));
                self.recent.remove(0);
            }
            _ => {}
        }
    }

    /// Returns the part that became final since the last call, if it is long enough to be painted
    /// separately. It never changes and is never returned again.
    pub fn take_frozen(&mut self) -> Option<BezPath> {
        let last = self.last_final_sample()?;
        let cross_sections = cross_sections(&self.line, &self.shape, self.frozen_end);
        let frozen = cross_sections.get(..=last)?;
        let mut path = BezPath::new();
        let ends = Ends {
            first: self.first_end(),
            last: End::Joint,
        };
        append_outline(frozen, &self.shape, ends, 0.0, &mut path);
        self.frozen_end = frozen.last().copied();
        self.line.drain(..last);
        Some(path)
    }

    /// The part after the frozen one, up to and through the `predicted` points, which are part of
    /// this outline only.
    #[must_use]
    pub fn tail(&self, predicted: &[InkPoint]) -> BezPath {
        let mut points = self.recent.clone();
        points.extend_from_slice(predicted);
        let points = centre_line::distinct(&points);
        let fineness = self.shape.fineness(self.tolerance);
        let mut line = self.line.clone();
        if line.is_empty() {
            line = centre_line::centre_line(&points, fineness);
        } else {
            for segment in centre_line::segments(&points).skip(self.recent.len().saturating_sub(2))
            {
                centre_line::append_segment(&segment, fineness, &mut line);
            }
        }
        let mut path = BezPath::new();
        let ends = Ends {
            first: self.first_end(),
            last: End::OfStroke,
        };
        append_outline(
            &cross_sections(&line, &self.shape, self.frozen_end),
            &self.shape,
            ends,
            0.0,
            &mut path,
        );
        path
    }

    fn settle(&mut self, segment: &CurveSegment) {
        centre_line::append_segment(segment, self.shape.fineness(self.tolerance), &mut self.line);
    }

    fn first_end(&self) -> End {
        if self.frozen_end.is_some() {
            End::Joint
        } else {
            End::OfStroke
        }
    }

    /// The last sample that no later point can change, if enough samples come before it.
    fn last_final_sample(&self) -> Option<usize> {
        let unsettled = self.shape.width * UNSETTLED_WIDTHS;
        let mut way = 0.0;
        let mut later = self.line.last()?;
        for (index, sample) in self.line.iter().enumerate().rev() {
            way += (later.position - sample.position).hypot();
            later = sample;
            if index < MIN_FROZEN_SAMPLES {
                return None;
            }
            if way > unsettled {
                return Some(index);
            }
        }
        None
    }
}
