//! Closed figures: ellipses, rectangles, diamonds and triangles.

use std::f64::consts::FRAC_PI_2;

use kurbo::{Affine, Point, Rect, Size, Vec2};
use shared::model::Outline;

use super::path::Path;
use super::{Figure, corners, steadied};

/// A closed figure goes around its middle once, more or less.
const TURNS: [f64; 2] = [0.8, 1.3];
/// How far corners may stray, as a share of the size.
const STRAY: f64 = 0.07;
/// How far the stroke may be from a polygon, as shares of its size: on average, and
/// anywhere.
const POLYGON_MEAN: f64 = 0.025;
const POLYGON_WORST: f64 = 0.085;
/// How far the stroke may be from an ellipse, as shares of its radius: on average, and anywhere.
const ELLIPSE_MEAN: f64 = 0.08;
const ELLIPSE_WORST: f64 = 0.27;
/// A figure is not flatter than this.
const FLATTEST: f64 = 0.12;
/// Ellipses rounder than this have no direction, and are circles beyond the second.
const ROUND: f64 = 0.75;
const CIRCLE: f64 = 0.88;
/// The corners of a rectangle differ from a right angle by at most this, in radians.
const SQUARE: f64 = 0.42;
/// How far a corner of a diamond may be from the middle of an edge, as a share of the
/// size of its box.
const MIDDLE: f64 = 0.14;
/// Between which shares of its base the tip of a triangle stands.
const TIP: [f64; 2] = [0.25, 0.75];

/// The closed figure that a stroke is, if any fits.
pub(super) fn figure(path: &Path) -> Option<Figure> {
    let [least, most] = TURNS;
    if !(least..=most).contains(&path.turns().abs()) {
        return None;
    }
    polygon(path).or_else(|| ellipse(path))
}

fn polygon(path: &Path) -> Option<Figure> {
    let found = corners::closed(path.places(), path.middle(), path.size() * STRAY);
    if !fits(path, &found) {
        return None;
    }
    match found.as_slice() {
        [a, b, c] => triangle([*a, *b, *c]),
        [a, b, c, d] => {
            let corners = [*a, *b, *c, *d];
            diamond(path.bounds(), corners).or_else(|| rectangle(path, corners))
        }
        _ => None,
    }
}

/// Whether all of the stroke is near the sides of a polygon.
fn fits(path: &Path, corners: &[Point]) -> bool {
    let size = path.size();
    let ahead = corners.iter().cycle().skip(1);
    let sides: Vec<(Point, Point)> = corners.iter().copied().zip(ahead.copied()).collect();
    let off = |place: &Point| {
        sides
            .iter()
            .map(|(from, to)| corners::distance(*place, *from, *to))
            .fold(f64::INFINITY, f64::min)
    };
    let distances: Vec<f64> = path.places().iter().map(off).collect();
    let mean = distances.iter().sum::<f64>() / distances.len().max(1) as f64;
    let worst = distances.iter().copied().fold(0.0, f64::max);
    mean <= POLYGON_MEAN * size && worst <= POLYGON_WORST * size
}

/// A triangle that stands on one of its sides with the tip about above its middle.
fn triangle(corners: [Point; 3]) -> Option<Figure> {
    let [a, b, c] = corners;
    // A base that lies or stands is meant; else the one that the tip is above best.
    let (base, tip, share) = [(a, b, c), (b, c, a), (c, a, b)]
        .into_iter()
        .map(|(from, to, tip)| {
            let side = to - from;
            let share = (tip - from).dot(side) / side.hypot2().max(f64::MIN_POSITIVE);
            ((from, to), tip, share)
        })
        .min_by(|a, b| unlikely(a).total_cmp(&unlikely(b)))?;
    let [least, most] = TIP;
    if !(least..=most).contains(&share) {
        return None;
    }
    // With the tip up, the base runs to the right.
    let run = base.1 - base.0;
    let run = if run.cross(tip - base.0) < 0.0 {
        run
    } else {
        -run
    };
    let width = run.hypot();
    let height = corners::distance(tip, base.0 - run, base.1 + run);
    let middle = base.0.midpoint(base.1);
    let above = Vec2::new(run.y, -run.x) / width.max(f64::MIN_POSITIVE);
    let centre = middle + above * (height / 2.0);
    // Any of four ways up.
    let up = (run.atan2() / FRAC_PI_2).round() * FRAC_PI_2;
    let angle = if steadied(run.atan2(), FRAC_PI_2) == 0.0 {
        up
    } else {
        run.atan2()
    };
    boxed(Outline::Triangle, centre, Size::new(width, height), angle)
}

/// A score for a side as the base of its triangle: the least score wins.
fn unlikely((base, _, share): &((Point, Point), Point, f64)) -> f64 {
    let slants = steadied((base.1 - base.0).atan2(), FRAC_PI_2) != 0.0;
    (share - 0.5).abs() + if slants { 0.25 } else { 0.0 }
}

/// A diamond in its upright box: each corner is near the middle of an edge.
fn diamond(bounds: Rect, corners: [Point; 4]) -> Option<Figure> {
    let middle = bounds.center();
    let edges = [
        Point::new(middle.x, bounds.y0),
        Point::new(bounds.x1, middle.y),
        Point::new(middle.x, bounds.y1),
        Point::new(bounds.x0, middle.y),
    ];
    let reach = Vec2::new(bounds.width(), bounds.height()) * MIDDLE;
    let near = |corner: &Point, edge: &Point| {
        (corner.x - edge.x).abs() <= reach.x && (corner.y - edge.y).abs() <= reach.y
    };
    edges
        .iter()
        .all(|edge| corners.iter().any(|corner| near(corner, edge)))
        .then(|| boxed(Outline::Diamond, middle, bounds.size(), 0.0))?
}

/// A rectangle, upright if it nearly is.
fn rectangle(path: &Path, corners: [Point; 4]) -> Option<Figure> {
    let [a, b, c, d] = corners;
    let sides = [b - a, c - b, d - c, a - d];
    let next = [sides[1], sides[2], sides[3], sides[0]];
    let square = sides.iter().zip(next).all(|(into, out)| {
        let turn = into.cross(out).atan2(into.dot(out)).abs();
        (turn - FRAC_PI_2).abs() <= SQUARE
    });
    // The longer pair of sides tells the direction better.
    let (long, short) = if sides[0].hypot() >= sides[1].hypot() {
        (sides[0] - sides[2], sides[1] - sides[3])
    } else {
        (sides[1] - sides[3], sides[0] - sides[2])
    };
    let flat = short.hypot() < FLATTEST * long.hypot();
    if !square || flat {
        return None;
    }
    let angle = steadied(long.atan2(), FRAC_PI_2);
    let (centre, size) = measured(path, angle);
    boxed(Outline::Rectangle, centre, size, angle)
}

/// The ellipse whose radius the stroke keeps to.
fn ellipse(path: &Path) -> Option<Figure> {
    let direction = main_direction(path);
    let (_, size) = measured(path, direction);
    let angle = if size.width.min(size.height) > ROUND * size.width.max(size.height) {
        0.0
    } else {
        steadied(direction, FRAC_PI_2)
    };
    let (centre, size) = measured(path, angle);
    let own = Affine::rotate(-angle) * Affine::translate(-centre.to_vec2());
    let off: Vec<f64> = path
        .places()
        .iter()
        .map(|place| {
            let at = own * *place;
            ((2.0 * at.x / size.width).hypot(2.0 * at.y / size.height) - 1.0).abs()
        })
        .collect();
    let mean = off.iter().sum::<f64>() / off.len().max(1) as f64;
    let worst = off.iter().copied().fold(0.0, f64::max);
    if mean > ELLIPSE_MEAN || worst > ELLIPSE_WORST {
        return None;
    }
    let circle = size.width.min(size.height) / size.width.max(size.height) > CIRCLE;
    let size = if circle {
        let side = (size.width + size.height) / 2.0;
        Size::new(side, side)
    } else {
        size
    };
    boxed(Outline::Ellipse, centre, size, angle)
}

/// The direction in which a stroke reaches farthest, in radians.
fn main_direction(path: &Path) -> f64 {
    let middle = path.middle();
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for place in path.places() {
        let way = *place - middle;
        xx += way.x * way.x;
        xy += way.x * way.y;
        yy += way.y * way.y;
    }
    0.5 * (2.0 * xy).atan2(xx - yy)
}

/// The middle and the size of the box around a stroke that is turned by `angle`.
fn measured(path: &Path, angle: f64) -> (Point, Size) {
    let back = Affine::rotate(-angle);
    let mut own = path.places().iter().map(|place| back * *place);
    let first = own.next().unwrap_or_default();
    let rect = own.fold(Rect::from_points(first, first), |rect, place| {
        rect.union_pt(place)
    });
    (Affine::rotate(angle) * rect.center(), rect.size())
}

fn boxed(outline: Outline, centre: Point, size: Size, angle: f64) -> Option<Figure> {
    let (long, short) = (size.width.max(size.height), size.width.min(size.height));
    (short >= FLATTEST * long).then(|| Figure::Box {
        outline,
        rect: Rect::from_center_size(centre, size),
        angle,
    })
}
