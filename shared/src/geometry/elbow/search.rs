//! The cheapest way on the grid, by A* over places and headings.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use kurbo::Point;

use super::costs::Costs;
use super::grid::{Grid, GridLine, Node, nearest};
use super::{Corner, Elbow, Exit, Heading, KeptLine};

/// A place of the way with the heading of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    node: Node,
    heading: Heading,
    /// The number of kept lines that the way has followed.
    passed: usize,
}

/// A state that the search has reached. Cheaper ones are greater, because a heap gives the greatest
/// first.
#[derive(Clone, Copy, Debug)]
struct Reached {
    estimate: f64,
    state: State,
    number: usize,
}

impl Ord for Reached {
    fn cmp(&self, other: &Self) -> Ordering {
        let cheaper = other.estimate.total_cmp(&self.estimate);
        cheaper.then_with(|| other.number.cmp(&self.number))
    }
}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Reached {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Reached {}

/// The cheapest known way to a state.
#[derive(Clone, Copy, Debug)]
struct Known {
    cost: f64,
    /// The state before; `None` at the beginning.
    before: Option<State>,
}

/// How a way meets a kept line.
enum Meeting {
    Along,
    Across,
}

/// One search.
pub(super) struct Search<'a> {
    elbow: &'a Elbow<'a>,
    grid: &'a Grid,
    costs: &'a Costs<'a>,
    known: Vec<Option<Known>>,
    queue: BinaryHeap<Reached>,
    goals: Vec<(Node, Exit)>,
}

impl<'a> Search<'a> {
    pub(super) fn new(elbow: &'a Elbow<'a>, grid: &'a Grid, costs: &'a Costs<'a>) -> Self {
        let states = grid.columns.len() * grid.rows.len() * 4 * (elbow.kept.len() + 1);
        let goals = elbow.to.iter();
        let goals = goals.filter_map(|exit| Some((grid.node(exit.at)?, *exit)));
        Self {
            elbow,
            grid,
            costs,
            known: vec![None; states],
            queue: BinaryHeap::new(),
            goals: goals.collect(),
        }
    }

    /// The corners of the cheapest way. Empty if there is none.
    pub(super) fn run(mut self) -> Vec<Corner> {
        self.begin();
        while let Some(reached) = self.queue.pop() {
            let Some(known) = self.known(reached.state) else {
                continue;
            };
            if known.cost + self.remaining(reached.state) < reached.estimate {
                // A cheaper way to this state was found later.
                continue;
            }
            if let Some(exit) = self.arrival(reached.state) {
                return self.corners(reached.state, exit.at);
            }
            for heading in Heading::ALL {
                self.go_on(reached.state, known, heading);
            }
        }
        Vec::new()
    }

    fn begin(&mut self) {
        for exit in self.elbow.from {
            let Some(node) = self.grid.node(exit.at) else {
                continue;
            };
            let headings = match exit.heading.or(self.elbow.came) {
                Some(heading) => vec![heading],
                None => Heading::ALL.to_vec(),
            };
            for heading in headings {
                let state = State {
                    node,
                    heading,
                    passed: 0,
                };
                self.reach(state, 0.0, None);
            }
        }
    }

    /// Goes from a state to the next node in a direction.
    fn go_on(&mut self, from: State, known: Known, heading: Heading) {
        let is_first = known.before.is_none();
        if heading == from.heading.opposite()
            || (is_first && heading != from.heading && self.elbow.came.is_none())
        {
            return;
        }
        let Some(node) = self.next(from.node, heading) else {
            return;
        };
        let mut cost = known.cost + self.costs.edge(from.node, node);
        if heading != from.heading {
            cost += self.costs.bend(from.node, from.heading, heading);
        }
        let state = |passed| State {
            node,
            heading,
            passed,
        };
        self.reach(state(from.passed), cost, Some(from));
        match self.meets(from.passed, node, heading) {
            Some(Meeting::Along) => self.reach(state(from.passed + 1), cost, Some(from)),
            // The way follows the kept line for a length of 0: with two bends.
            Some(Meeting::Across) => {
                let cost = cost + 2.0 * self.costs.plain_bend();
                self.reach(state(from.passed + 1), cost, Some(from));
            }
            None => {}
        }
    }

    /// Records a way to a state, if it is the cheapest so far.
    fn reach(&mut self, state: State, cost: f64, before: Option<State>) {
        let number = self.number(state);
        let estimate = cost + self.remaining(state);
        let Some(known) = self.known.get_mut(number) else {
            return;
        };
        if estimate.is_finite() && known.is_none_or(|known| cost < known.cost) {
            *known = Some(Known { cost, before });
            self.queue.push(Reached {
                estimate,
                state,
                number,
            });
        }
    }

    fn number(&self, state: State) -> usize {
        let node = (state.passed * self.grid.rows.len() + state.node.row) * self.grid.columns.len()
            + state.node.column;
        node * 4 + state.heading as usize
    }

    fn known(&self, state: State) -> Option<Known> {
        self.known.get(self.number(state)).copied().flatten()
    }

    fn next(&self, node: Node, heading: Heading) -> Option<Node> {
        let Node { column, row } = node;
        let next = match heading {
            Heading::Right => Node {
                column: column + 1,
                row,
            },
            Heading::Down => Node {
                column,
                row: row + 1,
            },
            Heading::Left => Node {
                column: column.checked_sub(1)?,
                row,
            },
            Heading::Up => Node {
                column,
                row: row.checked_sub(1)?,
            },
        };
        let is_inside = next.column < self.grid.columns.len() && next.row < self.grid.rows.len();
        is_inside.then_some(next)
    }

    /// The least cost from a state to a goal: the distance along the axes.
    fn remaining(&self, state: State) -> f64 {
        let Some(at) = self.grid.place(state.node) else {
            return f64::INFINITY;
        };
        let away = |exit: &Exit| (exit.at.x - at.x).abs() + (exit.at.y - at.y).abs();
        let goals = self.goals.iter().map(|(_, exit)| away(exit));
        goals.fold(f64::INFINITY, f64::min)
    }

    /// The exit at which a state ends the way.
    fn arrival(&self, state: State) -> Option<Exit> {
        let is_through = state.passed == self.elbow.kept.len();
        let mut goals = self.goals.iter().filter(|_| is_through);
        let fits = |exit: &Exit| {
            exit.heading
                .is_none_or(|out| out.opposite() == state.heading)
        };
        let goal = goals.find(|(node, exit)| *node == state.node && fits(exit))?;
        Some(goal.1)
    }

    /// How the way to a node meets the next kept line there.
    fn meets(&self, passed: usize, node: Node, heading: Heading) -> Option<Meeting> {
        let is_at = |lines: &[GridLine], at: f64, number| nearest(lines, at) == Some(number);
        let (is_there, is_along) = match *self.elbow.kept.get(passed)? {
            KeptLine::Column(x) => (
                is_at(&self.grid.columns, x, node.column),
                !heading.is_horizontal(),
            ),
            KeptLine::Row(y) => (is_at(&self.grid.rows, y, node.row), heading.is_horizontal()),
        };
        is_there.then_some(if is_along {
            Meeting::Along
        } else {
            Meeting::Across
        })
    }

    /// The ends and bends of the way to a state.
    fn corners(&self, last: State, end: Point) -> Vec<Corner> {
        let mut corners = vec![Corner {
            at: end,
            passed: last.passed,
        }];
        let (mut state, mut heading) = (last, last.heading);
        while let Some(before) = self.known(state).and_then(|known| known.before) {
            let is_first = self.known(before).is_none_or(|it| it.before.is_none());
            if is_first {
                let starts = self.elbow.from.iter();
                let start = starts.min_by(|one, other| {
                    let away = |exit: &Exit| {
                        let at = self.grid.place(before.node).unwrap_or_default();
                        (exit.at - at).hypot2()
                    };
                    away(one).total_cmp(&away(other))
                });
                corners.extend(start.map(|start| Corner {
                    at: start.at,
                    passed: 0,
                }));
            } else if before.heading != heading
                && let Some(at) = self.grid.place(before.node)
            {
                corners.push(Corner {
                    at,
                    passed: before.passed,
                });
            }
            heading = before.heading;
            state = before;
        }
        corners.reverse();
        corners
    }
}
