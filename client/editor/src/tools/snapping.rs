//! Snaps moved rectangles to others near them: edges, middles, equal gaps.
//!
//! Guides show why a rectangle was moved.

use shared::geometry::{BoardPoint, BoardRect};

use crate::view::overlay::Guide;

/// Values that are equal but for the rounding of many small moves.
const SAME: f64 = 1e-6;

/// The result of snapping.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Snapped {
    /// How far snapping moves it beyond the pointer, in board units.
    pub(crate) by: [f64; 2],
    /// The guides that show why.
    pub(crate) guides: Vec<Guide>,
}

/// One of the two axes of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    X,
    Y,
}

/// The extent of a rectangle on an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    low: f64,
    high: f64,
}

impl Axis {
    const fn along(self, rect: BoardRect) -> Span {
        match self {
            Self::X => Span {
                low: rect.x0,
                high: rect.x1,
            },
            Self::Y => Span {
                low: rect.y0,
                high: rect.y1,
            },
        }
    }

    const fn across(self, rect: BoardRect) -> Span {
        match self {
            Self::X => Self::Y.along(rect),
            Self::Y => Self::X.along(rect),
        }
    }

    const fn point(self, along: f64, across: f64) -> BoardPoint {
        match self {
            Self::X => BoardPoint::new(along, across),
            Self::Y => BoardPoint::new(across, along),
        }
    }
}

impl Span {
    const fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    const fn places(self) -> [f64; 3] {
        [self.low, self.middle(), self.high]
    }

    const fn overlaps(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// Snaps a moved rectangle to others that are nearer than `reach`.
pub(crate) fn moved(moving: BoardRect, others: &[BoardRect], reach: f64) -> Snapped {
    let mut snapped = Snapped::default();
    for (at, axis) in [Axis::X, Axis::Y].into_iter().enumerate() {
        let own = axis.along(moving);
        let lines = line_up(&own.places(), axis, others, reach);
        let gaps = even_gap(moving, axis, others, reach);
        let by = match (lines, gaps) {
            (Some(line), Some(gap)) if gap.abs() < line.abs() => gap,
            (Some(line), _) => line,
            (None, Some(gap)) => gap,
            (None, None) => continue,
        };
        if let Some(place) = snapped.by.get_mut(at) {
            *place = by;
        }
    }
    let rect = moving + kurbo::Vec2::from((snapped.by[0], snapped.by[1]));
    for axis in [Axis::X, Axis::Y] {
        let own = axis.along(rect).places();
        snapped.guides.extend(guides(&own, rect, axis, others));
        snapped.guides.extend(gap_guides(rect, axis, others));
    }
    snapped
}

/// Snaps dragged edges to others. `x` and `y` are the edges that move, `rect` is their rectangle.
pub(crate) fn stretched(
    (x, y): (Option<f64>, Option<f64>),
    rect: BoardRect,
    others: &[BoardRect],
    reach: f64,
) -> Snapped {
    let mut snapped = Snapped::default();
    for (axis, edge, slot) in [(Axis::X, x, 0), (Axis::Y, y, 1)] {
        let edges: Vec<f64> = edge.into_iter().collect();
        let Some(by) = line_up(&edges, axis, others, reach) else {
            continue;
        };
        if let Some(place) = snapped.by.get_mut(slot) {
            *place = by;
        }
        let own: Vec<f64> = edges.iter().map(|edge| edge + by).collect();
        snapped.guides.extend(guides(&own, rect, axis, others));
    }
    snapped
}

/// The shortest way that brings one of `own` to an edge or middle of another.
fn line_up(own: &[f64], axis: Axis, others: &[BoardRect], reach: f64) -> Option<f64> {
    let mut ways = Vec::new();
    for other in others {
        let places = axis.along(*other).places();
        for own in own {
            ways.extend(places.map(|place| place - own));
        }
    }
    shortest(ways, reach)
}

fn shortest(ways: Vec<f64>, reach: f64) -> Option<f64> {
    ways.into_iter()
        .filter(|way| way.abs() <= reach)
        .min_by(|a, b| a.abs().total_cmp(&b.abs()))
}

/// Guides through all rectangles that are in line now, each from the first to the last of them.
fn guides(own: &[f64], rect: BoardRect, axis: Axis, others: &[BoardRect]) -> Vec<Guide> {
    let mut found: Vec<Guide> = Vec::new();
    for (at, place) in own.iter().enumerate() {
        let twice = own
            .iter()
            .take(at)
            .any(|other| (other - place).abs() <= SAME);
        let aligned = others.iter().filter(|other| {
            let places = axis.along(**other).places();
            places.iter().any(|other| (other - place).abs() <= SAME)
        });
        let reach = aligned.fold(None, |reach: Option<Span>, other| {
            Some(joined(
                reach.unwrap_or(axis.across(rect)),
                axis.across(*other),
            ))
        });
        if let Some(span) = reach.filter(|_| !twice) {
            found.push(Guide {
                from: axis.point(*place, span.low),
                to: axis.point(*place, span.high),
            });
        }
    }
    found
}

const fn joined(a: Span, b: Span) -> Span {
    Span {
        low: a.low.min(b.low),
        high: a.high.max(b.high),
    }
}

/// The neighbours of a rectangle in its row or column, nearest first: before it and after it.
fn neighbours(moving: BoardRect, axis: Axis, others: &[BoardRect]) -> [Vec<Span>; 2] {
    let own = axis.along(moving);
    let row = axis.across(moving);
    let beside = others
        .iter()
        .filter(|other| axis.across(**other).overlaps(row));
    let spans: Vec<Span> = beside.map(|other| axis.along(*other)).collect();
    let mut before: Vec<Span> = spans
        .iter()
        .copied()
        .filter(|span| span.middle() < own.middle())
        .collect();
    let mut after: Vec<Span> = spans
        .into_iter()
        .filter(|span| span.middle() > own.middle())
        .collect();
    before.sort_unstable_by(|a, b| b.high.total_cmp(&a.high));
    after.sort_unstable_by(|a, b| a.low.total_cmp(&b.low));
    [before, after]
}

/// The shortest way to a place where the gaps beside a rectangle are equal: in the middle between
/// two others, or as far from one as that is from the next.
fn even_gap(moving: BoardRect, axis: Axis, others: &[BoardRect], reach: f64) -> Option<f64> {
    let own = axis.along(moving);
    let size = own.high - own.low;
    let [before, after] = neighbours(moving, axis, others);
    let mut ways = Vec::new();
    if let (Some(left), Some(right)) = (before.first(), after.first()) {
        let room = right.low - left.high;
        if room > size {
            ways.push(f64::midpoint(left.high, right.low) - own.middle());
        }
    }
    if let [near, far, ..] = before[..] {
        let gap = near.low - far.high;
        if gap > 0.0 {
            ways.push(near.high + gap - own.low);
        }
    }
    if let [near, far, ..] = after[..] {
        let gap = far.low - near.high;
        if gap > 0.0 {
            ways.push(near.low - gap - own.high);
        }
    }
    shortest(ways, reach)
}

/// The equal gaps beside a rectangle, as lines across them.
fn gap_guides(rect: BoardRect, axis: Axis, others: &[BoardRect]) -> Vec<Guide> {
    let own = axis.along(rect);
    let [before, after] = neighbours(rect, axis, others);
    let gap = |low: Span, high: Span| Span {
        low: low.high,
        high: high.low,
    };
    let mut pairs: Vec<[Span; 2]> = Vec::new();
    if let (Some(left), Some(right)) = (before.first(), after.first()) {
        pairs.push([gap(*left, own), gap(own, *right)]);
    }
    if let [near, far, ..] = before[..] {
        pairs.push([gap(near, own), gap(far, near)]);
    }
    if let [near, far, ..] = after[..] {
        pairs.push([gap(own, near), gap(near, far)]);
    }
    let across = axis.across(rect).middle();
    let mut guides = Vec::new();
    for [a, b] in pairs {
        let (wide, other) = (a.high - a.low, b.high - b.low);
        if wide > SAME && (wide - other).abs() <= SAME {
            guides.extend([a, b].map(|span| Guide {
                from: axis.point(span.low, across),
                to: axis.point(span.high, across),
            }));
        }
    }
    guides
}
