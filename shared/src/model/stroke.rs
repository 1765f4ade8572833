//! Ink drawn by hand, and what was rubbed out of it.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::geometry::{Cap, Ink, InkPoint, InkShape};
use crate::id::ClientId;

/// What a stroke was drawn with; fixes how its outline is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Brush {
    /// Ink whose width follows the pressure.
    #[serde(rename = "p")]
    Pen,
    /// Translucent ink of constant width that lies under what it marks.
    #[serde(rename = "h")]
    Highlighter,
}

/// Ink drawn by hand.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Stroke {
    /// What it was drawn with.
    pub brush: Brush,
    /// Its points, in pieces as they became durable; together one stroke.
    pub parts: Vec<Ink>,
    /// More pieces may follow: its author has not lifted the pen yet.
    pub open: bool,
    /// What was rubbed out of it, in the order of the log. Cuts may overlap: what
    /// lies in any of them does not show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<Cut>,
}

/// A stretch along a stroke that somebody rubbed out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Cut {
    /// Who did it, and who alone can take it back.
    pub by: ClientId,
    /// From where to where.
    pub span: CutSpan,
}

/// A stretch along a stroke: positions among its points, 0 for the first one,
/// 0.5 half way to the second. The first is less than the second.
pub type CutSpan = [f32; 2];

impl Stroke {
    /// Points over all pieces.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.iter().map(Ink::len).sum()
    }

    /// Whether it has no point at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Stretches that still show, ascending; positions as in [`CutSpan`].
    #[must_use]
    pub fn visible(&self) -> Vec<CutSpan> {
        #[expect(clippy::cast_precision_loss, reason = "at most MAX_STROKE_POINTS")]
        let end = self.len().saturating_sub(1) as f32;
        let mut hidden: Vec<CutSpan> = self.cuts.iter().map(|cut| cut.span).collect();
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

    /// All its points in drawing order, before the element's offset.
    #[must_use]
    pub fn points(&self) -> Vec<InkPoint> {
        self.parts.iter().flat_map(Ink::points).collect()
    }
}

impl Brush {
    /// How far the width follows the pressure, 0.0 (not at all) ..= 1.0.
    #[must_use]
    pub const fn thinning(self) -> f64 {
        match self {
            Self::Pen => 0.6,
            Self::Highlighter => 0.0,
        }
    }

    /// How a line of this brush and `width` board units is outlined.
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
