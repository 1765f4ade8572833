//! Tidies up: finds the arrangement that boxes nearly have, and gives it straight lines and even gaps.
//!
//! The arrangements are rows, columns and a grid. Of those the one that moves the boxes least is
//! taken. Boxes that are arranged in one of these ways are found in the same way again and need not
//! move then, so that nothing is left to do the second time.

use kurbo::Vec2;
use shared::geometry::BoardRect;
use shared::model::Board;
use shared::model::align::Axis;
use shared::op::Op;

use crate::error::WorkError;

use super::bands::{
    Band, Edge, Span, chained, common_edge, even_gap, gaps, in_bands, parted, sort, span, spans,
    whole,
};
use super::blocks::Block;
use super::placing::moves;

/// The part of the cells of a grid that are filled at least. Emptier boards are no grids.
const MIN_FILLED: f64 = 0.6;
/// Boards on which all ways are shorter are tidy.
const TIDY: f64 = 0.01;

/// The ops that tidy blocks up. No two of them overlap then, and the upper left corner of the box around
/// all of them stays.
pub(super) fn tidied(board: &Board, blocks: &[Block]) -> Result<Vec<Op>, WorkError> {
    if blocks.len() < 2 {
        let reason = "tidying up takes at least two elements or groups; lines, ink and what lies on \
                      another element only go along";
        return Err(WorkError::invalid("ids", reason));
    }
    let rects: Vec<BoardRect> = blocks.iter().map(|block| block.rect).collect();
    let ids = blocks.iter().map(|block| &block.ids);
    Ok(moves(board, ids.zip(best(&rects))))
}

/// The ways of the arrangement that moves boxes least.
fn best(rects: &[BoardRect]) -> Vec<[f64; 2]> {
    let along = spans(rects, Axis::Horizontal);
    let across = spans(rects, Axis::Vertical);
    let (rows, columns) = (chained(&across), chained(&along));
    let flip = |ways: Vec<Vec2>| ways.into_iter().map(|it| Vec2::new(it.y, it.x)).collect();
    let arrangements = [
        in_grid((&along, &columns), (&across, &rows)),
        Some(in_lines(&along, &across, rows)),
        Some(flip(in_lines(&across, &along, columns))),
        Some(in_lines(&along, &across, parted(&across))),
        Some(flip(in_lines(&across, &along, parted(&along)))),
    ];
    let length = |ways: &Vec<Vec2>| ways.iter().map(|by| by.hypot()).sum::<f64>();
    let all = arrangements.into_iter().flatten();
    let best = all.min_by(|a, b| length(a).total_cmp(&length(b)));
    let best = best.unwrap_or_default();
    if best.iter().all(|by| by.hypot() < TIDY) {
        return vec![[0.0; 2]; rects.len()];
    }
    best.iter().map(|by| [by.x, by.y]).collect()
}

/// The ways into the cells of a grid, if the boxes have one and fill most of it.
fn in_grid(
    (along, columns): (&[Span], &[Band]),
    (across, rows): (&[Span], &[Band]),
) -> Option<Vec<Vec2>> {
    let cells = rows.len() * columns.len();
    let is_grid = rows.len() > 1 && columns.len() > 1;
    if !is_grid || (along.len() as f64) < MIN_FILLED * cells as f64 {
        return None;
    }
    let mut column_of = vec![0; along.len()];
    for (column, band) in columns.iter().enumerate() {
        band.iter().for_each(|number| {
            if let Some(own) = column_of.get_mut(*number) {
                *own = column;
            }
        });
    }
    for row in rows {
        let mut taken: Vec<usize> = row
            .iter()
            .filter_map(|it| column_of.get(*it).copied())
            .collect();
        taken.sort_unstable();
        taken.dedup();
        if taken.len() < row.len() {
            return None;
        }
    }
    let (x, y) = (in_bands(along, columns), in_bands(across, rows));
    Some(ways((along, &x), (across, &y)))
}

/// The ways into lines that follow each other across, each without regard to the others. The lines
/// have their starts, their middles or their ends in common.
fn in_lines(along: &[Span], across: &[Span], mut lines: Vec<Band>) -> Vec<Vec2> {
    lines.iter_mut().for_each(|line| sort(line, along, across));
    let own = |line: &Band| -> Vec<Span> { line.iter().map(|it| span(along, *it)).collect() };
    let all_gaps: Vec<f64> = lines.iter().flat_map(|line| gaps(&own(line))).collect();
    let gap = even_gap(&all_gaps);
    let wholes: Vec<Span> = lines.iter().map(|line| whole(along, line)).collect();
    let edge = common_edge(&wholes, Edge::Start).part();
    let mut starts = vec![0.0; along.len()];
    for line in &lines {
        let own = own(line);
        let length: f64 = own.iter().map(|it| it.length + gap).sum();
        let mut next = -edge * (length - gap);
        for (number, span) in line.iter().zip(own) {
            if let Some(start) = starts.get_mut(*number) {
                *start = next;
            }
            next += span.length + gap;
        }
    }
    ways((along, &starts), (across, &in_bands(across, &lines)))
}

/// The ways to new starts along both axes.
fn ways((along, x): (&[Span], &[f64]), (across, y): (&[Span], &[f64])) -> Vec<Vec2> {
    let (x, y) = (steps(along, x), steps(across, y));
    x.zip(y).map(|(x, y)| Vec2::new(x, y)).collect()
}

/// The ways along one axis, with the first of all starts where it was.
fn steps<'a>(spans: &'a [Span], starts: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
    let first = |all: &mut dyn Iterator<Item = f64>| all.fold(f64::INFINITY, f64::min);
    let was = first(&mut spans.iter().map(|it| it.start));
    let by = was - first(&mut starts.iter().copied());
    let pairs = spans.iter().zip(starts);
    pairs.map(move |(span, start)| start + by - span.start)
}
