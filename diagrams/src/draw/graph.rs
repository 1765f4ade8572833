//! Draws graphs: groups as frames and as boxes in them, then edges, then nodes.

mod routes;
mod ways;

use kurbo::{Point, Rect, Size};
use shared::id::{ElementId, GroupId};
use shared::model::{Anchor, Color, Dash, Route};

use super::sketch::{LineLook, Membership, Sketch, anchor_at};
use super::texts::GROUP_TEXT_SIZE;
use crate::error::DiagramError;
use crate::layout::{self, Placed, Sizes};
use crate::model::{Edge, End, Graph, Label, Look, Shape, Stroke};

use routes::{Drawn, Routes};

/// Space around the title in a group.
const TITLE_GAP: f64 = 10.0;

pub(super) fn draw(graph: &Graph, sketch: &mut Sketch<'_>) -> Result<(), DiagramError> {
    let texts = sketch.texts();
    let sizes = Sizes {
        nodes: graph
            .nodes
            .iter()
            .map(|it| texts.node(&it.label, it.shape))
            .collect(),
        labels: graph
            .edges
            .iter()
            .map(|it| texts.on_line(&it.label))
            .collect(),
        titles: graph
            .groups
            .iter()
            .map(|group| match group.parent {
                // The name of a frame stands above the frame.
                None => Size::ZERO,
                Some(_) => {
                    let size = texts.free(&group.title, GROUP_TEXT_SIZE, None);
                    Size::new(size.width, size.height + TITLE_GAP)
                }
            })
            .collect(),
    };
    let placed = layout::layered(graph, &sizes)?;
    let picture = Picture {
        graph,
        placed: &placed,
        sizes: &sizes,
        nodes: graph.nodes.iter().map(|_| sketch.id()).collect(),
        groups: graph.groups.iter().map(|_| sketch.id()).collect(),
        // A box in a frame, its title and its content move together.
        bundles: graph.groups.iter().map(|_| sketch.group()).collect(),
    };
    picture.groups(sketch);
    picture.edges(sketch);
    picture.nodes(sketch);
    Ok(())
}

struct Picture<'a> {
    graph: &'a Graph,
    placed: &'a Placed,
    sizes: &'a Sizes,
    nodes: Vec<ElementId>,
    groups: Vec<ElementId>,
    bundles: Vec<GroupId>,
}

impl Picture<'_> {
    /// Where something belongs that lies in a group, directly or deeper.
    fn membership(&self, holder: Option<usize>) -> Membership {
        let all: Vec<usize> = self.graph.with_parents(holder).collect();
        let Some((outer, inner)) = all.split_last() else {
            return Membership::default();
        };
        let bundles = inner.iter().filter_map(|at| self.bundles.get(*at).copied());
        Membership {
            frame: self.groups.get(*outer).copied(),
            groups: bundles.collect(),
        }
    }

    fn groups(&self, sketch: &mut Sketch<'_>) {
        let mut order: Vec<usize> = (0..self.graph.groups.len()).collect();
        order.sort_by_key(|at| self.graph.with_parents(Some(*at)).count());
        for at in order {
            let (Some(group), Some(id)) = (self.graph.groups.get(at), self.groups.get(at)) else {
                continue;
            };
            let rect = self.rect(End::Group(at));
            if !group.key.is_empty() {
                sketch.ids.entry(group.key.clone()).or_insert(*id);
            }
            if group.parent.is_none() {
                sketch.frame(*id, rect, &group.title, group.look);
                continue;
            }
            let of = self.membership(Some(at));
            let color = group.look.line.unwrap_or(Color::Grey);
            let look = Look {
                line: Some(color),
                ..group.look
            };
            sketch.node(*id, rect, (Shape::Rounded, look), &Label::default(), &of);
            let title = rect.origin() + (TITLE_GAP + 2.0, TITLE_GAP - 2.0);
            if !group.title.is_empty() {
                sketch.text(title, &group.title, (GROUP_TEXT_SIZE, color), &of);
            }
        }
    }

    fn edges(&self, sketch: &mut Sketch<'_>) {
        let mut routes = Routes::new(self.graph, self.placed, self.sizes);
        for (at, edge) in self.graph.edges.iter().enumerate() {
            if edge.stroke == Stroke::Invisible {
                continue;
            }
            let drawn = routes.route(at, edge);
            let of = self.membership(self.common_holder(edge.ends));
            let anchors = self.anchors(edge, &drawn);
            let look = LineLook {
                route: if drawn.points.len() > 2 {
                    Route::Curved
                } else {
                    Route::Straight
                },
                dash: match edge.stroke {
                    Stroke::Dotted => Dash::Dotted,
                    Stroke::Dashed => Dash::Dashed,
                    Stroke::Solid | Stroke::Thick | Stroke::Invisible => Dash::Solid,
                },
                heads: edge.heads,
                color: edge.color,
                is_thick: edge.stroke == Stroke::Thick,
            };
            let line = sketch.line(&drawn.points, anchors, &look, &edge.label, &of);
            if let (Some(wish), false) = (drawn.label, edge.label.is_empty()) {
                sketch.wishes.push((line, wish));
            }
        }
    }

    /// The innermost group that holds both ends.
    fn common_holder(&self, ends: [End; 2]) -> Option<usize> {
        let [from, to] = ends.map(|end| self.graph.holder(end));
        let mut all = self.graph.with_parents(from);
        all.find(|at| self.graph.with_parents(to).any(|other| other == *at))
    }

    fn anchors(&self, edge: &Edge, drawn: &Drawn) -> [Option<Anchor>; 2] {
        let [from, to] = edge.ends;
        let one =
            |end: End, at: Option<&Point>| Some(anchor_at(self.id(end)?, self.rect(end), *at?));
        [
            one(from, drawn.points.first()),
            one(to, drawn.points.last()),
        ]
    }

    fn nodes(&self, sketch: &mut Sketch<'_>) {
        for (at, node) in self.graph.nodes.iter().enumerate() {
            let Some(id) = self.id(End::Node(at)) else {
                continue;
            };
            let rect = self.rect(End::Node(at));
            let of = self.membership(node.group);
            sketch.ids.insert(node.key.clone(), id);
            sketch.node(id, rect, (node.shape, node.look), &node.label, &of);
        }
    }

    fn id(&self, end: End) -> Option<ElementId> {
        match end {
            End::Node(at) => self.nodes.get(at).copied(),
            End::Group(at) => self.groups.get(at).copied(),
        }
    }

    fn rect(&self, end: End) -> Rect {
        self.placed.rect(end)
    }
}
