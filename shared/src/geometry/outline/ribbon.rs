//! One ribbon of ink between two folds of a stroke.

use kurbo::{BezPath, Point, Vec2};

use super::Cap;
use crate::geometry::point::length;

/// Handle length of the Bézier curve that draws a quarter of a circle of radius 1.
const QUARTER_CIRCLE: f64 = 0.552_284_75;

/// How far a quarter of a circle of radius 1 is from the straight line between its ends.
const ROUNDNESS: f64 = 1.0 - std::f64::consts::FRAC_1_SQRT_2;

/// A cross-section of the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct CrossSection {
    pub(super) centre: Point,
    /// The direction of the line; length 1.
    pub(super) direction: Vec2,
    /// Half the width there.
    pub(super) radius: f64,
}

impl CrossSection {
    fn side(&self) -> Vec2 {
        left_of(self.direction) * self.radius
    }

    fn left(&self) -> Point {
        self.centre + self.side()
    }

    fn right(&self) -> Point {
        self.centre - self.side()
    }
}

fn left_of(direction: Vec2) -> Vec2 {
    Vec2::new(-direction.y, direction.x)
}

/// The connection between two neighbouring cross-sections.
enum Connection {
    /// A part of the ribbon without folds.
    Ribbon,
    /// A corner: both cross-sections have the same centre.
    Corner,
    /// A turn so tight that an edge would run backward. A straight bridge with round ends replaces
    /// it.
    Bridge([CrossSection; 2]),
}

impl Connection {
    fn between(from: &CrossSection, to: &CrossSection) -> Self {
        let ahead = to.centre - from.centre;
        let length = length(ahead);
        if length == 0.0 {
            return Self::Corner;
        }
        let forward = |edge: Vec2| edge.dot(from.direction) > 0.0 && edge.dot(to.direction) > 0.0;
        if forward(to.left() - from.left()) && forward(to.right() - from.right()) {
            return Self::Ribbon;
        }
        let direction = ahead / length;
        Self::Bridge([
            CrossSection { direction, ..*from },
            CrossSection { direction, ..*to },
        ])
    }
}

/// Splits the line into runs without folds. Each has at least two cross-sections, and neighbours
/// meet in one point, where the caps of both form a round join.
pub(super) fn split_at_folds(sections: &[CrossSection]) -> Vec<Vec<CrossSection>> {
    let mut runs = Vec::new();
    let mut run: Vec<CrossSection> = Vec::with_capacity(sections.len());
    run.extend(sections.first());
    for pair in sections.windows(2) {
        let [from, to] = pair else { continue };
        match Connection::between(from, to) {
            Connection::Ribbon => run.push(*to),
            Connection::Corner => runs.push(std::mem::replace(&mut run, vec![*to])),
            Connection::Bridge(bridge) => {
                runs.push(std::mem::replace(&mut run, vec![*to]));
                runs.push(bridge.to_vec());
            }
        }
    }
    runs.push(run);
    // A single cross-section lies under the cap of the bridge beside it.
    runs.retain(|run| run.len() > 1);
    runs
}

/// Appends the closed shape of one run. Curves that are off by at most `slack` when they are
/// straight are straight.
pub(super) fn append(
    run: &[CrossSection],
    (first_cap, last_cap): (Cap, Cap),
    slack: f64,
    path: &mut BezPath,
) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return;
    };
    path.move_to(first.left());
    append_edge(run.iter().map(CrossSection::left), slack, path);
    let reach = last.direction * last.radius;
    append_cap(last.centre, reach, last_cap, slack, path);
    append_edge(run.iter().rev().map(CrossSection::right), slack, path);
    let reach = -first.direction * first.radius;
    append_cap(first.centre, reach, first_cap, slack, path);
    path.close_path();
}

/// Continues the path along `points`, the first of which is its present end. Each point is the
/// control point of a curve between the middles of two neighbours, so the edge has no kinks.
fn append_edge(mut points: impl Iterator<Item = Point>, slack: f64, path: &mut BezPath) {
    let (Some(mut before), Some(mut bend)) = (points.next(), points.next()) else {
        return;
    };
    for next in points {
        // The curve passes the point at a quarter of this distance.
        let height = length(before.midpoint(next) - bend);
        if height <= 4.0 * slack {
            path.line_to(bend);
        } else {
            path.quad_to(bend, bend.midpoint(next));
        }
        (before, bend) = (bend, next);
    }
    path.line_to(bend);
}

fn append_cap(centre: Point, reach: Vec2, cap: Cap, slack: f64, path: &mut BezPath) {
    match cap {
        Cap::Round if ROUNDNESS * length(reach) <= slack => {
            path.line_to(centre + reach);
            path.line_to(centre - left_of(reach));
        }
        Cap::Round => append_half_disc(centre, reach, path),
        Cap::Flat => path.line_to(centre - left_of(reach)),
    }
}

/// Draws half a circle around `centre`, from the left of `reach` around its tip to its right.
pub(super) fn append_half_disc(centre: Point, reach: Vec2, path: &mut BezPath) {
    let side = left_of(reach);
    let (left, tip, right) = (centre + side, centre + reach, centre - side);
    path.curve_to(
        left + reach * QUARTER_CIRCLE,
        tip + side * QUARTER_CIRCLE,
        tip,
    );
    path.curve_to(
        tip - side * QUARTER_CIRCLE,
        right + reach * QUARTER_CIRCLE,
        right,
    );
}
