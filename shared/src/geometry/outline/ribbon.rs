//! One ribbon of ink between two cuts, free of folds.
//!
//! It must not know points, pressure or the stroke it belongs to.

use kurbo::{BezPath, Point, Vec2};

use super::Cap;

/// Handle length of a quarter of a circle with radius 1.
const QUARTER: f64 = 0.552_284_75;

/// A cross-section of the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rib {
    pub(super) centre: Point,
    /// Which way the line runs; length 1.
    pub(super) direction: Vec2,
    /// Half the width there.
    pub(super) radius: f64,
}

impl Rib {
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

/// What lies between two neighbouring ribs.
enum Between {
    /// A clean stretch of ribbon.
    Ribbon,
    /// A corner: both ribs in one place.
    Corner,
    /// A turn so tight that an edge would run backward: a straight bridge, with
    /// round ends, takes its place.
    Bridge([Rib; 2]),
}

impl Between {
    fn ribs(from: &Rib, to: &Rib) -> Self {
        let ahead = to.centre - from.centre;
        let length = ahead.hypot();
        if length == 0.0 {
            return Self::Corner;
        }
        let forward = |edge: Vec2| edge.dot(from.direction) > 0.0 && edge.dot(to.direction) > 0.0;
        if forward(to.left() - from.left()) && forward(to.right() - from.right()) {
            return Self::Ribbon;
        }
        let direction = ahead / length;
        Self::Bridge([Rib { direction, ..*from }, Rib { direction, ..*to }])
    }
}

/// Cuts the line into runs that do not fold; each has two ribs or more, and
/// neighbours meet in one place, where the caps of both make a round join.
pub(super) fn split_at_folds(ribs: &[Rib]) -> Vec<Vec<Rib>> {
    let mut runs = Vec::new();
    let mut run: Vec<Rib> = ribs.first().copied().into_iter().collect();
    for pair in ribs.windows(2) {
        let [from, to] = pair else { continue };
        match Between::ribs(from, to) {
            Between::Ribbon => run.push(*to),
            Between::Corner => runs.push(std::mem::replace(&mut run, vec![*to])),
            Between::Bridge(bridge) => {
                runs.push(std::mem::replace(&mut run, vec![*to]));
                runs.push(bridge.to_vec());
            }
        }
    }
    runs.push(run);
    // A lone rib lies under the cap of the bridge beside it.
    runs.retain(|run| run.len() > 1);
    runs
}

/// Appends the closed shape of one run.
pub(super) fn append(run: &[Rib], first_cap: Cap, last_cap: Cap, path: &mut BezPath) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return;
    };
    path.move_to(first.left());
    append_edge(run.iter().map(Rib::left), path);
    append_cap(last.centre, last.direction * last.radius, last_cap, path);
    append_edge(run.iter().rev().map(Rib::right), path);
    append_cap(
        first.centre,
        -first.direction * first.radius,
        first_cap,
        path,
    );
    path.close_path();
}

/// Goes on along `points` (the first is where the path is) by way of the middle
/// between each two, bending at each, which leaves no kink.
fn append_edge(points: impl Iterator<Item = Point>, path: &mut BezPath) {
    let mut points = points.skip(1);
    let Some(mut bend) = points.next() else {
        return;
    };
    for next in points {
        path.quad_to(bend, bend.midpoint(next));
        bend = next;
    }
    path.line_to(bend);
}

fn append_cap(centre: Point, reach: Vec2, cap: Cap, path: &mut BezPath) {
    match cap {
        Cap::Round => append_half_disc(centre, reach, path),
        Cap::Flat => path.line_to(centre - left_of(reach)),
    }
}

/// Goes from the left of `reach` around its tip to its right, all at one distance
/// from `centre`.
pub(super) fn append_half_disc(centre: Point, reach: Vec2, path: &mut BezPath) {
    let side = left_of(reach);
    let (left, tip, right) = (centre + side, centre + reach, centre - side);
    path.curve_to(left + reach * QUARTER, tip + side * QUARTER, tip);
    path.curve_to(tip - side * QUARTER, right + reach * QUARTER, right);
}
