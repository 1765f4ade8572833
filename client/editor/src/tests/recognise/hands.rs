//! Ways that hands draw: corners and arcs, trembling, never twice alike.

use std::f64::consts::TAU;

pub(super) type Way = Vec<(f64, f64)>;

/// A generator of small numbers, always the same for one seed.
pub(super) struct Tremble(pub(super) u64);

impl Tremble {
    /// Between -1 and 1.
    pub(super) fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / (1u64 << 30) as f64 - 1.0
    }
}

/// Straight from corner to corner, a point every 6 units, as a hand would: each point
/// trembles a little, and the whole way drifts by a share of its size.
pub(super) fn by_hand(corners: &[(f64, f64)], seed: u64) -> Way {
    let mut tremble = Tremble(seed);
    let mut drift = (0.0, 0.0);
    let mut way = vec![corners[0]];
    for pair in corners.windows(2) {
        let [(x0, y0), (x1, y1)] = [pair[0], pair[1]];
        let steps = ((x1 - x0).hypot(y1 - y0) / 6.0).ceil().max(1.0);
        for step in 1..=steps as u32 {
            let t = f64::from(step) / steps;
            drift.0 += tremble.next() * 0.5;
            drift.1 += tremble.next() * 0.5;
            way.push((
                x0 + (x1 - x0) * t + drift.0 + tremble.next(),
                y0 + (y1 - y0) * t + drift.1 + tremble.next(),
            ));
        }
    }
    // Every other hand is quick and cuts its corners.
    if seed.is_multiple_of(2) {
        rounded(&way)
    } else {
        way
    }
}

/// Each point in the middle of its surroundings.
fn rounded(way: &[(f64, f64)]) -> Way {
    let around = |at: usize| {
        let reach = 2.min(at).min(way.len() - 1 - at);
        let near = &way[at - reach..=at + reach];
        let sum = near
            .iter()
            .fold((0.0, 0.0), |(x, y), point| (x + point.0, y + point.1));
        (sum.0 / near.len() as f64, sum.1 / near.len() as f64)
    };
    (0..way.len()).map(around).collect()
}

/// Part of an ellipse around (200, 200), by hand.
pub(super) fn arc(rx: f64, ry: f64, tilt: f64, from: f64, turns: f64, seed: u64) -> Way {
    let mut tremble = Tremble(seed);
    let squeeze = tremble.next() * 0.04;
    (0..=80)
        .map(|step| {
            let t = from + turns * TAU * f64::from(step) / 80.0;
            let wobble = 1.0 + squeeze * (2.0 * t).sin() + tremble.next() * 0.008;
            let (x, y) = (rx * t.cos() * wobble, ry * t.sin() * wobble);
            (
                200.0 + x * tilt.cos() - y * tilt.sin(),
                200.0 + x * tilt.sin() + y * tilt.cos(),
            )
        })
        .collect()
}
