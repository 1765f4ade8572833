//! What another person has selected, what they do to it, and where they point
//! with the laser.

use std::collections::VecDeque;

use crate::id::{ElementId, Millis};
use crate::model::{NewElement, Transform};
use crate::protocol::LiveItem;

/// A gesture that nothing was heard of for so long is given up, in milliseconds.
const SILENT_MS: Millis = 10_000;
/// How long a gesture that ended is shown while its op is on its way, in
/// milliseconds; the op ends it at once.
const ENDED_MS: Millis = 2_000;
/// How long a point of a laser's trail glows, in milliseconds.
pub const LASER_MS: Millis = 1_200;
/// Points of one trail that are kept, whatever their age.
const MAX_TRAIL: usize = 2_000;

/// A point of a laser's trail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaserPoint {
    /// Where, in board units.
    pub at: [f32; 2],
    /// When it was heard of; it is gone after [`LASER_MS`].
    pub since: Millis,
    /// Whether a new trail begins here.
    pub first: bool,
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Touch {
    pub(super) selected: Vec<ElementId>,
    pub(super) transform: Option<Transform>,
    pub(super) draft: Option<Box<NewElement>>,
    pub(super) laser: VecDeque<LaserPoint>,
    laser_breaks: bool,
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
                self.until = now + SILENT_MS;
            }
            LiveItem::Draft(Some(draft)) => {
                self.draft = Some(draft);
                self.until = now + SILENT_MS;
            }
            // What was begun stays until the op shows it, or for a moment.
            LiveItem::Transform(None) | LiveItem::Draft(None) => self.until = now + ENDED_MS,
            LiveItem::Laser(points) => self.shine(&points, now),
            LiveItem::Cursor(_)
            | LiveItem::Begin { .. }
            | LiveItem::Ink { .. }
            | LiveItem::End { .. } => {}
        }
    }

    fn shine(&mut self, points: &[[f32; 2]], now: Millis) {
        if points.is_empty() {
            self.laser_breaks = true;
        }
        for at in points {
            self.laser.push_back(LaserPoint {
                at: *at,
                since: now,
                first: std::mem::take(&mut self.laser_breaks) || self.laser.is_empty(),
            });
        }
        let excess = self.laser.len().saturating_sub(MAX_TRAIL);
        self.laser.drain(..excess);
    }

    /// An element is on the board as somebody left it: a gesture with it is over.
    pub(super) fn element_changed(&mut self, id: ElementId) {
        self.draft.take_if(|draft| draft.id == id);
        if self.selected.contains(&id) {
            self.transform = None;
        }
    }

    /// Gives up what is too old; tells whether anything was.
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
