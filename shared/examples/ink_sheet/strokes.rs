//! The strokes of the sheet.

use std::f64::consts::{PI, TAU};

use shared::geometry::{InkPoint, SpeedPressure, Streamline};

use super::handwriting::{self, Hand, Noise};

/// A tap.
pub(crate) const DOT: InkPoint = InkPoint::new(0.0, 0.0, 0.5);

pub(crate) type Points = Vec<InkPoint>;

pub(crate) fn hand(height: f64, pace: f64, rate: f64, grain: f64) -> Hand {
    Hand {
        height,
        pace,
        rate,
        grain,
        seconds: 9.0 / pace,
        seed: (height * 31.0 + pace) as u64,
    }
}

/// As the pen tool makes points: steadied, with pressure of its own or from speed.
pub(crate) fn drawn(samples: &[handwriting::Sample], pressure: Pressure, size: f64) -> Points {
    let mut line = match pressure {
        Pressure::Real => Streamline::for_pen_or_touch(),
        Pressure::FromSpeed => Streamline::for_mouse(),
    };
    let mut speed = SpeedPressure::new();
    let mut last: Option<InkPoint> = None;
    let mut points: Points = Vec::new();
    let mut press = |mut point: InkPoint, points: &mut Points| {
        if let Pressure::FromSpeed = pressure {
            let hop = last.map_or(0.0, |last| point.position().distance(last.position()));
            point.pressure = speed.next(hop, size);
        }
        last = Some(point);
        points.push(point);
    };
    for &(x, y, real) in samples {
        if let Some(point) = line.next(InkPoint::new(x, y, real), 1.0) {
            press(point, &mut points);
        }
    }
    if let Some(end) = line.finish() {
        press(end, &mut points);
    }
    points
}

#[derive(Clone, Copy)]
pub(crate) enum Pressure {
    Real,
    FromSpeed,
}

pub(crate) fn curve(count: usize, pressure: f32, place: impl Fn(f64) -> (f64, f64)) -> Points {
    let at = |index: usize| place(index as f64 / (count - 1) as f64);
    (0..count)
        .map(at)
        .map(|(x, y)| InkPoint::new(x, y, pressure))
        .collect()
}

/// What it is, its points and where it stands on the sheet.
pub(crate) type Kind = (&'static str, Points, f64, f64);

pub(crate) fn waves() -> [Kind; 6] {
    let zigzag: Points = (0..9)
        .map(|i| InkPoint::new(f64::from(i) * 22.0, f64::from(i % 2) * 50.0, 0.5))
        .collect();
    let spiral = curve(160, 0.5, |t| {
        let (angle, r) = (t * 3.0 * TAU, 52.0 * t);
        (50.0 + r * angle.cos(), 40.0 + r * angle.sin())
    });
    let u_turn = curve(60, 0.5, |t| {
        let there = (t * PI).sin() * 120.0;
        (
            there,
            20.0 + if t > 0.5 { 2.0 } else { 0.0 } * ((t - 0.5) * 8.0).min(1.0),
        )
    });
    let back: Points = [0.0, 60.0, 120.0, 60.0, 0.0]
        .map(|x| InkPoint::new(x, 10.0, 0.5))
        .into();
    let loops = curve(140, 0.5, |t| {
        (
            t * 150.0 + 9.0 * (t * 9.0 * TAU).cos(),
            30.0 + 9.0 * (t * 9.0 * TAU).sin(),
        )
    });
    let flick: Points = (0..5)
        .map(|i| {
            InkPoint::new(
                f64::from(i * i) * 8.0,
                40.0 - f64::from(i * i) * 2.2,
                0.7 - 0.16 * i as f32,
            )
        })
        .collect();
    [
        ("zigzag", zigzag, 640.0, 30.0),
        ("spiral", spiral, 860.0, 20.0),
        ("U-turn", u_turn, 1000.0, 30.0),
        ("straight back", back, 1000.0, 80.0),
        ("tight loops", loops, 1160.0, 20.0),
        ("flick", flick, 1170.0, 90.0),
    ]
}

pub(crate) fn corners() -> [Kind; 5] {
    let mut noise = Noise(9);
    let scribble = curve(90, 0.5, |t| (t, t));
    let scribble: Points = scribble
        .iter()
        .map(|p| InkPoint::new(noise.next() * 34.0, noise.next() * 34.0, p.pressure))
        .collect();
    let two = vec![InkPoint::new(0.0, 0.0, 0.3), InkPoint::new(40.0, 8.0, 0.8)];
    let star: Points = (0..6)
        .map(|i| f64::from(i) * TAU * 2.0 / 5.0)
        .map(|a| InkPoint::new(40.0 + 38.0 * a.sin(), 40.0 - 38.0 * a.cos(), 0.5))
        .collect();
    let square: Points = [
        (0.0, 0.0),
        (60.0, 0.0),
        (60.0, 60.0),
        (0.0, 60.0),
        (0.0, 0.0),
    ]
    .map(|(x, y)| InkPoint::new(x, y, 0.5))
    .into();
    [
        ("scribble", scribble, 640.0, 120.0),
        ("dot", vec![DOT], 720.0, 140.0),
        ("two points", two, 750.0, 140.0),
        ("star", star, 820.0, 120.0),
        ("four corners", square, 930.0, 130.0),
    ]
}

/// Straight legs with corners, slower where it turns.
pub(crate) fn zigzag_by_hand() -> Vec<handwriting::Sample> {
    (0..200)
        .map(|i| f64::from(i) / 40.0)
        .map(|t| {
            let (leg, part) = (t.floor(), t.fract());
            let part = part * part * (3.0 - 2.0 * part);
            let along = if leg as i64 % 2 == 0 {
                part
            } else {
                1.0 - part
            };
            ((leg + part) * 18.0, along * 32.0, 0.5)
        })
        .collect()
}
