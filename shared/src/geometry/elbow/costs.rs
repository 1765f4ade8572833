//! The cost of an elbow line: its length and bends, and how close it comes to boxes.

use kurbo::{Point, Rect};

use super::grid::{Grid, Node};
use super::{Elbow, Exit, Heading};

/// Cost of a bend, in multiples of the margin.
const BEND_COST: f64 = 3.0;
/// The cost of bends is multiplied by this to find the way with the fewest.
const FEWEST_BENDS: f64 = 100.0;
/// Added cost of a bend into a column or row that is not in the middle between two boxes, as a
/// part of the cost of a bend. It decides between ways of equal length.
const OFF_MIDDLE: f64 = 0.02;
/// Added cost of a bend to the left, as a part of the cost of a bend. It decides between a way and
/// its mirror image.
const LEFT_BEND: f64 = 0.01;
/// Added cost of a way directly beside a box, per length. It falls to 0 at the margin, with the
/// third power of the distance.
const NEAR_COST: f64 = 8.0;
/// Added cost of a bend directly at an end, in multiples of the cost of a bend. It falls to 0 at a
/// distance of the margin.
const SHORT_END_COST: f64 = 3.0;
/// Added cost of a way through a box or along its edge, per length: more than any detour.
const THROUGH_COST: f64 = 1.0e6;

/// The costs of one elbow line.
#[derive(Debug)]
pub(super) struct Costs<'a> {
    elbow: &'a Elbow<'a>,
    grid: &'a Grid,
    /// The cost of a bend without additions.
    plain_bend: f64,
    /// The costs from each node to the next in its row, row by row.
    rightwards: Vec<f64>,
    /// The costs from each node to the next in its column, row by row.
    downwards: Vec<f64>,
}

impl<'a> Costs<'a> {
    pub(super) fn new(elbow: &'a Elbow<'a>, grid: &'a Grid) -> Self {
        let (mut rightwards, mut downwards) = (Vec::new(), Vec::new());
        for (number, row) in grid.rows.iter().enumerate() {
            let below = grid.rows.get(number + 1).unwrap_or(row);
            for (number, column) in grid.columns.iter().enumerate() {
                let right = grid.columns.get(number + 1).unwrap_or(column);
                let at = Point::new(column.at, row.at);
                rightwards.push(edge_cost(elbow, at, Point::new(right.at, row.at)));
                downwards.push(edge_cost(elbow, at, Point::new(column.at, below.at)));
            }
        }
        Self {
            elbow,
            grid,
            plain_bend: elbow.margin * BEND_COST,
            rightwards,
            downwards,
        }
    }

    /// The same costs for the way with the fewest bends.
    pub(super) fn for_fewest_bends(mut self) -> Self {
        self.plain_bend *= FEWEST_BENDS;
        self
    }

    /// The cost between two neighbours.
    pub(super) fn edge(&self, from: Node, to: Node) -> f64 {
        let costs = if from.row == to.row {
            &self.rightwards
        } else {
            &self.downwards
        };
        let (row, column) = (from.row.min(to.row), from.column.min(to.column));
        let number = row * self.grid.columns.len() + column;
        costs.get(number).copied().unwrap_or(f64::INFINITY)
    }

    /// The cost of a bend without additions.
    pub(super) const fn plain_bend(&self) -> f64 {
        self.plain_bend
    }

    /// The cost of a bend at a node.
    pub(super) fn bend(&self, node: Node, from: Heading, to: Heading) -> f64 {
        let line = if to.is_horizontal() {
            self.grid.rows.get(node.row)
        } else {
            self.grid.columns.get(node.column)
        };
        let is_middle = line.is_some_and(|line| line.is_middle);
        let is_right_bend = (from as usize + 1) % 4 == to as usize;
        let middle = if is_middle { 0.0 } else { OFF_MIDDLE };
        let left = if is_right_bend { 0.0 } else { LEFT_BEND };
        let at = self.grid.place(node).unwrap_or_default();
        let margin = self.elbow.margin;
        let behind = shortness(self.elbow.from, at, from.opposite(), margin);
        let ahead = shortness(self.elbow.to, at, to, margin);
        let added = margin * BEND_COST * (middle + left + (behind + ahead) * SHORT_END_COST);
        self.plain_bend + added
    }
}

fn edge_cost(elbow: &Elbow<'_>, from: Point, to: Point) -> f64 {
    let boxes = elbow.boxes.iter();
    let added = boxes.map(|held| {
        nearness(from, to, *held, elbow.margin) * NEAR_COST
            + length_within(from, to, *held) * THROUGH_COST
    });
    (to - from).hypot() + added.sum::<f64>()
}

/// The length of a horizontal or vertical segment inside of a box or on its edge.
fn length_within(from: Point, to: Point, held: Rect) -> f64 {
    let leg = Rect::from_points(from, to);
    let (across, down) = (
        leg.x1.min(held.x1) - leg.x0.max(held.x0),
        leg.y1.min(held.y1) - leg.y0.max(held.y0),
    );
    if across < 0.0 || down < 0.0 {
        return 0.0;
    }
    across.max(down)
}

/// The length of a horizontal or vertical segment that is nearer to a box than the margin, weighted
/// by (1 − distance / margin)³. The distance is the larger one of those along the axes.
fn nearness(from: Point, to: Point, held: Rect, margin: f64) -> f64 {
    let leg = Rect::from_points(from, to);
    let (aside, along, span) = if from.y == to.y {
        let aside = (held.y0 - from.y).max(from.y - held.y1);
        (aside, (leg.x0, leg.x1), (held.x0, held.x1))
    } else {
        let aside = (held.x0 - from.x).max(from.x - held.x1);
        (aside, (leg.y0, leg.y1), (held.y0, held.y1))
    };
    let aside = aside.max(0.0) / margin;
    if aside >= 1.0 {
        return 0.0;
    }
    let weight = (1.0 - aside).powi(3);
    // The weight of a part from the corner of the box up to a distance from it, in margins.
    let beyond = |distance: f64| {
        let distance = distance.clamp(0.0, 1.0);
        let near = distance.min(aside) * weight;
        let far = ((1.0 - aside).powi(4) - (1.0 - distance).powi(4)) / 4.0;
        near + far.max(0.0)
    };
    let before = beyond((span.0 - along.0) / margin) - beyond((span.0 - along.1) / margin);
    let after = beyond((along.1 - span.1) / margin) - beyond((along.0 - span.1) / margin);
    let beside = (along.1.min(span.1) - along.0.max(span.0)).max(0.0);
    (before + after) * margin + beside * weight
}

/// How much nearer than the margin a bend lies to an end at a box, in a direction, as a part of the
/// margin.
fn shortness(exits: &[Exit], bend: Point, towards: Heading, margin: f64) -> f64 {
    let away = exits.iter().filter_map(|exit| {
        let way = exit.at - bend;
        let along = way.dot(towards.vector());
        let leads_there = exit.heading? == towards.opposite() && along >= 0.0;
        (leads_there && way.cross(towards.vector()) == 0.0).then_some(along)
    });
    let nearest = away.fold(f64::INFINITY, f64::min);
    (1.0 - nearest / margin).max(0.0)
}
