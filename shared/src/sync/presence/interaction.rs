//! The selection of another person, their gesture with it, and their laser.

use std::collections::VecDeque;

use crate::id::{ElementId, Millis};
use crate::model::{NewElement, Transform};
use crate::protocol::LiveUpdate;

/// A gesture is dropped after this much silence, in milliseconds.
const SILENT_MS: Millis = 10_000;
/// How long a gesture stays visible after its end, in milliseconds, unless its op comes
/// earlier.
const ENDED_MS: Millis = 2_000;
/// How long a point of a laser trail is visible, in milliseconds.
pub const LASER_MS: Millis = 1_200;
/// The most points of one trail.
const MAX_TRAIL: usize = 2_000;

/// A point of a laser trail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaserPoint {
    /// Its position, in board units.
    pub at: [f32; 2],
    /// When it arrived; it vanishes after [`LASER_MS`].
    pub since: Millis,
    /// Whether a new trail begins here.
    pub first: bool,
}

/// Another person's selection, gesture and laser.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Interaction {
    pub(super) selected: Vec<ElementId>,
    pub(super) transform: Option<Transform>,
    pub(super) draft: Option<Box<NewElement>>,
    pub(super) laser: VecDeque<LaserPoint>,
    next_begins_trail: bool,
    until: Millis,
}

impl Interaction {
    pub(super) fn receive(&mut self, item: LiveUpdate, now: Millis) {
        match item {
            LiveUpdate::Select(ids) => {
                self.selected = ids;
                self.transform = None;
            }
            LiveUpdate::Transform(Some(transform)) => {
                self.transform = Some(transform);
                self.until = now + SILENT_MS;
            }
            LiveUpdate::Draft(Some(draft)) => {
                self.draft = Some(draft);
                self.until = now + SILENT_MS;
            }
            // The preview stays until the op shows the result, or for a moment.
            LiveUpdate::Transform(None) | LiveUpdate::Draft(None) => self.until = now + ENDED_MS,
            LiveUpdate::Laser(points) => self.extend_laser(&points, now),
            LiveUpdate::Cursor(_)
            | LiveUpdate::Begin { .. }
            | LiveUpdate::Ink { .. }
            | LiveUpdate::End { .. }
            | LiveUpdate::Say(_)
            | LiveUpdate::React { .. }
            | LiveUpdate::Writing(_)
            | LiveUpdate::Hand(_)
            | LiveUpdate::Follow(_)
            | LiveUpdate::View(_)
            | LiveUpdate::Gather { .. } => {}
        }
    }

    fn extend_laser(&mut self, points: &[[f32; 2]], now: Millis) {
        if points.is_empty() {
            self.next_begins_trail = true;
        }
        for at in points {
            self.laser.push_back(LaserPoint {
                at: *at,
                since: now,
                first: std::mem::take(&mut self.next_begins_trail) || self.laser.is_empty(),
            });
        }
        let excess = self.laser.len().saturating_sub(MAX_TRAIL);
        self.laser.drain(..excess);
    }

    /// An element changed on the board: a gesture with it is over.
    pub(super) fn element_changed(&mut self, id: ElementId) {
        self.draft.take_if(|draft| draft.id == id);
        if self.selected.contains(&id) {
            self.transform = None;
        }
    }

    /// Drops live updates that are too old. Returns whether anything was dropped.
    pub(super) fn expire(&mut self, now: Millis) -> bool {
        let trail = self.laser.len();
        self.laser.retain(|point| point.since + LASER_MS > now);
        let over = self.until <= now && (self.transform.is_some() || self.draft.is_some());
        if over {
            self.transform = None;
            self.draft = None;
        }
        over || trail != self.laser.len()
    }

    pub(super) fn next_expiry(&self) -> Option<Millis> {
        let gesture = self.transform.is_some() || self.draft.is_some();
        let gesture = gesture.then_some(self.until);
        let trail = self.laser.front().map(|point| point.since + LASER_MS);
        gesture.into_iter().chain(trail).min()
    }
}
