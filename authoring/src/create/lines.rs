//! Lines of a request: their points follow from the elements that they are bound to.

use std::collections::{BTreeMap, BTreeSet};

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::ElementId;
use shared::model::layout::{anchor_point, line_points};
use shared::model::line_points::{on_board, relative_to_first};
use shared::model::{Anchor, Board, Body, Element, Prop, Route};

use super::draft::{Draft, put, scratch};
use crate::edges::edges;
use crate::error::WorkError;

/// The middle of a box, and of its lower side.
const MIDDLE: [f32; 2] = [0.5, 0.5];
const LOWER_SIDE: [f32; 2] = [0.5, 1.0];

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
    let back = leading_back(drafts);
    for draft in drafts {
        if back.contains(&draft.element.id) {
            lead_below(draft);
        }
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

/// The lines that lead back, against the columns in which elements were placed. They would cross
/// what lies between.
fn leading_back(drafts: &[Draft]) -> BTreeSet<ElementId> {
    let free = drafts.iter().filter(|draft| !draft.entry.has_place);
    let empty = Board::new();
    let placed: BTreeMap<ElementId, (Option<usize>, BoardRect)> = free
        .map(|draft| {
            let rect = edges(&empty, &draft.element);
            (draft.element.id, (draft.entry.parent, rect))
        })
        .collect();
    let leads_back = |draft: &&Draft| {
        let ends = [draft.element.props.start(), draft.element.props.end()];
        let are_middles = ends.iter().flatten().all(|anchor| anchor.at == MIDDLE);
        let [from, to] = ends.map(|anchor| placed.get(&anchor?.to));
        let pair = from.zip(to).filter(|(from, to)| from.0 == to.0);
        are_middles && is_led(&draft.element) && pair.is_some_and(|(from, to)| to.1.x1 < from.1.x0)
    };
    let back = drafts.iter().filter(leads_back);
    back.map(|draft| draft.element.id).collect()
}

/// Leads a line from the lower side of one element to that of the other, below what lies between.
fn lead_below(draft: &mut Draft) {
    let below = |anchor: Option<Anchor>| {
        anchor.map(|anchor| Anchor {
            at: LOWER_SIDE,
            ..anchor
        })
    };
    let props = &mut draft.element.props;
    if !draft.entry.has_route {
        props.set(Prop::Route(Route::Elbow));
    }
    if props.route() == Route::Elbow {
        let (start, end) = (below(props.start()), below(props.end()));
        props.set(Prop::Start(start));
        props.set(Prop::End(end));
    }
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
        line.props.set(Prop::At(at));
        line.props.set(points);
    }
}
