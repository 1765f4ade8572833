//! Elbow lines on the board: the sides at which they leave the boxes of their ends, and the boxes
//! that they lead around.

use kurbo::{Point, Rect};

use super::anchors::AnchorTarget;
use crate::geometry::elbow::{Corner, Elbow, Exit, Heading, KeptLine};

/// Distance between an elbow line and the boxes that it connects, as a multiple of the line's
/// width.
const ELBOW_MARGIN: f64 = 7.0;

/// Whether both ends are anchored to one element.
pub(super) fn is_loop(targets: &[Option<AnchorTarget>; 2]) -> bool {
    match targets {
        [Some(start), Some(end)] => start.to == end.to,
        _ => false,
    }
}

/// The ends and bends of an elbow line of this width through the points, leading around the boxes
/// that its ends are anchored to. The ends lie where the line aims. Only a line of two points
/// follows kept lines; others have their points for that.
pub(super) fn elbow_corners(
    points: &[Point],
    targets: &[Option<AnchorTarget>; 2],
    width: f64,
    kept: &[KeptLine],
) -> Vec<Corner> {
    let margin = width * ELBOW_MARGIN;
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Vec::new();
    };
    let [start, end] = ends(targets, [*first, *last], margin);
    let boxes = boxes(targets, [&start, &end]);
    let legs = points.len().saturating_sub(1);
    let kept = if legs == 1 { kept } else { &[] };
    let mut corners: Vec<Corner> = Vec::new();
    for (index, pair) in points.windows(2).enumerate() {
        let [from, to] = pair else { continue };
        let came = match corners.as_slice() {
            [.., before, at] => Some(Heading::nearest(at.at - before.at)),
            _ => None,
        };
        let (from, to) = (waypoint(*from), waypoint(*to));
        let elbow = Elbow {
            from: if index == 0 { &start.exits } else { &from },
            to: if index + 1 == legs { &end.exits } else { &to },
            boxes: &boxes,
            margin,
            came,
            kept,
        };
        corners.extend(elbow.route().into_iter().skip(usize::from(index > 0)));
    }
    // The first and the last segment lead from the edges of the boxes to where the ends aim.
    if let Some(corner) = corners.first_mut() {
        corner.at = start.aim;
    }
    if let Some(corner) = corners.last_mut() {
        corner.at = end.aim;
    }
    corners
}

/// One end of an elbow line.
struct End {
    /// Where the line aims.
    aim: Point,
    exits: Vec<Exit>,
    /// Whether the line stays inside of the end's box, because the other end lies there.
    is_inside: bool,
}

fn waypoint(at: Point) -> [Exit; 1] {
    [Exit { at, heading: None }]
}

fn ends(targets: &[Option<AnchorTarget>; 2], points: [Point; 2], margin: f64) -> [End; 2] {
    let [start, end] = targets;
    let [first, last] = points;
    let bounds = |target: &Option<AnchorTarget>, at: Point| {
        let bounds = target.as_ref().map(|target| target.bounds);
        bounds.unwrap_or_else(|| Rect::from_points(at, at))
    };
    let [mut one, mut other] = [
        end_of(start.as_ref(), first, bounds(end, last)),
        end_of(end.as_ref(), last, bounds(start, first)),
    ];
    // Ends at one place of one box go apart, so that there is a loop between them.
    if is_loop(targets)
        && one.aim.distance(other.aim) < margin / 2.0
        && let (Some(start), Some(end)) = (start, end)
    {
        let along = start.tangent() * (margin / 2.0);
        one = outside(start, one.aim - along);
        other = outside(end, other.aim + along);
    }
    [one, other]
}

/// The end at a target or at a free point. `opposite` is the box of the other end.
fn end_of(target: Option<&AnchorTarget>, at: Point, opposite: Rect) -> End {
    let Some(target) = target else {
        return End {
            aim: at,
            exits: waypoint(at).to_vec(),
            is_inside: false,
        };
    };
    if !target.surrounds(opposite) {
        return outside(target, at);
    }
    let aim = target.aim_within(at);
    let headings = target.sides().into_iter().map(|side| Exit {
        at: aim,
        heading: Some(side.opposite()),
    });
    End {
        aim,
        exits: headings.collect(),
        is_inside: true,
    }
}

/// An end at a box that the line leaves.
fn outside(target: &AnchorTarget, at: Point) -> End {
    let aim = target.aim_within(at);
    let bounds = target.bounds;
    let exit = |side: Heading| Exit {
        at: match side {
            Heading::Right => Point::new(bounds.x1, aim.y),
            Heading::Down => Point::new(aim.x, bounds.y1),
            Heading::Left => Point::new(bounds.x0, aim.y),
            Heading::Up => Point::new(aim.x, bounds.y0),
        },
        heading: Some(side),
    };
    End {
        aim,
        exits: target.sides().into_iter().map(exit).collect(),
        is_inside: false,
    }
}

/// The boxes that a line leads around: those of its ends, unless it stays inside of one.
fn boxes(targets: &[Option<AnchorTarget>; 2], ends: [&End; 2]) -> Vec<Rect> {
    let held = targets.iter().zip(ends);
    let around = held.filter(|(_, end)| !end.is_inside);
    let mut boxes: Vec<Rect> = around
        .filter_map(|(target, _)| Some(target.as_ref()?.bounds))
        .collect();
    if is_loop(targets) {
        boxes.truncate(1);
    }
    boxes
}
