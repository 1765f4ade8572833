//! Lines of horizontal and vertical pieces that go around what they connect.
//!
//! Every sensible way is tried, and the shortest with the fewest bends is taken.
//! A way through one of the two boxes is taken only if every other way does the same.
//! It must not know elements.

use kurbo::{Point, Rect, Vec2};

/// What a bend costs, in the margins that the line keeps from boxes.
const BEND: f64 = 3.0;
/// What turning back on itself costs, in board units: more than any way round.
const BACK: f64 = 1.0e9;
/// What running through a box costs, in board units: more than any way round, less than
/// turning back.
const THROUGH: f64 = 1.0e8;
/// How far inside of a box, in board units, a line counts as running through it: rounding
/// may lead a line along an edge a little inside.
const INSIDE: f64 = 1.0e-6;

/// An end of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ElbowEnd {
    /// Where it aims.
    pub at: Point,
    /// What it is attached to: the line leaves it at a right angle.
    pub hold: Option<Rect>,
}

const SIDES: [Vec2; 4] = [
    Vec2::new(1.0, 0.0),
    Vec2::new(0.0, 1.0),
    Vec2::new(-1.0, 0.0),
    Vec2::new(0.0, -1.0),
];

/// Where the line leaves its end, and by which way it goes on.
#[derive(Clone, Copy)]
struct Exit {
    at: Point,
    stub: Point,
}

/// The corners of the line from `from` to `to`, both ends included, that keeps
/// `margin` board units from what it leaves. `came` is how it arrived at `from`.
#[must_use]
pub fn elbow(from: ElbowEnd, to: ElbowEnd, margin: f64, came: Option<Vec2>) -> Vec<Point> {
    let mut best: Option<(f64, Vec<Point>)> = None;
    for start in exits(from, margin) {
        for end in exits(to, margin) {
            for way in ways(start, end, from.hold, to.hold, margin) {
                let crossed = crossings(&way, [from.hold, to.hold].into_iter().flatten());
                let cost = cost(&way, margin, came) + THROUGH * f64::from(crossed);
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, way));
                }
            }
        }
    }
    best.map_or_else(|| vec![from.at, to.at], |(_, way)| way)
}

/// The four ways to leave a box level with where the line aims, or the one way to leave a point.
fn exits(end: ElbowEnd, margin: f64) -> Vec<Exit> {
    let Some(hold) = end.hold else {
        return vec![Exit {
            at: end.at,
            stub: end.at,
        }];
    };
    let exit = |side: &Vec2| {
        let x = if side.x > 0.0 { hold.x1 } else { hold.x0 };
        let y = if side.y > 0.0 { hold.y1 } else { hold.y0 };
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

/// All ways with at most one channel between the two stubs.
fn ways(
    start: Exit,
    end: Exit,
    first: Option<Rect>,
    second: Option<Rect>,
    margin: f64,
) -> Vec<Vec<Point>> {
    let (a, b) = (start.stub, end.stub);
    let mut columns = vec![a.x, b.x, (a.x + b.x) / 2.0];
    let mut rows = vec![a.y, b.y, (a.y + b.y) / 2.0];
    for hold in [first, second].into_iter().flatten() {
        let around = hold.inflate(margin, margin);
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
    let way = |[leave, arrive]: [Point; 2]| straightened(&[start.at, a, leave, arrive, b, end.at]);
    channels.into_iter().map(way).collect()
}

/// Without points in one place and without points on the way between others.
fn straightened(points: &[Point]) -> Vec<Point> {
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

/// How many legs of a way run through boxes. All legs are horizontal or vertical.
fn crossings(way: &[Point], boxes: impl Iterator<Item = Rect>) -> u32 {
    let through = |inside: Rect, leg: &[Point]| match *leg {
        [from, to] => {
            let leg = Rect::from_points(from, to);
            leg.x0 < inside.x1 && inside.x0 < leg.x1 && leg.y0 < inside.y1 && inside.y0 < leg.y1
        }
        _ => false,
    };
    boxes
        .map(|held| held.inset(-INSIDE))
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
            cost += if turns_back { BACK } else { 0.0 };
            cost += if bends { BEND * margin } else { 0.0 };
        }
        before = Some(leg);
    }
    cost
}
