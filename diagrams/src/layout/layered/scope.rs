//! The layout of one scope by dugong: a whole graph, or the content of one group.

use std::collections::HashSet;

use dugong::graphlib::{Graph as Layers, GraphOptions};
use dugong::{
    EdgeLabel, GraphLabel, LayoutError, NodeLabel, RankDir, WorkControl, WorkError,
    layout_controlled,
};
use kurbo::{Point, Rect, Size};

use super::{GROUP_PADDING, Layout, Way};
use crate::limits::MAX_LAYOUT_WORK;
use crate::model::{Direction, End};

/// Space between nodes of one rank.
const NODE_GAP: f64 = 48.0;
/// Space between ranks.
const RANK_GAP: f64 = 72.0;
/// Space between edges of one rank.
const EDGE_GAP: f64 = 28.0;

type Dag = Layers<NodeLabel, EdgeLabel, GraphLabel>;

/// Places all that stands directly in a scope. Returns the rectangle that it covers.
pub(super) fn lay_out(
    layout: &mut Layout<'_>,
    scope: Option<usize>,
    direction: Direction,
) -> Result<Rect, LayoutError> {
    let mut dag = dag(direction);
    add_boxes(layout, scope, &mut dag);
    let edges = add_edges(layout, scope, &mut dag);
    layout_controlled(&mut dag, &mut Budget(MAX_LAYOUT_WORK))?;
    take_boxes(layout, scope, &dag);
    for (at, [from, to]) in edges {
        let name = at.to_string();
        let label = dag.edge(&key(from), &key(to), Some(&name));
        if let (Some(label), Some(way)) = (label, layout.placed.ways.get_mut(at)) {
            *way = way_of(label);
        }
    }
    Ok(bounds(layout, scope))
}

/// Ends a layout that takes too much work.
struct Budget(usize);

impl WorkControl for Budget {
    fn charge(&mut self, units: usize) -> Result<(), WorkError> {
        self.0 = self.0.checked_sub(units).ok_or(WorkError::Interrupted)?;
        Ok(())
    }
}

fn dag(direction: Direction) -> Dag {
    let mut dag = Dag::new(GraphOptions {
        multigraph: true,
        compound: true,
        ..GraphOptions::default()
    });
    dag.set_graph(GraphLabel {
        rankdir: match direction {
            Direction::Down => RankDir::TB,
            Direction::Up => RankDir::BT,
            Direction::Right => RankDir::LR,
            Direction::Left => RankDir::RL,
        },
        nodesep: NODE_GAP,
        ranksep: RANK_GAP,
        edgesep: EDGE_GAP,
        ..GraphLabel::default()
    });
    dag
}

/// The name of an end in the library.
fn key(end: End) -> String {
    match end {
        End::Node(at) => format!("n{at}"),
        End::Group(at) => format!("g{at}"),
    }
}

/// The nodes and groups that stand directly in a scope.
fn members<'a>(layout: &'a Layout<'_>, scope: Option<usize>) -> impl Iterator<Item = End> + 'a {
    let groups = (0..layout.graph.groups.len()).map(End::Group);
    let nodes = (0..layout.graph.nodes.len()).map(End::Node);
    groups
        .chain(nodes)
        .filter(move |end| layout.scope_of(*end) == scope)
}

/// Whether a group holds something that is laid out with it.
fn is_open(layout: &Layout<'_>, group: usize) -> bool {
    let graph = layout.graph;
    let is_parent = |of: Option<usize>| of == Some(group);
    !layout.is_apart(group)
        && (graph.nodes.iter().any(|node| is_parent(node.group))
            || graph.groups.iter().any(|inner| is_parent(inner.parent)))
}

fn size_of(layout: &Layout<'_>, end: End) -> Size {
    match end {
        End::Node(at) => layout.sizes.nodes.get(at).copied().unwrap_or_default(),
        End::Group(at) if layout.is_apart(at) => layout.group(at).size(),
        End::Group(at) if is_open(layout, at) => Size::ZERO,
        End::Group(at) => {
            let title = layout.sizes.titles.get(at).copied().unwrap_or_default();
            let around = 2.0 * GROUP_PADDING;
            Size::new(title.width + around, title.height + around)
        }
    }
}

fn add_boxes(layout: &Layout<'_>, scope: Option<usize>, dag: &mut Dag) {
    for end in members(layout, scope) {
        let size = size_of(layout, end);
        let label = NodeLabel {
            width: size.width,
            height: size.height,
            ..NodeLabel::default()
        };
        dag.set_node(key(end), label);
    }
    for end in members(layout, scope) {
        if let Some(holder) = layout.graph.holder(end).filter(|at| Some(*at) != scope) {
            dag.set_parent(key(end), key(End::Group(holder)));
        }
    }
}

/// Adds the edges of a scope. Returns the number of each one and its ends in the library.
fn add_edges(layout: &Layout<'_>, scope: Option<usize>, dag: &mut Dag) -> Vec<(usize, [End; 2])> {
    let mut added = Vec::new();
    for (at, edge) in layout.graph.edges.iter().enumerate() {
        let Some([from, to]) = ends_here(layout, edge.ends, scope) else {
            continue;
        };
        let holds = |outer: End, inner: End| match outer {
            End::Group(group) => layout.graph.is_within(inner, group),
            End::Node(_) => false,
        };
        // An edge between a group and its own content bends no layers.
        if holds(from, to) || holds(to, from) {
            continue;
        }
        let [tail, tip] = [stand_in(layout, from, false), stand_in(layout, to, true)];
        let size = layout.sizes.labels.get(at).copied().unwrap_or_default();
        let label = EdgeLabel {
            width: size.width,
            height: size.height,
            minlen: edge.length.max(1),
            weight: 1.0,
            ..EdgeLabel::default()
        };
        dag.set_edge_named(key(tail), key(tip), Some(at.to_string()), Some(label));
        added.push((at, [tail, tip]));
    }
    added
}

/// The ends of an edge among the members of a scope: in place of an end that lies deeper, the group
/// that holds it. `None` if the edge leads nowhere in this scope.
fn ends_here(layout: &Layout<'_>, ends: [End; 2], scope: Option<usize>) -> Option<[End; 2]> {
    let [from, to] = ends;
    let here = [layout.lifted(from, scope)?, layout.lifted(to, scope)?];
    (here == ends || here[0] != here[1]).then_some(here)
}

/// The end that the library gets, whose edges lead to single boxes only: in place of an open group, a
/// box in it that no other edge within the group enters (for an edge into the group) or leaves.
fn stand_in(layout: &Layout<'_>, end: End, is_entered: bool) -> End {
    let End::Group(group) = end else { return end };
    if !is_open(layout, group) {
        return end;
    }
    let is_single = |it: &End| !matches!(it, End::Group(at) if is_open(layout, *at));
    let inside: Vec<End> = members(layout, layout.scope_of(end))
        .filter(|it| layout.graph.is_within(*it, group))
        .filter(is_single)
        .collect();
    let known: HashSet<End> = inside.iter().copied().collect();
    let edges = layout.graph.edges.iter();
    let between = edges.filter(|edge| edge.ends.iter().all(|it| known.contains(it)));
    let taken: HashSet<End> = between
        .map(|edge| {
            let [from, to] = edge.ends;
            if is_entered { to } else { from }
        })
        .collect();
    let mut free = inside.iter().filter(|it| !taken.contains(it));
    free.next().or(inside.first()).copied().unwrap_or(end)
}

fn take_boxes(layout: &mut Layout<'_>, scope: Option<usize>, dag: &Dag) {
    let ends: Vec<End> = members(layout, scope).collect();
    for end in ends {
        let Some(label) = dag.node(&key(end)) else {
            continue;
        };
        let centre = Point::new(label.x.unwrap_or_default(), label.y.unwrap_or_default());
        let rect = Rect::from_center_size(centre, (label.width, label.height));
        match end {
            End::Node(at) => {
                if let Some(node) = layout.placed.nodes.get_mut(at) {
                    *node = rect;
                }
            }
            End::Group(at) => layout.set_group(at, rect),
        }
    }
}

fn way_of(label: &EdgeLabel) -> Way {
    let points = label.points.iter().map(|it| Point::new(it.x, it.y));
    let mut points: Vec<Point> = points.collect();
    // The first and the last point lie at the boxes, where the ends of a line are computed.
    points.pop();
    if !points.is_empty() {
        points.remove(0);
    }
    Way {
        points,
        label: label.x.zip(label.y).map(|(x, y)| Point::new(x, y)),
    }
}

fn bounds(layout: &Layout<'_>, scope: Option<usize>) -> Rect {
    let boxes = members(layout, scope).map(|end| match end {
        End::Node(at) => layout.placed.nodes.get(at).copied().unwrap_or_default(),
        End::Group(at) => layout.group(at),
    });
    let ways = layout.graph.edges.iter().zip(&layout.placed.ways);
    let points = ways
        .filter(|(edge, _)| ends_here(layout, edge.ends, scope).is_some())
        .flat_map(|(_, way)| way.points.iter().map(|at| Rect::from_points(*at, *at)));
    boxes
        .chain(points)
        .reduce(|all, one| all.union(one))
        .unwrap_or_default()
}
