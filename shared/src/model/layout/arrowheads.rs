//! Arrowheads: their shapes at the ends of a line, and the part of the line that they cover.

use kurbo::{BezPath, CubicBez, ParamCurve as _, PathEl, Point, Vec2};

use crate::model::appearance::Arrowhead;

/// Length of an arrowhead, as a multiple of the line's width.
const HEAD_LENGTH: f64 = 4.5;
/// Half the width of an arrowhead, as a part of its length.
const HEAD_SPREAD: f64 = 0.46;
/// Upper limit of an arrowhead's length, as a part of the distance between the line's ends.
const MAX_HEAD_SHARE: f64 = 0.45;

/// An arrowhead in board coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrowheadShape {
    /// The path, to be filled or to be drawn with the line's width.
    pub path: BezPath,
    /// Whether the path is filled.
    pub filled: bool,
}

/// Makes the heads at the start and the end of a line of this width. The path is shortened, so that
/// it ends inside of filled heads.
pub(super) fn add_heads(
    path: &mut BezPath,
    [start, end]: [Arrowhead; 2],
    width: f64,
) -> Vec<ArrowheadShape> {
    let mut heads = Vec::new();
    if let Some((tip, ahead, length)) = tip(path, width) {
        heads.extend(arrowhead(end, tip, ahead, length, width));
        shorten(path, covered_length(end, length));
    }
    if start != Arrowhead::None {
        let mut back = path.reverse_subpaths();
        if let Some((tip, ahead, length)) = tip(&back, width) {
            heads.extend(arrowhead(start, tip, ahead, length, width));
            shorten(&mut back, covered_length(start, length));
        }
        *path = back.reverse_subpaths();
    }
    heads
}

/// The tip of a path, the direction in which the path arrives there, and the greatest length of an
/// arrowhead.
fn tip(path: &BezPath, width: f64) -> Option<(Point, Vec2, f64)> {
    let elements = path.elements();
    let last = *elements.last()?;
    let start = elements.first()?.end_point()?;
    let before = elements
        .len()
        .checked_sub(2)
        .and_then(|at| elements.get(at))?
        .end_point()?;
    let tip = last.end_point()?;
    let near = match last {
        PathEl::CurveTo(first, second, _) if (tip - second).hypot() < 1e-9 => first,
        PathEl::CurveTo(_, second, _) => second,
        PathEl::MoveTo(_) | PathEl::LineTo(_) | PathEl::QuadTo(..) | PathEl::ClosePath => before,
    };
    let ahead = tip - near;
    let length = ahead.hypot();
    let whole = (tip - start).hypot().max((tip - before).hypot());
    (length > 0.0).then(|| {
        let head = (width * HEAD_LENGTH).min(whole * MAX_HEAD_SHARE);
        (tip, ahead / length, head)
    })
}

/// The length of the line that an arrowhead covers.
fn covered_length(head: Arrowhead, length: f64) -> f64 {
    match head {
        Arrowhead::Triangle => length * 0.8,
        Arrowhead::None | Arrowhead::Arrow | Arrowhead::Dot | Arrowhead::Bar => 0.0,
    }
}

/// Shortens a path at its end, by the length of its last segment at most.
fn shorten(path: &mut BezPath, by: f64) {
    if by <= 0.0 {
        return;
    }
    let before = path
        .elements()
        .len()
        .checked_sub(2)
        .and_then(|at| path.elements().get(at))
        .and_then(PathEl::end_point);
    let (Some(from), Some(last)) = (before, path.elements_mut().last_mut()) else {
        return;
    };
    match last {
        PathEl::LineTo(to) => {
            let way = *to - from;
            *to -= way * (by / way.hypot().max(by));
        }
        PathEl::CurveTo(first, second, to) => {
            let curve = CubicBez::new(from, *first, *second, *to);
            let about =
                (*first - from).hypot() + (*second - *first).hypot() + (*to - *second).hypot();
            let rest = curve.subsegment(0.0..1.0 - by / about.max(by));
            (*first, *second, *to) = (rest.p1, rest.p2, rest.p3);
        }
        PathEl::MoveTo(_) | PathEl::QuadTo(..) | PathEl::ClosePath => {}
    }
}

fn arrowhead(
    kind: Arrowhead,
    tip: Point,
    ahead: Vec2,
    length: f64,
    width: f64,
) -> Option<ArrowheadShape> {
    let aside = Vec2::new(-ahead.y, ahead.x);
    let base = tip - ahead * length;
    let (left, right) = (
        base + aside * length * HEAD_SPREAD,
        base - aside * length * HEAD_SPREAD,
    );
    let (points, closed): (&[Point], bool) = match kind {
        Arrowhead::None => return None,
        Arrowhead::Dot => {
            let radius = (width * HEAD_LENGTH / 3.0).min(length);
            return Some(ArrowheadShape {
                path: kurbo::Shape::to_path(&kurbo::Circle::new(tip, radius), radius / 100.0),
                filled: true,
            });
        }
        Arrowhead::Arrow => (&[left, tip, right], false),
        Arrowhead::Triangle => (&[left, tip, right], true),
        Arrowhead::Bar => (
            &[
                tip + aside * length * HEAD_SPREAD,
                tip - aside * length * HEAD_SPREAD,
            ],
            false,
        ),
    };
    let mut path = BezPath::new();
    for (index, point) in points.iter().enumerate() {
        if index == 0 {
            path.move_to(*point);
        } else {
            path.line_to(*point);
        }
    }
    if closed {
        path.close_path();
    }
    Some(ArrowheadShape {
        path,
        filled: closed,
    })
}
