//! Mind maps of Mermaid as trees.

use std::collections::HashMap;

use merman_core::diagrams::mindmap::{MindmapDiagramRenderModel, MindmapDiagramRenderNode};

use super::{fault, markup};
use crate::error::DiagramError;
use crate::model::{Content, Look, Shape, Sides, Tree, TreeNode};

/// The tree of a mind map.
pub(super) fn tree(model: &MindmapDiagramRenderModel) -> Result<Content, DiagramError> {
    let nodes = model.nodes.iter().enumerate();
    let places: HashMap<&str, usize> = nodes.map(|(at, node)| (node.id.as_str(), at)).collect();
    let mut tree = Tree {
        nodes: model.nodes.iter().map(node).collect(),
        sides: Sides::Both,
    };
    for edge in &model.edges {
        let place = |key: &str| {
            let at = places.get(key).copied();
            at.ok_or_else(|| fault::missing(&format!("`{key}`")))
        };
        let (parent, child) = (place(&edge.start)?, place(&edge.end)?);
        if let Some(child) = tree.nodes.get_mut(child) {
            child.parent = Some(parent);
        }
    }
    Ok(Content::Tree(tree))
}

fn node(node: &MindmapDiagramRenderNode) -> TreeNode {
    TreeNode {
        key: node.node_id.clone(),
        label: markup::label(&node.label, node.label_type == "markdown"),
        shape: match node.shape.as_str() {
            "rect" => Shape::Rectangle,
            "mindmapCircle" => Shape::Circle,
            "bang" | "cloud" => Shape::Ellipse,
            "hexagon" => Shape::Stadium,
            _ => Shape::Rounded,
        },
        look: Look::default(),
        parent: None,
    }
}
