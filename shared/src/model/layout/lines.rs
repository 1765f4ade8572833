//! Layout of lines and arrows: where they begin and end, how they run, and their arrowheads.

use kurbo::{Affine, BezPath, CubicBez, ParamCurve as _, PathEl, Point, Rect, Vec2};

use super::anchors::{AnchorTarget, anchor_target};
use super::coordinates::{bounds_of_path, local_to_board};
use crate::geometry::elbow::{ElbowEnd, elbow};
use crate::geometry::route::{rounded_path, smooth_path};
use crate::geometry::{BoardPoint, BoardRect};
use crate::model::appearance::{Arrowhead, Route};
use crate::model::board::Board;
use crate::model::element::Element;

/// Length of an arrowhead, as a multiple of the line's width.
const HEAD_LENGTH: f64 = 4.5;
/// Half the width of an arrowhead, as a part of its length.
const HEAD_SPREAD: f64 = 0.46;
/// Upper limit of an arrowhead's length, as a part of the distance between the line's ends.
const MAX_HEAD_SHARE: f64 = 0.45;
/// Distance between an elbow line and the boxes that it connects, as a multiple of the line's
/// width.
const ELBOW_MARGIN: f64 = 7.0;

/// An arrowhead in board coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrowheadShape {
    /// The path, to be filled or to be drawn with the line's width.
    pub path: BezPath,
    /// Whether the path is filled.
    pub filled: bool,
}

/// A line as it is painted.
#[derive(Clone, Debug, PartialEq)]
pub struct LineLayout {
    /// The path of the line. It ends inside of filled arrowheads.
    pub path: BezPath,
    /// The arrowheads.
    pub heads: Vec<ArrowheadShape>,
}

/// The points of a line in board coordinates, at least two. An end that is anchored to an element lies
/// at that element's present outline.
#[must_use]
pub fn line_points(board: &Board, element: &Element) -> Vec<BoardPoint> {
    let (mut points, targets) = aimed_points(board, element);
    // An elbow line has more corners than points, so only the ends are taken from it.
    let vertices = vertices(&points, &targets, element);
    move_ends(
        &mut points,
        [vertices.first().copied(), vertices.last().copied()],
    );
    points.into_iter().map(BoardPoint::from).collect()
}

/// The path of a line from end to end, without arrowheads.
#[must_use]
pub fn line_path(board: &Board, element: &Element) -> BezPath {
    let (points, targets) = aimed_points(board, element);
    let vertices = vertices(&points, &targets, element);
    match element.props.route() {
        Route::Curved => smooth_path(&vertices),
        Route::Straight | Route::Elbow => {
            rounded_path(&vertices, f64::from(element.props.corner()))
        }
    }
}

/// Computes the path and the arrowheads of a line.
#[must_use]
pub fn line_layout(board: &Board, element: &Element) -> LineLayout {
    let mut path = line_path(board, element);
    let [start, end] = element.props.heads();
    let mut heads = Vec::new();
    if let Some((tip, ahead, length)) = tip(&path, element) {
        heads.extend(arrowhead(end, tip, ahead, length, width(element)));
        shorten(&mut path, covered_length(end, length));
    }
    if start != Arrowhead::None {
        let mut back = path.reverse_subpaths();
        if let Some((tip, ahead, length)) = tip(&back, element) {
            heads.extend(arrowhead(start, tip, ahead, length, width(element)));
            shorten(&mut back, covered_length(start, length));
        }
        path = back.reverse_subpaths();
    }
    LineLayout { path, heads }
}

/// The rectangle that a line and its arrowheads cover when painted.
pub(super) fn bounds(board: &Board, element: &Element) -> BoardRect {
    bounds_of(&line_layout(board, element), element)
}

/// The same for a line that was already computed.
pub(super) fn bounds_of(line: &LineLayout, element: &Element) -> BoardRect {
    let heads = line.heads.iter().map(|head| bounds_of_path(&head.path));
    let half = width(element) / 2.0;
    heads
        .fold(bounds_of_path(&line.path), |all, one| all.union(one))
        .inflate(half, half)
}

fn width(element: &Element) -> f64 {
    f64::from(element.props.width)
}

/// The points, with anchored ends moved to where they aim, and the boxes that the ends are anchored to.
fn aimed_points(board: &Board, element: &Element) -> (Vec<Point>, [Option<AnchorTarget>; 2]) {
    let place: Affine = local_to_board(element);
    let mut points: Vec<Point> = element
        .props
        .points()
        .into_iter()
        .map(|[x, y]| place * Point::new(f64::from(x), f64::from(y)))
        .collect();
    while points.len() < 2 {
        points.push(points.first().copied().unwrap_or(element.props.at.into()));
    }
    let target = |anchor: Option<_>| anchor.and_then(|anchor| anchor_target(board, &anchor));
    let targets = [target(element.props.start()), target(element.props.end())];
    move_ends(&mut points, aims(&targets));
    (points, targets)
}

fn aims(targets: &[Option<AnchorTarget>; 2]) -> [Option<Point>; 2] {
    targets.each_ref().map(|target| Some(target.as_ref()?.aim))
}

fn move_ends(points: &mut [Point], [start, end]: [Option<Point>; 2]) {
    if let (Some(first), Some(to)) = (points.first_mut(), start) {
        *first = to;
    }
    if let (Some(last), Some(to)) = (points.last_mut(), end) {
        *last = to;
    }
}

/// The vertices of the line as it is painted: its points, or the corners of an elbow line.
fn vertices(
    points: &[Point],
    targets: &[Option<AnchorTarget>; 2],
    element: &Element,
) -> Vec<Point> {
    match element.props.route() {
        Route::Straight | Route::Curved => clipped_ends(points, targets, element),
        Route::Elbow => {
            let corners = elbow_corners(points, targets, width(element) * ELBOW_MARGIN);
            clipped_ends(&corners, targets, element)
        }
    }
}

/// The points, with both ends moved back to the outlines of the boxes that they are anchored to.
fn clipped_ends(
    points: &[Point],
    targets: &[Option<AnchorTarget>; 2],
    element: &Element,
) -> Vec<Point> {
    let mut clipped_ends = points.to_vec();
    let [start, end] = targets;
    if let (Some(target), Some(next), Some(first)) =
        (start, points.get(1), clipped_ends.first_mut())
    {
        *first = target.line_end(*next, width(element));
    }
    let before = points.len().checked_sub(2).and_then(|at| points.get(at));
    if let (Some(target), Some(before), Some(last)) = (end, before, clipped_ends.last_mut()) {
        *last = target.line_end(*before, width(element));
    }
    clipped_ends
}

/// The corners of an elbow line through the points, leading around the boxes that its ends are
/// anchored to.
fn elbow_corners(points: &[Point], targets: &[Option<AnchorTarget>; 2], margin: f64) -> Vec<Point> {
    let [start, end] = targets;
    let bounds_of_target =
        |target: &Option<AnchorTarget>| target.as_ref().map(|target| target.bounds);
    // If the boxes are close, the margin is half of the gap between them.
    let near = |target: &Option<AnchorTarget>, end: Option<&Point>| {
        bounds_of_target(target).or_else(|| end.map(|end| Rect::from_points(*end, *end)))
    };
    let margin = match (near(start, points.first()), near(end, points.last())) {
        (Some(a), Some(b)) if gap(a, b) > 0.0 => margin.min(gap(a, b) / 2.0),
        _ => margin,
    };
    let last = points.len().saturating_sub(2);
    let mut corners: Vec<Point> = Vec::new();
    for (index, pair) in points.windows(2).enumerate() {
        let [from, to] = *pair else { continue };
        let from_bounds: Option<Rect> = bounds_of_target(start).filter(|_| index == 0);
        let to_bounds = bounds_of_target(end).filter(|_| index == last);
        let came: Option<Vec2> = match corners.as_slice() {
            [.., before, at] => Some(*at - *before),
            _ => None,
        };
        let end = |at: Point, bounds: Option<Rect>| ElbowEnd { at, bounds };
        let way = elbow(end(from, from_bounds), end(to, to_bounds), margin, came);
        corners.extend(way.into_iter().skip(usize::from(index > 0)));
    }
    // The first and the last segment lead from the sides of the boxes to where the ends aim.
    move_ends(&mut corners, aims(targets));
    corners
}

/// The gap between two boxes, horizontally or vertically, whichever is larger. It is negative where
/// they overlap.
fn gap(a: Rect, b: Rect) -> f64 {
    let sides = (a.x0 - b.x1).max(b.x0 - a.x1);
    sides.max((a.y0 - b.y1).max(b.y0 - a.y1))
}

/// The tip of a path, the direction in which the path arrives there, and the greatest length of an
/// arrowhead.
fn tip(path: &BezPath, element: &Element) -> Option<(Point, Vec2, f64)> {
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
        let head = (width(element) * HEAD_LENGTH).min(whole * MAX_HEAD_SHARE);
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
