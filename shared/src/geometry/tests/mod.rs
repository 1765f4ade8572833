//! Tests of the geometry.

mod handwriting;
mod ink;
mod input_filter;
mod outline;
mod simplify;
mod stroke_hit;

use proptest::prelude::*;

use super::{BoardPoint, Cap, InkPoint, InkShape};

const PEN: InkShape = InkShape {
    width: 8.0,
    thinning: 0.6,
    cap: Cap::Round,
};

fn at(x: f64, y: f64) -> InkPoint {
    InkPoint::new(x, y, 0.5)
}

fn polyline(places: &[(f64, f64)]) -> Vec<InkPoint> {
    places.iter().map(|&(x, y)| at(x, y)).collect()
}

fn written(hand: handwriting::Hand) -> Vec<InkPoint> {
    handwriting::word(hand)
        .into_iter()
        .map(|(x, y, p)| InkPoint::new(x, y, p))
        .collect()
}

fn pen_hand() -> handwriting::Hand {
    handwriting::Hand {
        height: 24.0,
        pace: 4.0,
        rate: 120.0,
        grain: 0.1,
        seconds: 2.0,
        seed: 5,
    }
}

/// Random strokes with jumps, pauses, reversals, and tiny and large steps.
fn wild_stroke(max_points: usize) -> impl Strategy<Value = Vec<InkPoint>> {
    let step = prop_oneof![-2.0..2.0, -30.0..30.0, Just(0.0)];
    let hop = (step.clone(), step, 0.0_f32..=1.0);
    prop::collection::vec(hop, 1..=max_points).prop_map(|hops| {
        let mut place = BoardPoint::default();
        let mut go = |(x, y, pressure)| {
            place = BoardPoint::new(place.x + x, place.y + y);
            InkPoint::new(place.x, place.y, pressure)
        };
        hops.into_iter().map(&mut go).collect()
    })
}
