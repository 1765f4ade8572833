//! A board as text for language models: a line for each element in reading order, and clusters for
//! the rest.
//!
//! ```text
//! board: 5 elements (1 arrow, 1 frame, 2 sticky, 1 text), bounds 0,-28,700,400
//! shown: 4 elements; 1 in clusters below
//! k3Jf9A frame "To do" 0,-28,480,320 members=2
//! x81kQz sticky "Buy milk" 40,40,240,240 frame=k3Jf9A
//! Qp0dTw sticky "Call\nBen" 280,40,480,240 red frame=k3Jf9A group=g1
//! 0sLm2A arrow x81kQz -> Qp0dTw "then" 242,130,278,150
//! clusters:
//! 1 elements (1 text) in 500,350,700,400
//! ```
//!
//! The numbers are left, top, right and bottom: of a box as its fields say, else of what is painted.
//! Ids are short: the shortest ends of ids, of at least six characters, that are unique on the board.
//! Requests take them. Texts stand in quotes, with escapes as in JSON, so that no text looks like a
//! line of its own or like anything else outside of the quotes.

mod clusters;
mod line;
mod quote;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::layout::bounds;
use shared::model::reading_order::in_rows;
use shared::model::{Board, Body, Element};

use crate::edges::edges;
use crate::filter::{is_arrow, rect};
use crate::names::Endings;
use clusters::clusters;
use line::Writer;

/// Bytes of the text at most: some 15,000 tokens, which leave room in the context of small models.
pub const MAX_COMPACT_BYTES: usize = 48 * 1024;
/// Bytes that are kept for the header and the clusters.
const RESERVED: usize = 8 * 1024;

/// The text of a board. The elements in `area` (left, top, right, bottom; without it all) have lines
/// of their own, at most `limit` and as far as [`MAX_COMPACT_BYTES`] allow. The others are counted in
/// clusters.
#[must_use]
pub fn compact(board: &Board, area: Option<[f64; 4]>, limit: usize) -> String {
    let all: BTreeMap<ElementId, BoardRect> = board
        .elements()
        .map(|element| (element.id, bounds(board, element)))
        .collect();
    let inside = in_area(&all, area);
    let lines = Lines::of(board, &all, &inside, limit);
    let rest: Vec<(&Element, BoardRect)> = board
        .elements()
        .filter(|element| !lines.shown.contains(&element.id))
        .filter_map(|element| Some((Arc::as_ref(element), *all.get(&element.id)?)))
        .collect();
    let mut text = header(board, &all);
    let count = lines.shown.len();
    let within = area.map(|area| format!(" in {}", numbers(rect(area))));
    let within = within.unwrap_or_default();
    let left_out = inside.len().saturating_sub(count);
    text.push_str(&format!("shown: {count} elements{within}"));
    if !rest.is_empty() {
        text.push_str(&format!("; {} in clusters below", rest.len()));
    }
    if left_out > 0 {
        text.push_str(&format!(
            "; {left_out} of these did not fit, ask for a smaller area"
        ));
    }
    text.push('\n');
    text.push_str(&lines.text);
    if !rest.is_empty() {
        text.push_str("clusters:\n");
        text.push_str(&clusters(&rest));
    }
    text
}

/// The elements that touch an area, in reading order.
fn in_area(all: &BTreeMap<ElementId, BoardRect>, area: Option<[f64; 4]>) -> Vec<ElementId> {
    let area = area.map(rect);
    let touches = |own: &BoardRect| {
        area.is_none_or(|area| {
            own.x0 <= area.x1 && area.x0 <= own.x1 && own.y0 <= area.y1 && area.y0 <= own.y1
        })
    };
    let inside = all.iter().filter(|(_, own)| touches(own));
    in_rows(inside.map(|(id, own)| (*own, *id)).collect())
}

/// The lines of elements.
#[derive(Debug, Default)]
struct Lines {
    text: String,
    shown: BTreeSet<ElementId>,
}

impl Lines {
    fn of(
        board: &Board,
        all: &BTreeMap<ElementId, BoardRect>,
        order: &[ElementId],
        limit: usize,
    ) -> Self {
        let mut lines = Self::default();
        let mut writer = Writer::new(board, Endings::of(board).short());
        let elements: Vec<&Arc<Element>> = order.iter().filter_map(|id| board.get(*id)).collect();
        for run in elements
            .chunk_by(|one, next| goes_on(one, next))
            .take(limit)
        {
            let rects = run
                .iter()
                .filter_map(|element| all.get(&element.id))
                .copied();
            let Some((first, own)) = run.first().zip(rects.reduce(|all, one| all.union(one)))
            else {
                continue;
            };
            let own = if run.len() > 1 {
                own
            } else {
                edges(board, first)
            };
            let line = writer.line(first, run.len(), own);
            if lines.text.len() + line.len() > MAX_COMPACT_BYTES - RESERVED {
                break;
            }
            lines.text.push_str(&line);
            lines.text.push('\n');
            lines.shown.extend(run.iter().map(|element| element.id));
        }
        lines
    }
}

/// Whether two elements are strokes of one drawing.
fn goes_on(one: &Element, next: &Element) -> bool {
    let is_ink = |element: &Element| matches!(element.body, Body::Stroke(_));
    is_ink(one) && is_ink(next) && one.author == next.author
}

fn header(board: &Board, all: &BTreeMap<ElementId, BoardRect>) -> String {
    let count = board.len();
    if count == 0 {
        return "board: empty\n".to_owned();
    }
    let whole = all.values().copied().reduce(|all, one| all.union(one));
    let kinds = kinds(board.elements().map(Arc::as_ref));
    let whole = numbers(whole.unwrap_or_default());
    format!("board: {count} elements ({kinds}), bounds {whole}\n")
}

/// The kind of an element in a word; arrows are lines with a head.
fn kind(element: &Element) -> &'static str {
    if is_arrow(element) {
        crate::filter::ARROW
    } else {
        formats::json::kind_name(&element.body)
    }
}

/// The numbers of elements of each kind.
fn kinds<'a>(elements: impl Iterator<Item = &'a Element>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for element in elements {
        *counts.entry(kind(element)).or_default() += 1;
    }
    let counts = counts.iter().map(|(kind, count)| format!("{count} {kind}"));
    counts.collect::<Vec<_>>().join(", ")
}

/// A rectangle as left,top,right,bottom in whole units.
fn numbers(rect: BoardRect) -> String {
    // Without the minus of a zero.
    let [left, top, right, bottom] =
        [rect.x0, rect.y0, rect.x1, rect.y1].map(|at| at.round() as i64);
    format!("{left},{top},{right},{bottom}")
}
