//! Synthetic handwriting: the movement of a pen as a sum of waves, sampled as devices do it. It
//! uses plain numbers only, so that tests and the ink sheet can share it.

use std::f64::consts::TAU;

/// The parameters of a synthetic writer and device.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hand {
    /// Height of small letters, in CSS pixels.
    pub(crate) height: f64,
    /// Up and down strokes per second.
    pub(crate) pace: f64,
    /// Samples per second.
    pub(crate) rate: f64,
    /// The grid that samples are rounded to, in CSS pixels (1 for most mice).
    pub(crate) grain: f64,
    /// Length of the word in seconds.
    pub(crate) seconds: f64,
    /// Any number; different numbers give different letters.
    pub(crate) seed: u64,
}

/// One sample: x, y in CSS pixels and pressure.
pub(crate) type Sample = (f64, f64, f32);

/// Writes one joined word.
pub(crate) fn word(hand: Hand) -> Vec<Sample> {
    let mut noise = Noise(hand.seed | 1);
    let beats = (hand.seconds * hand.pace).ceil() as usize + 2;
    let tall: Vec<f64> = (0..beats)
        .map(|_| if noise.next() > 0.7 { 1.9 } else { 1.0 })
        .collect();
    let wide: Vec<f64> = (0..beats).map(|_| 0.5 + noise.next() * 0.9).collect();
    let count = (hand.seconds * hand.rate) as usize;
    let mut jitter = Noise(hand.seed.wrapping_mul(77) | 1);
    (0..count)
        .map(|index| {
            let beat = index as f64 / hand.rate * hand.pace;
            let blend = |values: &[f64]| {
                let (whole, part) = (beat.floor() as usize, beat.fract());
                let ease = part * part * (3.0 - 2.0 * part);
                let value = |at: usize| values.get(at).copied().unwrap_or(1.0);
                value(whole) * (1.0 - ease) + value(whole + 1) * ease
            };
            let half = hand.height / 2.0;
            let y = -half * blend(&tall) * (beat * TAU).sin();
            let x = hand.height * 0.75 * beat + half * blend(&wide) * (beat * TAU + 1.2).sin();
            let pressure = 0.5 + 0.22 * (beat * TAU + 0.4).cos() + 0.04 * (jitter.next() - 0.5);
            let mut shake = || (jitter.next() - 0.5) * 0.3;
            let grain = |value: f64| (value / hand.grain).round() * hand.grain;
            (grain(x + shake()), grain(y + shake()), pressure as f32)
        })
        .collect()
}

/// A deterministic source of pseudo-random numbers, 0.0 .. 1.0.
pub(crate) struct Noise(pub(crate) u64);

impl Noise {
    /// The next number.
    pub(crate) fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}
