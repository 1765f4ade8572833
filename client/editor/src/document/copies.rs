//! Copies of elements, on the same board or another.
//!
//! Copies have new ids and groups. They are bound to copies, and lie in copies of their frames.
//! The user who copies is their author.

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::{ClientId, ElementId, GroupId};
use shared::limits::MAX_COORD;
use shared::model::layout::bounds;
use shared::model::{Anchor, Board, Body, Element, ElementState, NewElement, OrderKey, Prop};
use std::collections::BTreeMap;

use super::frame_names::number_frames;

/// Where copies are put, and who their author is.
pub(crate) struct CopyOptions<'a> {
    /// The author.
    pub(crate) me: ClientId,
    /// Gives fresh ids.
    pub(crate) ids: &'a mut dyn FnMut() -> ElementId,
    /// How far from the originals the copies are, in board units.
    pub(crate) by: [f64; 2],
    /// The board that they are put on.
    pub(crate) board: &'a Board,
    /// The open group, which copies stay in.
    pub(crate) within: Option<GroupId>,
}

/// Copies of these elements, on top of everything, in the same order.
pub(crate) fn make_copies(originals: &[NewElement], options: CopyOptions<'_>) -> Vec<NewElement> {
    let CopyOptions {
        me,
        ids,
        by,
        board,
        within,
    } = options;
    let mut top = board.top().cloned();
    let names: BTreeMap<ElementId, ElementId> =
        originals.iter().map(|new| (new.id, ids())).collect();
    let mut groups: BTreeMap<GroupId, GroupId> = BTreeMap::new();
    let mut copies = Vec::with_capacity(originals.len());
    for original in originals {
        let Some(id) = names.get(&original.id) else {
            continue;
        };
        let mut copy = NewElement {
            id: *id,
            text: original.text.retyped(me),
            ..original.clone()
        };
        let z = OrderKey::above(top.as_ref());
        top = Some(z.clone());
        let at = copy.props.at;
        let within_board = |value: f64| value.clamp(-MAX_COORD, MAX_COORD);
        copy.props.z = z;
        copy.props.at = BoardPoint::new(within_board(at.x + by[0]), within_board(at.y + by[1]));
        copy.props.set(Prop::Locked(false));
        copy.props.set(Prop::Protected(false));
        copy.props.set(Prop::Proposal(None));
        rename_references(&mut copy, &names);
        regroup(&mut copy, &mut groups, within, &mut || ids());
        take_over(&mut copy.body, me);
        copies.push(copy);
    }
    number_frames(&mut copies, board);
    copies
}

/// Makes anchors and frames refer to the copies. A copy stays in a frame that was not copied.
fn rename_references(copy: &mut NewElement, names: &BTreeMap<ElementId, ElementId>) {
    let renamed = |anchor: Option<Anchor>| {
        let anchor = anchor?;
        let to = *names.get(&anchor.to)?;
        Some(Anchor { to, ..anchor })
    };
    let (start, end) = (copy.props.start(), copy.props.end());
    copy.props.set(Prop::Start(renamed(start)));
    copy.props.set(Prop::End(renamed(end)));
    let frame = copy.props.frame();
    let frame = frame.map(|frame| names.get(&frame).copied().unwrap_or(frame));
    copy.props.set(Prop::Frame(frame));
}

/// Gives groups new ids, up to the open one, in which copies stay.
fn regroup(
    copy: &mut NewElement,
    names: &mut BTreeMap<GroupId, GroupId>,
    within: Option<GroupId>,
    fresh: &mut dyn FnMut() -> ElementId,
) {
    let mut groups = copy.props.groups();
    let kept = within.and_then(|within| groups.iter().position(|group| *group == within));
    for group in groups.iter_mut().take(kept.unwrap_or(usize::MAX)) {
        *group = *names
            .entry(*group)
            .or_insert_with(|| GroupId::from_bytes(*fresh().as_bytes()));
    }
    copy.props.set(Prop::Groups(groups));
}

/// Makes `me` the author of everything in a copy.
fn take_over(body: &mut Body, me: ClientId) {
    match body {
        Body::Stroke(stroke) => {
            stroke.open = false;
            stroke.erased.iter_mut().for_each(|cut| cut.by = me);
        }
        Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => {}
    }
}

/// A board with only these elements.
#[must_use]
pub fn board_of(elements: &[NewElement], me: ClientId) -> Board {
    let mut board = Board::new();
    for new in elements {
        let element = Element::new(new.clone(), me);
        board.set_state(new.id, ElementState::Present(element.into()));
    }
    board
}

/// The smallest rectangle around elements that are on no board yet.
#[must_use]
pub fn extent(elements: &[NewElement], me: ClientId) -> Option<BoardRect> {
    let board = board_of(elements, me);
    let boxes = board.elements().map(|element| bounds(&board, element));
    boxes.filter(BoardRect::is_finite).reduce(|a, b| a.union(b))
}
