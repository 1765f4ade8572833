//! Draws trees. The lines of each branch have the colour of the branch.

use shared::model::{Color, Route};

use super::sketch::{LineLook, Membership, Sketch, anchor};
use crate::layout::{self, Side};
use crate::model::{Label, Look, Tree, TreeNode};

/// The colours of the branches of a root, in this order.
const BRANCHES: [Color; 7] = [
    Color::Blue,
    Color::Green,
    Color::Orange,
    Color::Violet,
    Color::Teal,
    Color::Pink,
    Color::Red,
];

pub(super) fn draw(tree: &Tree, sketch: &mut Sketch<'_>) {
    let texts = sketch.texts();
    let sizes = tree
        .nodes
        .iter()
        .map(|node| texts.node(&node.label, node.shape));
    let sizes: Vec<_> = sizes.collect();
    let places = layout::tree(tree, &sizes);
    let colors = colors(tree);
    let ids: Vec<_> = tree.nodes.iter().map(|_| sketch.id()).collect();
    let none = Membership::default();
    let middle = |at: usize| places.nodes.get(at).map(|rect| rect.center());
    for (at, node) in tree.nodes.iter().enumerate() {
        let Some(parent) = node.parent else { continue };
        let (Some(from), Some(to)) = (ids.get(parent), ids.get(at)) else {
            continue;
        };
        let (Some(start), Some(end)) = (middle(parent), middle(at)) else {
            continue;
        };
        let ends = match places.sides.get(at).copied().unwrap_or_default() {
            Side::Right => [anchor(*from, 1.0, 0.5), anchor(*to, 0.0, 0.5)],
            Side::Left => [anchor(*from, 0.0, 0.5), anchor(*to, 1.0, 0.5)],
        };
        let look = LineLook {
            route: Route::Elbow,
            color: colors.get(at).copied().flatten(),
            ..LineLook::default()
        };
        sketch.line(
            &[start, end],
            ends.map(Some),
            &look,
            &Label::default(),
            &none,
        );
    }
    let nodes = tree.nodes.iter().zip(&places.nodes).zip(&ids).zip(&colors);
    for (((node, rect), id), color) in nodes {
        sketch.ids.entry(node.key.clone()).or_insert(*id);
        let look = look(node, *color);
        sketch.node(*id, *rect, (node.shape, look), &node.label, &none);
    }
}

/// The look of a node: its own, else in the colour of its branch.
fn look(node: &TreeNode, color: Option<Color>) -> Look {
    Look {
        line: node.look.line.or(color),
        is_tinted: color.is_some(),
        is_thick: color.is_none(),
        ..node.look
    }
}

/// The colour of the branch of each node. A root has none.
fn colors(tree: &Tree) -> Vec<Option<Color>> {
    let mut colors: Vec<Option<Color>> = Vec::new();
    let mut branches = BRANCHES.into_iter().cycle();
    for node in &tree.nodes {
        let above = node
            .parent
            .map(|parent| colors.get(parent).copied().flatten());
        colors.push(match above {
            None => None,
            Some(None) => branches.next(),
            Some(color) => color,
        });
    }
    colors
}
