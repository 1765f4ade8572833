//! Double presses and long presses.

use shared::geometry::ScreenPoint;
use shared::id::Millis;

use super::ActivePointer;
use crate::input::{Pointer, PointerKind};

/// The second press of a double press comes within this time of the first.
const DOUBLE_MS: Millis = 400;
/// The second press is at most this far from the first, in CSS pixels; fingers aim less well.
const DOUBLE_PX: f64 = 6.0;
const DOUBLE_TOUCH_PX: f64 = 24.0;
/// A finger that rests for this long opens the menu.
const LONG_MS: Millis = 500;
/// A finger rests while it moves less than this, in CSS pixels.
const STILL_PX: f64 = 8.0;

/// The effect of a long press.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LongPress {
    /// The tool gets it, like every other press.
    #[default]
    IsForTool,
    /// It opens the context menu.
    OpensMenu,
}

#[derive(Clone, Copy, Debug)]
struct Press {
    kind: PointerKind,
    at: ScreenPoint,
    time: Millis,
    count: u8,
}

/// The last press, to which the next one may be the second.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Presses {
    last: Option<Press>,
}

impl Presses {
    /// A press begins. Returns 1 for a single press, 2 for the second of a double press.
    pub(super) fn count(&mut self, pointer: &Pointer) -> u8 {
        let tolerance = match pointer.kind {
            PointerKind::Touch => DOUBLE_TOUCH_PX,
            PointerKind::Mouse | PointerKind::Pen => DOUBLE_PX,
        };
        let doubles = self.last.take().is_some_and(|last| {
            last.count == 1
                && last.kind == pointer.kind
                && pointer.time.saturating_sub(last.time) <= DOUBLE_MS
                && last.at.distance(pointer.at) <= tolerance
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

    /// Forgets the last press: the next one is not the second of a double press.
    pub(super) fn forget(&mut self) {
        self.last = None;
    }
}

impl ActivePointer {
    /// Whether a finger has rested long enough to open the menu.
    pub(super) fn asks_for_menu(&self, now: Millis) -> bool {
        self.long_press == LongPress::OpensMenu
            && self.kind == PointerKind::Touch
            && self.farthest_px < STILL_PX
            && now.saturating_sub(self.since) >= LONG_MS
    }
}
