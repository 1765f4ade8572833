//! Free space on a board.

use std::sync::Arc;

use kurbo::{Point, Rect, Size};
use shared::id::ElementId;
use shared::limits::MAX_COORD;
use shared::model::layout::{bounds, intersects_polygon, rect_corners};
use shared::model::{Board, Body, Element};

/// The least distance between tried places.
const STEP: f64 = 48.0;
/// The part of the gap that nothing may touch. What is painted around a box, such as its shadow or
/// the name of a frame, lies in the rest.
const MARGIN: f64 = 0.7;
/// How many rings of places around an element are tried. After them a block goes beside all content.
const RINGS: i32 = 12;
/// Comparisons of places with elements for one request: a second on a slow machine. After them
/// blocks go beside all content.
const MAX_COMPARISONS: usize = 50_000_000;
/// Content that is wider than high by more than this gets new blocks below it, not beside it.
const WIDE: f64 = 1.5;

/// The elements of a board as obstacles.
#[derive(Debug)]
pub(super) struct Space<'a> {
    board: &'a Board,
    taken: Vec<Rect>,
    /// Frames are obstacles too, but leave room for members.
    frames: Vec<(ElementId, Rect)>,
    lines: Vec<(Rect, &'a Element)>,
    content: Option<Rect>,
    /// Comparisons that are left for the search near elements.
    left: usize,
}

impl<'a> Space<'a> {
    pub(super) fn of(board: &'a Board) -> Self {
        let mut space = Self {
            board,
            taken: Vec::new(),
            frames: Vec::new(),
            lines: Vec::new(),
            content: None,
            left: MAX_COMPARISONS,
        };
        for element in board.elements().map(Arc::as_ref) {
            let rect = bounds(board, element);
            match &element.body {
                Body::Line => {
                    space.lines.push((rect, element));
                    space.cover(rect);
                }
                Body::Stroke(_)
                | Body::Shape(_)
                | Body::Text
                | Body::Sticky { .. }
                | Body::Frame
                | Body::Path(_)
                | Body::Image => space.add(element, rect),
            }
        }
        space
    }

    /// Adds an element that is no line of the board.
    pub(super) fn add(&mut self, element: &Element, rect: Rect) {
        self.cover(rect);
        if matches!(element.body, Body::Frame) {
            self.frames.push((element.id, rect));
        } else {
            self.taken.push(rect);
        }
    }

    fn cover(&mut self, rect: Rect) {
        self.content = Some(self.content.map_or(rect, |all| all.union(rect)));
    }

    /// The place for a block beside all content.
    pub(super) fn beside(&self, size: Size, gap: f64) -> Option<Point> {
        let Some(all) = self.content else {
            return Some(Point::ZERO);
        };
        let (right, below) = (
            Point::new(all.x1 + gap, all.y0),
            Point::new(all.x0, all.y1 + gap),
        );
        let (left, above) = (
            Point::new(all.x0 - gap - size.width, all.y0),
            Point::new(all.x0, all.y0 - gap - size.height),
        );
        let is_wide = all.width() > WIDE * all.height();
        let tried = if is_wide {
            [below, right, left, above]
        } else {
            [right, below, left, above]
        };
        tried
            .into_iter()
            .find(|at| is_on_board(Rect::from_origin_size(*at, size)))
    }

    /// A free place for a block near a rectangle: right of it, below it, left of it, above it, or
    /// farther away. A block may lie in `frame`, else in none.
    pub(super) fn near(
        &mut self,
        rect: Rect,
        size: Size,
        gap: f64,
        frame: Option<ElementId>,
    ) -> Option<Point> {
        let window = reach(rect, size, gap);
        let meets = |other: &Rect| window.overlaps(*other);
        let taken = self.taken.iter().copied().filter(meets).collect();
        let lines = self.lines.iter().filter(|(rect, _)| meets(rect));
        let around = Self {
            board: self.board,
            taken,
            frames: self.frames.clone(),
            lines: lines.copied().collect(),
            content: None,
            left: 0,
        };
        let obstacles = around.taken.len() + around.frames.len() + around.lines.len() + 1;
        let most = self.left / obstacles;
        let mut count = 0;
        let margin = gap * MARGIN;
        let tried = (1..=RINGS).flat_map(ring).map(|(x, y)| {
            Point::new(
                beyond((rect.x0, rect.x1), size.width, gap, x),
                beyond((rect.y0, rect.y1), size.height, gap, y),
            )
        });
        let found = tried.take(most).find(|at| {
            count += 1;
            let block = Rect::from_origin_size(*at, size);
            is_on_board(block) && around.is_free(block.inflate(margin, margin), frame)
        });
        self.left -= count * obstacles;
        found
    }

    fn is_free(&self, block: Rect, within: Option<ElementId>) -> bool {
        let blocks_frame = |(id, rect): &(ElementId, Rect)| {
            let holds = within == Some(*id) && rect.contains_rect(block);
            rect.overlaps(block) && !holds
        };
        let region = rect_corners(block);
        !self.taken.iter().any(|rect| rect.overlaps(block))
            && !self.frames.iter().any(blocks_frame)
            && !self.lines.iter().any(|(rect, line)| {
                rect.overlaps(block) && intersects_polygon(self.board, line, &region)
            })
    }
}

/// The area of all places that are tried around a rectangle.
fn reach(rect: Rect, size: Size, gap: f64) -> Rect {
    let far = |side: f64| gap + side + f64::from(RINGS) * (side / 2.0).max(STEP);
    rect.inflate(far(size.width) + size.width, far(size.height) + size.height)
}

/// The steps to the places of a ring, those straight to the right, below, left and above first.
fn ring(ring: i32) -> impl Iterator<Item = (i32, i32)> {
    let straight = [(ring, 0), (0, ring), (-ring, 0), (0, -ring)];
    let rest = (-ring..=ring).flat_map(move |y| (-ring..=ring).map(move |x| (x, y)));
    let rest = rest.filter(move |(x, y)| x.abs().max(y.abs()) == ring && *x != 0 && *y != 0);
    straight.into_iter().chain(rest)
}

/// The coordinate of a block that lies `steps` beyond an edge; without steps it begins like the
/// rectangle.
fn beyond((start, end): (f64, f64), side: f64, gap: f64, steps: i32) -> f64 {
    let step = (side / 2.0).max(STEP);
    match steps {
        0 => start,
        1.. => end + gap + f64::from(steps - 1) * step,
        _ => start - gap - side + f64::from(steps + 1) * step,
    }
}

fn is_on_board(rect: Rect) -> bool {
    let limit = MAX_COORD;
    Rect::new(-limit, -limit, limit, limit).contains_rect(rect)
}
