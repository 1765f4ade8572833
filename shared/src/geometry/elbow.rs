//! Elbow lines: lines of horizontal and vertical segments that lead around the boxes they connect.
//!
//! The search tries every sensible way and takes the shortest with the fewest bends. A way through
//! one of the two boxes is taken only if all ways lead through one.

use kurbo::{Point, Rect, Vec2};

/// Cost of a bend, in multiples of the margin around boxes.
const BEND_COST: f64 = 3.0;
/// Cost of turning back, in board units: more than any detour.
const TURN_BACK_COST: f64 = 1.0e9;
/// Cost of crossing a box, in board units: more than any detour, less than turning back.
const CROSSING_COST: f64 = 1.0e8;
/// Distance in board units that a line must run inside of a box to count as crossing it. Rounding
/// may put a line that follows an edge slightly inside.
const MIN_DEPTH: f64 = 1.0e-6;

/// One end of an elbow line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ElbowEnd {
    /// The point that the end aims at.
    pub at: Point,
    /// The box that the end is anchored to. The line leaves it at a right angle.
    pub bounds: Option<Rect>,
}

const SIDES: [Vec2; 4] = [
    Vec2::new(1.0, 0.0),
    Vec2::new(0.0, 1.0),
    Vec2::new(-1.0, 0.0),
    Vec2::new(0.0, -1.0),
];

/// A point where the line leaves its end, and its direction there.
#[derive(Clone, Copy)]
struct Exit {
    at: Point,
    stub: Point,
}

/// The corners of the elbow line from `from` to `to`, including both ends. The line keeps `margin`
/// board units away from the boxes at its ends. `came` is the direction in which an earlier segment
/// arrived at `from`.
#[must_use]
pub fn elbow(from: ElbowEnd, to: ElbowEnd, margin: f64, came: Option<Vec2>) -> Vec<Point> {
    let mut best: Option<(f64, Vec<Point>)> = None;
    for start in exits(from, margin) {
        for end in exits(to, margin) {
            for way in candidates(start, end, from.bounds, to.bounds, margin) {
                let crossed = crossings(&way, [from.bounds, to.bounds].into_iter().flatten());
                let cost = cost(&way, margin, came) + CROSSING_COST * f64::from(crossed);
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, way));
                }
            }
        }
    }
    best.map_or_else(|| vec![from.at, to.at], |(_, way)| way)
}

/// The four exits of a box at the height or width of the aim, or the single exit of a free point.
fn exits(end: ElbowEnd, margin: f64) -> Vec<Exit> {
    let Some(bounds) = end.bounds else {
        return vec![Exit {
            at: end.at,
            stub: end.at,
        }];
    };
    let exit = |side: &Vec2| {
        let x = if side.x > 0.0 { bounds.x1 } else { bounds.x0 };
        let y = if side.y > 0.0 { bounds.y1 } else { bounds.y0 };
        let at = if side.x == 0.0 {
            Point::new(end.at.x, y)
        } else {
            Point::new(x, end.at.y)
        };
        Exit {
            at,
            stub: at + *side * margin,
        }
    };
    SIDES.iter().map(exit).collect()
}

/// All ways that connect two exits by at most one channel.
fn candidates(
    start: Exit,
    end: Exit,
    first: Option<Rect>,
    second: Option<Rect>,
    margin: f64,
) -> Vec<Vec<Point>> {
    let (a, b) = (start.stub, end.stub);
    let mut columns = vec![a.x, b.x, (a.x + b.x) / 2.0];
    let mut rows = vec![a.y, b.y, (a.y + b.y) / 2.0];
    for bounds in [first, second].into_iter().flatten() {
        let around = bounds.inflate(margin, margin);
        columns.extend([around.x0, around.x1]);
        rows.extend([around.y0, around.y1]);
    }
    let mut channels = Vec::new();
    for x in columns {
        channels.push([Point::new(x, a.y), Point::new(x, b.y)]);
    }
    for y in rows {
        channels.push([Point::new(a.x, y), Point::new(b.x, y)]);
    }
    let way =
        |[leave, arrive]: [Point; 2]| merge_straight(&[start.at, a, leave, arrive, b, end.at]);
    channels.into_iter().map(way).collect()
}

/// Removes duplicate points and points in the middle of a straight segment.
fn merge_straight(points: &[Point]) -> Vec<Point> {
    let mut way: Vec<Point> = Vec::with_capacity(points.len());
    for &point in points {
        if way
            .last()
            .is_some_and(|last| (point - *last).hypot() < 1e-9)
        {
            continue;
        }
        if let [.., before, last] = way.as_slice() {
            let (into, out) = (*last - *before, point - *last);
            if into.cross(out).abs() < 1e-9 && into.dot(out) > 0.0 {
                way.pop();
            }
        }
        way.push(point);
    }
    way
}

/// The number of segments that cross boxes. All segments are horizontal or vertical.
fn crossings(way: &[Point], boxes: impl Iterator<Item = Rect>) -> u32 {
    let through = |inside: Rect, leg: &[Point]| match *leg {
        [from, to] => {
            let leg = Rect::from_points(from, to);
            leg.x0 < inside.x1 && inside.x0 < leg.x1 && leg.y0 < inside.y1 && inside.y0 < leg.y1
        }
        _ => false,
    };
    boxes
        .map(|held| held.inset(-MIN_DEPTH))
        .flat_map(|inside| {
            way.windows(2)
                .map(move |leg| u32::from(through(inside, leg)))
        })
        .sum()
}

fn cost(way: &[Point], margin: f64, came: Option<Vec2>) -> f64 {
    let mut cost = 0.0;
    let mut before = came;
    for pair in way.windows(2) {
        let [from, to] = *pair else { continue };
        let leg = to - from;
        cost += leg.hypot();
        if let Some(before) = before {
            let bends = before.cross(leg).abs() > 1e-9;
            let turns_back = !bends && before.dot(leg) < 0.0;
            cost += if turns_back { TURN_BACK_COST } else { 0.0 };
            cost += if bends { BEND_COST * margin } else { 0.0 };
        }
        before = Some(leg);
    }
    cost
}
