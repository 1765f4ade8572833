//! A stroke that parts are rubbed out of: what is gone of it, and what remains.
//!
//! Knows one stroke. It must not know when that becomes an op.

use std::sync::Arc;

use shared::model::place::{AlongInk, ink_line};
use shared::model::{Body, CutSpan, Element};

use super::track::{Sweep, length, united};

/// Stretches that remain beside a cut and are shorter than this share of the disc
/// are crumbs, and go too.
const CRUMB_SHARE: f64 = 0.25;

/// A stroke under the eraser.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Strip {
    /// As it was when it was measured.
    element: Arc<Element>,
    track: Vec<AlongInk>,
    spans: Vec<CutSpan>,
    /// The longest crumb, in board units.
    crumb: f64,
}

impl Strip {
    /// Measures a stroke for a disc of `radius` board units; `None` for what is no
    /// stroke, and for dots, of which there are no parts.
    pub(super) fn of(element: &Arc<Element>, radius: f64) -> Option<Self> {
        let track = ink_line(element, radius / 8.0);
        (track.len() > 1).then(|| Self {
            element: Arc::clone(element),
            track,
            spans: Vec::new(),
            crumb: radius * CRUMB_SHARE,
        })
    }

    /// The same stroke as it is now: somebody may have moved it.
    pub(super) fn followed(self, element: &Arc<Element>, radius: f64) -> Option<Self> {
        if Arc::ptr_eq(&self.element, element) {
            return Some(self);
        }
        let spans = self.spans;
        Self::of(element, radius).map(|strip| Self { spans, ..strip })
    }

    /// Rubs out what the sweep covers; tells whether anything that showed is gone.
    pub(super) fn rub(&mut self, sweep: &Sweep) -> bool {
        let covered = sweep.covered(&self.track);
        let remaining = self.remaining();
        // What others or I rubbed out before needs no cut of its own.
        let new: Vec<CutSpan> = covered
            .into_iter()
            .filter(|span| remaining.iter().any(|shown| overlap(span, shown)))
            .collect();
        if new.is_empty() {
            return false;
        }
        let spans = std::mem::take(&mut self.spans);
        self.spans = united(spans.into_iter().chain(new).collect());
        self.drop_crumbs();
        true
    }

    /// What is rubbed out of it by now.
    pub(super) fn spans(&self) -> &[CutSpan] {
        &self.spans
    }

    /// Whether nothing of it shows any more.
    pub(super) fn is_gone(&self) -> bool {
        self.remaining().is_empty()
    }

    /// What still shows, ascending.
    fn remaining(&self) -> Vec<CutSpan> {
        let Body::Stroke(stroke) = &self.element.body else {
            return Vec::new();
        };
        let mut remaining = stroke.visible();
        for [from, to] in &self.spans {
            let mut rest = Vec::new();
            for [start, end] in remaining {
                let parts = [[start, end.min(*from)], [start.max(*to), end]];
                rest.extend(parts.into_iter().filter(|[start, end]| start < end));
            }
            remaining = rest;
        }
        remaining
    }

    /// Takes along short rests that touch what is rubbed out.
    fn drop_crumbs(&mut self) {
        let beside = |rest: &CutSpan, span: &CutSpan| rest[0] <= span[1] && span[0] <= rest[1];
        let crumbs: Vec<CutSpan> = self
            .remaining()
            .into_iter()
            .filter(|rest| self.spans.iter().any(|span| beside(rest, span)))
            .filter(|rest| length(&self.track, *rest) < self.crumb)
            .collect();
        let spans = std::mem::take(&mut self.spans);
        self.spans = united(spans.into_iter().chain(crumbs).collect());
    }
}

fn overlap(a: &CutSpan, b: &CutSpan) -> bool {
    a[0] < b[1] && b[0] < a[1]
}
