//! Layout of lines and arrows: where they begin and end, how they run, and their arrowheads.

use kurbo::{Affine, BezPath, Point};

use super::anchors::{AnchorTarget, anchor_target};
use super::arrowheads::{ArrowheadShape, add_heads};
use super::coordinates::{bounds_of_path, local_to_board};
use super::elbow_segments::{ElbowSegment, kept_lines, segments};
use super::elbows::{elbow_corners, is_loop};
use super::line_text::{LineText, line_text_on};
use crate::geometry::cut_out::cut_out;
use crate::geometry::elbow::Corner;
use crate::geometry::route::{rounded_path, smooth_path};
use crate::geometry::{BoardPoint, BoardRect};
use crate::model::appearance::Route;
use crate::model::board::Board;
use crate::model::element::{Body, Element};

/// A line as it is painted.
#[derive(Clone, Debug, PartialEq)]
pub struct LineLayout {
    /// The path of the line. It ends inside of filled arrowheads.
    pub path: BezPath,
    /// The arrowheads.
    pub heads: Vec<ArrowheadShape>,
    /// The text of the line. The path is interrupted there. `None` without text.
    pub text: Option<LineText>,
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

/// The segments of an elbow line of two points as it is painted, without rounded corners. None of
/// another line.
#[must_use]
pub fn elbow_segments(board: &Board, element: &Element) -> Vec<ElbowSegment> {
    let (points, targets) = aimed_points(board, element);
    let is_elbow = matches!(element.body, Body::Line) && element.props.route() == Route::Elbow;
    if !is_elbow || points.len() > 2 {
        return Vec::new();
    }
    let corners = corners(&points, &targets, element);
    segments(&corners, &kept_lines(element), width(element))
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

/// The path of a line from end to end, without arrowheads and without the part behind its text.
#[must_use]
pub fn interrupted_line_path(board: &Board, element: &Element) -> BezPath {
    let path = line_path(board, element);
    match written_text(element, &path) {
        Some(text) => cut_out(&path, text.room),
        None => path,
    }
}

/// The text of a line whose path is known, unless it is empty.
fn written_text(element: &Element, path: &BezPath) -> Option<LineText> {
    let is_written = !element.text.is_empty();
    is_written.then(|| line_text_on(element, path)).flatten()
}

/// Computes the path and the arrowheads of a line.
#[must_use]
pub fn line_layout(board: &Board, element: &Element) -> LineLayout {
    let mut path = line_path(board, element);
    let text = written_text(element, &path);
    let heads = add_heads(&mut path, element.props.heads(), width(element));
    if let Some(text) = &text {
        path = cut_out(&path, text.room);
    }
    LineLayout { path, heads, text }
}

/// The rectangle that a line and its arrowheads cover when painted.
pub(super) fn bounds(board: &Board, element: &Element) -> BoardRect {
    bounds_of(&line_layout(board, element), element)
}

/// The same for a line that was already computed.
pub(super) fn bounds_of(line: &LineLayout, element: &Element) -> BoardRect {
    let heads = line.heads.iter().map(|head| bounds_of_path(&head.path));
    let half = width(element) / 2.0;
    // A line that is shorter than its text has no path.
    let is_drawn = !line.path.elements().is_empty();
    let path = is_drawn.then(|| bounds_of_path(&line.path));
    let drawn = heads
        .chain(path)
        .reduce(|all, one| all.union(one))
        .map(|drawn| drawn.inflate(half, half));
    let all = drawn
        .into_iter()
        .chain(line.text.iter().map(|text| text.room));
    all.reduce(|all, one| all.union(one)).unwrap_or_default()
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

/// The vertices of the line as it is painted: its points, or the corners of an elbow line. A line
/// of two points at one element leads around it like an elbow line.
fn vertices(
    points: &[Point],
    targets: &[Option<AnchorTarget>; 2],
    element: &Element,
) -> Vec<Point> {
    match element.props.route() {
        Route::Straight | Route::Curved if !(is_loop(targets) && points.len() == 2) => {
            clipped_ends(points, targets, element, AnchorTarget::line_end)
        }
        Route::Straight | Route::Curved | Route::Elbow => {
            let corners = corners(points, targets, element);
            corners.into_iter().map(|Corner { at, .. }| at).collect()
        }
    }
}

/// The corners of an elbow line as it is painted.
fn corners(
    points: &[Point],
    targets: &[Option<AnchorTarget>; 2],
    element: &Element,
) -> Vec<Corner> {
    let kept = match element.props.route() {
        Route::Straight | Route::Curved => Vec::new(),
        Route::Elbow => kept_lines(element),
    };
    let mut corners = elbow_corners(points, targets, width(element), &kept);
    let places: Vec<Point> = corners.iter().map(|corner| corner.at).collect();
    let clipped = clipped_ends(&places, targets, element, AnchorTarget::elbow_end);
    for (corner, at) in corners.iter_mut().zip(clipped) {
        corner.at = at;
    }
    corners
}

/// The points, with both ends moved back to the outlines of the boxes that they are anchored to.
/// `place` gives the place of such an end: for its next point, itself and the width of the line.
fn clipped_ends(
    points: &[Point],
    targets: &[Option<AnchorTarget>; 2],
    element: &Element,
    place: impl Fn(&AnchorTarget, Point, Point, f64) -> Point,
) -> Vec<Point> {
    let mut clipped = points.to_vec();
    let [start, end] = targets;
    if let (Some(target), [at, next, ..], Some(first)) = (start, points, clipped.first_mut()) {
        *first = place(target, *next, *at, width(element));
    }
    if let (Some(target), [.., before, at], Some(last)) = (end, points, clipped.last_mut()) {
        *last = place(target, *before, *at, width(element));
    }
    clipped
}
