//! Filters for input while drawing: pressure for pointers without a pressure sensor, and steadying
//! of the hand.
//!
//! Both work sample by sample while a stroke is drawn. The ink stores their results, and nothing
//! applies them again later. Neither reads a clock.

use super::ink::InkPoint;

/// Pressure of the first sample, at which a stroke has its nominal width.
const START_PRESSURE: f32 = 0.5;
/// Pressure of a pointer at rest, and of one at full speed.
const PRESSURE_AT_REST: f32 = 0.68;
const PRESSURE_AT_SPEED: f32 = 0.2;
/// Share of the difference by which the pressure follows the speed at each sample.
const PRESSURE_RATE: f32 = 0.22;
/// A distance between samples of this many line widths counts as full speed.
const FAST_DISTANCE_IN_WIDTHS: f64 = 2.0;
/// Added to that distance, in CSS pixels, so that thin lines are not thin all the time.
const FAST_DISTANCE_BASE_PX: f64 = 12.0;

/// Computes pressure from speed: slow movement is firm and fast movement is light, as with a real
/// pen.
#[derive(Clone, Copy, Debug)]
pub struct SpeedPressure {
    pressure: f32,
}

impl SpeedPressure {
    /// Starts a stroke.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            pressure: START_PRESSURE,
        }
    }

    /// The pressure, 0.0 ..= 1.0, of a sample that is `distance_px` CSS pixels away from the last
    /// one, for a line `size_px` CSS pixels wide. The first sample of a stroke has distance 0.
    pub fn next(&mut self, distance_px: f64, size_px: f64) -> f32 {
        let fast_hop = FAST_DISTANCE_BASE_PX + FAST_DISTANCE_IN_WIDTHS * size_px.max(0.0);
        let speed = (distance_px / fast_hop).clamp(0.0, 1.0) as f32;
        let target = PRESSURE_AT_REST + (PRESSURE_AT_SPEED - PRESSURE_AT_REST) * speed.sqrt();
        // The change depends on the distance, so that dense samples of the same movement do not
        // change the pressure faster. A pointer at rest changes nothing.
        let share = PRESSURE_RATE * (speed * 4.0).min(1.0);
        self.pressure += (target - self.pressure) * share;
        self.pressure
    }
}

impl Default for SpeedPressure {
    fn default() -> Self {
        Self::new()
    }
}

/// Share of the difference by which the drawn pressure follows the pen at each sample.
const PRESSURE_FOLLOW: f32 = 0.5;
/// Distance to the last drawn sample, in CSS pixels, below which a sample counts as jitter.
const MIN_DISTANCE_PX: f64 = 0.75;
/// Distance between two samples, in CSS pixels, that counts as fast.
const FAST_DISTANCE_PX: f64 = 24.0;
/// Share of the steadying that is left out at full speed.
const LESS_STEADYING_AT_SPEED: f64 = 0.6;

/// Steadies the hand: each drawn sample goes only a part of the way to the pointer. A slow hand
/// trembles and gets more help; a fast hand is precise and gets less.
#[derive(Clone, Copy, Debug)]
pub struct Streamline {
    follow: f64,
    /// Position of the steadied hand.
    hand: Option<InkPoint>,
    /// The last sample returned.
    drawn: Option<InkPoint>,
    pointer: Option<InkPoint>,
}

impl Streamline {
    /// The filter for pens and fingers, which are steady.
    #[must_use]
    pub const fn for_pen_or_touch() -> Self {
        Self::with_strength(0.55)
    }

    /// The filter for mice, which jitter more and report whole pixels only.
    #[must_use]
    pub const fn for_mouse() -> Self {
        Self::with_strength(0.75)
    }

    /// A filter of a given strength, from 0.0 (hardly any) to 1.0 (strong). Above about 0.8
    /// handwriting loses its corners.
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

    /// The sample to draw for a pointer at `point`, where one CSS pixel is `pixel` board units
    /// long. `None` if it is too close to the last one.
    pub fn next(&mut self, point: InkPoint, pixel: f64) -> Option<InkPoint> {
        self.pointer = Some(point);
        let hand = self.hand.map_or(point, |hand| {
            let hop_px = hand.position().distance(point.position()) / pixel.max(f64::MIN_POSITIVE);
            let freedom = LESS_STEADYING_AT_SPEED * (hop_px / FAST_DISTANCE_PX).clamp(0.0, 1.0);
            let follow = self.follow + (1.0 - self.follow) * freedom;
            InkPoint {
                x: hand.x + (point.x - hand.x) * follow,
                y: hand.y + (point.y - hand.y) * follow,
                pressure: hand.pressure + (point.pressure - hand.pressure) * PRESSURE_FOLLOW,
            }
        });
        self.hand = Some(hand);
        let near =
            |drawn: InkPoint| drawn.position().distance(hand.position()) < MIN_DISTANCE_PX * pixel;
        if self.drawn.is_some_and(near) {
            return None;
        }
        self.drawn = Some(hand);
        Some(hand)
    }

    /// Ends the stroke. Returns a last sample exactly where the pointer was lifted, unless the line
    /// already ends there.
    pub fn finish(&mut self) -> Option<InkPoint> {
        let (pointer, drawn, hand) = (self.pointer.take()?, self.drawn.take()?, self.hand.take()?);
        let arrived = pointer.position() == drawn.position();
        (!arrived).then_some(InkPoint {
            pressure: hand.pressure,
            ..pointer
        })
    }
}
