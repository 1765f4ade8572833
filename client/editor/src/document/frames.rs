//! Finds the frame that an element belongs to, and numbers copies of frames.
//!
//! An element that is made in a frame belongs to it, and a new frame gets the elements that lie in
//! it as its contents.

use std::collections::{BTreeMap, BTreeSet};

use kurbo::Point;
use shared::geometry::{BoardPoint, BoardRect, InkPoint};
use shared::id::ElementId;
use shared::limits::MAX_TITLE_CHARS;
use shared::model::layout::{bounds, local_to_board, rect_corners};
use shared::model::{Board, Body, Element, NewElement, Prop};
use shared::op::Op;

use crate::document::index::Index;

/// The topmost frame at a point for which `except` is false.
pub(crate) fn frame_at(
    board: &Board,
    index: &Index,
    at: BoardPoint,
    except: &dyn Fn(ElementId) -> bool,
) -> Option<ElementId> {
    let point = BoardRect::from_points(at, at);
    index
        .touching(point)
        .filter_map(|id| board.get(id).map(AsRef::as_ref))
        .filter(|element| matches!(element.body, Body::Frame) && !except(element.id))
        .filter(|frame| !frame.props.locked() && is_within(frame, at))
        .max_by_key(|frame| frame.stacking())
        .map(|frame| frame.id)
}

/// The frame that a new element with this box belongs to: the one that its middle is in. Frames
/// belong to no frame, so that none can contain itself.
pub(crate) fn frame_for_new(
    board: &Board,
    index: &Index,
    body: &Body,
    bounds: BoardRect,
) -> Option<ElementId> {
    match body {
        Body::Frame => None,
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Path(_)
        | Body::Image => frame_at(board, index, bounds.center().into(), &|_| false),
    }
}

/// The frame that ink is drawn in: it begins in the frame, and most of its points lie there. The
/// frame clips the others. Ink that only begins in a frame leads out of it and stays whole.
pub(crate) fn frame_for_ink(
    board: &Board,
    index: &Index,
    points: &[InkPoint],
) -> Option<ElementId> {
    let place = |point: &InkPoint| BoardPoint::new(point.x, point.y);
    let start = place(points.first()?);
    let frame = board.get(frame_at(board, index, start, &|_| false)?)?;
    let inside = points.iter().map(place).filter(|at| is_within(frame, *at));
    (2 * inside.count() > points.len()).then_some(frame.id)
}

/// The elements that lie in a frame and do not belong to it yet. The frame need not be on the board.
pub(crate) fn lying_in(board: &Board, index: &Index, frame: &Element) -> Vec<ElementId> {
    let inside = |bounds: BoardRect| {
        let mut corners = rect_corners(bounds).into_iter();
        corners.all(|corner| is_within(frame, corner))
    };
    let mut ids: Vec<ElementId> = index
        .touching(bounds(board, frame))
        .filter(|id| index.bounds_of(*id).is_some_and(inside))
        .filter_map(|id| board.get(id))
        .filter(|element| !matches!(element.body, Body::Frame) && !element.props.locked())
        .filter(|element| element.props.frame() != Some(frame.id))
        .map(|element| element.id)
        .collect();
    ids.sort_unstable();
    ids
}

/// The op that makes an element belong to a frame, or to none.
pub(crate) fn put_in_frame(id: ElementId, frame: Option<ElementId>) -> Op {
    let prop = Prop::Frame(frame);
    Op::Set { id, prop }
}

/// Gives copies of frames names of their own: a numbered name that the board has already gets the
/// next free number. Other names stay.
pub(crate) fn number_frames(copies: &mut [NewElement], board: &Board) {
    let mut frames = copies
        .iter_mut()
        .filter(|copy| matches!(copy.body, Body::Frame))
        .peekable();
    if frames.peek().is_none() {
        return;
    }
    let taken = board
        .elements()
        .filter(|element| matches!(element.body, Body::Frame));
    let mut names = Names {
        taken: taken.map(|frame| frame.props.name()).collect(),
        passed: BTreeMap::new(),
    };
    for frame in frames {
        let name = names.free(frame.props.name());
        frame.props.set(Prop::Name(name));
    }
}

/// The names of frames.
struct Names {
    taken: BTreeSet<String>,
    /// Taken numbers by the words before them, each with the free number that a search found behind
    /// it, so that thousands of copies do not search the same numbers again.
    passed: BTreeMap<String, BTreeMap<u32, u32>>,
}

impl Names {
    /// A name as it is, or with the next number that makes it differ from all others. It is taken
    /// from now on.
    fn free(&mut self, name: String) -> String {
        let free = self.numbered(&name).unwrap_or(name);
        self.taken.insert(free.clone());
        free
    }

    /// A taken name with the next free number. `None` if it is free, or has no number.
    fn numbered(&mut self, name: &str) -> Option<String> {
        let words = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let mut number: u32 = name.strip_prefix(words)?.parse().ok()?;
        let numbers = self.passed.entry(words.to_owned()).or_default();
        let mut passed = Vec::new();
        let mut free = name.to_owned();
        while self.taken.contains(&free) {
            passed.push(number);
            let last = numbers.get(&number).copied().unwrap_or(number);
            number = last.checked_add(1)?;
            free = [words, &number.to_string()].concat();
        }
        numbers.extend(passed.into_iter().map(|before| (before, number)));
        (free.chars().count() <= MAX_TITLE_CHARS).then_some(free)
    }
}

/// Whether a place lies in the turned box of a frame.
pub(crate) fn is_within(frame: &Element, at: BoardPoint) -> bool {
    let own = local_to_board(frame).inverse() * Point::from(at);
    let [width, height] = frame.props.size().map(f64::from);
    // Slightly larger: a place on the edge is in the frame.
    BoardRect::new(0.0, 0.0, width, height)
        .inflate(1e-6, 1e-6)
        .contains(own)
}
