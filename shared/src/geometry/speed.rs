//! What a pointer lacks: a steady hand, and pressure for those that feel none.
//!
//! Both work while drawing, sample by sample; afterwards the ink holds their
//! results and nobody applies them again. Neither reads a clock.

use super::ink::InkPoint;

/// Pressure of the first sample, so that a stroke starts at its nominal width.
const START: f32 = 0.5;
/// Pressure of a pointer that rests, and of one that flies.
const AT_REST: f32 = 0.68;
const AT_SPEED: f32 = 0.2;
/// How fast pressure may follow speed: share of the difference per sample.
const RATE: f32 = 0.22;
/// Hops this much longer than the line is wide are as fast as it gets.
const FAST_HOP_IN_SIZES: f64 = 2.0;
/// Added to that, in CSS pixels: thin lines must not be thin all the time.
const FAST_HOP_PX: f64 = 12.0;

/// Makes up pressure from speed: slow is firm, fast is light, as with a real pen.
#[derive(Clone, Copy, Debug)]
pub struct SpeedPressure {
    pressure: f32,
}

impl SpeedPressure {
    /// Starts a stroke.
    #[must_use]
    pub const fn new() -> Self {
        Self { pressure: START }
    }

    /// The pressure, 0.0 ..= 1.0, of a sample `distance_px` CSS pixels away from
    /// the last one, for a line `size_px` CSS pixels wide. The first sample of a
    /// stroke has distance 0.
    pub fn next(&mut self, distance_px: f64, size_px: f64) -> f32 {
        let fast_hop = FAST_HOP_PX + FAST_HOP_IN_SIZES * size_px.max(0.0);
        let speed = (distance_px / fast_hop).clamp(0.0, 1.0) as f32;
        let target = AT_REST + (AT_SPEED - AT_REST) * speed.sqrt();
        // A hop changes the pressure by its own length, so dense samples of the
        // same movement do not change it more often. A rest changes nothing.
        let share = RATE * (speed * 4.0).min(1.0);
        self.pressure += (target - self.pressure) * share;
        self.pressure
    }
}

impl Default for SpeedPressure {
    fn default() -> Self {
        Self::new()
    }
}

/// How quickly drawn pressure follows the pen: share of the difference per sample.
const PRESSURE_FOLLOW: f32 = 0.5;
/// Samples nearer than this to the last drawn one, in CSS pixels, are only jitter.
const MIN_HOP_PX: f64 = 0.75;
/// A hop this long between two samples, in CSS pixels, is a fast one.
const FAST_HOP: f64 = 24.0;
/// Share of the steadying that a fast hand does without.
const FREEDOM_AT_SPEED: f64 = 0.6;

/// Steadies the hand: each sample is drawn a part of the way toward the pointer.
/// A slow hand, which trembles, gets more help than a fast one, which knows where it goes.
#[derive(Clone, Copy, Debug)]
pub struct Streamline {
    follow: f64,
    /// Where the steadied hand is.
    hand: Option<InkPoint>,
    /// The last sample given out.
    drawn: Option<InkPoint>,
    pointer: Option<InkPoint>,
}

impl Streamline {
    /// For pens and fingers: they are steady already.
    #[must_use]
    pub const fn for_pen_or_touch() -> Self {
        Self::with_strength(0.55)
    }

    /// For mice: they jitter more, and tell whole pixels only.
    #[must_use]
    pub const fn for_mouse() -> Self {
        Self::with_strength(0.75)
    }

    /// Steadies a slow hand by `strength`, 0.0 (hardly) ..= 1.0 (strongly). Above
    /// about 0.8 letters lose their corners.
    #[must_use]
    pub const fn with_strength(strength: f64) -> Self {
        let follow = 0.15 + 0.85 * (1.0 - strength.clamp(0.0, 1.0));
        Self {
            follow,
            hand: None,
            drawn: None,
            pointer: None,
        }
    }

    /// The sample to draw for the pointer at `point`, where one CSS pixel is
    /// `pixel` board units long. None when it lies too near to the last one.
    pub fn next(&mut self, point: InkPoint, pixel: f64) -> Option<InkPoint> {
        self.pointer = Some(point);
        let hand = self.hand.map_or(point, |hand| {
            let hop_px = hand.position().distance(point.position()) / pixel.max(f64::MIN_POSITIVE);
            let freedom = FREEDOM_AT_SPEED * (hop_px / FAST_HOP).clamp(0.0, 1.0);
            let follow = self.follow + (1.0 - self.follow) * freedom;
            InkPoint {
                x: hand.x + (point.x - hand.x) * follow,
                y: hand.y + (point.y - hand.y) * follow,
                pressure: hand.pressure + (point.pressure - hand.pressure) * PRESSURE_FOLLOW,
            }
        });
        self.hand = Some(hand);
        let near =
            |drawn: InkPoint| drawn.position().distance(hand.position()) < MIN_HOP_PX * pixel;
        if self.drawn.is_some_and(near) {
            return None;
        }
        self.drawn = Some(hand);
        Some(hand)
    }

    /// Ends the stroke: the last sample, exactly where the pointer was lifted, if
    /// the line has not arrived there yet.
    pub fn finish(&mut self) -> Option<InkPoint> {
        let (pointer, drawn, hand) = (self.pointer.take()?, self.drawn.take()?, self.hand.take()?);
        let arrived = pointer.position() == drawn.position();
        (!arrived).then_some(InkPoint {
            pressure: hand.pressure,
            ..pointer
        })
    }
}
