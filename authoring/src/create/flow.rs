//! Elements that lines connect, in columns along the direction of the lines, so that most lines lead
//! from one column to the next and cross no element.

use std::collections::BTreeMap;

use kurbo::{Point, Size, Vec2};
use shared::id::ElementId;
use shared::model::Element;
use shared::model::text_layout::text_layout;

use super::draft::Draft;
use crate::rows::{Rows, in_rows};

/// Space between columns: room for a line with its head.
const COLUMN_GAP: f64 = 100.0;
/// Space beside the text of a line, together.
const TEXT_GAP: f64 = 80.0;

/// The lines between the new elements of a request.
#[derive(Debug)]
pub(super) struct Links {
    /// The elements at the ends. A child of a frame also stands for its frame.
    ends: Vec<[ElementId; 2]>,
    /// The frames of children.
    frames: BTreeMap<ElementId, ElementId>,
    /// Space between columns.
    gap: f64,
}

impl Links {
    pub(super) fn of(drafts: &[Draft]) -> Self {
        let ends = |draft: &Draft| {
            let (from, to) = (draft.element.props.start()?, draft.element.props.end()?);
            Some([from.to, to.to])
        };
        let frame = |draft: &Draft| {
            let frame = drafts.get(draft.entry.parent?)?;
            Some((draft.element.id, frame.element.id))
        };
        let lines = drafts.iter().filter(|draft| ends(draft).is_some());
        let texts = lines.filter(|line| !line.element.text.is_empty());
        let texts = texts.map(|line| text_width(&line.element) + TEXT_GAP);
        Self {
            ends: drafts.iter().filter_map(ends).collect(),
            frames: drafts.iter().filter_map(frame).collect(),
            gap: texts.fold(COLUMN_GAP, f64::max),
        }
    }

    /// The lines between some elements, by their numbers in the list.
    fn between(&self, ids: &[ElementId]) -> Vec<[usize; 2]> {
        let numbers: BTreeMap<ElementId, usize> = ids.iter().copied().zip(0..).collect();
        let number = |id: ElementId| {
            let own = numbers.get(&id);
            own.or_else(|| numbers.get(self.frames.get(&id)?)).copied()
        };
        let pairs = self.ends.iter().filter_map(|[from, to]| {
            let pair = [number(*from)?, number(*to)?];
            (pair[0] != pair[1]).then_some(pair)
        });
        pairs.collect()
    }

    /// Puts boxes in a block: connected ones in columns, and what is connected, and all others, in
    /// rows. A row is at most `widest` wide, if that is given.
    pub(super) fn arrange(
        &self,
        boxes: &[(ElementId, Size)],
        widest: Option<f64>,
        gap: f64,
    ) -> Rows {
        let ids: Vec<ElementId> = boxes.iter().map(|(id, _)| *id).collect();
        let sizes: Vec<Size> = boxes.iter().map(|(_, size)| *size).collect();
        let pairs = self.between(&ids);
        let parts = parts(sizes.len(), &pairs);
        let blocks: Vec<Rows> = parts
            .iter()
            .map(|part| columns(part, &sizes, &pairs, [self.gap, gap]))
            .collect();
        let block_sizes: Vec<Size> = blocks.iter().map(|block| block.size).collect();
        if widest.is_some_and(|widest| block_sizes.iter().any(|size| size.width > widest)) {
            return in_rows(&sizes, widest, gap);
        }
        let rows = in_rows(&block_sizes, widest, gap);
        let mut corners = vec![Point::ZERO; sizes.len()];
        for ((part, block), at) in parts.iter().zip(&blocks).zip(&rows.corners) {
            for (number, corner) in part.iter().zip(&block.corners) {
                if let Some(place) = corners.get_mut(*number) {
                    *place = *corner + at.to_vec2();
                }
            }
        }
        Rows {
            corners,
            size: rows.size,
        }
    }
}

/// The width of the letters of a line's text.
fn text_width(line: &Element) -> f64 {
    let text = text_layout(line);
    let lines = text.iter().flat_map(|text| &text.layout.lines);
    let widths = lines.map(|line| {
        let start = line
            .runs
            .iter()
            .map(|run| run.x)
            .fold(f64::INFINITY, f64::min);
        let end = line.runs.iter().map(|run| run.end).fold(0.0, f64::max);
        (end - start).max(0.0)
    });
    widths.fold(0.0, f64::max)
}

/// The numbers of boxes that are connected with each other, each part in order.
fn parts(count: usize, pairs: &[[usize; 2]]) -> Vec<Vec<usize>> {
    let mut part: Vec<usize> = (0..count).collect();
    for [from, to] in pairs {
        let (Some(one), Some(other)) = (part.get(*from).copied(), part.get(*to).copied()) else {
            continue;
        };
        let (low, high) = (one.min(other), one.max(other));
        part.iter_mut()
            .filter(|it| **it == high)
            .for_each(|it| *it = low);
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, part) in part.into_iter().enumerate() {
        parts.entry(part).or_default().push(number);
    }
    parts.into_values().collect()
}

/// The column of each box of a part: one beyond those from which lines lead to it. Where lines lead in
/// a circle, the box that was named first begins.
fn layers(part: &[usize], pairs: &[[usize; 2]]) -> BTreeMap<usize, usize> {
    let mut layers: BTreeMap<usize, usize> = BTreeMap::new();
    while layers.len() < part.len() {
        let open = || part.iter().filter(|number| !layers.contains_key(number));
        let before = |number: usize| {
            let into = pairs.iter().filter(move |[_, to]| *to == number);
            into.map(|[from, _]| layers.get(from).copied())
        };
        let is_free = |number: &&usize| before(**number).all(|layer| layer.is_some());
        let goes_on = |number: &&usize| before(**number).any(|layer| layer.is_some());
        let next = open().find(is_free).or_else(|| open().find(goes_on));
        let Some(next) = next.or_else(|| open().next()).copied() else {
            break;
        };
        let last = before(next).flatten().max();
        layers.insert(next, last.map_or(0, |last| last + 1));
    }
    layers
}

/// Puts the boxes of a part in columns. The gaps are those between columns and within them.
fn columns(part: &[usize], sizes: &[Size], pairs: &[[usize; 2]], gaps: [f64; 2]) -> Rows {
    let [across, down] = gaps;
    let size = |number: usize| sizes.get(number).copied().unwrap_or_default();
    let mut columns: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, layer) in layers(part, pairs) {
        columns.entry(layer).or_default().push(number);
    }
    // The middles of the boxes that have their place, with the middle of each column at 0.
    let mut middles: BTreeMap<usize, f64> = BTreeMap::new();
    let mut places: BTreeMap<usize, Point> = BTreeMap::new();
    let (mut x, mut highest) = (0.0, 0.0_f64);
    for column in columns.values_mut() {
        let aim = |number: &usize| {
            let into = pairs.iter().filter(|[_, to]| to == number);
            let from: Vec<f64> = into
                .filter_map(|[from, _]| middles.get(from).copied())
                .collect();
            from.iter().sum::<f64>() / from.len().max(1) as f64
        };
        column.sort_by(|one, other| aim(one).total_cmp(&aim(other)));
        let gaps = down * column.len().saturating_sub(1) as f64;
        let height = gaps
            + column
                .iter()
                .map(|number| size(*number).height)
                .sum::<f64>();
        let width = column
            .iter()
            .map(|number| size(*number).width)
            .fold(0.0, f64::max);
        let mut y = -height / 2.0;
        for number in column.iter() {
            let own = size(*number);
            places.insert(*number, Point::new(x + (width - own.width) / 2.0, y));
            middles.insert(*number, y + own.height / 2.0);
            y += own.height + down;
        }
        highest = highest.max(height);
        x += width + across;
    }
    let shift = Vec2::new(0.0, highest / 2.0);
    let place = |number: &usize| places.get(number).map_or(Point::ZERO, |at| *at + shift);
    Rows {
        corners: part.iter().map(place).collect(),
        size: Size::new(x - across, highest),
    }
}
