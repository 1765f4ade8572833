//! The corners of a stroke: the few places whose polygon is nearly the stroke.
//!
//! The stroke is split at its farthest place until no place is far (Douglas and Peucker). Corners
//! that hardly turn are dropped then.

use kurbo::{Line, ParamCurveNearest, Point};

/// A place that turns less than this, in radians, is no corner.
const BLUNT: f64 = 0.5;

/// The corners of an open way, its ends included. Nothing else is farther than
/// `reach` from their polygon, but for corners that are too blunt to be meant.
pub(super) fn open(places: &[Point], reach: f64) -> Vec<Point> {
    let mut kept = split(places, reach);
    drop_blunt(&mut kept, Ends::Kept);
    kept
}

/// The corners of a closed way, each once; the first one is a true corner too.
pub(super) fn closed(places: &[Point], middle: Point, reach: f64) -> Vec<Point> {
    let farthest = places
        .iter()
        .enumerate()
        .max_by(|(_, a), (_, b)| a.distance(middle).total_cmp(&b.distance(middle)));
    let Some((start, _)) = farthest else {
        return Vec::new();
    };
    // From the farthest place around to itself: that one is on no straight side.
    let (before, after) = places.split_at(start);
    let back = after.get(..1).unwrap_or_default();
    let around: Vec<Point> = [after, before, back].concat();
    let mut kept = split(&around, reach);
    kept.pop();
    drop_near(&mut kept, reach * 2.0);
    drop_blunt(&mut kept, Ends::Joined);
    kept
}

/// Whether the ends of a way are corners whatever they turn, or one turn like others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    Kept,
    Joined,
}

/// How far a place is from a straight way.
pub(super) fn distance(place: Point, from: Point, to: Point) -> f64 {
    if from == to {
        return place.distance(from);
    }
    Line::new(from, to).nearest(place, 1e-9).distance_sq.sqrt()
}

fn split(places: &[Point], reach: f64) -> Vec<Point> {
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return Vec::new();
    };
    let mut kept = vec![*first];
    let mut open = vec![places];
    while let Some(part) = open.pop() {
        let Some((at, far)) = farthest(part) else {
            kept.extend(part.last());
            continue;
        };
        if far <= reach {
            kept.extend(part.last());
            continue;
        }
        // The later half waits below the earlier one.
        open.extend(part.get(at..));
        open.extend(part.get(..=at));
    }
    kept.dedup();
    if kept.last() != Some(last) {
        kept.push(*last);
    }
    kept
}

/// The place between the ends that is farthest from the straight way, and how far.
fn farthest(part: &[Point]) -> Option<(usize, f64)> {
    let [from, between @ .., to] = part else {
        return None;
    };
    between
        .iter()
        .enumerate()
        .map(|(index, place)| (index + 1, distance(*place, *from, *to)))
        .max_by(|(_, a), (_, b)| a.total_cmp(b))
}

fn drop_near(corners: &mut Vec<Point>, near: f64) {
    corners.dedup_by(|next, last| next.distance(*last) < near);
    if let (Some(first), Some(last)) = (corners.first(), corners.last())
        && corners.len() > 1
        && first.distance(*last) < near
    {
        corners.pop();
    }
}

/// Drops the bluntest corner, again and again, until all are sharp.
fn drop_blunt(corners: &mut Vec<Point>, ends: Ends) {
    while let Some((index, turn)) = bluntest(corners, ends) {
        if turn >= BLUNT || corners.len() < 3 {
            return;
        }
        corners.remove(index);
    }
}

fn bluntest(corners: &[Point], ends: Ends) -> Option<(usize, f64)> {
    let count = corners.len();
    let range = match ends {
        Ends::Kept => 1..count.saturating_sub(1),
        Ends::Joined => 0..count,
    };
    range
        .filter_map(|index| {
            let before = corners.get((index + count - 1) % count)?;
            let here = corners.get(index)?;
            let after = corners.get((index + 1) % count)?;
            let (into, out) = (*here - *before, *after - *here);
            Some((index, into.cross(out).atan2(into.dot(out)).abs()))
        })
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
}
