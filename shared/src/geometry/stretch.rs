//! Parts of a stroke, named by positions among its points.
//!
//! Position 2.5 is half way along the curve from the third point to the fourth. It
//! must not know who cuts strokes or why.

use super::ink::InkPoint;
use super::polygon;
use super::smooth::{CentreSample, Fineness, Piece, distinct, pieces, placed_distinct};

/// Into how many lines a curve is cut where only a part of it is wanted; what is
/// left of a stroke keeps its shape.
const PART_STEPS: u16 = 6;

/// The curve between two points of a stroke and the positions of its ends.
struct Placed {
    curve: Piece,
    from: f32,
    to: f32,
}

impl Placed {
    fn at(&self, position: f32) -> CentreSample {
        let t = (position - self.from) / (self.to - self.from);
        self.curve.at(f64::from(t.clamp(0.0, 1.0)))
    }
}

/// The part of the stroke through `points` between two positions: points that give
/// the same ink. Empty where there is nothing.
#[must_use]
pub fn stretch(points: &[InkPoint], from: f32, to: f32) -> Vec<InkPoint> {
    let placed = placed(points);
    if placed.is_empty() {
        return if from <= 0.0 {
            distinct(points)
        } else {
            Vec::new()
        };
    }
    let mut part = Vec::new();
    for piece in &placed {
        let (start, end) = (from.max(piece.from), to.min(piece.to));
        if start >= end {
            continue;
        }
        let whole = start <= piece.from && end >= piece.to;
        let steps = if whole { 1 } else { PART_STEPS };
        if part.is_empty() {
            part.push(ink_point(&piece.at(start)));
        }
        part.extend((1..=steps).map(|step| {
            let share = f32::from(step) / f32::from(steps);
            ink_point(&piece.at(start + (end - start) * share))
        }));
    }
    part
}

/// Samples of the whole stroke with their positions, as close as `fineness` asks.
#[must_use]
pub fn samples(points: &[InkPoint], fineness: Fineness) -> Vec<(f32, CentreSample)> {
    let placed = placed(points);
    let mut samples = Vec::new();
    for piece in &placed {
        if samples.is_empty() {
            samples.push((piece.from, piece.at(piece.from)));
        }
        let length = polygon::length(&piece.curve.hull());
        // Not only true to the curve: no gap must be wider than what rubs it out.
        let by_length = (length / (fineness.tolerance * 8.0)).ceil();
        let steps = piece
            .curve
            .steps(fineness)
            .max(by_length.min(256.0) as usize);
        samples.extend((1..=steps).map(|step| {
            let position = piece.from + (piece.to - piece.from) * step as f32 / steps as f32;
            (position, piece.at(position))
        }));
    }
    samples
}

/// The curves of a stroke. Points in one place are one, so positions may jump there.
fn placed(points: &[InkPoint]) -> Vec<Placed> {
    let kept = placed_distinct(points);
    let ends = kept.iter().skip(1).map(|(place, _)| *place);
    let spans: Vec<(usize, usize)> = kept.iter().map(|(place, _)| *place).zip(ends).collect();
    let kept: Vec<InkPoint> = kept.into_iter().map(|(_, point)| point).collect();
    let mut placed: Vec<Placed> = pieces(&kept)
        .zip(spans)
        .map(|(curve, (from, to))| Placed {
            curve,
            from: from as f32,
            to: to as f32,
        })
        .collect();
    // Whatever follows in the same place belongs to the last curve.
    if let Some(last) = placed.last_mut() {
        last.to = points.len().saturating_sub(1) as f32;
    }
    placed
}

fn ink_point(sample: &CentreSample) -> InkPoint {
    InkPoint::new(sample.position.x, sample.position.y, sample.pressure as f32)
}
