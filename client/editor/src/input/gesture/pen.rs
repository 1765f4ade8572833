//! Whether a pen is in use, and which touches are the palm of the hand that holds it.

use shared::id::Millis;

use crate::input::{Pointer, PointerId};

/// Touches count as the palm for this long after a pen was near.
const PALM_MS: Millis = 500;
/// In pen mode, touches whose contact area is wider or higher than this are palms, in CSS pixels.
const PALM_PX: f64 = 60.0;

/// Whether pens draw and fingers move the view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum PenMode {
    /// No pen was seen: fingers draw.
    #[default]
    Off,
    /// A pen was seen.
    On,
}

/// Which pen is down, and when a pen was last near the screen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PenWatch {
    mode: PenMode,
    down: Option<PointerId>,
    last_near: Option<Millis>,
}

impl PenWatch {
    pub(super) const fn mode(&self) -> PenMode {
        self.mode
    }

    pub(super) fn touched(&mut self, id: PointerId, now: Millis) {
        *self = Self {
            mode: PenMode::On,
            down: Some(id),
            last_near: Some(now),
        };
    }

    pub(super) fn hovered(&mut self, now: Millis) {
        self.last_near = Some(now);
    }

    pub(super) fn lifted(&mut self, now: Millis) {
        self.down = None;
        self.last_near = Some(now);
    }

    pub(super) fn lost(&mut self, id: PointerId) {
        self.down = self.down.filter(|down| *down != id);
    }

    /// Forgets which pen is down, because it may be lifted unseen.
    pub(super) const fn without_pointer(self) -> Self {
        Self { down: None, ..self }
    }

    /// Whether this touch is the hand that holds the pen.
    pub(super) fn is_palm(&self, touch: &Pointer) -> bool {
        let near = self
            .last_near
            .is_some_and(|last| touch.time.saturating_sub(last) <= PALM_MS);
        let large = touch.contact.width.max(touch.contact.height) > PALM_PX;
        self.down.is_some() || near || (self.mode == PenMode::On && large)
    }
}
