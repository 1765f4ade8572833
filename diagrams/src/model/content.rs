//! The content of a diagram.

use super::{Event, Graph, Label, Sequence, Tree};

/// The content of a diagram, by its kind.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Graph(Graph),
    Tree(Tree),
    Sequence(Sequence),
    /// The items of a list.
    Cards(Vec<Label>),
}

impl Content {
    pub(crate) const fn is_empty(&self) -> bool {
        match self {
            Self::Graph(graph) => graph.nodes.is_empty() && graph.groups.is_empty(),
            Self::Tree(tree) => tree.nodes.is_empty(),
            Self::Sequence(sequence) => sequence.columns.is_empty(),
            Self::Cards(cards) => cards.is_empty(),
        }
    }

    pub(crate) fn labels(&self) -> Box<dyn Iterator<Item = &Label> + '_> {
        match self {
            Self::Graph(graph) => Box::new(
                graph
                    .nodes
                    .iter()
                    .map(|node| &node.label)
                    .chain(graph.edges.iter().map(|edge| &edge.label))
                    .chain(graph.groups.iter().map(|group| &group.title)),
            ),
            Self::Tree(tree) => Box::new(tree.nodes.iter().map(|node| &node.label)),
            Self::Sequence(sequence) => Box::new(
                sequence
                    .columns
                    .iter()
                    .map(|column| &column.label)
                    .chain(sequence.boxes.iter().map(|it| &it.title))
                    .chain(sequence.events.iter().filter_map(Event::label)),
            ),
            Self::Cards(cards) => Box::new(cards.iter()),
        }
    }
}
