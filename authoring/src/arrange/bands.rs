//! Bands: the rows of boxes, or their columns, that are found by how the boxes overlap.
//!
//! All functions look along one axis: bands along the vertical axis are rows.

use shared::geometry::BoardRect;
use shared::model::align::Axis;

use super::placing::GAP;

/// The least length of a box along an axis, for texts without letters.
const MIN_LENGTH: f64 = 1.0;
/// Gaps that differ by less are even, since coordinates are rounded.
const EVEN: f64 = 0.01;
/// Smaller gaps are widened, unless all are alike: half of the default.
const NARROW: f64 = GAP / 2.0;
/// Another edge than the preferred one must be so much nearer to being common.
const CLEARLY: f64 = 0.5;

/// Boxes by number, in the order of the axis.
pub(super) type Band = Vec<usize>;

/// The part of an axis that a box takes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    pub(super) start: f64,
    pub(super) length: f64,
}

impl Span {
    pub(super) fn end(self) -> f64 {
        self.start + self.length
    }

    pub(super) fn at(self, part: f64) -> f64 {
        self.start + part * self.length
    }

    /// Whether the shorter span has its middle in the other one: at least half of it lies there.
    fn meets(self, other: Self) -> bool {
        let (short, long) = if self.length < other.length {
            (self, other)
        } else {
            (other, self)
        };
        let middle = short.at(0.5);
        long.start < middle && middle < long.end()
    }

    fn around(self, other: Self) -> Self {
        let start = self.start.min(other.start);
        let length = self.end().max(other.end()) - start;
        Self { start, length }
    }
}

/// The spans of all boxes along an axis.
pub(super) fn spans(rects: &[BoardRect], axis: Axis) -> Vec<Span> {
    let spans = rects.iter().map(|rect| {
        let (start, end) = axis.span(*rect);
        let length = (end - start).max(MIN_LENGTH);
        Span { start, length }
    });
    spans.collect()
}

/// The span of one box.
pub(super) fn span(spans: &[Span], number: usize) -> Span {
    spans.get(number).copied().unwrap_or_default()
}

/// The span of a band.
pub(super) fn whole(spans: &[Span], band: &[usize]) -> Span {
    let all = band.iter().map(|number| span(spans, *number));
    all.reduce(Span::around).unwrap_or_default()
}

/// The bands of boxes that meet each other, directly or through others.
pub(super) fn chained(spans: &[Span]) -> Vec<Band> {
    let mut left: Vec<usize> = sorted(spans);
    let mut bands = Vec::new();
    while let Some(first) = left.first().copied() {
        left.remove(0);
        let mut band = vec![first];
        let mut looked_at = 0;
        while let Some(number) = band.get(looked_at).copied() {
            let meets = |other: &usize| span(spans, number).meets(span(spans, *other));
            band.extend(left.iter().copied().filter(meets));
            left.retain(|other| !meets(other));
            looked_at += 1;
        }
        bands.push(band);
    }
    bands.sort_by(|a, b| middle(whole(spans, a)).total_cmp(&middle(whole(spans, b))));
    bands
}

/// The bands of boxes that meet the first box of their band. They are more than those of
/// [`chained`] where boxes lie in a heap.
pub(super) fn parted(spans: &[Span]) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for number in sorted(spans) {
        let own = span(spans, number);
        let last = bands.last_mut();
        let joined = last.filter(|band| {
            let first = band.first();
            first.is_some_and(|first| span(spans, *first).meets(own))
        });
        match joined {
            Some(band) => band.push(number),
            None => bands.push(vec![number]),
        }
    }
    bands
}

/// The boxes in the order of their middles.
fn sorted(spans: &[Span]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by(|a, b| middle(span(spans, *a)).total_cmp(&middle(span(spans, *b))));
    order
}

fn middle(span: Span) -> f64 {
    span.at(0.5)
}

/// Sorts the boxes of a band by their middles along another axis, and by those along its own axis
/// where they are the same.
pub(super) fn sort(band: &mut Band, along: &[Span], across: &[Span]) {
    let middles = |number: usize| (middle(span(along, number)), middle(span(across, number)));
    band.sort_by(|a, b| {
        let (a, b) = (middles(*a), middles(*b));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
}

/// The starts of all boxes, if their bands follow each other from 0 on with even gaps. The boxes of a
/// band get an edge or their middles in line.
pub(super) fn in_bands(spans: &[Span], bands: &[Band]) -> Vec<f64> {
    let wholes: Vec<Span> = bands.iter().map(|band| whole(spans, band)).collect();
    let gap = even_gap(&gaps(&wholes));
    let mut starts = vec![0.0; spans.len()];
    let mut next = 0.0;
    for band in bands {
        let own: Vec<Span> = band.iter().map(|number| span(spans, *number)).collect();
        let longest = own.iter().fold(0.0_f64, |most, it| most.max(it.length));
        let edge = common_edge(&own, Edge::Middle).part();
        for (number, span) in band.iter().zip(own) {
            if let Some(start) = starts.get_mut(*number) {
                *start = next + edge * (longest - span.length);
            }
        }
        next += longest + gap;
    }
    starts
}

/// The gaps between spans that follow each other.
pub(super) fn gaps(spans: &[Span]) -> Vec<f64> {
    let pairs = spans.iter().zip(spans.iter().skip(1));
    pairs.map(|(one, next)| next.start - one.end()).collect()
}

/// The gap that is usual among these, or the default where boxes overlap or stand close.
pub(super) fn even_gap(gaps: &[f64]) -> f64 {
    let Some(usual) = median(gaps) else {
        return GAP;
    };
    let is_even = gaps.iter().all(|gap| (gap - usual).abs() < EVEN) && usual > -EVEN;
    if is_even || usual >= NARROW {
        usual.max(0.0)
    } else {
        GAP
    }
}

/// What boxes of a line can have in common, as a part of their length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Edge {
    Start,
    Middle,
    End,
}

impl Edge {
    pub(super) const fn part(self) -> f64 {
        match self {
            Self::Start => 0.0,
            Self::Middle => 0.5,
            Self::End => 1.0,
        }
    }
}

/// The edge that spans nearly have in common: the preferred one, unless another is clearly nearer.
pub(super) fn common_edge(spans: &[Span], preferred: Edge) -> Edge {
    let off = |edge: Edge| {
        let edges: Vec<f64> = spans.iter().map(|it| it.at(edge.part())).collect();
        let usual = median(&edges).unwrap_or_default();
        edges.iter().map(|edge| (edge - usual).abs()).sum::<f64>()
    };
    let all = [Edge::Middle, Edge::Start, Edge::End].into_iter();
    let nearest = all.min_by(|a, b| off(*a).total_cmp(&off(*b)));
    let nearest = nearest.unwrap_or(preferred);
    if off(nearest) < CLEARLY * off(preferred) {
        nearest
    } else {
        preferred
    }
}

/// The middle one of some numbers; of two middle ones the lower.
fn median(numbers: &[f64]) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) / 2).copied()
}
