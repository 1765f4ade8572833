//! Draw and hold: which strokes become which figures.

mod hands;
mod hold;

use std::f64::consts::TAU;

use shared::geometry::BoardPoint;
use shared::model::Outline;

use crate::tools::recognise::{Figure, recognised};
use hands::{Tremble, Way, arc, by_hand};

fn figure(way: &[(f64, f64)]) -> Option<Figure> {
    let points: Vec<BoardPoint> = way.iter().map(|&(x, y)| BoardPoint::new(x, y)).collect();
    recognised(&points, 1.0)
}

fn outline(way: &[(f64, f64)]) -> Option<(Outline, [f64; 4], f64)> {
    match figure(way)? {
        Figure::Box {
            outline,
            rect,
            angle,
        } => Some((outline, [rect.x0, rect.y0, rect.x1, rect.y1], angle)),
        Figure::Line { .. } | Figure::Arrow { .. } => None,
    }
}

const SEEDS: std::ops::Range<u64> = 1..21;

/// Every drawn attempt becomes this outline, about where it was drawn.
fn check_outline(expected: Outline, rect: [f64; 4], draw: impl Fn(u64) -> Way) {
    for seed in SEEDS {
        let way = draw(seed);
        let found = outline(&way);
        let Some((outline, found_rect, angle)) = found else {
            panic!("{expected:?} of hand {seed}: {:?}", figure(&way));
        };
        assert_eq!((outline, angle), (expected, 0.0), "hand {seed}");
        for (found, expected) in found_rect.iter().zip(rect) {
            assert!(
                (found - expected).abs() < 14.0,
                "hand {seed}: {found_rect:?}"
            );
        }
    }
}

#[test]
fn straight_strokes_are_lines() {
    for seed in SEEDS {
        let found = figure(&by_hand(&[(50.0, 50.0), (300.0, 180.0)], seed));
        let Some(Figure::Line { from, to }) = found else {
            panic!("hand {seed}: {found:?}");
        };
        assert_eq!(from, BoardPoint::new(50.0, 50.0));
        assert!(to.distance(BoardPoint::new(300.0, 180.0)) < 12.0);
    }
}

#[test]
fn lines_that_nearly_lie_lie() {
    let found = figure(&[(50.0, 50.0), (150.0, 52.0), (300.0, 56.0)]);
    let Some(Figure::Line { to, .. }) = found else {
        panic!("{found:?}")
    };
    assert!((to.y - 50.0).abs() < 1e-9, "{to:?}");
}

#[test]
fn rectangles_from_any_corner_either_way_round() {
    let corners = [
        (100.0, 100.0),
        (300.0, 100.0),
        (300.0, 220.0),
        (100.0, 220.0),
    ];
    for start in 0..4 {
        for back in [false, true] {
            check_outline(Outline::Rectangle, [100.0, 100.0, 300.0, 220.0], |seed| {
                let mut way: Way = (0..=4).map(|at| corners[(start + at) % 4]).collect();
                if back {
                    way.reverse();
                }
                by_hand(&way, seed)
            });
        }
    }
}

#[test]
fn a_rectangle_may_begin_in_the_middle_of_a_side_and_overlap() {
    let way = [
        (200.0, 100.0),
        (300.0, 100.0),
        (300.0, 220.0),
        (100.0, 220.0),
        (100.0, 100.0),
        (215.0, 100.0),
    ];
    check_outline(Outline::Rectangle, [100.0, 100.0, 300.0, 220.0], |seed| {
        by_hand(&way, seed)
    });
}

#[test]
fn a_turned_rectangle_keeps_its_turn() {
    let (sin, cos) = 0.4_f64.sin_cos();
    let turned = |(x, y): (f64, f64)| (200.0 + x * cos - y * sin, 200.0 + x * sin + y * cos);
    let corners = [
        (-100.0, -50.0),
        (100.0, -50.0),
        (100.0, 50.0),
        (-100.0, 50.0),
        (-100.0, -50.0),
    ];
    let way: Way = corners.into_iter().map(turned).collect();
    for seed in SEEDS {
        let Some((Outline::Rectangle, _, angle)) = outline(&by_hand(&way, seed)) else {
            panic!("hand {seed}");
        };
        assert!((angle - 0.4).abs() < 0.1, "hand {seed}: {angle}");
    }
}

#[test]
fn diamonds() {
    let way = [
        (200.0, 100.0),
        (280.0, 200.0),
        (200.0, 300.0),
        (120.0, 200.0),
        (200.0, 100.0),
    ];
    check_outline(Outline::Diamond, [120.0, 100.0, 280.0, 300.0], |seed| {
        by_hand(&way, seed)
    });
}

#[test]
fn triangles_with_the_tip_up() {
    for start in 0..3 {
        let corners = [(200.0, 100.0), (300.0, 260.0), (100.0, 260.0)];
        let way: Way = (0..=3).map(|at| corners[(start + at) % 3]).collect();
        check_outline(Outline::Triangle, [100.0, 100.0, 300.0, 260.0], |seed| {
            by_hand(&way, seed)
        });
    }
}

#[test]
fn triangles_with_the_tip_down_are_turned_over() {
    let way = [
        (100.0, 100.0),
        (300.0, 100.0),
        (200.0, 260.0),
        (100.0, 100.0),
    ];
    let (found, _, angle) = outline(&by_hand(&way, 3)).unwrap();
    assert_eq!(found, Outline::Triangle);
    assert!((angle.abs() - TAU / 2.0).abs() < 1e-9, "{angle}");
}

#[test]
fn circles_and_ellipses() {
    for from in [0.0, 1.0, 2.5, 4.0] {
        for turns in [0.97, 1.05, -1.0] {
            check_outline(Outline::Ellipse, [120.0, 120.0, 280.0, 280.0], |seed| {
                arc(80.0, 80.0, 0.0, from, turns, seed)
            });
            check_outline(Outline::Ellipse, [80.0, 140.0, 320.0, 260.0], |seed| {
                arc(120.0, 60.0, 0.0, from, turns, seed)
            });
        }
    }
}

#[test]
fn a_tilted_ellipse_keeps_its_tilt() {
    for seed in SEEDS {
        let Some((Outline::Ellipse, _, angle)) = outline(&arc(120.0, 50.0, 0.6, 0.3, 1.0, seed))
        else {
            panic!("hand {seed}");
        };
        assert!((angle - 0.6).abs() < 0.12, "hand {seed}: {angle}");
    }
}

#[test]
fn arrows_with_the_head_drawn_back() {
    // By both sides over the tip, across behind it, and side by side with a short stop.
    let heads: [&[(f64, f64)]; 3] = [
        &[(260.0, 170.0), (300.0, 200.0), (260.0, 230.0)],
        &[(262.0, 168.0), (262.0, 232.0)],
        &[(255.0, 235.0), (300.0, 200.0), (258.0, 165.0)],
    ];
    for head in heads {
        for seed in SEEDS {
            let way = [&[(80.0, 200.0), (300.0, 200.0)], head].concat();
            let found = figure(&by_hand(&way, seed));
            let Some(Figure::Arrow { from, to }) = found else {
                panic!("hand {seed}: {found:?}");
            };
            assert_eq!(from, BoardPoint::new(80.0, 200.0));
            assert!(to.distance(BoardPoint::new(300.0, 200.0)) < 14.0, "{to:?}");
        }
    }
}

/// Letters made of straight pieces: their corners.
const CORNERED: [(&str, &[(f64, f64)]); 12] = [
    ("v", &[(100.0, 100.0), (150.0, 250.0), (200.0, 100.0)]),
    (
        "w",
        &[
            (100.0, 100.0),
            (140.0, 250.0),
            (180.0, 130.0),
            (220.0, 250.0),
            (260.0, 100.0),
        ],
    ),
    (
        "m",
        &[
            (100.0, 250.0),
            (110.0, 100.0),
            (160.0, 200.0),
            (210.0, 100.0),
            (220.0, 250.0),
        ],
    ),
    (
        "n",
        &[
            (100.0, 250.0),
            (100.0, 100.0),
            (200.0, 250.0),
            (200.0, 100.0),
        ],
    ),
    (
        "z",
        &[
            (100.0, 100.0),
            (200.0, 100.0),
            (100.0, 250.0),
            (200.0, 250.0),
        ],
    ),
    ("l", &[(100.0, 100.0), (100.0, 250.0), (200.0, 250.0)]),
    ("7", &[(100.0, 100.0), (200.0, 100.0), (140.0, 250.0)]),
    ("tick", &[(100.0, 200.0), (140.0, 250.0), (240.0, 100.0)]),
    (
        "4",
        &[
            (180.0, 100.0),
            (100.0, 200.0),
            (220.0, 200.0),
            (180.0, 160.0),
            (180.0, 260.0),
        ],
    ),
    (
        "k",
        &[
            (100.0, 100.0),
            (100.0, 250.0),
            (180.0, 120.0),
            (105.0, 180.0),
            (190.0, 250.0),
        ],
    ),
    ("1", &[(100.0, 140.0), (140.0, 100.0), (140.0, 250.0)]),
    (
        "star",
        &[
            (200.0, 100.0),
            (250.0, 250.0),
            (120.0, 160.0),
            (280.0, 160.0),
            (150.0, 250.0),
            (200.0, 100.0),
        ],
    ),
];

/// Letters and scribbles as corners or arcs; none of them is a figure.
fn handwriting(seed: u64) -> Vec<(&'static str, Way)> {
    let mut tremble = Tremble(seed);
    let scribble: Way = (0..12)
        .map(|at| (100.0 + f64::from(at) * 15.0, 200.0 + tremble.next() * 60.0))
        .collect();
    let spiral: Way = (0..120)
        .map(|at| {
            let t = f64::from(at) / 120.0 * 3.0 * TAU;
            let r = 10.0 + f64::from(at);
            (200.0 + r * t.cos(), 200.0 + r * t.sin())
        })
        .collect();
    let eight: Way = (0..=80)
        .map(|at| {
            let t = f64::from(at) / 80.0 * TAU;
            (200.0 + 60.0 * (2.0 * t).sin(), 200.0 + 100.0 * t.cos())
        })
        .collect();
    let hello: Way = (0..200)
        .map(|at| {
            let t = f64::from(at) / 10.0;
            (
                100.0 + t * 14.0 + 18.0 * (2.0 * t).cos(),
                200.0 + 30.0 * (2.0 * t + 0.4).sin(),
            )
        })
        .collect();
    let ess: Way = (0..=60)
        .map(|at| {
            let t = f64::from(at) / 60.0;
            (200.0 - 50.0 * (t * TAU).sin(), 120.0 + 160.0 * t)
        })
        .collect();
    let mut all = vec![
        ("spiral", spiral),
        ("8", eight),
        ("hello", hello),
        ("s", ess),
        ("c", arc(70.0, 90.0, 0.0, -0.6, -0.75, seed)),
        ("u", arc(60.0, 90.0, 0.0, 0.0, 0.5, seed)),
        ("scribble", by_hand(&scribble, seed)),
    ];
    all.extend(CORNERED.map(|(name, corners)| (name, by_hand(corners, seed))));
    all
}

#[test]
fn handwriting_is_left_alone() {
    for seed in SEEDS {
        for (name, way) in handwriting(seed) {
            assert_eq!(figure(&way), None, "{name} of hand {seed}");
        }
    }
}

#[test]
fn small_marks_are_left_alone() {
    let small = |(x, y): &(f64, f64)| (x / 12.0, y / 12.0);
    let rectangle = by_hand(
        &[
            (0.0, 0.0),
            (200.0, 0.0),
            (200.0, 150.0),
            (0.0, 150.0),
            (0.0, 0.0),
        ],
        1,
    );
    let dot: Way = rectangle.iter().map(small).collect();
    assert_eq!(figure(&dot), None);
    assert_eq!(figure(&[]), None);
    assert_eq!(figure(&[(5.0, 5.0), (5.0, 5.0)]), None);
    assert_eq!(figure(&[(0.0, 0.0), (f64::NAN, 100.0)]), None);
}
