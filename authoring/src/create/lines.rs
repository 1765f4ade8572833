//! Lines of a request: their points follow from the elements that they are bound to.

use std::collections::BTreeSet;

use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::layout::{anchor_point, line_points};
use shared::model::line_points::{on_board, relative_to_first};
use shared::model::{Anchor, Board, Body, Element};

use super::draft::{Draft, put, scratch};
use crate::error::WorkError;

/// Whether the points of an element follow from the elements that it is bound to.
pub(super) fn is_led(element: &Element) -> bool {
    let is_bound = element.props.start().is_some() || element.props.end().is_some();
    matches!(element.body, Body::Line) && is_bound && element.props.points().len() < 2
}

/// Leads the lines. Returns a board of all new elements and of those that lines are bound to.
pub(super) fn lead(drafts: &mut [Draft], board: &Board) -> Result<Board, WorkError> {
    let mut around = scratch(drafts);
    let ends = drafts.iter().flat_map(|draft| {
        let ends = [draft.element.props.start(), draft.element.props.end()];
        ends.into_iter().flatten().map(|anchor| anchor.to)
    });
    let new: BTreeSet<ElementId> = drafts.iter().map(|draft| draft.element.id).collect();
    let targets: BTreeSet<ElementId> = ends.filter(|id| !new.contains(id)).collect();
    for target in targets.iter().filter_map(|id| board.get(*id)) {
        put(&mut around, target);
    }
    for draft in drafts {
        if !matches!(draft.element.body, Body::Line) {
            continue;
        }
        let path = &draft.entry.path;
        if is_led(&draft.element) {
            let places = places(&draft.element, &around, path)?;
            set_points(&mut draft.element, &places);
            // The ends are stored where they are shown, for programs that do not know anchors.
            let shown = line_points(&around, &draft.element);
            set_points(&mut draft.element, &shown);
        } else if draft.element.props.points().len() < 2 {
            let reason = "a line needs two `points`, or `from` and `to`";
            return Err(WorkError::at(path, "points", reason));
        }
        put(&mut around, &draft.element);
    }
    Ok(around)
}

/// The places that a line leads through, before it ends at outlines.
fn places(line: &Element, around: &Board, path: &str) -> Result<Vec<BoardPoint>, WorkError> {
    let aim = |anchor: Option<Anchor>| anchor.and_then(|it| anchor_point(around, &it));
    let ends = [aim(line.props.start()), aim(line.props.end())];
    match (ends, on_board(line).as_slice()) {
        ([Some(start), Some(end)], _) => Ok(vec![start, end]),
        ([Some(start), None], [end]) => Ok(vec![start, *end]),
        ([None, Some(end)], [start]) => Ok(vec![*start, end]),
        _ => {
            let reason = "a line that is bound at one end needs its other end: `from`, `to`, or \
                          one point in `points`";
            Err(WorkError::at(path, "points", reason))
        }
    }
}

fn set_points(line: &mut Element, places: &[BoardPoint]) {
    if let Some((at, points)) = relative_to_first(places) {
        line.props.set(shared::model::Prop::At(at));
        line.props.set(points);
    }
}
