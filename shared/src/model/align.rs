//! Alignment and even gaps: the ways by which boxes move.

use serde::{Deserialize, Serialize};

use crate::geometry::BoardRect;

/// A side or middle that boxes are brought in line with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AlignTo {
    /// Left edges.
    Left,
    /// Middles, from left to right.
    Center,
    /// Right edges.
    Right,
    /// Upper edges.
    Top,
    /// Middles, from top to bottom.
    Middle,
    /// Lower edges.
    Bottom,
}

/// Horizontal or vertical.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Axis {
    /// From left to right.
    Horizontal,
    /// From top to bottom.
    Vertical,
}

impl Axis {
    /// The ends of a box along the axis.
    #[must_use]
    pub const fn span(self, rect: BoardRect) -> (f64, f64) {
        match self {
            Self::Horizontal => (rect.x0, rect.x1),
            Self::Vertical => (rect.y0, rect.y1),
        }
    }

    /// A way along the axis.
    #[must_use]
    pub const fn way(self, by: f64) -> [f64; 2] {
        match self {
            Self::Horizontal => [by, 0.0],
            Self::Vertical => [0.0, by],
        }
    }
}

/// The ways by which boxes move into line within the box around all of them.
#[must_use]
pub fn aligned(rects: &[BoardRect], to: AlignTo) -> Vec<[f64; 2]> {
    let all = rects.iter().copied().reduce(|all, one| all.union(one));
    let whole = all.unwrap_or_default();
    let ways = rects.iter().map(|rect| match to {
        AlignTo::Left => [whole.x0 - rect.x0, 0.0],
        AlignTo::Center => [whole.center().x - rect.center().x, 0.0],
        AlignTo::Right => [whole.x1 - rect.x1, 0.0],
        AlignTo::Top => [0.0, whole.y0 - rect.y0],
        AlignTo::Middle => [0.0, whole.center().y - rect.center().y],
        AlignTo::Bottom => [0.0, whole.y1 - rect.y1],
    });
    ways.collect()
}

/// The ways that make the gaps between boxes even; the outermost boxes stay.
#[must_use]
pub fn distributed(rects: &[BoardRect], axis: Axis) -> Vec<[f64; 2]> {
    let mut order: Vec<(usize, (f64, f64))> = rects
        .iter()
        .map(|rect| axis.span(*rect))
        .enumerate()
        .collect();
    order.sort_by(|(_, a), (_, b)| (a.0 + a.1).total_cmp(&(b.0 + b.1)));
    let mut ways = vec![[0.0; 2]; rects.len()];
    let (Some((_, first)), Some((_, last))) = (order.first(), order.last()) else {
        return ways;
    };
    let filled: f64 = order.iter().map(|(_, (from, to))| to - from).sum();
    let room = last.1 - first.0 - filled;
    // A few at most; a board holds far fewer than 2^52.
    let gap = room / order.len().saturating_sub(1).max(1) as f64;
    let mut next = first.0;
    for (number, (from, to)) in order {
        if let Some(way) = ways.get_mut(number) {
            *way = axis.way(next - from);
        }
        next += to - from + gap;
    }
    ways
}
