//! Markers: which arrowhead of the board is nearest to the figure at the end of a line, and figures
//! at its other points.

use kurbo::{
    Affine, BezPath, CubicBez, Line, ParamCurve as _, PathEl, PathSeg, Point, QuadBez, Size, Vec2,
};
use shared::model::Arrowhead;

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
pub(super) fn draw_at_mid_points(reader: &mut Reader<'_>, state: &State, path: &BezPath) {
    let document = reader.document;
    let marker = state.mid_marker.as_ref();
    let marker = marker.and_then(|id| document.by_id(id));
    let Some(marker) = marker.filter(|id| !reader.uses.contains(id)) else {
        return;
    };
    let node = document.node(marker);
    let unit = match node.get("markerUnits") {
        Some("userSpaceOnUse") => 1.0,
        _ => state.width,
    };
    let mut own = state_of_marker(reader, marker, state);
    let to_unit = Affine::scale(unit) * figure(node, &mut own);
    reader.uses.push(marker);
    for (at, way) in mid_points(path) {
        if !reader.may_visit() {
            break;
        }
        let turn = Affine::rotate(orientation(node, way));
        own.transform = state.transform * Affine::translate(at.to_vec2()) * turn * to_unit;
        reader.visit_children(marker, &own);
    }
    reader.uses.pop();
}

/// The state in a marker. It inherits from the tags around it and not from the line, but it is as
/// opaque as the line, and it is drawn wherever it is defined.
fn state_of_marker(reader: &Reader<'_>, marker: NodeId, line: &State) -> State {
    let document = reader.document;
    let parent = |id: &NodeId| document.node(*id).parent;
    let mut around: Vec<NodeId> = std::iter::successors(parent(&marker), parent).collect();
    around.reverse();
    let plain = State::new(Affine::IDENTITY, line.viewport);
    let outer = around
        .into_iter()
        .fold(plain, |outer, id| reader.state_of(id, &outer));
    let inherited = State {
        opacity: line.opacity,
        ..outer
    };
    State {
        transform: Affine::IDENTITY,
        removed: false,
        ..reader.state_of(marker, &inherited)
    }
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

/// A point of a path, with the directions in which the path comes to it and leaves it. They are 0
/// where it does not.
struct Vertex {
    at: Point,
    arriving: Vec2,
    leaving: Vec2,
}

/// The points of all pieces of a path between the very first and the very last, each with the
/// direction of the path there.
fn mid_points(path: &BezPath) -> Vec<(Point, Vec2)> {
    let vertices = vertices(path);
    let [_, middle @ .., _] = vertices.as_slice() else {
        return Vec::new();
    };
    let way = |vertex: &Vertex| (vertex.at, vertex.arriving + vertex.leaving);
    middle.iter().map(way).collect()
}

fn vertices(path: &BezPath) -> Vec<Vertex> {
    let mut all: Vec<Vertex> = Vec::new();
    // The number of the first point of this piece.
    let mut first = 0;
    for element in path.elements() {
        let (from, start) = (last_of(&all), all.get(first).map(|it| it.at));
        let segment = match *element {
            PathEl::MoveTo(at) => {
                first = all.len();
                all.push(Vertex {
                    at,
                    arriving: Vec2::ZERO,
                    leaving: Vec2::ZERO,
                });
                continue;
            }
            PathEl::LineTo(to) => PathSeg::Line(Line::new(from, to)),
            PathEl::QuadTo(by, to) => PathSeg::Quad(QuadBez::new(from, by, to)),
            PathEl::CurveTo(a, b, to) => PathSeg::Cubic(CubicBez::new(from, a, b, to)),
            PathEl::ClosePath => PathSeg::Line(Line::new(from, start.unwrap_or(from))),
        };
        let unit = |way: Vec2| way / way.hypot().max(f64::MIN_POSITIVE);
        let arriving = unit(segment.end() - segment.eval(1.0 - NEAR));
        if let Some(last) = all.last_mut() {
            last.leaving = unit(segment.eval(NEAR) - segment.start());
        }
        let is_close = is_close(element);
        let begin = all.get_mut(first).filter(|_| is_close);
        let leaving = begin.map_or(Vec2::ZERO, |begin| {
            begin.arriving = arriving;
            begin.leaving
        });
        all.push(Vertex {
            at: segment.end(),
            arriving,
            leaving,
        });
    }
    all
}

fn last_of(vertices: &[Vertex]) -> Point {
    vertices.last().map(|it| it.at).unwrap_or_default()
}
