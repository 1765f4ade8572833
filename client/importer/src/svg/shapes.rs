//! Makes elements of the shapes of a drawing.

use std::cell::Cell;

use editor::extent;
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _, Size, Vec2};
use shared::geometry::{Ink, InkPoint, Quantum};
use shared::id::ClientId;
use shared::limits::{
    MAX_COORD, MAX_INK_POINTS, MAX_LINE_POINTS, MAX_STROKE_POINTS, MAX_TEXT_CHARS, MAX_TEXT_SIZE,
    MAX_WIDTH, MIN_TEXT_SIZE, MIN_WIDTH,
};
use shared::model::text::StyledRun;
use shared::model::{
    Align, Body, Brush, Color, Dash, Marks, NewElement, OrderKey, Outline, Prop, Props, RichText,
    Stroke,
};

use super::corners;
use super::paint::{self, Paint, Painted};
use super::path::MAX_NUMBER;
use super::state::State;
use crate::MAX_ELEMENTS;

/// The author of all texts. The editor replaces it by the person who pastes.
const AUTHOR: ClientId = ClientId::from_bytes([0; 16]);
/// Largest distance of ink from its curve, in pixels.
const TOLERANCE_PX: f64 = 0.25;
/// Pressure of imported ink.
const PRESSURE: f32 = 0.5;
/// The smallest width of lines, in pixels; thinner ones cannot be seen.
const THINNEST_PX: f64 = 1.0;
/// Height of letters above the baseline, in sizes of the text.
const ASCENT: f64 = 0.95;
/// Axes count as perpendicular up to this cosine of their angle.
const SQUARE: f64 = 1e-3;

/// Makes the elements of a drawing.
pub(super) struct ElementMaker {
    /// The zoom of the view.
    pub(super) zoom: f64,
    pub(super) elements: Vec<NewElement>,
    /// The number of points of ink that are still allowed.
    pub(super) points_left: usize,
}

impl ElementMaker {
    pub(super) fn rect(&mut self, state: &State, rect: Rect, radius: f64) {
        if rect.width() <= 0.0 || rect.height() <= 0.0 {
            return;
        }
        match rotated_box(state.transform, rect) {
            Some(found) => {
                let radius = (radius * scale(state.transform)) as f32;
                self.shape_in_box(state, found, Outline::Rectangle, radius);
            }
            None => self.path(state, &rect.to_path(TOLERANCE_PX)),
        }
    }

    pub(super) fn ellipse(&mut self, state: &State, middle: Point, radii: Vec2) {
        let rect = Rect::from_center_size(middle, (2.0 * radii.x, 2.0 * radii.y));
        // Larger ellipses become more curves, without end.
        let is_drawn = |radius: f64| radius > 0.0 && radius <= MAX_NUMBER;
        if !is_drawn(radii.x) || !is_drawn(radii.y) {
            return;
        }
        match rotated_box(state.transform, rect) {
            Some(found) => self.shape_in_box(state, found, Outline::Ellipse, 0.0),
            None => {
                let ellipse = kurbo::Ellipse::from_rect(rect);
                self.path(state, &ellipse.to_path(TOLERANCE_PX));
            }
        }
    }

    fn shape_in_box(&mut self, state: &State, found: (Rect, f64), outline: Outline, radius: f32) {
        let Some(Painted { color, filling }) = paint::closed(state.stroke, state.fill) else {
            return;
        };
        let (rect, angle) = found;
        let mut props = self.props(state, rect.origin(), color);
        props.set(Prop::Size([rect.width() as f32, rect.height() as f32]));
        props.set(Prop::Angle(angle as f32));
        props.set(Prop::Filling(filling));
        props.set(Prop::Corner(radius));
        props.set(Prop::Dash(dash(state)));
        self.push(props, Body::Shape(outline));
    }

    /// Makes a filled shape, if these are the corners of one and it has no line. Returns whether it
    /// did.
    fn filled(&mut self, state: &State, corners: &[Point]) -> bool {
        if state.stroke != Paint::None {
            return false;
        }
        let found = corners::outline(corners)
            .and_then(|(outline, rect)| Some((rotated_box(state.transform, rect)?, outline)));
        if let Some((found, outline)) = found {
            self.shape_in_box(state, found, outline, 0.0);
        }
        found.is_some()
    }

    pub(super) fn line(&mut self, state: &State, points: &[Point]) {
        let corners = match points {
            [corners @ .., last] if corners.first() == Some(last) => corners,
            all => all,
        };
        if self.filled(state, corners) {
            return;
        }
        let placed = points.iter().map(|point| state.transform * *point);
        let placed: Vec<Point> = placed.collect();
        let Some((first, color)) = placed
            .first()
            .copied()
            .zip(paint::only(state.stroke, state.fill))
        else {
            return;
        };
        if placed.len() < 2 || placed.len() > MAX_LINE_POINTS {
            let mut path = BezPath::new();
            path.extend(points.iter().enumerate().map(|(at, point)| match at {
                0 => PathEl::MoveTo(*point),
                _ => PathEl::LineTo(*point),
            }));
            return self.path(state, &path);
        }
        let own = placed.iter().map(|point| *point - first);
        let own = own.map(|way| [way.x as f32, way.y as f32]).collect();
        let mut props = self.props(state, first, color);
        props.set(Prop::Points(own));
        props.set(Prop::Dash(dash(state)));
        self.push(props, Body::Line);
    }

    /// Makes ink along a path, one stroke for each piece.
    pub(super) fn path(&mut self, state: &State, path: &BezPath) {
        if corners::corners(path).is_some_and(|corners| self.filled(state, &corners)) {
            return;
        }
        let Some(color) = paint::only(state.stroke, state.fill) else {
            return;
        };
        for piece in self.pieces(&(state.transform * path)) {
            for part in piece.chunks(MAX_STROKE_POINTS) {
                self.stroke(state, color, part);
            }
        }
    }

    /// The pieces of a path as points on the board, until no more points are allowed.
    fn pieces(&mut self, path: &BezPath) -> Vec<Vec<Point>> {
        let fine = TOLERANCE_PX / self.zoom;
        let left = Cell::new(self.points_left);
        let elements = path.iter().map(straight_beyond_board);
        let elements = elements.take_while(|_| left.get() > 0);
        let mut pieces: Vec<Vec<Point>> = Vec::new();
        kurbo::flatten(elements, fine, |element| {
            left.set(left.get().saturating_sub(1));
            match element {
                PathEl::MoveTo(to) => pieces.push(vec![to]),
                PathEl::ClosePath => {
                    if let Some(piece) = pieces.last_mut() {
                        piece.extend(piece.first().copied());
                    }
                }
                PathEl::LineTo(to) | PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                    if let Some(piece) = pieces.last_mut() {
                        piece.push(to);
                    }
                }
            }
        });
        self.points_left = left.get();
        pieces
    }

    fn stroke(&mut self, state: &State, color: Color, points: &[Point]) {
        let near: Vec<Point> = points.iter().copied().filter(is_on_board).collect();
        let Some(first) = near.first().copied() else {
            return;
        };
        let ink: Vec<InkPoint> = near
            .iter()
            .map(|at| InkPoint::new(at.x - first.x, at.y - first.y, PRESSURE))
            .collect();
        let quantum = Quantum::for_zoom(self.zoom);
        let parts: Result<Vec<Ink>, _> = ink
            .chunks(MAX_INK_POINTS)
            .map(|part| Ink::encode(part, quantum))
            .collect();
        let Ok(parts) = parts else { return };
        let props = self.props(state, first, color);
        self.push(
            props,
            Body::Stroke(Stroke {
                brush: Brush::Pen,
                parts,
                open: false,
                erased: Vec::new(),
            }),
        );
    }

    /// Makes a text whose baseline begins at `at`.
    pub(super) fn text(&mut self, state: &State, at: Point, words: &str) {
        if words.is_empty() || words.chars().count() > MAX_TEXT_CHARS {
            return;
        }
        let size = state.font_size * scale(state.transform);
        let size = (size as f32).clamp(MIN_TEXT_SIZE, MAX_TEXT_SIZE);
        let at = state.transform * (at - Vec2::new(0.0, ASCENT * state.font_size));
        let Some(color) = paint::only(state.fill, state.stroke) else {
            return;
        };
        let mut props = self.props(state, at, color);
        props.set(Prop::TextSize(size));
        props.set(Prop::Font(state.font));
        let marks = Marks::NONE
            .set(Marks::BOLD, state.bold)
            .set(Marks::ITALIC, state.italic);
        let text = RichText::typed(AUTHOR, [StyledRun { text: words, marks }]);
        self.push(props, Body::Text);
        if let Some(new) = self.elements.last_mut() {
            new.text = text;
            align_text(new, state);
        }
    }

    fn props(&self, state: &State, at: Point, color: Color) -> Props {
        let px = state.width * scale(state.transform) * self.zoom;
        let opacity = (state.opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
        let width = ((px.max(THINNEST_PX) / self.zoom) as f32).clamp(MIN_WIDTH, MAX_WIDTH);
        Props::plain(OrderKey::first(), at.into(), color, width, opacity)
    }

    fn push(&mut self, props: Props, body: Body) {
        if self.elements.len() < MAX_ELEMENTS {
            let id = super::id(self.elements.len() + 1);
            self.elements.push(NewElement::new(id, props, body));
        }
    }
}

/// Moves text that is anchored at its middle or end by its width.
fn align_text(new: &mut NewElement, state: &State) {
    let width = extent(std::slice::from_ref(new), AUTHOR).map_or(0.0, |r| r.width());
    let share = match state.align {
        Align::Start => 0.0,
        Align::Center => 0.5,
        Align::End => 1.0,
    };
    new.props.at.x -= width * share;
    new.props.set(Prop::Align(state.align));
}

fn is_on_board(point: &Point) -> bool {
    point.x.abs() <= MAX_COORD && point.y.abs() <= MAX_COORD
}

/// Replaces curves that leave the board by straight lines, because larger curves become more lines.
fn straight_beyond_board(element: PathEl) -> PathEl {
    match element {
        PathEl::QuadTo(by, to) if ![by, to].iter().all(is_on_board) => PathEl::LineTo(to),
        PathEl::CurveTo(first, second, to) if ![first, second, to].iter().all(is_on_board) => {
            PathEl::LineTo(to)
        }
        element => element,
    }
}

/// The transformed box and its rotation about its centre; `None` if the transform skews it.
fn rotated_box(transform: Affine, rect: Rect) -> Option<(Rect, f64)> {
    let [a, b, c, d, _, _] = transform.as_coeffs();
    let (right, down) = (Vec2::new(a, b), Vec2::new(c, d));
    let (wide, high) = (right.hypot(), down.hypot());
    if right.dot(down).abs() > SQUARE * wide * high || wide * high == 0.0 {
        return None;
    }
    let middle = transform * rect.center();
    let size = Size::new(rect.width() * wide, rect.height() * high);
    Some((Rect::from_center_size(middle, size), right.atan2()))
}

/// The factor by which a transform scales lengths.
fn scale(transform: Affine) -> f64 {
    transform.determinant().abs().sqrt()
}

const fn dash(state: &State) -> Dash {
    if state.dashed {
        Dash::Dashed
    } else {
        Dash::Solid
    }
}
