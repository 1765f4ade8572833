//! Parts of a stroke, given by positions among its points.
//!
//! Position 2.5 is half way along the curve from the third point to the fourth.

use super::centre_line::{
    CentreSample, CurveSegment, Fineness, distinct, distinct_with_index, segments,
};
use super::ink::InkPoint;
use super::polyline;
use crate::limits::MAX_INK_SAMPLES;

/// Number of line segments for a curve of which only a part is used, so that the rest of a stroke
/// keeps its shape.
const PART_SEGMENTS: u16 = 6;

/// The curve between two points of a stroke, and the positions of its ends.
struct CurveRange {
    curve: CurveSegment,
    from: f32,
    to: f32,
}

impl CurveRange {
    fn at(&self, position: f32) -> CentreSample {
        let t = (position - self.from) / (self.to - self.from);
        self.curve.at(f64::from(t.clamp(0.0, 1.0)))
    }

    /// The number of samples.
    fn steps(&self, fineness: Fineness) -> usize {
        let length = polyline::length(&self.curve.hull());
        // The distance between samples also matters: no gap may be wider than the eraser.
        let by_length = (length / (fineness.tolerance * 8.0)).ceil();
        self.curve
            .steps(fineness)
            .max(by_length.min(256.0) as usize)
    }
}

/// The parts of the stroke through `points` between pairs of ascending positions, as points that
/// give the same ink. A part without ink is empty.
#[must_use]
pub fn extract_ranges(points: &[InkPoint], spans: &[[f32; 2]]) -> Vec<Vec<InkPoint>> {
    let curves = curves_of(points);
    if curves.is_empty() {
        let dot = |span: &[f32; 2]| match span {
            [from, _] if *from <= 0.0 => distinct(points),
            _ => Vec::new(),
        };
        return spans.iter().map(dot).collect();
    }
    let mut left = curves.as_slice();
    let part = |span: &[f32; 2]| {
        let [from, to] = *span;
        // A curve that ends before this range ends before all later ranges.
        let over = left.iter().take_while(|curve| curve.to <= from).count();
        left = left.get(over..).unwrap_or_default();
        points_between(left, from, to)
    };
    spans.iter().map(part).collect()
}

/// The part of the curves between two positions.
fn points_between(curves: &[CurveRange], from: f32, to: f32) -> Vec<InkPoint> {
    let mut part = Vec::new();
    for curve in curves.iter().take_while(|curve| curve.from < to) {
        let (start, end) = (from.max(curve.from), to.min(curve.to));
        if start >= end {
            continue;
        }
        let whole = start <= curve.from && end >= curve.to;
        let steps = if whole { 1 } else { PART_SEGMENTS };
        if part.is_empty() {
            part.push(ink_point(&curve.at(start)));
        }
        part.extend((1..=steps).map(|step| {
            let share = f32::from(step) / f32::from(steps);
            ink_point(&curve.at(start + (end - start) * share))
        }));
    }
    part
}

/// Samples of the whole stroke with their positions, as fine as `fineness` requests, or as fine as
/// [`MAX_INK_SAMPLES`] allows.
#[must_use]
pub fn samples(points: &[InkPoint], fineness: Fineness) -> Vec<(f32, CentreSample)> {
    let curves = curves_of(points);
    let wanted: usize = curves.iter().map(|curve| curve.steps(fineness)).sum();
    let share = (MAX_INK_SAMPLES as f64 / wanted.max(1) as f64).min(1.0);
    let mut samples = Vec::with_capacity(wanted.min(MAX_INK_SAMPLES) + curves.len() + 1);
    for curve in &curves {
        if samples.is_empty() {
            samples.push((curve.from, curve.at(curve.from)));
        }
        let steps = ((curve.steps(fineness) as f64 * share).ceil() as usize).max(1);
        samples.extend((1..=steps).map(|step| {
            let position = curve.from + (curve.to - curve.from) * step as f32 / steps as f32;
            (position, curve.at(position))
        }));
    }
    samples
}

/// The curves of a stroke. Points in one place are merged, so positions may jump there.
fn curves_of(points: &[InkPoint]) -> Vec<CurveRange> {
    #[cfg(test)]
    crate::tally::record(crate::tally::CostlyWork::Curves);
    let kept = distinct_with_index(points);
    let ends = kept.iter().skip(1).map(|(place, _)| *place);
    let spans: Vec<(usize, usize)> = kept.iter().map(|(place, _)| *place).zip(ends).collect();
    let kept: Vec<InkPoint> = kept.into_iter().map(|(_, point)| point).collect();
    let mut curves: Vec<CurveRange> = segments(&kept)
        .zip(spans)
        .map(|(curve, (from, to))| CurveRange {
            curve,
            from: from as f32,
            to: to as f32,
        })
        .collect();
    // Points in the same place as the last one belong to the last curve.
    if let Some(last) = curves.last_mut() {
        last.to = points.len().saturating_sub(1) as f32;
    }
    curves
}

fn ink_point(sample: &CentreSample) -> InkPoint {
    InkPoint::new(sample.position.x, sample.position.y, sample.pressure as f32)
}
