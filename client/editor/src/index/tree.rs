//! Rectangles in rectangles, for finding those that touch a region fast: an R-tree.
//!
//! All elements lie equally deep, because a level is only ever added at the top. Knows
//! rectangles and ids.

use std::slice::Iter;

use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::sort;

/// Most nodes side by side below another; when there are more, they are parted.
const MOST: usize = 16;

/// Elements, or nodes that lie around them.
#[derive(Clone, Debug)]
pub(super) struct Node {
    bounds: BoardRect,
    below: Below,
}

#[derive(Clone, Debug)]
enum Below {
    Element(ElementId),
    /// At least one, at most [`MOST`].
    Nodes(Vec<Node>),
}

impl Node {
    /// An element.
    pub(super) const fn element(id: ElementId, bounds: BoardRect) -> Self {
        let below = Below::Element(id);
        Self { bounds, below }
    }

    fn around(nodes: Vec<Self>) -> Self {
        Self {
            bounds: around(&nodes),
            below: Below::Nodes(nodes),
        }
    }
}

/// What lies at the top of a tree, at most [`MOST`] nodes.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree(Vec<Node>);

impl Tree {
    /// A tree of elements; much faster than adding one by one.
    pub(super) fn of(elements: Vec<Node>) -> Self {
        let mut nodes = elements;
        while nodes.len() > MOST {
            nodes = packed(nodes);
        }
        Self(nodes)
    }

    /// Puts an element in.
    pub(super) fn insert(&mut self, element: Node) {
        if let Some(rest) = insert(&mut self.0, element) {
            let first = std::mem::take(&mut self.0);
            self.0 = vec![Node::around(first), Node::around(rest)];
        }
    }

    /// Takes an element out that has these bounds.
    pub(super) fn remove(&mut self, id: ElementId, bounds: BoardRect) {
        remove(&mut self.0, id, bounds);
    }

    /// The smallest rectangle around everything.
    pub(super) fn bounds(&self) -> BoardRect {
        around(&self.0)
    }

    /// Elements that touch a rectangle, in no particular order.
    pub(super) fn touching(&self, rect: BoardRect) -> Touching<'_> {
        let ways = vec![self.0.iter()];
        Touching { rect, ways }
    }
}

/// Elements that touch a rectangle.
#[derive(Debug)]
pub(super) struct Touching<'a> {
    rect: BoardRect,
    /// What was not looked at yet, from the top down.
    ways: Vec<Iter<'a, Node>>,
}

impl Iterator for Touching<'_> {
    type Item = ElementId;

    fn next(&mut self) -> Option<ElementId> {
        loop {
            match self.ways.last_mut()?.next() {
                None => drop(self.ways.pop()),
                Some(node) if !touch(node.bounds, self.rect) => {}
                Some(node) => match &node.below {
                    Below::Element(id) => return Some(*id),
                    Below::Nodes(nodes) => self.ways.push(nodes.iter()),
                },
            }
        }
    }
}

/// Whether they have a point in common, be it on their edges.
fn touch(a: BoardRect, b: BoardRect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

fn around(nodes: &[Node]) -> BoardRect {
    let mut all = nodes.iter().map(|node| node.bounds);
    let first = all.next().unwrap_or_default();
    all.fold(first, |all, one| all.union(one))
}

/// How much wider and higher bounds get if they are to hold others too.
fn growth(bounds: BoardRect, other: BoardRect) -> f64 {
    let all = bounds.union(other);
    all.width() + all.height() - bounds.width() - bounds.height()
}

/// Puts an element in below `nodes`. If they become too many, half of them are returned.
fn insert(nodes: &mut Vec<Node>, element: Node) -> Option<Vec<Node>> {
    let bounds = element.bounds;
    let by_growth = |a: &&mut Node, b: &&mut Node| {
        growth(a.bounds, bounds).total_cmp(&growth(b.bounds, bounds))
    };
    match nodes.iter_mut().min_by(by_growth) {
        Some(Node {
            bounds,
            below: Below::Nodes(below),
        }) => {
            let rest = insert(below, element);
            *bounds = around(below);
            nodes.push(Node::around(rest?));
        }
        // Elements lie here, or nothing yet.
        _ => nodes.push(element),
    }
    (nodes.len() > MOST).then(|| {
        let all = around(nodes);
        if all.width() > all.height() {
            sort_along(nodes, |at| at.x0 + at.x1);
        } else {
            sort_along(nodes, |at| at.y0 + at.y1);
        }
        nodes.split_off(MOST / 2)
    })
}

fn sort_along(nodes: &mut [Node], place: fn(BoardRect) -> f64) {
    sort::by(nodes, |a, b| place(a.bounds).total_cmp(&place(b.bounds)));
}

/// Takes an element out below `nodes`; whether it was there.
fn remove(nodes: &mut Vec<Node>, id: ElementId, bounds: BoardRect) -> bool {
    let found = nodes.iter_mut().position(|node| {
        touch(node.bounds, bounds)
            && match &mut node.below {
                Below::Element(other) => *other == id,
                Below::Nodes(below) => {
                    let found = remove(below, id, bounds);
                    node.bounds = around(below);
                    found
                }
            }
    });
    if let Some(at) = found {
        let is_done = nodes
            .get(at)
            .is_some_and(|node| matches!(&node.below, Below::Nodes(below) if !below.is_empty()));
        if !is_done {
            nodes.swap_remove(at);
        }
    }
    found.is_some()
}

/// One level of nodes around many that lie close together: in strips from left to right,
/// and in each strip from top to bottom.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "about as many strips as nodes in each"
)]
fn packed(mut nodes: Vec<Node>) -> Vec<Node> {
    let strip = ((nodes.len() * MOST) as f64).sqrt() as usize;
    sort_along(&mut nodes, |at| at.x0 + at.x1);
    for strip in nodes.chunks_mut(strip.next_multiple_of(MOST)) {
        sort_along(strip, |at| at.y0 + at.y1);
    }
    let mut above = Vec::new();
    while !nodes.is_empty() {
        let rest = nodes.split_off(nodes.len().saturating_sub(MOST));
        above.push(Node::around(rest));
    }
    above
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(number: usize) -> ElementId {
        ElementId::from_bytes((number as u128).to_be_bytes())
    }

    fn rects(most: usize) -> impl Strategy<Value = Vec<BoardRect>> {
        let rect = (0_u8..99, 0_u8..99, 0_u8..9, 0_u8..9).prop_map(|(x, y, w, h)| {
            BoardRect::new(x.into(), y.into(), (x + w).into(), (y + h).into())
        });
        proptest::collection::vec(rect, 0..most)
    }

    /// Whether every node holds what is below it, and not more; returns its depth.
    fn depth(nodes: &[Node], is_top: bool) -> usize {
        assert!(nodes.len() <= MOST && (is_top || !nodes.is_empty()));
        let depths = nodes.iter().map(|node| match &node.below {
            Below::Element(_) => 0,
            Below::Nodes(below) => {
                assert_eq!(node.bounds, around(below));
                1 + depth(below, false)
            }
        });
        let depths: Vec<usize> = depths.collect();
        assert!(depths.windows(2).all(|two| two[0] == two[1]), "{depths:?}");
        depths.first().copied().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn it_finds_what_a_list_finds(
            first in rects(600),
            later in rects(300),
            gone in proptest::collection::vec(any::<prop::sample::Index>(), 0..400),
            near in rects(5),
        ) {
            let mut all: Vec<(ElementId, BoardRect)> = Vec::new();
            for rect in first.iter().chain(&later) {
                all.push((id(all.len()), *rect));
            }
            let (old, new) = all.split_at(first.len());
            let node = |(id, rect): &(ElementId, BoardRect)| Node::element(*id, *rect);
            let mut tree = Tree::of(old.iter().map(node).collect());
            new.iter().for_each(|one| tree.insert(node(one)));
            for at in gone {
                if !all.is_empty() {
                    let (id, rect) = all.swap_remove(at.index(all.len()));
                    tree.remove(id, rect);
                }
            }
            depth(&tree.0, true);
            for rect in near {
                let touched = all.iter().filter(|(_, other)| touch(*other, rect));
                let mut theirs: Vec<_> = touched.map(|(id, _)| *id).collect();
                let mut ours: Vec<_> = tree.touching(rect).collect();
                theirs.sort();
                ours.sort();
                prop_assert_eq!(ours, theirs);
            }
        }
    }
}
