//! Arrows and lines of tldraw.

use kurbo::{Point, Vec2};
use shared::limits::MAX_LINE_POINTS;
use shared::model::{Align, Arrowhead, Body, NewElement, Prop, Route};

use super::bindings::BoundEnd;
use super::records::Terminal;
use super::scene::Scene;
use super::style;
use super::tree::Placed;
use crate::polyline::polyline;

impl<'a> Scene<'a> {
    pub(super) fn arrow(&mut self, shape: &Placed<'a>) {
        let shape_props = &shape.record.props;
        let bound = self.bound.get(shape.record.id.as_str());
        let bound = bound.copied().unwrap_or_default();
        // The stored places of bound ends are missing or out of date.
        let to_own = shape.to_page.inverse();
        let place = |bound: Option<BoundEnd>, end: &Terminal| {
            bound.map_or(Point::new(end.x, end.y), |bound| to_own * bound.at)
        };
        let [from, to] = [
            place(bound[0], &shape_props.start),
            place(bound[1], &shape_props.end),
        ];
        let [start, end] = bound.map(|bound| bound.and_then(|bound| bound.anchor));
        let bend = shape_props.bend.unwrap_or(0.0);
        let is_elbow = shape_props.arrow_kind.as_deref() == Some("elbow");
        let is_bent = !is_elbow && bend != 0.0 && from != to;
        let mut points = vec![from, to];
        if is_bent {
            let way = (to - from).normalize();
            points.insert(1, from.midpoint(to) + Vec2::new(-way.y, way.x) * bend);
        }
        let route = match (is_elbow, is_bent) {
            (true, _) if start.is_some() && end.is_some() => Route::Elbow,
            (_, true) => Route::Curved,
            _ => Route::Straight,
        };
        let mut new = self.line_through(shape, &points, route);
        new.props.set(Prop::Start(start));
        new.props.set(Prop::End(end));
        let heads = [&shape_props.arrowhead_start, &shape_props.arrowhead_end];
        let heads = heads.map(|head| style::arrowhead(head.as_deref()));
        new.props.set(Prop::Heads(heads));
        self.write(
            &mut new,
            shape_props,
            style::arrow_label_size(shape_props),
            Align::Center,
        );
        let position = shape_props.label_position.unwrap_or(0.5).clamp(0.0, 1.0);
        new.props.set(Prop::TextPosition(position as f32));
        self.elements.push(new);
    }

    pub(super) fn line(&mut self, shape: &Placed<'a>) {
        let shape_props = &shape.record.props;
        let points = shape_props.line_points();
        let is_curved = shape_props.spline.as_deref() == Some("cubic");
        self.lines(shape, &points, is_curved);
    }

    /// A line through points, or a path if they are too many for a line.
    pub(super) fn lines(&mut self, shape: &Placed<'a>, points: &[Point], is_curved: bool) {
        if points.len() < 2 {
            return;
        }
        if points.len() > MAX_LINE_POINTS {
            let path = self.path(shape, &polyline(points.iter().copied()));
            return self.elements.extend(path);
        }
        let route = if is_curved && points.len() > 2 {
            Route::Curved
        } else {
            Route::Straight
        };
        let new = self.line_through(shape, points, route);
        self.elements.push(new);
    }

    fn line_through(&self, shape: &Placed<'_>, points: &[Point], route: Route) -> NewElement {
        let places: Vec<Point> = points.iter().map(|at| shape.to_page * *at).collect();
        let first = places.first().copied().unwrap_or_default();
        let mut props = self.props(shape);
        props.at = (first.to_vec2() * self.unit).to_point().into();
        let own = places.iter().map(|at| (*at - first) * self.unit);
        let own = own.map(|way| [way.x as f32, way.y as f32]);
        props.set(Prop::Points(own.collect()));
        props.set(Prop::Route(route));
        props.set(Prop::Heads([Arrowhead::None; 2]));
        NewElement::new(shape.id, props, Body::Line)
    }
}
