//! Graphs: nodes, edges, and groups of nodes.

use shared::model::{Arrowhead, Color};

use super::{Label, Look, Shape};

/// The direction in which the edges of a graph lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the top to the bottom.
    #[default]
    Down,
    /// From the bottom to the top.
    Up,
    /// From left to right.
    Right,
    /// From right to left.
    Left,
}

/// A graph. Indices of nodes and groups are valid, and groups form trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Graph {
    pub(crate) direction: Direction,
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) groups: Vec<Group>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Node {
    /// The name by which edges of the source call the node.
    pub(crate) key: String,
    pub(crate) label: Label,
    pub(crate) shape: Shape,
    pub(crate) look: Look,
    /// The innermost group that holds it.
    pub(crate) group: Option<usize>,
}

/// A group of nodes and other groups, with a title.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Group {
    pub(crate) key: String,
    pub(crate) title: Label,
    pub(crate) look: Look,
    /// The group that holds it.
    pub(crate) parent: Option<usize>,
    /// The direction of its edges, if it differs from that of the graph.
    pub(crate) direction: Option<Direction>,
}

/// An end of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum End {
    Node(usize),
    Group(usize),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Edge {
    pub(crate) ends: [End; 2],
    pub(crate) label: Label,
    pub(crate) stroke: Stroke,
    pub(crate) heads: [Arrowhead; 2],
    pub(crate) color: Option<Color>,
    /// The number of ranks that it spans at least.
    pub(crate) length: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stroke {
    #[default]
    Solid,
    Dotted,
    Dashed,
    Thick,
    /// The edge keeps its ends in order, but is not drawn.
    Invisible,
}

impl Graph {
    /// The groups that hold a group, itself first.
    pub(crate) fn with_parents(&self, group: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        let parent = |at: &usize| self.groups.get(*at).and_then(|group| group.parent);
        std::iter::successors(group, parent)
    }

    /// The innermost group that holds an end.
    pub(crate) fn holder(&self, end: End) -> Option<usize> {
        match end {
            End::Node(at) => self.nodes.get(at)?.group,
            End::Group(at) => self.groups.get(at)?.parent,
        }
    }

    /// Whether an end is a group or lies in it.
    pub(crate) fn is_within(&self, end: End, group: usize) -> bool {
        end == End::Group(group) || self.with_parents(self.holder(end)).any(|at| at == group)
    }
}
