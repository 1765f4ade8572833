//! Open figures: lines and arrows.

use kurbo::{Point, Vec2};

use super::path::Path;
use super::{Figure, corners, steadied};

/// How far a line may stray, as a share of its length, and in CSS pixels on top.
const STRAY: f64 = 0.05;
const STRAY_PX: f64 = 2.0;
/// A line is no longer than this many times the straight way.
const DETOUR: f64 = 1.12;
/// How far the parts of an arrow may stray, as a share of its size.
const ARROW_STRAY: f64 = 0.05;
/// A shaft strays less than this share of its length.
const SHAFT_STRAY: f64 = 0.07;
/// The head of an arrow reaches back at most this share of its shaft, and at least that.
const LONGEST_HEAD: f64 = 0.5;
const SHORTEST_HEAD: f64 = 0.06;
/// Between which angles to the shaft, in radians, the sides of a head may stand.
const HEAD_ANGLES: [f64; 2] = [0.2, 1.35];
/// A way back to the tip ends this near to it, as a share of the shaft.
const AT_TIP: f64 = 0.16;

/// The line that a stroke is, if it is straight.
pub(super) fn line(path: &Path, pixel: f64) -> Option<Figure> {
    let (from, to) = (path.first(), path.last());
    let chord = from.distance(to);
    let straight = path.length() <= chord * DETOUR + STRAY_PX * pixel;
    let stray = farthest(path.places(), from, to);
    (straight && stray <= chord * STRAY + STRAY_PX * pixel).then(|| Figure::Line {
        from: from.into(),
        to: levelled(from, to).into(),
    })
}

/// The arrow that a stroke is: a straight shaft, and from its end a head drawn back
/// to both sides without lifting the pen.
pub(super) fn arrow(path: &Path) -> Option<Figure> {
    let found = corners::open(path.places(), path.size() * ARROW_STRAY);
    let [from, tip, head @ ..] = found.as_slice() else {
        return None;
    };
    let shaft = *tip - *from;
    let length = shaft.hypot();
    if !(2..=4).contains(&head.len()) || !is_shaft(path, *from, *tip) {
        return None;
    }
    let mut sides = [false; 2];
    for place in head {
        let back = *place - *tip;
        if back.hypot() <= length * AT_TIP && is_between(head, place) {
            continue;
        }
        let side = barb(shaft, back)?;
        if let Some(seen) = sides.get_mut(usize::from(side)) {
            *seen = true;
        }
    }
    sides.iter().all(|seen| *seen).then(|| Figure::Arrow {
        from: (*from).into(),
        to: levelled(*from, *tip).into(),
    })
}

/// On which side of the shaft a corner of the head is; `None` if it is nowhere where
/// one would be.
fn barb(shaft: Vec2, back: Vec2) -> Option<bool> {
    let length = shaft.hypot();
    let reach = back.hypot();
    let turn = (-shaft).cross(back).atan2((-shaft).dot(back));
    let [flattest, widest] = HEAD_ANGLES;
    let fits = (SHORTEST_HEAD * length..=LONGEST_HEAD * length).contains(&reach)
        && (flattest..=widest).contains(&turn.abs());
    fits.then_some(turn > 0.0)
}

/// Whether a corner has others of the head before and after it.
fn is_between(head: &[Point], place: &Point) -> bool {
    head.first() != Some(place) && head.last() != Some(place)
}

/// Whether the stroke runs straight from its beginning to the tip.
fn is_shaft(path: &Path, from: Point, tip: Point) -> bool {
    let at = path
        .places()
        .iter()
        .position(|place| place.distance(tip) < 1e-9);
    let until = at.and_then(|at| path.places().get(..=at));
    until.is_some_and(|shaft| farthest(shaft, from, tip) <= from.distance(tip) * SHAFT_STRAY)
}

fn farthest(places: &[Point], from: Point, to: Point) -> f64 {
    places
        .iter()
        .map(|place| corners::distance(*place, from, to))
        .fold(0.0, f64::max)
}

/// The end of a line that lies or stands, exactly so if it nearly does.
fn levelled(from: Point, to: Point) -> Point {
    let way = to - from;
    let quarter = std::f64::consts::FRAC_PI_2;
    // Lines are aimed better than boxes are drawn.
    let off = steadied(way.atan2(), quarter);
    let near = (way.atan2() / quarter).round() * quarter;
    if off == 0.0 && (way.atan2() - near).abs() < 0.07 {
        from + Vec2::from_angle(near) * way.hypot()
    } else {
        to
    }
}
