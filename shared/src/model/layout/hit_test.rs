//! Hit tests: which elements the eraser, a click or a selection area meets.

use kurbo::Point;

use super::bounds::frame_of;
use super::boxes::is_hollow;
use super::boxes::{BoxLayout, half_line_width};
use super::ink::{ink_points, ink_shape, visible_ink};
use super::labels::frame_name_box;
use super::lines::{self, LineLayout, line_layout};
use crate::geometry::centre_line::{Fineness, centre_line};
use crate::geometry::polyline::{self, Polylines};
use crate::geometry::{BoardPoint, BoardRect, FillRule, stroke_hit as ink_hit};
use crate::model::appearance::Filling;
use crate::model::board::Board;
use crate::model::element::{Body, Element};

/// A part of an element for hit tests.
struct HitShape {
    lines: Polylines,
    /// Half the width of the lines.
    half_width: f64,
    /// The rule by which the inside of the lines is painted too, if it is.
    filled: Option<FillRule>,
}

impl HitShape {
    /// A path that is drawn with a line.
    fn line(path: &kurbo::BezPath, half_width: f64, fineness: f64) -> Self {
        Self {
            lines: polyline::flatten(path, fineness),
            half_width,
            filled: None,
        }
    }

    fn rect(rect: BoardRect) -> Self {
        Self::area(&rect_path(rect))
    }

    fn area(path: &kurbo::BezPath) -> Self {
        Self {
            // All sides are straight, so the tolerance does not matter.
            lines: polyline::flatten(path, 1.0),
            half_width: 0.0,
            filled: Some(FillRule::EvenOdd),
        }
    }

    fn is_near(&self, from: Point, to: Point, radius: f64) -> bool {
        self.fills(from)
            || self.fills(to)
            || polyline::distance(&self.lines, from, to) <= radius + self.half_width
    }

    /// Whether a point lies in the painted inside.
    fn fills(&self, point: Point) -> bool {
        self.filled
            .is_some_and(|rule| polyline::contains_by(rule, &self.lines, point))
    }

    fn touches(&self, region: &Polylines) -> bool {
        let starts = self.lines.iter().filter_map(|line| line.first());
        let mut corners = region.iter().filter_map(|line| line.first());
        polyline::intersects(&self.lines, region, self.half_width)
            || starts
                .into_iter()
                .any(|point| polyline::contains(region, *point))
            || corners.any(|point| self.fills(*point))
    }

    fn is_within(&self, region: &Polylines) -> bool {
        let mut points = self.lines.iter().flatten();
        points.all(|point| polyline::contains(region, *point))
    }
}

fn rect_path(rect: BoardRect) -> kurbo::BezPath {
    let mut path = kurbo::BezPath::new();
    path.move_to((rect.x0, rect.y0));
    path.line_to((rect.x1, rect.y0));
    path.line_to((rect.x1, rect.y1));
    path.line_to((rect.x0, rect.y1));
    path.close_path();
    path
}

/// Whether a circle of `radius` board units that is swept from `from` to `to` meets the painted
/// parts of an element. Parts that a frame clips away do not count.
#[must_use]
pub fn hit_by_swept_circle(
    board: &Board,
    element: &Element,
    from: BoardPoint,
    to: BoardPoint,
    radius: f64,
) -> bool {
    let place = BoxLayout::of(element);
    hit_with_layout(board, element, place.as_ref(), (from, to), radius)
}

fn hit_with_layout(
    board: &Board,
    element: &Element,
    place: Option<&BoxLayout<'_>>,
    (from, to): (BoardPoint, BoardPoint),
    radius: f64,
) -> bool {
    if !is_unclipped_at(board, element, from) && !is_unclipped_at(board, element, to) {
        return false;
    }
    // A comparison of bounds is cheap and comes before the costly shapes.
    let reach = kurbo::Rect::from_points(from, to).inflate(radius, radius);
    if let Body::Stroke(stroke) = &element.body {
        let shape = stroke.brush.shape(element.props.width);
        // After erasing, the curve may differ slightly from that of the whole stroke.
        let slack = shape.width;
        let around = || ink_hit::bounds_of(&ink_points(element), &shape).inflate(slack, slack);
        if !stroke.erased.is_empty() && !overlap(around(), reach) {
            return false;
        }
        return visible_ink(element)
            .iter()
            .any(|piece| ink_hit::stroke_hit(piece, &shape, from, to, radius));
    }
    let near = |hit_shapes: Vec<HitShape>| {
        let mut hit_shapes = hit_shapes.iter();
        hit_shapes.any(|shape_part| shape_part.is_near(from.into(), to.into(), radius))
    };
    match place {
        Some(place) => overlap(place.bounds(), reach) && near(box_shapes(place, radius)),
        None => {
            let line = line_layout(board, element);
            let around = lines::bounds_of(&line, element);
            overlap(around, reach) && near(line_shapes(&line, element, radius))
        }
    }
}

fn overlap(a: BoardRect, b: BoardRect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

/// Whether a click at `point` selects an element: within `slack` board units of a painted part, or
/// inside of an element that is not [hollow](is_hollow).
#[must_use]
pub fn hit_by_click(board: &Board, element: &Element, point: BoardPoint, slack: f64) -> bool {
    let place = BoxLayout::of(element);
    if hit_with_layout(board, element, place.as_ref(), (point, point), slack) {
        return true;
    }
    let inside = !is_hollow(element) && is_unclipped_at(board, element, point);
    inside
        && place.is_some_and(|place| polyline::contains(&place.outline_polylines(), point.into()))
}

/// Whether any part of an element lies within a polygon.
#[must_use]
pub fn intersects_polygon(board: &Board, element: &Element, region: &[BoardPoint]) -> bool {
    let region = closed_polygon(region);
    let place = BoxLayout::of(element);
    hit_shapes(board, element, place.as_ref(), 0.0)
        .iter()
        .any(|shape_part| shape_part.touches(&region))
}

/// Whether the whole element lies within a polygon.
#[must_use]
pub fn is_inside_polygon(board: &Board, element: &Element, region: &[BoardPoint]) -> bool {
    let region = closed_polygon(region);
    let place = BoxLayout::of(element);
    let hit_shapes = hit_shapes(board, element, place.as_ref(), 0.0);
    // The last shape of a frame is its name, which stands outside of the frame and does not count.
    let counted = match &element.body {
        Body::Frame => 1,
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Path(_)
        | Body::Image => hit_shapes.len(),
    };
    let mut counted = hit_shapes.iter().take(counted);
    !hit_shapes.is_empty() && counted.all(|shape_part| shape_part.is_within(&region))
}

fn closed_polygon(region: &[BoardPoint]) -> Polylines {
    let around = region.iter().chain(region.first());
    vec![around.copied().map(Point::from).collect()]
}

/// Whether the element's frame, if it has one, leaves this point visible.
fn is_unclipped_at(board: &Board, element: &Element, point: BoardPoint) -> bool {
    frame_of(board, element).is_none_or(|frame| {
        BoxLayout::of(frame).is_some_and(|frame| {
            let own = frame.to_board.inverse() * Point::from(point);
            kurbo::Rect::from_origin_size((0.0, 0.0), frame.size).contains(own)
        })
    })
}

/// The painted parts of an element, accurate enough for a circle of `radius`.
fn hit_shapes(
    board: &Board,
    element: &Element,
    place: Option<&BoxLayout<'_>>,
    radius: f64,
) -> Vec<HitShape> {
    match (place, &element.body) {
        (Some(place), _) => box_shapes(place, radius),
        (None, Body::Stroke(_)) => ink_shapes(element),
        (None, _) => line_shapes(&line_layout(board, element), element, radius),
    }
}

fn line_shapes(line: &LineLayout, element: &Element, radius: f64) -> Vec<HitShape> {
    let half_width = f64::from(element.props.width) / 2.0;
    let fineness = (radius + half_width) / 8.0;
    let heads = line.heads.iter().map(|head| HitShape {
        filled: head.filled.then_some(FillRule::EvenOdd),
        ..HitShape::line(&head.path, half_width, fineness)
    });
    let text = line.text.iter().map(|text| HitShape::rect(text.room));
    let line = HitShape::line(&line.path, half_width, fineness);
    std::iter::once(line).chain(heads).chain(text).collect()
}

fn box_shapes(place: &BoxLayout<'_>, radius: f64) -> Vec<HitShape> {
    let (element, size) = (place.element(), place.size);
    let half_width = half_line_width(element);
    let fineness = ((radius + half_width) / 8.0).max(size.width.max(size.height) * 1.0e-3);
    let outline = HitShape::line(&place.outline(), half_width, fineness);
    match &element.body {
        Body::Shape(_) => {
            let shape = HitShape {
                filled: filled_by(element, FillRule::EvenOdd),
                ..outline
            };
            std::iter::once(shape).chain(text_shape(place)).collect()
        }
        Body::Path(path) => vec![HitShape {
            filled: filled_by(element, path.rule),
            ..outline
        }],
        Body::Frame => vec![outline, HitShape::rect(frame_name_box(element))],
        Body::Text | Body::Sticky { .. } | Body::Image | Body::Stroke(_) | Body::Line => {
            vec![HitShape {
                filled: Some(FillRule::EvenOdd),
                ..outline
            }]
        }
    }
}

/// The rule by which the inside of a shape or path is filled, if it is.
fn filled_by(element: &Element, rule: FillRule) -> Option<FillRule> {
    (element.props.filling() != Filling::None).then_some(rule)
}

/// The rectangle of the text inside of a shape.
fn text_shape(place: &BoxLayout<'_>) -> Option<HitShape> {
    let text = place.text_layout.as_ref()?;
    let block = kurbo::Rect::from_origin_size(text.at, (text.layout.width, text.layout.height));
    Some(HitShape::area(&(place.to_board * rect_path(block))))
}

fn ink_shapes(element: &Element) -> Vec<HitShape> {
    let Some(shape) = ink_shape(element) else {
        return Vec::new();
    };
    let fineness = Fineness {
        tolerance: shape.width.max(1e-3) / 4.0,
        max_angle: 0.6,
    };
    visible_ink(element)
        .iter()
        .map(|piece| {
            let line = centre_line(piece, fineness);
            HitShape {
                lines: vec![line.iter().map(|sample| sample.position).collect()],
                half_width: shape.width / 2.0,
                filled: None,
            }
        })
        .collect()
}
