//! The public face of a diagram: made from a text or a graph, and drawn as elements.

use std::collections::{HashMap, HashSet};

use shared::id::ElementId;

use crate::draw;
use crate::drawing::{Elements, Options};
use crate::error::DiagramError;
use crate::limits::{
    MAX_EDGE_LENGTH, MAX_EDGES, MAX_GROUP_DEPTH, MAX_GROUPS, MAX_LABEL_CHARS, MAX_NODES,
    MAX_PARTICIPANTS, MAX_SEQUENCE_ROWS, MAX_TREE_DEPTH,
};
use crate::model::{
    Content, Direction, Edge, End, Graph, Group, Label, Look, Node, Sequence, Shape, Stroke, Tree,
};

/// A diagram within all limits, independent of what it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagram {
    title: Label,
    content: Content,
}

/// A node of [`Diagram::from_graph`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphNode {
    /// The key by which edges name the node.
    pub key: String,
    /// Its text. The key, if it is empty.
    pub text: String,
    /// Its outline.
    pub shape: Shape,
    /// The title of the group that it is in.
    pub group: Option<String>,
}

/// An edge of [`Diagram::from_graph`], an arrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphEdge {
    /// The key of the node where it begins.
    pub from: String,
    /// The key of the node to which it leads.
    pub to: String,
    /// Its text; it may be empty.
    pub text: String,
    /// Whether it is dashed.
    pub is_dashed: bool,
}

impl Diagram {
    /// A diagram of this content, if it is within the limits.
    pub(crate) fn new(title: Label, content: Content) -> Result<Self, DiagramError> {
        match &content {
            Content::Graph(graph) => check_graph(graph)?,
            Content::Tree(tree) => check_tree(tree)?,
            Content::Sequence(sequence) => check_sequence(sequence)?,
            Content::Cards(cards) => at_most("cards", cards.len(), MAX_NODES)?,
        }
        if content.is_empty() {
            return Err(DiagramError::whole("The diagram is empty"));
        }
        let labels = content.labels().chain([&title]);
        let longest = labels.map(Label::chars).max().unwrap_or_default();
        at_most("characters in one text", longest, MAX_LABEL_CHARS)?;
        Ok(Self { title, content })
    }

    /// A graph of nodes with keys and the edges between them.
    ///
    /// # Errors
    /// Says which key is repeated or missing, or which limit is exceeded.
    pub fn from_graph(
        nodes: &[GraphNode],
        edges: &[GraphEdge],
        direction: Direction,
    ) -> Result<Self, DiagramError> {
        let mut graph = Graph {
            direction,
            ..Graph::default()
        };
        let mut places = HashMap::new();
        let mut groups: HashMap<&str, usize> = HashMap::new();
        for node in nodes {
            if places
                .insert(node.key.as_str(), graph.nodes.len())
                .is_some()
            {
                let message = format!("Two nodes have the key `{}`", node.key);
                return Err(DiagramError::whole(message));
            }
            let group = node.group.as_deref().map(|title| {
                *groups.entry(title).or_insert_with(|| {
                    graph.groups.push(Group {
                        title: Label::plain(title),
                        ..Group::default()
                    });
                    graph.groups.len() - 1
                })
            });
            let text = if node.text.is_empty() {
                &node.key
            } else {
                &node.text
            };
            graph.nodes.push(Node {
                key: node.key.clone(),
                label: Label::plain(text),
                shape: node.shape,
                look: Look::default(),
                group,
            });
        }
        for edge in edges {
            graph.edges.push(graph_edge(edge, &places)?);
        }
        Self::new(Label::default(), Content::Graph(graph))
    }

    /// Lays the diagram out and draws it. `next_id` gives a new id for each element.
    ///
    /// # Errors
    /// Says that the graph is too entangled to be laid out, or that it has too many elements.
    pub fn elements(
        &self,
        options: &Options,
        next_id: &mut dyn FnMut() -> ElementId,
    ) -> Result<Elements, DiagramError> {
        draw::draw(&self.title, &self.content, options, next_id)
    }
}

fn graph_edge(edge: &GraphEdge, places: &HashMap<&str, usize>) -> Result<Edge, DiagramError> {
    let end = |key: &str| {
        let at = places.get(key).copied();
        let message = || format!("An edge names the node `{key}`, which there is not");
        at.map(End::Node)
            .ok_or_else(|| DiagramError::whole(message()))
    };
    Ok(Edge {
        ends: [end(&edge.from)?, end(&edge.to)?],
        label: Label::plain(edge.text.as_str()),
        stroke: if edge.is_dashed {
            Stroke::Dashed
        } else {
            Stroke::Solid
        },
        heads: draw::ARROW,
        color: None,
        length: 1,
    })
}

fn at_most(what: &str, count: usize, most: usize) -> Result<(), DiagramError> {
    if count <= most {
        return Ok(());
    }
    let message = format!("The diagram has {count} {what}, at most {most} are drawn");
    Err(DiagramError::whole(message))
}

fn check_graph(graph: &Graph) -> Result<(), DiagramError> {
    at_most("nodes", graph.nodes.len(), MAX_NODES)?;
    at_most("edges", graph.edges.len(), MAX_EDGES)?;
    at_most("groups", graph.groups.len(), MAX_GROUPS)?;
    let longest = graph.edges.iter().map(|edge| edge.length).max();
    at_most(
        "ranks between two nodes",
        longest.unwrap_or_default(),
        MAX_EDGE_LENGTH,
    )?;
    for at in 0..graph.groups.len() {
        let mut seen = HashSet::new();
        let is_cycle = !graph.with_parents(Some(at)).all(|at| seen.insert(at));
        if is_cycle {
            return Err(DiagramError::whole("A group lies in itself"));
        }
        at_most("groups in each other", seen.len(), MAX_GROUP_DEPTH)?;
    }
    Ok(())
}

fn check_tree(tree: &Tree) -> Result<(), DiagramError> {
    at_most("nodes", tree.nodes.len(), MAX_NODES)?;
    let mut depths: Vec<usize> = Vec::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        let above = node.parent.map(|parent| depths.get(parent).copied());
        let Some(depth) = above.map_or(Some(0), |above| above.map(|depth| depth + 1)) else {
            return Err(DiagramError::whole(format!(
                "Node {} stands before its parent",
                at + 1
            )));
        };
        at_most("levels", depth, MAX_TREE_DEPTH)?;
        depths.push(depth);
    }
    Ok(())
}

fn check_sequence(sequence: &Sequence) -> Result<(), DiagramError> {
    at_most("participants", sequence.columns.len(), MAX_PARTICIPANTS)?;
    at_most(
        "messages, notes and blocks",
        sequence.events.len(),
        MAX_SEQUENCE_ROWS,
    )
}
