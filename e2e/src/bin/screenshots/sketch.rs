//! A drawing by hand: few points a stroke, a smooth curve through them, pressure along it.

use std::f64::consts::TAU;

use e2e::page::At;

/// The tool in hand and its colour and width, by their accessible names.
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

/// Presses as a hand does: softly at the ends, harder on the way down.
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

/// A little more than once round.
fn ring(ink: Ink, centre: At, radius: f64) -> Stroke {
    let knots: Vec<(f64, f64)> = (0..=13)
        .map(|step| (f64::from(step) / 12.0 * TAU - 1.2).sin_cos())
        .map(|(sin, cos)| (cos, sin))
        .collect();
    smooth(ink, centre, radius, &knots)
}

/// The word "hello" in one go; x-height 1, baseline 0.
const HELLO: &str = "-0.1,-0.1 0.35,-0.7 0.8,-1.8 0.72,-2.4 0.5,-2.1 0.4,-1.0 0.36,0.0 0.5,-0.6 \
    0.8,-0.98 1.05,-0.75 1.06,-0.2 1.25,0.0 1.6,-0.35 1.92,-0.75 1.8,-1.0 1.55,-0.75 1.55,-0.2 \
    1.85,0.02 2.2,-0.35 2.65,-1.5 2.68,-2.3 2.48,-2.3 2.38,-1.3 2.42,-0.25 2.65,0.0 2.95,-0.4 \
    3.38,-1.5 3.42,-2.3 3.22,-2.3 3.12,-1.3 3.16,-0.25 3.4,0.0 3.7,-0.35 4.12,-0.95 3.82,-0.85 \
    3.7,-0.4 3.9,0.02 4.25,-0.15 4.36,-0.65 4.12,-0.95 4.35,-0.78 4.85,-0.9";

/// Ada: the greeting, the house, the path to it.
pub(crate) fn adas() -> Vec<Stroke> {
    let corner = At(720.0, 520.0);
    let wall = |knots| curve(pen("Black", "Medium"), corner, 1.0, knots);
    let roof = |knots| curve(pen("Red", "Bold"), corner, 1.0, knots);
    let path = |x, knots| curve(pen("Grey", "Medium"), At(x, 530.0), 1.0, knots);
    let underline = "0,0 80,6 160,-4 250,2";
    vec![
        curve(pen("Violet", "Bold"), At(310.0, 250.0), 52.0, HELLO),
        curve(pen("Violet", "Medium"), At(320.0, 285.0), 1.0, underline),
        wall("0,-110 -2,-50 1,0"),
        wall("1,0 60,3 120,0 172,2"),
        wall("172,2 170,-55 173,-112"),
        roof("-28,-98 25,-150 84,-206"),
        roof("84,-206 140,-155 204,-96"),
        wall("66,0 64,-40 66,-72"),
        wall("66,-72 86,-75 106,-72"),
        wall("106,-72 107,-36 106,0"),
        ring(pen("Orange", "Medium"), At(840.0, 430.0), 13.0),
        path(790.0, "0,0 -30,26 -10,52 -60,80"),
        path(822.0, "0,0 -14,26 14,50 -20,80"),
    ]
}

/// Ben: a tree, the sun, an arrow, and what he likes best, highlighted.
pub(crate) fn bens() -> Vec<Stroke> {
    let crown = "-10,40 -50,30 -62,-10 -34,-34 -20,-70 22,-74 40,-40 66,-18 54,26 16,42 -10,40";
    let trunk = |x, knots| curve(pen("Black", "Medium"), At(x, 470.0), 1.0, knots);
    let arrow = |x, y, knots| curve(pen("Blue", "Medium"), At(x, y), 1.0, knots);
    let grass = "0,0 60,-10 120,4 200,-8 290,2 400,-10 470,-2";
    let marker = Ink {
        tool: "Highlighter",
        colour: "Yellow",
        width: "Bold",
    };
    let mut strokes = vec![
        curve(pen("Green", "Bold"), At(1010.0, 430.0), 1.0, crown),
        trunk(1002.0, "0,0 3,24 -4,52"),
        trunk(1018.0, "0,0 -2,26 5,50"),
        arrow(460.0, 320.0, "0,0 50,56 130,92 218,96"),
        arrow(678.0, 416.0, "-26,-18 -8,-6 0,0 -12,10 -26,20"),
        curve(pen("Teal", "Medium"), At(640.0, 620.0), 1.0, grass),
        curve(marker, At(305.0, 228.0), 1.0, "0,0 130,4 265,-3"),
    ];
    strokes.extend(sun(At(1050.0, 215.0)));
    strokes
}

fn sun(centre: At) -> Vec<Stroke> {
    let ray = |step: i32| {
        let (sin, cos) = (f64::from(step) / 8.0 * TAU + 0.2).sin_cos();
        let knots = [
            (42.0 * cos, 42.0 * sin),
            (52.0 * cos, 53.0 * sin),
            (62.0 * cos, 62.0 * sin),
        ];
        smooth(pen("Orange", "Medium"), centre, 1.0, &knots)
    };
    std::iter::once(ring(pen("Orange", "Bold"), centre, 30.0))
        .chain((0..8).map(ray))
        .collect()
}
