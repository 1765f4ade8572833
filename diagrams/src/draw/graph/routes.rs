//! The ways of edges: straight where nothing is in the way, else through the points that the layout
//! keeps free.

use std::collections::HashSet;

use kurbo::{Line, Point, Rect, Size, Vec2};

use super::ways::{meets, on_border, without_flat};
use crate::layout::{Placed, Sizes};
use crate::model::{Direction, Edge, End, Graph, Shape};

/// Space between a straight edge and the boxes beside it.
const CLEARANCE: f64 = 10.0;
/// How far inside of a border an edge aims, so that it meets the border.
const INSIDE: f64 = 1.0;
/// How far from the middle of a side bent edges leave a box, as a part of its length.
const SPREAD: f64 = 0.25;
/// An edge that would leave a box more aslant than this leads straight away from it first, on this
/// part of the way to its next rank.
const STEEP: f64 = 2.0;
const STUB_SHARE: f64 = 0.7;
/// How far a loop at a box reaches beside its text.
const LOOP_REACH: f64 = 32.0;

/// The way of an edge.
pub(super) struct Drawn {
    /// From aim to aim.
    pub(super) points: Vec<Point>,
    /// Where the middle of its label should be.
    pub(super) label: Option<Point>,
}

/// Chooses the ways of edges, one after the other.
pub(super) struct Routes<'a> {
    graph: &'a Graph,
    placed: &'a Placed,
    /// The ends between which there is a straight edge, in ascending order.
    straight: HashSet<[End; 2]>,
    /// The place of the label of each edge, as far as it is known. Empty for an edge without one.
    labels: Vec<Rect>,
}

impl<'a> Routes<'a> {
    pub(super) fn new(graph: &'a Graph, placed: &'a Placed, sizes: &Sizes) -> Self {
        let labels = placed.ways.iter().zip(&sizes.labels);
        Self {
            graph,
            placed,
            straight: HashSet::new(),
            labels: labels
                .map(|(way, size)| {
                    let centre = way.label.unwrap_or_default();
                    let known = if way.label.is_some() {
                        *size
                    } else {
                        Size::ZERO
                    };
                    Rect::from_center_size(centre, known)
                })
                .collect(),
        }
    }

    /// The way of an edge.
    pub(super) fn route(&mut self, at: usize, edge: &Edge) -> Drawn {
        let way = self.placed.ways.get(at).cloned().unwrap_or_default();
        let mut both = edge.ends;
        both.sort_unstable();
        if !self.straight.contains(&both)
            && let Some(drawn) = self.straight(at, edge, way.label)
        {
            self.straight.insert(both);
            return drawn;
        }
        let [from, to] = edge.ends;
        let is_outside = |point: &Point| !self.rect(from).contains(*point);
        if from == to && !(way.points.len() > 1 && way.points.iter().all(is_outside)) {
            return self.small_loop(at, from);
        }
        let outside = |point: &Point| {
            let holds = |end: End| matches!(end, End::Group(_)) && self.rect(end).contains(*point);
            !holds(from) && !holds(to)
        };
        let inner: Vec<Point> = way.points.into_iter().filter(outside).collect();
        let near = |end: End, point: Option<&Point>, other: End| match point {
            Some(point) => self.side(end, *point),
            None => self.aim(end, self.rect(other).center()),
        };
        let (start, end) = (near(from, inner.first(), to), near(to, inner.last(), from));
        let mut points = vec![start];
        points.extend(inner.first().and_then(|next| self.stub(from, start, *next)));
        points.extend(&inner);
        points.extend(inner.last().and_then(|next| self.stub(to, end, *next)));
        points.push(end);
        if from != to {
            points = without_flat(&points, way.label);
        }
        Drawn {
            points,
            label: way.label,
        }
    }

    fn rect(&self, end: End) -> Rect {
        self.placed.rect(end)
    }

    /// The point at which an edge aims that comes from `from`.
    fn aim(&self, end: End, from: Point) -> Point {
        let rect = self.rect(end);
        let is_bar = match end {
            End::Node(at) => self
                .graph
                .nodes
                .get(at)
                .is_some_and(|it| it.shape == Shape::Bar),
            End::Group(_) => true,
        };
        if !is_bar {
            return rect.center();
        }
        if rect.contains(from) {
            return on_border(rect, from);
        }
        let inside = rect.inset(-INSIDE.min(rect.width() / 4.0).min(rect.height() / 4.0));
        Point::new(
            from.x.clamp(inside.x0, inside.x1),
            from.y.clamp(inside.y0, inside.y1),
        )
    }

    /// A loop at a box for which the layout has no place, because nothing stands beside the box.
    fn small_loop(&self, at: usize, end: End) -> Drawn {
        let rect = self.rect(end);
        let label = self.labels.get(at).map_or(Size::ZERO, |room| room.size());
        let is_vertical = matches!(self.graph.direction, Direction::Down | Direction::Up);
        let corner = |along: f64, out: f64| {
            if is_vertical {
                Point::new(rect.x1 + out, rect.y0 + along * rect.height())
            } else {
                Point::new(rect.x0 + along * rect.width(), rect.y1 + out)
            }
        };
        let text = if is_vertical {
            label.width
        } else {
            label.height
        };
        let out = LOOP_REACH + text / 2.0;
        Drawn {
            points: vec![
                corner(0.25, 0.0),
                corner(0.25, out),
                corner(0.75, out),
                corner(0.75, 0.0),
            ],
            label: Some(corner(0.5, out)),
        }
    }

    /// The point at the side of a box at which a bent edge leaves it towards `next`.
    fn side(&self, end: End, next: Point) -> Point {
        let rect = self.rect(end);
        let End::Node(at) = end else {
            return self.aim(end, next);
        };
        let shape = self.graph.nodes.get(at).map(|node| node.shape);
        // The sides of other shapes are points.
        let spread = match shape {
            Some(Shape::Rectangle | Shape::Rounded | Shape::Stadium | Shape::Bar) => SPREAD,
            _ => 0.0,
        };
        let centre = rect.center();
        let shifted = |middle: f64, next: f64, length: f64| {
            let most = spread * length;
            middle + ((next - middle) * spread).clamp(-most, most)
        };
        let is_beside = |low: f64, high: f64, at: f64| at < low || at > high;
        let across = shifted(centre.x, next.x, rect.width());
        let down = shifted(centre.y, next.y, rect.height());
        let is_flow_vertical = matches!(self.graph.direction, Direction::Down | Direction::Up);
        if is_flow_vertical && is_beside(rect.y0, rect.y1, next.y) {
            Point::new(across, if next.y < rect.y0 { rect.y0 } else { rect.y1 })
        } else if !is_flow_vertical && is_beside(rect.x0, rect.x1, next.x) {
            Point::new(if next.x < rect.x0 { rect.x0 } else { rect.x1 }, down)
        } else {
            centre
        }
    }

    /// A point before the side at which an edge leaves a box, if the way to its next point is so steep
    /// that it would lead along the side.
    fn stub(&self, end: End, side: Point, next: Point) -> Option<Point> {
        if side == self.rect(end).center() {
            return None;
        }
        let way = next - side;
        let (along, across, out) = match self.graph.direction {
            Direction::Down | Direction::Up => (way.y, way.x, Vec2::new(0.0, 1.0)),
            Direction::Right | Direction::Left => (way.x, way.y, Vec2::new(1.0, 0.0)),
        };
        let is_steep = along.abs() * STEEP < across.abs() && along != 0.0;
        is_steep.then(|| side + out * along * STUB_SHARE)
    }

    /// The straight way, if it leads past all other boxes and labels.
    fn straight(&mut self, at: usize, edge: &Edge, label: Option<Point>) -> Option<Drawn> {
        let [from, to] = edge.ends;
        if from == to {
            return None;
        }
        let start = self.aim(from, self.rect(to).center());
        let end = self.aim(to, start);
        let start = self.aim(from, end);
        let line = Line::new(start, end);
        let is_end = |other: End| other == from || other == to;
        let nodes = (0..self.graph.nodes.len()).map(End::Node);
        let mut others = nodes.filter(|other| !is_end(*other));
        let in_way = |rect: Rect| meets(line, rect.inflate(CLEARANCE, CLEARANCE));
        if others.any(|other| in_way(self.rect(other))) {
            return None;
        }
        let mut labels = self.labels.iter().enumerate();
        if labels.any(|(other, rect)| other != at && rect.area() > 0.0 && meets(line, *rect)) {
            return None;
        }
        let own = self.labels.get(at).copied().unwrap_or_default();
        if own.area() == 0.0 {
            return Some(Drawn {
                points: vec![start, end],
                label: None,
            });
        }
        let middle = self.label_on(line, edge.ends, label.unwrap_or(start.midpoint(end)));
        let room = Rect::from_center_size(middle, own.size());
        let is_free = |rect: Rect| rect.intersect(room).area() <= 0.0;
        let nodes = (0..self.graph.nodes.len()).map(End::Node);
        let mut labels = self.labels.iter().enumerate();
        let fits = nodes.map(|node| self.rect(node)).all(is_free)
            && labels.all(|(other, rect)| other == at || is_free(*rect));
        if !fits {
            return None;
        }
        if let Some(label) = self.labels.get_mut(at) {
            *label = room;
        }
        Some(Drawn {
            points: vec![start, end],
            label: Some(middle),
        })
    }

    /// The middle of a label on a straight line: where the layout wanted it, across from its rank.
    fn label_on(&self, line: Line, ends: [End; 2], wish: Point) -> Point {
        let [from, to] = ends.map(|end| self.rect(end));
        let way = line.p1 - line.p0;
        let is_between = |low: f64, high: f64, at: f64| low < at && at < high;
        let part = if is_between(from.y1.min(to.y1), from.y0.max(to.y0), wish.y) && way.y != 0.0 {
            (wish.y - line.p0.y) / way.y
        } else if is_between(from.x1.min(to.x1), from.x0.max(to.x0), wish.x) && way.x != 0.0 {
            (wish.x - line.p0.x) / way.x
        } else {
            0.5
        };
        line.p0 + way * part.clamp(0.0, 1.0)
    }
}
