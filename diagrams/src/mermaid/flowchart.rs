//! Flowcharts of Mermaid as graphs.

use std::collections::HashMap;

use merman_core::diagrams::flowchart::{
    FlowEdge, FlowEdgeMarker, FlowEdgeStroke, FlowEdgeVisibility, FlowNode, FlowSubgraph,
    FlowchartModel,
};
use shared::model::{Arrowhead, Dash};

use super::{css, fault, markup};
use crate::error::DiagramError;
use crate::model::{Content, Direction, Edge, End, Graph, Group, Label, Look, Node, Shape, Stroke};

/// The graph of a flowchart.
pub(super) fn graph(model: &FlowchartModel) -> Result<Content, DiagramError> {
    let groups: HashMap<&str, usize> = model
        .subgraphs
        .iter()
        .enumerate()
        .map(|(at, group)| (group.id.as_str(), at))
        .collect();
    let holders = holders(model);
    let holder = |key: &str| holders.get(key).copied();
    let own = model.nodes.iter();
    let own: Vec<&FlowNode> = own
        .filter(|node| !node.is_subgraph_anchor() && !groups.contains_key(node.id.as_str()))
        .collect();
    let nodes: HashMap<&str, usize> = own
        .iter()
        .enumerate()
        .map(|(at, node)| (node.id.as_str(), at))
        .collect();
    let end = |key: &str| {
        let node = nodes.get(key).map(|at| End::Node(*at));
        node.or_else(|| groups.get(key).map(|at| End::Group(*at)))
            .ok_or_else(|| fault::missing(&format!("`{key}`")))
    };
    let edges = model.edges.iter().map(|edge| {
        let ends = [end(&edge.from)?, end(&edge.to)?];
        Ok(self::edge(edge, ends))
    });
    Ok(Content::Graph(Graph {
        direction: direction(model.direction.as_deref()).unwrap_or_default(),
        edges: edges.collect::<Result<_, DiagramError>>()?,
        nodes: own
            .iter()
            .map(|it| node(it, model, holder(&it.id)))
            .collect(),
        groups: model
            .subgraphs
            .iter()
            .map(|it| group(it, model, holder(&it.id)))
            .collect(),
    }))
}

/// The innermost group of each node and group that is in one. Inner groups end, and so stand, before
/// outer ones.
fn holders(model: &FlowchartModel) -> HashMap<&str, usize> {
    let mut holders = HashMap::new();
    for (at, group) in model.subgraphs.iter().enumerate() {
        for key in group.nodes.iter().filter(|key| **key != group.id) {
            holders.entry(key.as_str()).or_insert(at);
        }
    }
    holders
}

fn direction(name: Option<&str>) -> Option<Direction> {
    match name?.trim() {
        "TB" | "TD" | "v" => Some(Direction::Down),
        "BT" | "^" => Some(Direction::Up),
        "LR" | ">" => Some(Direction::Right),
        "RL" | "<" => Some(Direction::Left),
        _ => None,
    }
}

fn text(text: &str, kind: Option<&str>) -> Label {
    markup::label(text, kind == Some("markdown"))
}

fn node(node: &FlowNode, model: &FlowchartModel, group: Option<usize>) -> Node {
    let shape = node.shape.as_deref().or(node.layout_shape.as_deref());
    let shape = shape_of(shape.unwrap_or_default());
    let written = text(
        node.label.as_deref().unwrap_or(&node.id),
        node.label_type.as_deref(),
    );
    Node {
        key: node.id.clone(),
        label: if shape.is_mark() {
            Label::default()
        } else {
            written
        },
        shape,
        look: look(&node.classes, &node.styles, model),
        group,
    }
}

fn group(group: &FlowSubgraph, model: &FlowchartModel, parent: Option<usize>) -> Group {
    Group {
        key: group.id.clone(),
        title: text(&group.title, group.label_type.as_deref()),
        look: look(&group.classes, &group.styles, model),
        parent,
        direction: direction(group.dir.as_deref()),
    }
}

fn edge(edge: &FlowEdge, ends: [End; 2]) -> Edge {
    let look = css::look(edge.style.iter().map(String::as_str));
    let stroke = match (edge.visibility, edge.stroke_kind) {
        (FlowEdgeVisibility::Invisible, _) => Stroke::Invisible,
        (_, FlowEdgeStroke::Dotted) => Stroke::Dotted,
        (_, FlowEdgeStroke::Thick) => Stroke::Thick,
        (_, FlowEdgeStroke::Normal) if look.dash != Dash::Solid => Stroke::Dashed,
        (_, FlowEdgeStroke::Normal) if look.is_thick => Stroke::Thick,
        (_, FlowEdgeStroke::Normal) => Stroke::Solid,
    };
    Edge {
        ends,
        label: text(
            edge.label.as_deref().unwrap_or_default(),
            edge.label_type.as_deref(),
        ),
        stroke,
        heads: [head(edge.start_marker), head(edge.end_marker)],
        color: look.line,
        length: edge.length,
    }
}

const fn head(marker: FlowEdgeMarker) -> Arrowhead {
    match marker {
        FlowEdgeMarker::None => Arrowhead::None,
        FlowEdgeMarker::Point => Arrowhead::Arrow,
        FlowEdgeMarker::Circle => Arrowhead::Dot,
        FlowEdgeMarker::Cross => Arrowhead::Bar,
    }
}

/// The look of a node or a group: that of the class `default`, of its classes, and its own.
fn look(classes: &[String], styles: &[String], model: &FlowchartModel) -> Look {
    let names = std::iter::once("default").chain(classes.iter().map(String::as_str));
    let of_classes = names
        .filter_map(|name| model.class_defs.get(name))
        .flatten();
    css::look(of_classes.chain(styles).map(String::as_str))
}

/// The shape for a name of Mermaid. Shapes that the board does not have become the nearest one.
fn shape_of(name: &str) -> Shape {
    match name {
        "round"
        | "rounded"
        | "roundedRect"
        | "event"
        | "cylinder"
        | "cyl"
        | "database"
        | "db"
        | "disk"
        | "h-cyl"
        | "das"
        | "horizontal-cylinder"
        | "lin-cyl"
        | "lined-cylinder"
        | "hexagon"
        | "hex"
        | "prepare"
        | "cloud"
        | "bang"
        | "datastore"
        | "data-store"
        | "bow-rect"
        | "bow-tie-rectangle"
        | "stored-data"
        | "curv-trap"
        | "curved-trapezoid"
        | "display" => Shape::Rounded,
        "stadium" | "pill" | "terminal" | "delay" | "half-rounded-rectangle" => Shape::Stadium,
        "ellipse" => Shape::Ellipse,
        "circle" | "circ" | "doublecircle" | "dbl-circ" | "double-circle" | "cross-circ"
        | "crossed-circle" | "summary" => Shape::Circle,
        "diamond" | "diam" | "question" | "decision" | "choice" => Shape::Diamond,
        "tri" | "triangle" | "extract" | "flip-tri" | "flipped-triangle" | "manual-file" => {
            Shape::Triangle
        }
        "text" | "brace" | "brace-l" | "brace-r" | "braces" | "comment" => Shape::Plain,
        "fork" | "join" | "forkJoin" => Shape::Bar,
        "sm-circ" | "small-circle" | "start" | "stateStart" | "f-circ" | "filled-circle"
        | "junction" => Shape::Dot,
        "fr-circ" | "framed-circle" | "stop" | "stateEnd" => Shape::Ring,
        _ => Shape::Rectangle,
    }
}
