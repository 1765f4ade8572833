//! The fingers on the screen: pinches and taps of several fingers.

use shared::geometry::ScreenPoint;
use shared::id::Millis;
use std::collections::BTreeMap;

use super::{Intent, SLOP_PX};
use crate::input::{Pointer, PointerId};
use crate::view::screen::{ScreenVec, midpoint};

/// Fingers that are down longer do not tap.
const TAP_MS: Millis = 300;
/// Fingers that are nearer to each other do not zoom, in CSS pixels.
const NEAREST_PX: f64 = 8.0;

#[derive(Clone, Copy, Debug)]
struct Finger {
    from: ScreenPoint,
    at: ScreenPoint,
}

#[derive(Clone, Copy, Debug)]
struct Tap {
    since: Millis,
    fingers: usize,
}

/// All fingers that are down and not ignored.
#[derive(Clone, Debug, Default)]
pub(super) struct Fingers {
    down: BTreeMap<PointerId, Finger>,
    tap: Option<Tap>,
}

impl Fingers {
    pub(super) fn add(&mut self, pointer: &Pointer) {
        if self.down.is_empty() {
            self.tap = Some(Tap {
                since: pointer.time,
                fingers: 0,
            });
        }
        self.down.insert(
            pointer.id,
            Finger {
                from: pointer.at,
                at: pointer.at,
            },
        );
        if let Some(tap) = &mut self.tap {
            tap.fingers += 1;
        }
    }

    pub(super) fn moved(&mut self, id: PointerId, at: ScreenPoint) {
        let Some(finger) = self.down.get_mut(&id) else {
            return;
        };
        finger.at = at;
        if finger.from.distance(at) > SLOP_PX {
            self.tap = None;
        }
    }

    pub(super) fn remove(&mut self, id: PointerId) {
        self.down.remove(&id);
    }

    pub(super) fn drain(&mut self) -> Vec<PointerId> {
        self.tap = None;
        std::mem::take(&mut self.down).into_keys().collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.down.is_empty()
    }

    /// These fingers do not tap any more.
    pub(super) fn cancel_tap(&mut self) {
        self.tap = None;
    }

    /// The gesture of the tap, once the last finger is lifted.
    pub(super) fn take_tap(&mut self, now: Millis) -> Option<Intent> {
        if !self.down.is_empty() {
            return None;
        }
        let tap = self
            .tap
            .take()
            .filter(|tap| now.saturating_sub(tap.since) <= TAP_MS)?;
        match tap.fingers {
            2 => Some(Intent::Undo),
            3 => Some(Intent::Redo),
            _ => None,
        }
    }
}

/// One step of a pinch: move and zoom together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PinchStep {
    /// How far the centre of the fingers went.
    pub(crate) by: ScreenVec,
    /// The centre after that; the zoom is about it.
    pub(crate) about: ScreenPoint,
    /// The factor by which the distance of the fingers grew.
    pub(crate) scale: f64,
}

/// The centre of two fingers and their distance.
#[derive(Clone, Copy, Debug)]
struct PairPosition {
    centre: ScreenPoint,
    distance: f64,
}

/// Two fingers that move the view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pinch {
    pair: (PointerId, PointerId),
    last: PairPosition,
    stage: Stage,
}

/// Small movements may belong to a tap, which must not move the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Still,
    Moving,
}

impl Pinch {
    /// A pinch of the first two fingers, if there are two.
    pub(super) fn of(fingers: &Fingers) -> Option<Self> {
        let mut ids = fingers.down.keys();
        let pair = (*ids.next()?, *ids.next()?);
        Some(Self {
            pair,
            last: pair_position(fingers, pair)?,
            stage: Stage::Still,
        })
    }

    /// The movement of the fingers since the last step.
    pub(super) fn step(&mut self, fingers: &Fingers) -> Option<PinchStep> {
        let here = pair_position(fingers, self.pair)?;
        if self.stage == Stage::Still {
            let opened = (here.distance - self.last.distance).abs();
            if opened.max(here.centre.distance(self.last.centre)) < SLOP_PX / 2.0 {
                return None;
            }
            self.stage = Stage::Moving;
        }
        let last = std::mem::replace(&mut self.last, here);
        Some(PinchStep {
            by: ScreenVec::between(last.centre, here.centre),
            about: here.centre,
            scale: here.distance / last.distance,
        })
    }
}

fn pair_position(fingers: &Fingers, pair: (PointerId, PointerId)) -> Option<PairPosition> {
    let (a, b) = (fingers.down.get(&pair.0)?.at, fingers.down.get(&pair.1)?.at);
    Some(PairPosition {
        centre: midpoint(a, b),
        distance: a.distance(b).max(NEAREST_PX),
    })
}
