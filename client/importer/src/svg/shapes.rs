//! Makes elements of the shapes of a drawing.

use kurbo::{
    Affine, BezPath, ParamCurve as _, PathEl, PathSeg, Point, Rect, Shape as _, Size, Vec2,
};
use shared::geometry::PackedPath;
use shared::limits::{MAX_COORD, MAX_LINE_POINTS, MAX_PATH_SEGMENTS, MAX_WIDTH, MIN_WIDTH};
use shared::model::{
    Arrowhead, Body, Color, Filling, NewElement, OrderKey, Outline, Prop, Props, Route, VectorPath,
};
use shared::op::Op;

use super::corners;
use super::paint::{Paint, Painted, painted};
use super::path::MAX_NUMBER;
use super::state::State;
use crate::ids::id;
use crate::left_out::{LeftOut, Report};
use crate::limits::MAX_ELEMENTS;
use crate::markup::Document;

/// The smallest width of lines, in pixels. Thinner ones cannot be seen. A greater one would fill meshes
/// of fine lines.
const THINNEST_PX: f64 = 0.1;
/// Axes count as perpendicular up to this cosine of their angle.
const SQUARE: f64 = 1e-3;
/// How exactly ellipses and round corners become curves, in units of the drawing.
const TOLERANCE: f64 = 0.01;
/// Commands of paths in one drawing: a hundred of the longest paths.
const MAX_SEGMENTS: usize = 100 * MAX_PATH_SEGMENTS;

/// Makes the elements of a drawing.
pub(super) struct ElementMaker<'a> {
    /// The zoom of the view.
    pub(super) zoom: f64,
    pub(super) document: &'a Document,
    pub(super) elements: Vec<NewElement>,
    pub(super) report: Report,
    segments_left: usize,
    /// The number of elements so far, with those that a clip removed.
    made: usize,
}

impl<'a> ElementMaker<'a> {
    pub(super) fn new(document: &'a Document, zoom: f64) -> Self {
        Self {
            zoom,
            document,
            elements: Vec::new(),
            report: Report::default(),
            segments_left: MAX_SEGMENTS,
            made: 0,
        }
    }

    /// Whether nothing more is taken.
    pub(super) fn is_full(&self) -> bool {
        self.elements.len() >= MAX_ELEMENTS || self.segments_left == 0
    }

    pub(super) fn rect(&mut self, state: &State, rect: Rect, radii: Vec2) {
        if rect.width() <= 0.0 || rect.height() <= 0.0 {
            return;
        }
        let radii = Vec2::new(
            radii.x.min(rect.width() / 2.0),
            radii.y.min(rect.height() / 2.0),
        );
        let is_round = (radii.x - radii.y).abs() < TOLERANCE * rect.width().max(1.0);
        match rotated_box(state.transform, rect) {
            Some(found) if is_round => {
                let radius = (radii.x * scale(state.transform)) as f32;
                self.shape_in_box(state, found, Outline::Rectangle, radius);
            }
            _ => {
                let radius = radii.x.min(radii.y).max(0.0);
                self.path_element(state, &rect.to_rounded_rect(radius).to_path(TOLERANCE));
            }
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
                let tolerance = TOLERANCE * radii.x.max(radii.y);
                self.path_element(state, &kurbo::Ellipse::from_rect(rect).to_path(tolerance));
            }
        }
    }

    /// Makes a shape of the board, a line or arrow, or a path: the nearest of these.
    pub(super) fn path(&mut self, state: &State, path: &BezPath, heads: [Arrowhead; 2]) {
        if path.elements().len() < 2 {
            return;
        }
        let is_closed = matches!(path.elements().last(), Some(PathEl::ClosePath));
        let corners = corners::corners(path);
        if let Some(corners) = &corners
            && (is_closed || state.fill != Paint::None)
            && let Some((outline, rect)) = corners::outline(corners)
            && let Some(found) = rotated_box(state.transform, rect)
        {
            // Only a closed path has a line all around.
            let is_round = is_closed || corners::is_closed(path) || !has_line(state);
            if is_round {
                return self.shape_in_box(state, found, outline, 0.0);
            }
        }
        let is_open = !is_closed && path.elements().iter().skip(1).all(|it| !is_move(it));
        let is_line = corners.is_some_and(|it| it.len() <= MAX_LINE_POINTS) || has_head(heads);
        let is_filled = state.fill != Paint::None && !is_straight_line(path);
        if is_open && is_line && !is_filled {
            return self.line(state, path, heads);
        }
        if is_open && has_head(heads) {
            let inside = State {
                stroke: Paint::None,
                ..state.clone()
            };
            self.path_element(&inside, path);
            return self.line(state, path, heads);
        }
        self.path_element(state, path);
    }

    /// Makes a line, through points on the path if it is curved.
    fn line(&mut self, state: &State, path: &BezPath, heads: [Arrowhead; 2]) {
        let placed = state.transform * path;
        let (points, route) = points_on(&placed);
        let Some(first) = points.first().copied().filter(|_| points.len() > 1) else {
            return;
        };
        if points.len() > MAX_LINE_POINTS {
            return self.path_element(state, path);
        }
        let own = points.iter().map(|point| *point - first);
        let own: Vec<[f32; 2]> = own.map(|way| [way.x as f32, way.y as f32]).collect();
        let lined = State {
            fill: Paint::None,
            ..state.clone()
        };
        for look in painted(&lined, self.document, &mut self.report) {
            let mut props = self.props(state, first, &look);
            props.set(Prop::Outlined(true));
            props.set(Prop::Points(own.clone()));
            props.set(Prop::Dash(state.dash()));
            props.set(Prop::Route(route));
            props.set(Prop::Heads(heads));
            self.push(props, Body::Line);
        }
    }

    fn shape_in_box(&mut self, state: &State, found: (Rect, f64), outline: Outline, radius: f32) {
        let (rect, angle) = found;
        for look in painted(state, self.document, &mut self.report) {
            let mut props = self.props(state, rect.origin(), &look);
            props.set(Prop::Size([rect.width() as f32, rect.height() as f32]));
            props.set(Prop::Angle(angle as f32));
            props.set(Prop::Corner(radius));
            props.set(Prop::Dash(state.dash()));
            self.push(props, Body::Shape(outline));
        }
    }

    fn path_element(&mut self, state: &State, path: &BezPath) {
        let looks = painted(state, self.document, &mut self.report);
        if looks.is_empty() {
            return;
        }
        let placed = state.transform * path;
        if placed.elements().len() <= MAX_PATH_SEGMENTS {
            return self.packed(state, &placed, &looks);
        }
        self.report.add(LeftOut::LongPaths);
    }

    fn packed(&mut self, state: &State, placed: &BezPath, looks: &[Painted]) {
        self.segments_left = self.segments_left.saturating_sub(placed.elements().len());
        let (outline, rect) = match PackedPath::pack(placed) {
            Ok(packed) => packed,
            Err(shared::geometry::PathError::Empty) => return,
            Err(_) => return self.report.add(LeftOut::FarAway),
        };
        let rule = state.rule;
        for look in looks {
            let mut props = self.props(state, rect.origin(), look);
            props.set(Prop::Size([rect.width() as f32, rect.height() as f32]));
            props.set(Prop::Dash(state.dash()));
            let outline = outline.clone();
            self.push(props, Body::Path(VectorPath { rule, outline }));
        }
    }

    /// The properties of an element that is painted like this.
    pub(super) fn props(&self, state: &State, at: Point, look: &Painted) -> Props {
        let px = state.width * scale(state.transform) * self.zoom;
        let width = ((px.max(THINNEST_PX) / self.zoom) as f32).clamp(MIN_WIDTH, MAX_WIDTH);
        let color = look.line.or(look.inside).unwrap_or(Color::Black);
        let mut props = Props::plain(OrderKey::first(), at.into(), color, width, look.opacity);
        props.set(Prop::Outlined(look.line.is_some()));
        if look.inside.is_some() {
            props.set(Prop::Filling(Filling::Solid));
            props.set(Prop::Fill(look.line.and(look.inside)));
        }
        props
    }

    /// Adds an element, if the board would take it.
    pub(super) fn push(&mut self, props: Props, body: Body) {
        self.add(NewElement::new(id(0), props, body));
    }

    pub(super) fn add(&mut self, mut new: NewElement) {
        if self.elements.len() >= MAX_ELEMENTS {
            return self.report.add(LeftOut::TooMany);
        }
        self.made += 1;
        new.id = id(self.made);
        // The board would refuse a whole paste for one element that breaks its limits.
        if Op::Put(Box::new(new.clone())).validate().is_ok() {
            self.elements.push(new);
        } else {
            self.report.add(LeftOut::FarAway);
        }
    }
}

fn has_line(state: &State) -> bool {
    state.stroke != Paint::None && state.width > 0.0
}

fn has_head(heads: [Arrowhead; 2]) -> bool {
    heads != [Arrowhead::None, Arrowhead::None]
}

const fn is_move(element: &PathEl) -> bool {
    matches!(element, PathEl::MoveTo(_))
}

/// Whether a path is one straight line, which has no inside.
fn is_straight_line(path: &BezPath) -> bool {
    matches!(path.elements(), [PathEl::MoveTo(_), PathEl::LineTo(_)])
}

/// The points of a line along a path, and how it runs through them: straight through the corners,
/// or curved through points that are near enough to each other.
fn points_on(path: &BezPath) -> (Vec<Point>, Route) {
    let is_curved = |segment: PathSeg| !matches!(segment, PathSeg::Line(_));
    let route = if path.segments().any(is_curved) {
        Route::Curved
    } else {
        Route::Straight
    };
    let mut points: Vec<Point> = path.segments().take(1).map(|it| it.start()).collect();
    for segment in path.segments() {
        let steps = if route == Route::Straight { 1 } else { 3 };
        points.extend((1..=steps).map(|step| segment.eval(f64::from(step) / f64::from(steps))));
    }
    points.dedup_by(|a, b| a.distance(*b) < 1e-6);
    let far = |point: &Point| point.x.abs() > MAX_COORD || point.y.abs() > MAX_COORD;
    if points.iter().any(far) {
        points.clear();
    }
    (points, route)
}

/// The transformed box and its rotation about its centre; `None` if the transform skews it.
pub(super) fn rotated_box(transform: Affine, rect: Rect) -> Option<(Rect, f64)> {
    let [a, b, c, d, _, _] = transform.as_coeffs();
    let (right, down) = (Vec2::new(a, b), Vec2::new(c, d));
    let (wide, high) = (right.hypot(), down.hypot());
    if right.dot(down).abs() > SQUARE * wide * high || wide * high == 0.0 {
        return None;
    }
    let middle = transform * rect.center();
    let size = Size::new(rect.width() * wide, rect.height() * high);
    // A triangle points the other way if the drawing is mirrored; the other shapes look the same.
    Some((Rect::from_center_size(middle, size), right.atan2()))
}

/// The factor by which a transform scales lengths.
pub(super) fn scale(transform: Affine) -> f64 {
    transform.determinant().abs().sqrt()
}
