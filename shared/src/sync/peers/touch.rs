//! The selection of another person, their gesture with it, and their laser trail.

use std::collections::VecDeque;

use crate::id::{ElementId, Millis};
use crate::model::{NewElement, Transform};
use crate::protocol::LiveItem;

/// A gesture without updates for this long is given up, in milliseconds.
const ABANDONED_AFTER_MS: Millis = 10_000;
/// How long an ended gesture stays visible while its op is on its way, in milliseconds. The op ends
/// it at once.
const OP_WAIT_MS: Millis = 2_000;
/// How long a point of a laser trail is visible, in milliseconds.
pub const LASER_MS: Millis = 1_200;
/// The greatest number of points of one trail, whatever their age.
const MAX_TRAIL_POINTS: usize = 2_000;

/// A point of a laser trail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaserPoint {
    /// The position in board units.
    pub at: [f32; 2],
    /// When it arrived. It disappears after [`LASER_MS`].
    pub since: Millis,
    /// Whether a new trail begins here.
    pub first: bool,
}

/// The selection, gesture and laser trail of one person.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Touch {
    pub(super) selected: Vec<ElementId>,
    pub(super) transform: Option<Transform>,
    pub(super) draft: Option<Box<NewElement>>,
    pub(super) laser: VecDeque<LaserPoint>,
    next_begins_trail: bool,
    until: Millis,
}

impl Touch {
    pub(super) fn hear(&mut self, item: LiveItem, now: Millis) {
        match item {
            LiveItem::Select(ids) => {
                self.selected = ids;
                self.transform = None;
            }
            LiveItem::Transform(Some(transform)) => {
                self.transform = Some(transform);
                self.until = now + ABANDONED_AFTER_MS;
            }
            LiveItem::Draft(Some(draft)) => {
                self.draft = Some(draft);
                self.until = now + ABANDONED_AFTER_MS;
            }
            // The preview stays until the op arrives, or for a moment.
            LiveItem::Transform(None) | LiveItem::Draft(None) => self.until = now + OP_WAIT_MS,
            LiveItem::Laser(points) => self.extend_trail(&points, now),
            LiveItem::Cursor(_)
            | LiveItem::Begin { .. }
            | LiveItem::Ink { .. }
            | LiveItem::End { .. } => {}
        }
    }

    fn extend_trail(&mut self, points: &[[f32; 2]], now: Millis) {
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
        let excess = self.laser.len().saturating_sub(MAX_TRAIL_POINTS);
        self.laser.drain(..excess);
    }

    /// The element was committed, so a gesture with it is over.
    pub(super) fn element_changed(&mut self, id: ElementId) {
        self.draft.take_if(|draft| draft.id == id);
        if self.selected.contains(&id) {
            self.transform = None;
        }
    }

    /// Drops expired points and gestures. Returns whether anything changed.
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
