//! Layout of lines and arrows: where they begin and end, how they run, and their arrowheads.

use kurbo::{Affine, BezPath, CubicBez, ParamCurve as _, PathEl, Point, Rect, Vec2};

use super::anchor::{Hold, hold};
use super::{bounds_of_path, own_to_board};
use crate::geometry::elbow::{ElbowEnd, elbow};
use crate::geometry::route::{rounded_path, smooth_path};
use crate::geometry::{BoardPoint, BoardRect};
use crate::model::board::Board;
use crate::model::element::Element;
use crate::model::look::{Head, Route};

/// Length of an arrowhead, as a multiple of the line's width.
const HEAD: f64 = 4.5;
/// Half the width of an arrowhead, as a part of its length.
const SPREAD: f64 = 0.46;
/// Upper limit of an arrowhead's length, as a part of the distance between the line's ends.
const MOST_OF_LINE: f64 = 0.45;
/// Distance between an elbow line and the boxes that it connects, as a multiple of the line's
/// width.
const MARGIN: f64 = 7.0;

/// An arrowhead in board coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadShape {
    /// The path, to be filled or to be drawn with the line's width.
    pub path: BezPath,
    /// Whether the path is filled.
    pub filled: bool,
}

/// A line as it is painted.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnLine {
    /// The path of the line. It ends inside of filled arrowheads.
    pub path: BezPath,
    /// The arrowheads.
    pub heads: Vec<HeadShape>,
}

/// The points of a line in board coordinates, at least two. An end that is bound to an element lies
/// at that element's present outline.
#[must_use]
pub fn line_points(board: &Board, element: &Element) -> Vec<BoardPoint> {
    let (mut points, holds) = aimed(board, element);
    // An elbow line has more corners than points, so only the ends are taken from it.
    let way = way(&points, &holds, element);
    move_ends(&mut points, [way.first().copied(), way.last().copied()]);
    points.into_iter().map(BoardPoint::from).collect()
}

/// The path of a line from end to end, without arrowheads.
#[must_use]
pub fn line_path(board: &Board, element: &Element) -> BezPath {
    let (points, holds) = aimed(board, element);
    let way = way(&points, &holds, element);
    match element.props.route() {
        Route::Curved => smooth_path(&way),
        Route::Straight | Route::Elbow => rounded_path(&way, f64::from(element.props.corner())),
    }
}

/// Computes the path and the arrowheads of a line.
#[must_use]
pub fn drawn_line(board: &Board, element: &Element) -> DrawnLine {
    let mut path = line_path(board, element);
    let [start, end] = element.props.heads();
    let mut heads = Vec::new();
    if let Some((tip, ahead, length)) = last_end(&path, element) {
        heads.extend(head(end, tip, ahead, length, width(element)));
        shorten(&mut path, cut(end, length));
    }
    if start != Head::None {
        let mut back = path.reverse_subpaths();
        if let Some((tip, ahead, length)) = last_end(&back, element) {
            heads.extend(head(start, tip, ahead, length, width(element)));
            shorten(&mut back, cut(start, length));
        }
        path = back.reverse_subpaths();
    }
    DrawnLine { path, heads }
}

/// The rectangle that a line and its arrowheads cover when painted.
pub(super) fn bounds(board: &Board, element: &Element) -> BoardRect {
    bounds_of(&drawn_line(board, element), element)
}

/// The same for a line that was already computed.
pub(super) fn bounds_of(line: &DrawnLine, element: &Element) -> BoardRect {
    let heads = line.heads.iter().map(|head| bounds_of_path(&head.path));
    let half = width(element) / 2.0;
    heads
        .fold(bounds_of_path(&line.path), |all, one| all.union(one))
        .inflate(half, half)
}

fn width(element: &Element) -> f64 {
    f64::from(element.props.width)
}

/// The points, with bound ends moved to where they aim, and the boxes that the ends are bound to.
fn aimed(board: &Board, element: &Element) -> (Vec<Point>, [Option<Hold>; 2]) {
    let place: Affine = own_to_board(element);
    let mut points: Vec<Point> = element
        .props
        .points()
        .into_iter()
        .map(|[x, y]| place * Point::new(f64::from(x), f64::from(y)))
        .collect();
    while points.len() < 2 {
        points.push(points.first().copied().unwrap_or(element.props.at.into()));
    }
    let held = |anchor: Option<_>| anchor.and_then(|anchor| hold(board, &anchor));
    let holds = [held(element.props.start()), held(element.props.end())];
    move_ends(&mut points, aims(&holds));
    (points, holds)
}

fn aims(holds: &[Option<Hold>; 2]) -> [Option<Point>; 2] {
    holds.each_ref().map(|hold| Some(hold.as_ref()?.aim))
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
fn way(points: &[Point], holds: &[Option<Hold>; 2], element: &Element) -> Vec<Point> {
    match element.props.route() {
        Route::Straight | Route::Curved => ended(points, holds, element),
        Route::Elbow => {
            let corners = elbows(points, holds, width(element) * MARGIN);
            ended(&corners, holds, element)
        }
    }
}

/// The points, with both ends moved back to the outlines of the boxes that they are bound to.
fn ended(points: &[Point], holds: &[Option<Hold>; 2], element: &Element) -> Vec<Point> {
    let mut ended = points.to_vec();
    let [start, end] = holds;
    if let (Some(hold), Some(next), Some(first)) = (start, points.get(1), ended.first_mut()) {
        *first = hold.meet(*next, width(element));
    }
    let before = points.len().checked_sub(2).and_then(|at| points.get(at));
    if let (Some(hold), Some(before), Some(last)) = (end, before, ended.last_mut()) {
        *last = hold.meet(*before, width(element));
    }
    ended
}

/// The corners of an elbow line through the points, leading around the boxes that its ends are
/// bound to.
fn elbows(points: &[Point], holds: &[Option<Hold>; 2], margin: f64) -> Vec<Point> {
    let [start, end] = holds;
    let around = |hold: &Option<Hold>| hold.as_ref().map(|hold| hold.around);
    // If the boxes are close, the margin is half of the gap between them.
    let near = |hold: &Option<Hold>, end: Option<&Point>| {
        around(hold).or_else(|| end.map(|end| Rect::from_points(*end, *end)))
    };
    let margin = match (near(start, points.first()), near(end, points.last())) {
        (Some(a), Some(b)) if apart(a, b) > 0.0 => margin.min(apart(a, b) / 2.0),
        _ => margin,
    };
    let last = points.len().saturating_sub(2);
    let mut corners: Vec<Point> = Vec::new();
    for (index, pair) in points.windows(2).enumerate() {
        let [from, to] = *pair else { continue };
        let from_hold: Option<Rect> = around(start).filter(|_| index == 0);
        let to_hold = around(end).filter(|_| index == last);
        let came: Option<Vec2> = match corners.as_slice() {
            [.., before, at] => Some(*at - *before),
            _ => None,
        };
        let end = |at: Point, hold: Option<Rect>| ElbowEnd { at, hold };
        let way = elbow(end(from, from_hold), end(to, to_hold), margin, came);
        corners.extend(way.into_iter().skip(usize::from(index > 0)));
    }
    // The first and the last segment lead from the sides of the boxes to where the ends aim.
    move_ends(&mut corners, aims(holds));
    corners
}

/// The gap between two boxes, horizontally or vertically, whichever is larger. It is negative where
/// they overlap.
fn apart(a: Rect, b: Rect) -> f64 {
    let sides = (a.x0 - b.x1).max(b.x0 - a.x1);
    sides.max((a.y0 - b.y1).max(b.y0 - a.y1))
}

/// The tip of a path, the direction in which the path arrives there, and the greatest length of an
/// arrowhead.
fn last_end(path: &BezPath, element: &Element) -> Option<(Point, Vec2, f64)> {
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
        let head = (width(element) * HEAD).min(whole * MOST_OF_LINE);
        (tip, ahead / length, head)
    })
}

/// The length of the line that an arrowhead covers.
fn cut(head: Head, length: f64) -> f64 {
    match head {
        Head::Triangle => length * 0.8,
        Head::None | Head::Arrow | Head::Dot | Head::Bar => 0.0,
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

fn head(kind: Head, tip: Point, ahead: Vec2, length: f64, width: f64) -> Option<HeadShape> {
    let aside = Vec2::new(-ahead.y, ahead.x);
    let base = tip - ahead * length;
    let (left, right) = (
        base + aside * length * SPREAD,
        base - aside * length * SPREAD,
    );
    let (points, closed): (&[Point], bool) = match kind {
        Head::None => return None,
        Head::Dot => {
            let radius = (width * HEAD / 3.0).min(length);
            return Some(HeadShape {
                path: kurbo::Shape::to_path(&kurbo::Circle::new(tip, radius), radius / 100.0),
                filled: true,
            });
        }
        Head::Arrow => (&[left, tip, right], false),
        Head::Triangle => (&[left, tip, right], true),
        Head::Bar => (
            &[tip + aside * length * SPREAD, tip - aside * length * SPREAD],
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
    Some(HeadShape {
        path,
        filled: closed,
    })
}
