//! Steadies the line of a trembling hand.

use shared::geometry::BoardPoint;

use crate::prefs::MAX_STABILISER;
use crate::view::camera::Camera;

/// The largest share of the way by which a slow hand is held back.
const STIFFEST: f64 = 0.9;
/// A steadied line that lags this far behind the pointer, in CSS pixels, follows fast.
const FAST_HOP_PX: f64 = 40.0;

/// Steadies the line beyond the usual smoothing, by the strength in the preferences. The line lags
/// behind a slow pointer, and hardly behind a fast one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stabiliser {
    /// Share of the way by which the line lags behind a slow pointer, 0.0 ..= [`STIFFEST`].
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

    /// The steadied place when the pointer is at `place`.
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

    /// Whether it does anything.
    pub(super) fn is_behind(&self) -> bool {
        self.stiffness > 0.0
    }
}
