//! Layout of trees: each level of nodes stands beside its parents, on one side of the root or on both.

use kurbo::{Point, Rect, Size};

use crate::model::{Sides, Tree};

/// Space between a node and its children.
const LEVEL_GAP: f64 = 80.0;
/// Space between siblings.
const SIBLING_GAP: f64 = 24.0;
/// Space between the trees of several roots.
const ROOT_GAP: f64 = 64.0;

/// The side of its parent at which a node stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Side {
    #[default]
    Right,
    Left,
}

/// The places of the nodes of a tree.
#[derive(Debug)]
pub(crate) struct TreePlaces {
    pub(crate) nodes: Vec<Rect>,
    pub(crate) sides: Vec<Side>,
}

/// Lays out trees whose nodes have these sizes, one below the other.
pub(crate) fn tree(tree: &Tree, sizes: &[Size]) -> TreePlaces {
    let children = tree.children();
    let mut layout = Layout {
        heights: heights(&children, sizes),
        children,
        sizes,
        places: TreePlaces {
            nodes: vec![Rect::ZERO; sizes.len()],
            sides: vec![Side::Right; sizes.len()],
        },
    };
    let mut top = 0.0;
    let nodes = tree.nodes.iter().enumerate();
    for (root, _) in nodes.filter(|(_, node)| node.parent.is_none()) {
        top += layout.root(root, top, tree.sides) + ROOT_GAP;
    }
    layout.places
}

/// The height of each node with all below it, on one side. Children stand after their parents.
fn heights(children: &[Vec<usize>], sizes: &[Size]) -> Vec<f64> {
    let mut heights: Vec<f64> = sizes.iter().map(|size| size.height).collect();
    for at in (0..sizes.len()).rev() {
        let below = children.get(at).map_or(0.0, |list| stacked(list, &heights));
        if let Some(height) = heights.get_mut(at) {
            *height = height.max(below);
        }
    }
    heights
}

/// The height of nodes one above the other.
fn stacked(nodes: &[usize], heights: &[f64]) -> f64 {
    let gaps = SIBLING_GAP * nodes.len().saturating_sub(1) as f64;
    let all = nodes.iter().filter_map(|at| heights.get(*at));
    all.sum::<f64>() + gaps
}

struct Layout<'a> {
    children: Vec<Vec<usize>>,
    sizes: &'a [Size],
    heights: Vec<f64>,
    places: TreePlaces,
}

impl Layout<'_> {
    /// Places a root and all below it. Returns the height.
    fn root(&mut self, root: usize, top: f64, sides: Sides) -> f64 {
        let children = self.children.get(root).cloned().unwrap_or_default();
        let (right, left) = children.split_at(self.split(&children, sides));
        let own = self.size(root).height;
        let tall = [right, left].map(|list| stacked(list, &self.heights));
        let height = tall.into_iter().fold(own, f64::max);
        let middle = Point::new(0.0, top + height / 2.0);
        self.set(root, Rect::from_center_size(middle, self.size(root)));
        self.beside(root, right, Side::Right);
        self.beside(root, left, Side::Left);
        height
    }

    /// The number of children that stand at the right, so that both sides are about equally high.
    fn split(&self, children: &[usize], sides: Sides) -> usize {
        if sides == Sides::Right || children.len() < 3 {
            return children.len();
        }
        let all = stacked(children, &self.heights);
        let mut right = 0.0;
        let half = children.iter().take_while(|at| {
            let height = self.heights.get(**at).copied().unwrap_or_default();
            let before = right;
            right += height + SIBLING_GAP;
            before + height / 2.0 < all / 2.0
        });
        half.count().max(1)
    }

    /// Places nodes, and all below them, at a side of their parent.
    fn beside(&mut self, parent: usize, nodes: &[usize], side: Side) {
        let mut open = vec![(parent, nodes.to_vec())];
        while let Some((parent, nodes)) = open.pop() {
            let near = self.rect(parent);
            let mut top = near.center().y - stacked(&nodes, &self.heights) / 2.0;
            for at in nodes {
                let size = self.size(at);
                let height = self.heights.get(at).copied().unwrap_or_default();
                let left = match side {
                    Side::Right => near.x1 + LEVEL_GAP,
                    Side::Left => near.x0 - LEVEL_GAP - size.width,
                };
                let corner = Point::new(left, top + (height - size.height) / 2.0);
                self.set(at, Rect::from_origin_size(corner, size));
                if let Some(own) = self.places.sides.get_mut(at) {
                    *own = side;
                }
                let below = self.children.get(at).cloned().unwrap_or_default();
                open.push((at, below));
                top += height + SIBLING_GAP;
            }
        }
    }

    fn size(&self, at: usize) -> Size {
        self.sizes.get(at).copied().unwrap_or_default()
    }

    fn rect(&self, at: usize) -> Rect {
        self.places.nodes.get(at).copied().unwrap_or_default()
    }

    fn set(&mut self, at: usize, rect: Rect) {
        if let Some(node) = self.places.nodes.get_mut(at) {
            *node = rect;
        }
    }
}
