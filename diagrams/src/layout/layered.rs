//! Layered layout of a graph, by dugong, a port of dagre.
//!
//! A group whose edges lead in a direction of their own is laid out for itself, and then placed like a
//! node. That is possible if no edge leads across its border. If the library finds no layout, all
//! groups are laid out so, and edges across a border lead to the border first.

mod scope;

use dugong::LayoutError;
use kurbo::{Point, Rect, Size, Vec2};

use crate::error::DiagramError;
use crate::model::{Direction, End, Graph};

/// Space between the border of a group and its content.
pub(super) const GROUP_PADDING: f64 = 28.0;

/// The sizes of the parts of a graph, in the order of the graph.
#[derive(Debug)]
pub(crate) struct Sizes {
    pub(crate) nodes: Vec<Size>,
    /// Of the labels of edges; zero for an edge without one.
    pub(crate) labels: Vec<Size>,
    /// Of the titles that stand within groups; zero for a group without one.
    pub(crate) titles: Vec<Size>,
}

/// The places of the parts of a graph.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) nodes: Vec<Rect>,
    pub(crate) groups: Vec<Rect>,
    pub(crate) ways: Vec<Way>,
}

impl Placed {
    /// The place of a node or a group.
    pub(crate) fn rect(&self, end: End) -> Rect {
        let found = match end {
            End::Node(at) => self.nodes.get(at),
            End::Group(at) => self.groups.get(at),
        };
        found.copied().unwrap_or_default()
    }
}

/// The way of an edge.
#[derive(Clone, Debug, Default)]
pub(crate) struct Way {
    /// The points between its ends.
    pub(crate) points: Vec<Point>,
    /// The middle of its label.
    pub(crate) label: Option<Point>,
}

/// Lays a graph out.
pub(crate) fn layered(graph: &Graph, sizes: &Sizes) -> Result<Placed, DiagramError> {
    let groups = 0..graph.groups.len();
    let apart = groups.map(|at| is_apart(graph, at)).collect();
    let placed = match lay_out(graph, sizes, apart) {
        Ok(placed) if is_sound(graph, &placed) => Ok(placed),
        // In rare graphs the library finds no order of nodes that suits many groups at once.
        Ok(_) | Err(_) => lay_out(graph, sizes, vec![true; graph.groups.len()]),
    };
    placed.map_err(|_| DiagramError::whole("The diagram is too entangled to be laid out"))
}

/// Whether no node overlaps another one or a group that does not hold it.
fn is_sound(graph: &Graph, placed: &Placed) -> bool {
    let overlap = |one: Rect, other: Rect| one.intersect(other).area() > 0.0;
    placed.nodes.iter().enumerate().all(|(at, rect)| {
        let mut later = placed.nodes.iter().skip(at + 1);
        let mut groups = placed.groups.iter().enumerate();
        let is_inside = |group: usize| graph.is_within(End::Node(at), group);
        !later.any(|other| overlap(*rect, *other))
            && groups.all(|(group, other)| is_inside(group) || !overlap(*rect, *other))
    })
}

/// Lays a graph out; each group that is apart is laid out for itself.
fn lay_out(graph: &Graph, sizes: &Sizes, apart: Vec<bool>) -> Result<Placed, LayoutError> {
    let mut layout = Layout {
        graph,
        sizes,
        apart,
        placed: Placed {
            nodes: vec![Rect::ZERO; graph.nodes.len()],
            groups: vec![Rect::ZERO; graph.groups.len()],
            ways: vec![Way::default(); graph.edges.len()],
        },
    };
    layout.scope(None, graph.direction)?;
    Ok(layout.placed)
}

/// Whether a group is laid out for itself.
fn is_apart(graph: &Graph, group: usize) -> bool {
    let own = graph.groups.get(group).and_then(|group| group.direction);
    let is_inside = |end: End| end != End::Group(group) && graph.is_within(end, group);
    let holds_all = |ends: [End; 2]| {
        let [from, to] = ends.map(is_inside);
        from == to
    };
    own.is_some() && graph.edges.iter().all(|edge| holds_all(edge.ends))
}

struct Layout<'a> {
    graph: &'a Graph,
    sizes: &'a Sizes,
    /// Whether each group is laid out for itself.
    apart: Vec<bool>,
    placed: Placed,
}

impl Layout<'_> {
    fn is_apart(&self, group: usize) -> bool {
        self.apart.get(group).copied().unwrap_or_default()
    }

    /// The group that is laid out for itself and holds an end, the innermost one.
    fn scope_of(&self, end: End) -> Option<usize> {
        let holder = self.graph.holder(end);
        self.graph
            .with_parents(holder)
            .find(|at| self.is_apart(*at))
    }

    /// An end itself if it is a member of a scope, or the member that holds it. `None` if it lies
    /// elsewhere.
    fn lifted(&self, end: End, scope: Option<usize>) -> Option<End> {
        let mut member = end;
        loop {
            let own = self.scope_of(member);
            if own == scope {
                return Some(member);
            }
            member = End::Group(own?);
        }
    }

    /// Lays out the content of a group, or the whole graph. Returns the rectangle that it covers.
    fn scope(&mut self, scope: Option<usize>, direction: Direction) -> Result<Rect, LayoutError> {
        let inner: Vec<usize> = (0..self.graph.groups.len())
            .filter(|at| self.is_apart(*at) && self.scope_of(End::Group(*at)) == scope)
            .collect();
        for at in &inner {
            let own = self.graph.groups.get(*at).and_then(|group| group.direction);
            let content = self.scope(Some(*at), own.unwrap_or(direction))?;
            let top = GROUP_PADDING + self.sizes.titles.get(*at).map_or(0.0, |it| it.height);
            let around = Rect::new(
                content.x0 - GROUP_PADDING,
                content.y0 - top,
                content.x1 + GROUP_PADDING,
                content.y1 + GROUP_PADDING,
            );
            let title = self.sizes.titles.get(*at).map_or(0.0, |it| it.width);
            let lack = (title - around.width()).max(0.0) / 2.0;
            self.set_group(*at, around.inflate(lack, 0.0));
        }
        let before: Vec<Rect> = inner.iter().map(|at| self.group(*at)).collect();
        let bounds = scope::lay_out(self, scope, direction)?;
        for (at, was) in inner.into_iter().zip(before) {
            let by = self.group(at).origin() - was.origin();
            self.move_content(at, by);
        }
        Ok(bounds)
    }

    fn group(&self, at: usize) -> Rect {
        self.placed.groups.get(at).copied().unwrap_or_default()
    }

    fn set_group(&mut self, at: usize, rect: Rect) {
        if let Some(group) = self.placed.groups.get_mut(at) {
            *group = rect;
        }
    }

    /// Moves all that lies in a group, but not its own rectangle.
    fn move_content(&mut self, group: usize, by: Vec2) {
        let graph = self.graph;
        let is_inside = |end: End| end != End::Group(group) && graph.is_within(end, group);
        for (at, rect) in self.placed.nodes.iter_mut().enumerate() {
            if is_inside(End::Node(at)) {
                *rect = *rect + by;
            }
        }
        for (at, rect) in self.placed.groups.iter_mut().enumerate() {
            if is_inside(End::Group(at)) {
                *rect = *rect + by;
            }
        }
        for (edge, way) in graph.edges.iter().zip(&mut self.placed.ways) {
            if edge.ends.into_iter().all(is_inside) {
                let points = way.points.iter_mut().chain(&mut way.label);
                points.for_each(|point| *point += by);
            }
        }
    }
}
