//! A steadier hand, for those who wish it.
//!
//! Knows places only. It must not know pressure or ink.

use shared::geometry::BoardPoint;

use crate::prefs::MAX_STABILISER;
use crate::view::camera::Camera;

/// The most that a slow hand may be held back.
const STIFFEST: f64 = 0.9;
/// A hand that is so far behind the pointer, in CSS pixels, is fast.
const FAST_HOP_PX: f64 = 40.0;

/// Steadies a hand beyond what each needs, as its owner wishes. A slow hand lags
/// behind the pointer, a fast one hardly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stabiliser {
    /// Share of the way that a slow hand does not follow, 0.0 ..= [`STIFFEST`].
    stiffness: f64,
    hand: Option<BoardPoint>,
}

impl Stabiliser {
    pub(super) fn new(wished: u8) -> Self {
        let wished = f64::from(wished.min(MAX_STABILISER)) / f64::from(MAX_STABILISER);
        Self {
            stiffness: STIFFEST * wished,
            hand: None,
        }
    }

    /// Where the hand is drawn when the pointer is at `place`.
    pub(super) fn next(&mut self, place: BoardPoint, camera: &Camera) -> BoardPoint {
        let hand = self.hand.map_or(place, |hand| {
            let hop_px = hand.distance(place) * camera.zoom();
            let slow = 1.0 - (hop_px / FAST_HOP_PX).clamp(0.0, 1.0);
            let follow = 1.0 - self.stiffness * slow;
            BoardPoint::new(
                hand.x + (place.x - hand.x) * follow,
                hand.y + (place.y - hand.y) * follow,
            )
        });
        self.hand = Some(hand);
        hand
    }

    /// Whether it holds the hand back at all.
    pub(super) fn is_behind(&self) -> bool {
        self.stiffness > 0.0
    }
}
