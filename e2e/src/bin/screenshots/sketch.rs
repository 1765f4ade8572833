//! Makes hand-drawn strokes: a smooth curve through a few points, with pressure along it.

use std::f64::consts::TAU;

use e2e::page::At;

/// A tool, its colour and its width, by their accessible names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ink {
    pub(crate) tool: &'static str,
    pub(crate) colour: &'static str,
    pub(crate) width: &'static str,
}

/// One stroke: places in CSS pixels and pressure, `0.0 ..= 1.0`.
#[derive(Debug, Clone)]
pub(crate) struct Stroke {
    pub(crate) ink: Ink,
    pub(crate) points: Vec<(At, f64)>,
}

const fn pen(colour: &'static str, width: &'static str) -> Ink {
    Ink {
        tool: "Pen",
        colour,
        width,
    }
}

/// Distance between two points on the drawn curve, in CSS pixels.
const STEP: f64 = 5.0;

/// A smooth stroke through `knots`, such as `0,0 20,-5`, moved to `origin` and scaled.
fn curve(ink: Ink, origin: At, scale: f64, knots: &str) -> Stroke {
    let number = |text: &str| text.parse().unwrap_or(0.0);
    let knots: Vec<(f64, f64)> = knots
        .split_whitespace()
        .filter_map(|knot| knot.split_once(','))
        .map(|(x, y)| (number(x), number(y)))
        .collect();
    smooth(ink, origin, scale, &knots)
}

fn smooth(ink: Ink, origin: At, scale: f64, knots: &[(f64, f64)]) -> Stroke {
    let at = |index: usize| {
        let (x, y) = knots[index.min(knots.len() - 1)];
        At(origin.0 + x * scale, origin.1 + y * scale)
    };
    let mut places = vec![at(0)];
    for index in 0..knots.len().saturating_sub(1) {
        let (before, from, to, after) = (
            at(index.saturating_sub(1)),
            at(index),
            at(index + 1),
            at(index + 2),
        );
        let steps = ((to.0 - from.0).hypot(to.1 - from.1) / STEP)
            .ceil()
            .max(1.0);
        let mut step = 1.0;
        while step <= steps {
            places.push(between(before, from, to, after, step / steps));
            step += 1.0;
        }
    }
    press(ink, &places)
}

/// The point at `t` of the Catmull-Rom segment from `b` to `c`.
fn between(a: At, b: At, c: At, d: At, t: f64) -> At {
    let one = |a: f64, b: f64, c: f64, d: f64| {
        let (t2, t3) = (t * t, t * t * t);
        0.5 * (2.0 * b
            + (c - a) * t
            + (2.0 * a - 5.0 * b + 4.0 * c - d) * t2
            + (3.0 * b - a - 3.0 * c + d) * t3)
    };
    At(one(a.0, b.0, c.0, d.0), one(a.1, b.1, c.1, d.1))
}

/// The pressure of a hand: soft at the ends, harder on downward strokes.
fn press(ink: Ink, places: &[At]) -> Stroke {
    let last = places.len().saturating_sub(1).max(1) as f64;
    let points = places
        .iter()
        .enumerate()
        .map(|(index, at)| {
            let before = places[index.saturating_sub(1)];
            let down = ((at.1 - before.1) / STEP).clamp(-1.0, 1.0);
            let along = index as f64 / last;
            let ends = (along * 8.0).min((1.0 - along) * 8.0 + 0.4).clamp(0.3, 1.0);
            (*at, ((0.55 + 0.2 * down) * ends).clamp(0.12, 0.9))
        })
        .collect();
    Stroke { ink, points }
}

/// A little more than a full circle.
fn ring(ink: Ink, centre: At, radius: f64) -> Stroke {
    let knots: Vec<(f64, f64)> = (0..=13)
        .map(|step| (f64::from(step) / 12.0 * TAU - 1.2).sin_cos())
        .map(|(sin, cos)| (cos, sin))
        .collect();
    smooth(ink, centre, radius, &knots)
}

/// The house and the path to it; `corner` is its lower left.
pub(crate) fn house(corner: At, scale: f64) -> Vec<Stroke> {
    let part = |ink, knots| curve(ink, corner, scale, knots);
    let wall = |knots| part(pen("Black", "Medium"), knots);
    let roof = |knots| part(pen("Red", "Bold"), knots);
    let path = |knots| part(pen("Grey", "Medium"), knots);
    let window = At(corner.0 + 120.0 * scale, corner.1 - 90.0 * scale);
    vec![
        wall("0,-110 -2,-50 1,0"),
        wall("1,0 60,3 120,0 172,2"),
        wall("172,2 170,-55 173,-112"),
        roof("-28,-98 25,-150 84,-206"),
        roof("84,-206 140,-155 204,-96"),
        wall("66,0 64,-40 66,-72"),
        wall("66,-72 86,-75 106,-72"),
        wall("106,-72 107,-36 106,0"),
        ring(pen("Orange", "Medium"), window, 13.0 * scale),
        path("70,10 40,36 60,62 10,90"),
        path("102,10 88,36 116,60 82,90"),
    ]
}

/// A tree and grass; `centre` is the centre of the crown.
pub(crate) fn greenery(centre: At) -> Vec<Stroke> {
    let crown = "-10,40 -50,30 -62,-10 -34,-34 -20,-70 22,-74 40,-40 66,-18 54,26 16,42 -10,40";
    let part = |ink, knots| curve(ink, centre, 1.0, knots);
    vec![
        part(pen("Green", "Bold"), crown),
        part(pen("Black", "Medium"), "-8,40 -5,64 -12,92"),
        part(pen("Black", "Medium"), "8,40 6,66 13,90"),
        part(pen("Teal", "Medium"), "-60,98 -20,90 30,98 80,94"),
    ]
}
