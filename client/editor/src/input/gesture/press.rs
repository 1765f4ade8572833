//! Presses that mean more than themselves: double ones and long ones.
//!
//! Knows when and where the pointer went down. It must not know what is there.

use shared::geometry::ScreenPoint;
use shared::id::Millis;

use super::Work;
use crate::input::{Pointer, PointerKind};

/// The second press of a double press comes within this time of the first.
const DOUBLE_MS: Millis = 400;
/// And this near to it, in CSS pixels; fingers aim less well.
const DOUBLE_PX: f64 = 6.0;
const DOUBLE_TOUCH_PX: f64 = 24.0;
/// A finger that rests so long asks for the menu.
const LONG_MS: Millis = 500;
/// It rests as long as it moves less than this, in CSS pixels.
const STILL_PX: f64 = 8.0;

/// What it means when a finger rests where it touched down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Hold {
    /// What the tool makes of it.
    #[default]
    Tool,
    /// It asks what can be done here.
    Menu,
}

#[derive(Clone, Copy, Debug)]
struct Press {
    kind: PointerKind,
    at: ScreenPoint,
    time: Millis,
    count: u8,
}

/// The press that the next one may be the second of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Presses {
    last: Option<Press>,
}

impl Presses {
    /// A press begins: 1 if it stands by itself, 2 if it is the second of two.
    pub(super) fn count(&mut self, pointer: &Pointer) -> u8 {
        let reach = match pointer.kind {
            PointerKind::Touch => DOUBLE_TOUCH_PX,
            PointerKind::Mouse | PointerKind::Pen => DOUBLE_PX,
        };
        let doubles = self.last.take().is_some_and(|last| {
            last.count == 1
                && last.kind == pointer.kind
                && pointer.time.saturating_sub(last.time) <= DOUBLE_MS
                && last.at.distance(pointer.at) <= reach
        });
        let count = if doubles { 2 } else { 1 };
        self.last = Some(Press {
            kind: pointer.kind,
            at: pointer.at,
            time: pointer.time,
            count,
        });
        count
    }

    /// The press ended this far from where it began, in CSS pixels: a drag is no press.
    pub(super) fn lifted(&mut self, farthest_px: f64) {
        self.last.take_if(|_| farthest_px > STILL_PX);
    }

    /// What was pressed was not meant.
    pub(super) fn forget(&mut self) {
        self.last = None;
    }
}

impl Work {
    /// Whether it is a finger that has rested long enough to ask for the menu.
    pub(super) fn asks_for_menu(&self, now: Millis) -> bool {
        self.hold == Hold::Menu
            && self.kind == PointerKind::Touch
            && self.farthest_px < STILL_PX
            && now.saturating_sub(self.since) >= LONG_MS
    }
}
