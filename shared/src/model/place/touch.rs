//! What erasers, clicks and loops touch.

use kurbo::Point;

use super::boxes::half_line;
use super::{
    bounds, box_size, drawn_line, frame_name_box, frame_of, ink_pieces, is_hollow, outline_path,
    own_to_board,
};
use crate::geometry::polygon::{self, Lines};
use crate::geometry::smooth::{Fineness, centre_line};
use crate::geometry::{BoardPoint, BoardRect, hit as ink_hit};
use crate::model::board::Board;
use crate::model::element::{Body, Element};
use crate::model::lettering::lettering;
use crate::model::look::Filling;

/// A part of an element's paint.
struct Form {
    lines: Lines,
    /// Half the width of its lines.
    half: f64,
    /// Whether what the lines surround is painted too.
    filled: bool,
}

impl Form {
    /// A path that is drawn along.
    fn line(path: &kurbo::BezPath, half: f64, fineness: f64) -> Self {
        Self {
            lines: polygon::flatten(path, fineness),
            half,
            filled: false,
        }
    }

    fn rect(rect: BoardRect) -> Self {
        Self::area(&rect_path(rect))
    }

    fn area(path: &kurbo::BezPath) -> Self {
        Self {
            // Its sides are straight.
            lines: polygon::flatten(path, 1.0),
            half: 0.0,
            filled: true,
        }
    }

    fn is_near(&self, from: Point, to: Point, radius: f64) -> bool {
        (self.filled
            && (polygon::contains(&self.lines, from) || polygon::contains(&self.lines, to)))
            || polygon::distance(&self.lines, from, to) <= radius + self.half
    }

    fn touches(&self, region: &Lines) -> bool {
        let starts = self.lines.iter().filter_map(|line| line.first());
        let mut corners = region.iter().filter_map(|line| line.first());
        polygon::meet(&self.lines, region, self.half)
            || starts
                .into_iter()
                .any(|point| polygon::contains(region, *point))
            || (self.filled && corners.any(|point| polygon::contains(&self.lines, *point)))
    }

    fn is_within(&self, region: &Lines) -> bool {
        let mut points = self.lines.iter().flatten();
        points.all(|point| polygon::contains(region, *point))
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

/// Whether the paint of an element is touched by a circle of `radius` board units
/// that is swept from `from` to `to`. What a frame clips away is not there.
#[must_use]
pub fn hit(
    board: &Board,
    element: &Element,
    from: BoardPoint,
    to: BoardPoint,
    radius: f64,
) -> bool {
    if !shows_at(board, element, from) && !shows_at(board, element, to) {
        return false;
    }
    if let Body::Stroke(stroke) = &element.body {
        let shape = stroke.brush.shape(element.props.width);
        return ink_pieces(element)
            .iter()
            .any(|piece| ink_hit::stroke_hit(piece, &shape, from, to, radius));
    }
    let (from, to) = (Point::from(from), Point::from(to));
    // Forms are costly, boxes are not.
    let reach = kurbo::Rect::from_points(from, to).inflate(radius, radius);
    if !overlap(bounds(board, element), reach) {
        return false;
    }
    forms(board, element, radius)
        .iter()
        .any(|form| form.is_near(from, to, radius))
}

fn overlap(a: BoardRect, b: BoardRect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

/// Whether a click at `point` takes an element: on its paint or within `slack` board
/// units of it, or inside where it is not [hollow](is_hollow).
#[must_use]
pub fn covers(board: &Board, element: &Element, point: BoardPoint, slack: f64) -> bool {
    if hit(board, element, point, point, slack) {
        return true;
    }
    let inside = !is_hollow(element) && shows_at(board, element, point);
    inside
        && outline_path(element).is_some_and(|outline| {
            let size = box_size(element);
            let fineness = size.width.max(size.height) * 1.0e-3;
            polygon::contains(&polygon::flatten(&outline, fineness), point.into())
        })
}

/// Whether any of an element lies within a polygon.
#[must_use]
pub fn touches(board: &Board, element: &Element, region: &[BoardPoint]) -> bool {
    let region = closed(region);
    forms(board, element, 0.0)
        .iter()
        .any(|form| form.touches(&region))
}

/// Whether all of an element lies within a polygon.
#[must_use]
pub fn within(board: &Board, element: &Element, region: &[BoardPoint]) -> bool {
    let region = closed(region);
    let forms = forms(board, element, 0.0);
    // The name of a frame stands outside of it.
    let counted = match &element.body {
        Body::Frame => 1,
        Body::Stroke(_) | Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } => {
            forms.len()
        }
    };
    let mut counted = forms.iter().take(counted);
    !forms.is_empty() && counted.all(|form| form.is_within(&region))
}

fn closed(region: &[BoardPoint]) -> Lines {
    let around = region.iter().chain(region.first());
    vec![around.copied().map(Point::from).collect()]
}

/// Whether no frame clips an element away at a place.
fn shows_at(board: &Board, element: &Element, point: BoardPoint) -> bool {
    frame_of(board, element).is_none_or(|frame| {
        let size = box_size(frame);
        let own = own_to_board(frame).inverse() * Point::from(point);
        kurbo::Rect::from_origin_size((0.0, 0.0), size).contains(own)
    })
}

/// All that is painted of an element, true enough for a circle of `radius`.
fn forms(board: &Board, element: &Element, radius: f64) -> Vec<Form> {
    let half = half_line(element);
    let size = box_size(element);
    let fineness = ((radius + half) / 8.0).max(size.width.max(size.height) * 1.0e-3);
    match &element.body {
        Body::Stroke(_) => ink_forms(element),
        Body::Line => {
            let half = f64::from(element.props.width) / 2.0;
            let fineness = (radius + half) / 8.0;
            let line = drawn_line(board, element);
            let heads = line.heads.iter().map(|head| Form {
                filled: head.filled,
                ..Form::line(&head.path, half, fineness)
            });
            let line = Form::line(&line.path, half, fineness);
            std::iter::once(line).chain(heads).collect()
        }
        Body::Shape(_) => {
            let outline = outline_path(element).unwrap_or_default();
            let shape = Form {
                filled: element.props.filling() != Filling::None,
                ..Form::line(&outline, half, fineness)
            };
            std::iter::once(shape).chain(text_form(element)).collect()
        }
        Body::Text | Body::Sticky { .. } => outline_path(element)
            .map(|outline| Form {
                filled: true,
                ..Form::line(&outline, 0.0, fineness)
            })
            .into_iter()
            .collect(),
        Body::Frame => {
            let outline = outline_path(element).unwrap_or_default();
            let name = frame_name_box(element);
            vec![Form::line(&outline, 0.0, fineness), Form::rect(name)]
        }
    }
}

/// The block of text inside a shape.
fn text_form(element: &Element) -> Option<Form> {
    let text = lettering(element).filter(|_| !element.text.is_empty())?;
    let block = kurbo::Rect::from_origin_size(text.at, (text.layout.width, text.layout.height));
    Some(Form::area(&(own_to_board(element) * rect_path(block))))
}

fn ink_forms(element: &Element) -> Vec<Form> {
    let Some(shape) = super::ink_shape(element) else {
        return Vec::new();
    };
    let fineness = Fineness {
        tolerance: shape.width.max(1e-3) / 4.0,
        turn: 0.6,
    };
    ink_pieces(element)
        .iter()
        .map(|piece| {
            let line = centre_line(piece, fineness);
            Form {
                lines: vec![line.iter().map(|sample| sample.position).collect()],
                half: shape.width / 2.0,
                filled: false,
            }
        })
        .collect()
}
