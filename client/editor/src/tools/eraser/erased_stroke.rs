//! A stroke under the eraser: which ranges are erased, and which remain.

use std::sync::Arc;

use shared::model::layout::{InkSample, ink_samples};
use shared::model::{Body, Element, ErasedRange};

use super::covered_ranges::{Sweep, length, united};

/// Ranges that remain beside an erased range are erased too if they are shorter than this share of
/// the disc's radius.
const REMNANT_SHARE: f64 = 0.25;

/// A stroke under the eraser.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ErasedStroke {
    /// The element as it was when it was measured.
    element: Arc<Element>,
    track: Vec<InkSample>,
    erased: Vec<ErasedRange>,
    /// The longest range that is erased as a remnant, in board units.
    max_remnant: f64,
}

impl ErasedStroke {
    /// Measures a stroke for a disc of `radius` board units. `None` for other elements, and for
    /// dots, which have no parts.
    pub(super) fn of(element: &Arc<Element>, radius: f64) -> Option<Self> {
        let track = ink_samples(element, radius / 8.0);
        (track.len() > 1).then(|| Self {
            element: Arc::clone(element),
            track,
            erased: Vec::new(),
            max_remnant: radius * REMNANT_SHARE,
        })
    }

    /// Measures the stroke again if another user changed it.
    pub(super) fn followed(self, element: &Arc<Element>, radius: f64) -> Option<Self> {
        if Arc::ptr_eq(&self.element, element) {
            return Some(self);
        }
        let erased = self.erased;
        Self::of(element, radius).map(|stroke| Self { erased, ..stroke })
    }

    /// Erases the ranges that the sweep covers. Returns whether a visible range was erased.
    pub(super) fn erase(&mut self, sweep: &Sweep) -> bool {
        let covered = sweep.covered(&self.track);
        let remaining = self.remaining();
        // Only ranges that are still visible are new.
        let new: Vec<ErasedRange> = covered
            .into_iter()
            .filter(|range| remaining.iter().any(|shown| overlap(range, shown)))
            .collect();
        if new.is_empty() {
            return false;
        }
        let erased = std::mem::take(&mut self.erased);
        self.erased = united(erased.into_iter().chain(new).collect());
        self.drop_remnants();
        true
    }

    /// The ranges that this eraser has erased so far.
    pub(super) fn erased_ranges(&self) -> &[ErasedRange] {
        &self.erased
    }

    /// Whether nothing of the stroke is visible any more.
    pub(super) fn is_gone(&self) -> bool {
        self.remaining().is_empty()
    }

    /// The visible ranges, ascending.
    fn remaining(&self) -> Vec<ErasedRange> {
        let Body::Stroke(stroke) = &self.element.body else {
            return Vec::new();
        };
        let mut remaining = stroke.visible();
        for [from, to] in &self.erased {
            let mut rest = Vec::new();
            for [start, end] in remaining {
                let parts = [[start, end.min(*from)], [start.max(*to), end]];
                rest.extend(parts.into_iter().filter(|[start, end]| start < end));
            }
            remaining = rest;
        }
        remaining
    }

    /// Erases short ranges beside the erased ones too.
    fn drop_remnants(&mut self) {
        let beside =
            |rest: &ErasedRange, erased: &ErasedRange| rest[0] <= erased[1] && erased[0] <= rest[1];
        let remnants: Vec<ErasedRange> = self
            .remaining()
            .into_iter()
            .filter(|rest| self.erased.iter().any(|range| beside(rest, range)))
            .filter(|rest| length(&self.track, *rest) < self.max_remnant)
            .collect();
        let erased = std::mem::take(&mut self.erased);
        self.erased = united(erased.into_iter().chain(remnants).collect());
    }
}

fn overlap(a: &ErasedRange, b: &ErasedRange) -> bool {
    a[0] < b[1] && b[0] < a[1]
}
