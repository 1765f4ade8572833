//! Markers: which arrowhead of the board is nearest to the figure at the end of a line, and figures
//! at its other points.

use shared::model::Arrowhead;

use kurbo::{Affine, BezPath, ParamCurve as _, PathEl, Point, Size, Vec2};

use super::state::State;
use super::{Reader, path, viewport};
use crate::markup::{Document, Node, NodeId};

/// Width and height of a marker that names none.
const PLAIN_SIDE: f64 = 3.0;
/// The part of a curve that shows its direction at an end.
const NEAR: f64 = 0.01;

/// The heads at both ends of a line.
pub(super) fn heads(state: &State, document: &Document) -> [Arrowhead; 2] {
    let [start, end] = &state.markers;
    [start, end].map(|id| {
        let marker = id.as_ref().and_then(|id| document.by_id(id));
        marker.map_or(Arrowhead::None, |marker| head(marker, document))
    })
}

/// The head that looks like a marker.
fn head(marker: NodeId, document: &Document) -> Arrowhead {
    let is_open = |id: NodeId| {
        let node = document.node(id);
        let style = node.get("style").unwrap_or_default().replace(' ', "");
        node.get("fill") == Some("none") || style.contains("fill:none")
    };
    let mut found = Arrowhead::None;
    for id in document.node(marker).children.iter().copied() {
        let node = document.node(id);
        let head = match node.name.as_ref() {
            "circle" | "ellipse" => Arrowhead::Dot,
            "polygon" | "rect" => Arrowhead::Triangle,
            "polyline" => Arrowhead::Arrow,
            "line" => Arrowhead::Bar,
            "path" => {
                let outline = path::outline(node.get("d").unwrap_or_default());
                let corners = outline.elements().iter().filter(|it| !is_close(it)).count();
                match corners {
                    0 | 1 => Arrowhead::None,
                    2 => Arrowhead::Bar,
                    _ if is_open(id) => Arrowhead::Arrow,
                    _ => Arrowhead::Triangle,
                }
            }
            "g" => self::head(id, document),
            _ => Arrowhead::None,
        };
        found = if head == Arrowhead::None { found } else { head };
    }
    found
}

const fn is_close(element: &PathEl) -> bool {
    matches!(element, PathEl::ClosePath)
}

/// Draws the marker of a line at all of its points but the first and the last.
pub(super) fn draw_at_corners(reader: &mut Reader<'_>, state: &State, path: &BezPath) {
    let document = reader.document;
    let marker = state.corner_marker.as_ref();
    let marker = marker.and_then(|id| document.by_id(id));
    let Some(marker) = marker.filter(|id| !reader.uses.contains(id)) else {
        return;
    };
    let node = document.node(marker);
    let unit = match node.get("markerUnits") {
        Some("userSpaceOnUse") => 1.0,
        _ => state.width,
    };
    let mut own = State::new(Affine::IDENTITY, state.viewport);
    let to_unit = figure(node, &mut own);
    (own.opacity, own.is_dark) = (state.opacity, state.is_dark);
    reader.uses.push(marker);
    for (at, way) in corners(path) {
        let turn = Affine::rotate(orientation(node, way));
        let place = state.transform * Affine::translate(at.to_vec2()) * turn;
        let mut inner = reader.state_of(marker, &own);
        inner.transform = place * Affine::scale(unit) * to_unit;
        reader.visit_children(marker, &inner);
    }
    reader.uses.pop();
}

/// Maps the coordinates in a marker to those around the point that it stands at.
fn figure(node: &Node, state: &mut State) -> Affine {
    let side = |name: &str, plain: f64| {
        let given = node.get(name).and_then(|it| state.length(it, 0.0));
        given.unwrap_or(plain)
    };
    let size = Size::new(
        side("markerWidth", PLAIN_SIDE),
        side("markerHeight", PLAIN_SIDE),
    );
    let anchor = Point::new(side("refX", 0.0), side("refY", 0.0));
    viewport::enter(node, size, state);
    let at = state.transform * anchor;
    Affine::translate(-at.to_vec2()) * state.transform
}

/// The angle of a marker, in radians.
fn orientation(node: &Node, way: Vec2) -> f64 {
    match node.get("orient") {
        Some("auto" | "auto-start-reverse") => way.atan2(),
        given => {
            let given = given.unwrap_or_default().trim_end_matches("deg");
            let given = given.parse().ok().filter(|it: &f64| it.is_finite());
            given.map_or(0.0, f64::to_radians)
        }
    }
}

/// The points of a path between the first and the last, each with the direction of the path there.
fn corners(path: &BezPath) -> impl Iterator<Item = (Point, Vec2)> {
    let segments = path.segments();
    segments.clone().zip(segments.skip(1)).map(|(one, next)| {
        let unit = |way: Vec2| way / way.hypot().max(f64::MIN_POSITIVE);
        let arriving = one.end() - one.eval(1.0 - NEAR);
        let leaving = next.eval(NEAR) - next.start();
        (one.end(), unit(arriving) + unit(leaving))
    })
}
