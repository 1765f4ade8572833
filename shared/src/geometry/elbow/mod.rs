//! Elbow lines: lines of horizontal and vertical segments that lead around the boxes they connect.
//!
//! The algorithm is that of Wybrow, Marriott and Stuckey, "Orthogonal Connector Routing" (Graph
//! Drawing 2009): a grid of all sensible columns and rows (`grid`), and the cheapest way on it by A*
//! over places and headings (`search`), where length and bends cost (`costs`). It differs in four
//! points, because a line has at most two boxes to avoid, and its way must not jump while a box is
//! dragged:
//!
//! - The grid is made from the boxes, the ends and the kept lines alone, so its size has a bound.
//! - A way may come nearer to a box than the margin. This costs more the nearer it comes, so the
//!   cost of the best way changes little if a box moves a little.
//! - A way through a box is possible, but costs more than any detour. So there is a way even where
//!   boxes overlap.
//! - A way follows the lines that a user has chosen for it. The number of those that it has followed
//!   is a part of the state of the search.
//!
//! The result is a function of its input: between two ways of equal cost, fixed preferences decide.

mod costs;
mod grid;
mod search;

use kurbo::{Point, Rect, Vec2};

use costs::Costs;
use grid::Grid;
use search::Search;

/// How many bends more than necessary a line may have in order to keep its distance.
const MAX_ADDED_BENDS: usize = 2;

/// A direction along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// Along the x axis.
    Right,
    /// Along the y axis.
    Down,
    /// Against the x axis.
    Left,
    /// Against the y axis.
    Up,
}

impl Heading {
    /// All headings; each follows the one before clockwise.
    pub const ALL: [Self; 4] = [Self::Right, Self::Down, Self::Left, Self::Up];

    /// The heading nearest to a direction.
    #[must_use]
    pub fn nearest(way: Vec2) -> Self {
        match (way.x.abs() >= way.y.abs(), way.x >= 0.0, way.y >= 0.0) {
            (true, true, _) => Self::Right,
            (true, false, _) => Self::Left,
            (false, _, true) => Self::Down,
            (false, _, false) => Self::Up,
        }
    }

    /// The heading as a vector of length 1.
    #[must_use]
    pub const fn vector(self) -> Vec2 {
        match self {
            Self::Right => Vec2::new(1.0, 0.0),
            Self::Down => Vec2::new(0.0, 1.0),
            Self::Left => Vec2::new(-1.0, 0.0),
            Self::Up => Vec2::new(0.0, -1.0),
        }
    }

    /// The heading that leads back.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Right => Self::Left,
            Self::Down => Self::Up,
            Self::Left => Self::Right,
            Self::Up => Self::Down,
        }
    }

    /// Whether it is right or left.
    #[must_use]
    pub const fn is_horizontal(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }
}

/// A place where a line may begin or end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exit {
    /// The place: on the edge of the end's box, or the end itself.
    pub at: Point,
    /// The direction in which the line leaves the end. `None`: any.
    pub heading: Option<Heading>,
}

/// A straight line that an elbow line has to follow for a part of its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum KeptLine {
    /// A vertical line at this x.
    Column(f64),
    /// A horizontal line at this y.
    Row(f64),
}

/// An elbow line to be routed.
#[derive(Clone, Copy, Debug)]
pub struct Elbow<'a> {
    /// The places where it may begin, at least one.
    pub from: &'a [Exit],
    /// The places where it may end, at least one.
    pub to: &'a [Exit],
    /// The boxes that it leads around.
    pub boxes: &'a [Rect],
    /// The distance that it keeps from the boxes where there is room.
    pub margin: f64,
    /// The heading in which an earlier part of the line arrived at `from`.
    pub came: Option<Heading>,
    /// The lines that it follows, in this order.
    pub kept: &'a [KeptLine],
}

/// An end or a bend of an elbow line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corner {
    /// Where it is.
    pub at: Point,
    /// How many of the kept lines the way has followed on arrival.
    pub passed: usize,
}

impl Elbow<'_> {
    /// The ends and bends of the line, at least two.
    #[must_use]
    pub fn route(&self) -> Vec<Corner> {
        #[cfg(test)]
        crate::tally::record(crate::tally::CostlyWork::Route);
        let grid = Grid::new(self);
        let costs = Costs::new(self, &grid);
        let mut corners = Search::new(self, &grid, &costs).run();
        // A way with fewer corners cannot have too many bends: the fewest are odd or even with it.
        if corners.len() > 2 + MAX_ADDED_BENDS + 1 {
            let costs = costs.for_fewest_bends();
            let fewest = Search::new(self, &grid, &costs).run();
            if corners.len() > fewest.len() + MAX_ADDED_BENDS {
                corners = fewest;
            }
        }
        // Without a way, which only numbers beyond all bounds cause, the line is straight.
        if corners.len() < 2 {
            let ends = [self.from, self.to].into_iter().filter_map(<[Exit]>::first);
            let corner = |exit: &Exit| Corner {
                at: exit.at,
                passed: 0,
            };
            corners = ends.map(corner).collect();
        }
        corners
    }
}
