//! Puts elements with texts beside those that are about the same.

use kurbo::{Point, Rect, Size};
use serde_json::{Value, json};
use shared::geometry::BoardRect;
use shared::model::{Board, Body};
use shared::op::Op;

use super::blocks::Block;
use super::placing::{GAP, cells, moves};
use super::similar::{Cluster, clusters};
use crate::error::WorkError;
use crate::rows::in_rows;

/// Space between clusters: three times that within them.
const CLUSTER_GAP: f64 = 3.0 * GAP;
/// Space from the top of a title to the elements under it: a line of text and a gap.
const TITLE_ROOM: f64 = 50.0;

/// Puts the blocks with texts in clusters, each in a grid, the largest first. Blocks that are like no
/// other come last. All begin at the upper left corner of the box around them. The titles above them
/// are given as entries of a request.
pub(super) fn clustered(
    board: &Board,
    blocks: Vec<Block>,
    with_titles: bool,
) -> Result<(Vec<Op>, Vec<Value>), WorkError> {
    let found = blocks.into_iter();
    let found = found.filter_map(|block| Some((text_of(board, &block)?, block)));
    let (texts, blocks): (Vec<String>, Vec<Block>) = found.unzip();
    if texts.len() < 2 {
        let reason = "clusters take at least two sticky notes, texts or shapes with text that are not \
                      in one group";
        return Err(WorkError::invalid("ids", reason));
    }
    let mut clusters = clusters(&texts);
    if clusters.is_empty() {
        let reason = "no two of these elements have telling words in common";
        return Err(WorkError::invalid("ids", reason));
    }
    clusters.extend(others(&clusters, blocks.len()));
    let rects: Vec<BoardRect> = blocks.iter().map(|block| block.rect).collect();
    let room = if with_titles { TITLE_ROOM } else { 0.0 };
    let (corners, starts) = corners(&rects, &clusters, room);
    let ways = corners.iter().zip(&rects);
    let ways = ways.map(|(corner, rect)| [corner.x - rect.x0, corner.y - rect.y0]);
    let ids = blocks.iter().map(|block| &block.ids);
    let ops = moves(board, ids.zip(ways));
    let titled = clusters.iter().zip(starts);
    let titled = titled.filter(|(cluster, _)| with_titles && !cluster.word.is_empty());
    let titles = titled.map(|(cluster, at)| {
        json!({"kind": "text", "text": capitalised(&cluster.word), "x": at.x, "y": at.y - room})
    });
    Ok((ops, titles.collect()))
}

/// The texts of a block that can be in a cluster.
fn text_of(board: &Board, block: &Block) -> Option<String> {
    let elements = block.ids.iter().filter_map(|id| board.get(*id));
    let texts = elements.filter_map(|element| {
        let text = || element.text.plain();
        match element.body {
            Body::Sticky { .. } | Body::Text => Some(text()),
            Body::Shape(_) => Some(text()).filter(|text| !text.is_empty()),
            Body::Stroke(_) | Body::Line | Body::Frame | Body::Path(_) | Body::Image => None,
        }
    });
    texts.reduce(|all, one| format!("{all}\n{one}"))
}

/// The last cluster, with all that is in no other.
fn others(clusters: &[Cluster], len: usize) -> Option<Cluster> {
    let mut is_in = vec![false; len];
    for text in clusters.iter().flat_map(|cluster| &cluster.texts) {
        if let Some(own) = is_in.get_mut(*text) {
            *own = true;
        }
    }
    let rest = is_in.iter().enumerate().filter(|(_, is_in)| !**is_in);
    let texts: Vec<usize> = rest.map(|(text, _)| text).collect();
    let word = String::new();
    (!texts.is_empty()).then_some(Cluster { texts, word })
}

/// The new corner of each box, and that of each cluster. Each cluster has `room` above it.
fn corners(rects: &[BoardRect], clusters: &[Cluster], room: f64) -> (Vec<Point>, Vec<Point>) {
    let all = rects.iter().copied().reduce(|all, one| all.union(one));
    let origin = all.unwrap_or_default().origin().to_vec2();
    let size = |text: &usize| rects.get(*text).map(BoardRect::size).unwrap_or_default();
    let grids: Vec<(Vec<Point>, Size)> = clusters
        .iter()
        .map(|cluster| {
            let sizes: Vec<Size> = cluster.texts.iter().map(size).collect();
            let corners = cells(&sizes, None, GAP);
            let boxes = corners.iter().zip(sizes);
            let boxes = boxes.map(|(corner, size)| Rect::from_origin_size(*corner, size));
            let whole = boxes.reduce(|all, one| all.union(one)).unwrap_or_default();
            (corners, whole.size() + Size::new(0.0, room))
        })
        .collect();
    let sizes: Vec<Size> = grids.iter().map(|(_, size)| *size).collect();
    let starts: Vec<Point> = in_rows(&sizes, None, CLUSTER_GAP)
        .corners
        .into_iter()
        .map(|corner| corner + origin)
        .collect();
    let mut corners = vec![Point::ZERO; rects.len()];
    for ((cluster, start), (cells, _)) in clusters.iter().zip(&starts).zip(grids) {
        for (text, cell) in cluster.texts.iter().zip(cells) {
            if let Some(corner) = corners.get_mut(*text) {
                *corner = cell + start.to_vec2();
            }
        }
    }
    (corners, starts)
}

/// A word as a title.
fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}
