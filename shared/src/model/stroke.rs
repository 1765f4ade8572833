//! Strokes: ink drawn by hand, and the ranges that were erased from it.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::geometry::{Cap, Ink, InkPoint, InkShape};
use crate::id::ClientId;

/// The brush that a stroke was drawn with. It decides how the outline is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Brush {
    /// Ink whose width follows the pressure.
    #[serde(rename = "p")]
    Pen,
    /// Translucent ink of constant width, which lies under the ink that it highlights.
    #[serde(rename = "h")]
    Highlighter,
}

/// A stroke drawn by hand.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Stroke {
    /// The brush.
    pub brush: Brush,
    /// Its points, in the parts in which they became durable. All parts together are one stroke.
    pub parts: Vec<Ink>,
    /// Whether its author is still drawing it, so that more parts may follow.
    pub open: bool,
    /// The ranges that were erased, in the order of the log. They may overlap; a point within any
    /// of them is invisible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<Erasure>,
}

/// A range of a stroke that was erased.
#[derive(Clone, Copy, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Erasure {
    /// The client that erased it. Only that client can undo it.
    pub by: ClientId,
    /// The range.
    pub span: ErasedRange,
}

/// A range along a stroke, from and to a position among its points: 0 is the first point, 0.5 is
/// half way to the second. The first number is less than the second.
pub type ErasedRange = [f32; 2];

impl Stroke {
    /// The number of points in all parts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.iter().map(Ink::len).sum()
    }

    /// Whether the stroke has no point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The ranges that are visible, in ascending order.
    #[must_use]
    pub fn visible(&self) -> Vec<ErasedRange> {
        #[expect(clippy::cast_precision_loss, reason = "at most MAX_STROKE_POINTS")]
        let end = self.len().saturating_sub(1) as f32;
        let mut hidden: Vec<ErasedRange> = self.erased.iter().map(|erasure| erasure.span).collect();
        hidden.sort_unstable_by(|a, b| a[0].total_cmp(&b[0]));
        let mut visible = Vec::new();
        let mut at = 0.0_f32;
        for [from, to] in hidden {
            if from > at {
                visible.push([at, from.min(end)]);
            }
            at = at.max(to);
        }
        if at < end || (end == 0.0 && at == 0.0) {
            visible.push([at, end]);
        }
        visible
    }

    /// All points in drawing order, without the element's offset.
    #[must_use]
    pub fn points(&self) -> Vec<InkPoint> {
        let mut points = Vec::with_capacity(self.parts.iter().map(Ink::len).sum());
        for part in &self.parts {
            points.extend(part.points());
        }
        points
    }
}

impl Brush {
    /// How much the width depends on the pressure, 0.0 (not at all) ..= 1.0.
    #[must_use]
    pub const fn thinning(self) -> f64 {
        match self {
            Self::Pen => 0.6,
            Self::Highlighter => 0.0,
        }
    }

    /// The shape of a line with this brush, `width` board units wide.
    #[must_use]
    pub fn shape(self, width: f32) -> InkShape {
        let cap = match self {
            Self::Pen => Cap::Round,
            Self::Highlighter => Cap::Flat,
        };
        InkShape {
            width: f64::from(width),
            thinning: self.thinning(),
            cap,
        }
    }
}
