//! Trees: mind maps and outlines.

use super::{Label, Look, Shape};

/// Trees of nodes. Parents stand before their children.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<TreeNode>,
    pub(crate) sides: Sides,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TreeNode {
    pub(crate) key: String,
    pub(crate) label: Label,
    pub(crate) shape: Shape,
    pub(crate) look: Look,
    pub(crate) parent: Option<usize>,
}

/// Where the children of a root stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sides {
    /// On both sides of it.
    #[default]
    Both,
    /// At its right.
    Right,
}

impl Tree {
    /// The children of each node.
    pub(crate) fn children(&self) -> Vec<Vec<usize>> {
        let mut children = vec![Vec::new(); self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            if let Some(list) = node.parent.and_then(|parent| children.get_mut(parent)) {
                list.push(at);
            }
        }
        children
    }
}
