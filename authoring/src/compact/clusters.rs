//! Elements that have no line of their own, counted by the part of the board that they lie in.

use std::collections::BTreeMap;

use shared::geometry::BoardRect;
use shared::model::{Body, Element};

use super::quote::quoted;
use super::{kinds, numbers};

/// Cells along the longer side of what is left: at most 36 clusters.
const CELLS: f64 = 6.0;
/// Names of frames that a cluster shows.
const NAMES: usize = 2;

/// A line for each cluster, by rows.
pub(super) fn clusters(rest: &[(&Element, BoardRect)]) -> String {
    let rects = rest.iter().map(|(_, own)| *own);
    let whole = rects.reduce(|all, one| all.union(one)).unwrap_or_default();
    let side = (whole.width().max(whole.height()) / CELLS).max(1.0);
    let cell = |own: &BoardRect| {
        let way = own.center() - whole.origin();
        let number = |way: f64| (way / side).floor().clamp(0.0, CELLS - 1.0) as u8;
        (number(way.y), number(way.x))
    };
    let mut cells: BTreeMap<(u8, u8), Vec<(&Element, BoardRect)>> = BTreeMap::new();
    for (element, own) in rest {
        cells.entry(cell(own)).or_default().push((element, *own));
    }
    cells.values().map(|cell| line(cell)).collect()
}

fn line(cell: &[(&Element, BoardRect)]) -> String {
    let count = cell.len();
    let kinds = kinds(cell.iter().map(|(element, _)| *element));
    let rects = cell.iter().map(|(_, own)| *own);
    let whole = rects.reduce(|all, one| all.union(one)).unwrap_or_default();
    let frames = cell
        .iter()
        .filter(|(element, _)| matches!(element.body, Body::Frame));
    let names = frames.map(|(frame, _)| frame.props.name());
    let names = names.filter(|name| !name.is_empty()).take(NAMES);
    let names: Vec<String> = names.map(|name| quoted(&name)).collect();
    let names = if names.is_empty() {
        String::new()
    } else {
        format!(" frames {}", names.join(" "))
    };
    format!("{count} elements ({kinds}) in {}{names}\n", numbers(whole))
}
