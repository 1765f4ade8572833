//! Draw and hold: which strokes become figures, and what holding the pen does.

use std::f64::consts::TAU;

use shared::geometry::BoardPoint;
use shared::model::{Body, Head, Outline};

use super::desk::{Desk, element_id};
use crate::tool::recognise::{Figure, recognised};
use crate::{Prefs, ToolKind};

type Way = Vec<(f64, f64)>;

/// A generator of small numbers, always the same for one seed.
struct Tremble(u64);

impl Tremble {
    /// Between -1 and 1.
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / (1u64 << 30) as f64 - 1.0
    }
}

/// Straight from corner to corner, a point every 6 units, as a hand would: each point
/// trembles a little, and the whole way drifts by a share of its size.
fn by_hand(corners: &[(f64, f64)], seed: u64) -> Way {
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
fn arc(rx: f64, ry: f64, tilt: f64, from: f64, turns: f64, seed: u64) -> Way {
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

/// Every hand's attempt becomes this outline, about where it was drawn.
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

/// Draws a rectangle by hand in `ms` and holds the pen at its end.
fn held(ms: u64) -> Desk {
    let mut desk = Desk::new();
    desk.now = 10_000;
    let corners = [
        (100.0, 100.0),
        (300.0, 100.0),
        (300.0, 220.0),
        (100.0, 220.0),
        (100.0, 100.0),
    ];
    let way = by_hand(&corners, 7);
    desk.down(100.0, 100.0);
    for point in &way[1..] {
        desk.now += ms / way.len() as u64;
        desk.drag(&[*point]);
        desk.frame();
    }
    desk.now += 499;
    desk.frame();
    assert!(desk.drafts().is_empty(), "not held for long enough");
    desk.now += 2;
    desk.frame();
    desk
}

#[test]
fn a_held_stroke_becomes_a_figure_and_the_figure_alone_is_kept() {
    let mut desk = held(300);
    assert!(desk.said().ends_with("dropped"), "{}", desk.said());
    assert!(desk.editor.own_ink().is_none());
    assert_eq!(desk.drafts()[0].body, Body::Shape(Outline::Rectangle));
    desk.frame();
    let (x, y) = (100.0, 100.0);
    desk.up(x, y);
    assert!(
        desk.said()
            .ends_with("dropped draft commit(put-shape) drafted"),
        "{}",
        desk.said()
    );
    assert_eq!(desk.board.len(), 1);
    desk.run(crate::Action::Undo);
    assert!(desk.board.is_empty());
}

#[test]
fn a_long_stroke_that_is_durable_already_goes_in_the_same_undo() {
    let mut desk = held(2_500);
    desk.up(100.0, 100.0);
    assert!(desk.said().contains("put-open") && desk.said().contains("commit(delete)"));
    assert_eq!(desk.board.len(), 1);
    assert_eq!(desk.newest().body, Body::Shape(Outline::Rectangle));
    desk.run(crate::Action::Undo);
    assert!(desk.board.is_empty() && !desk.editor.history().can_undo());
    desk.run(crate::Action::Redo);
    assert_eq!(desk.board.len(), 1);
    assert_eq!(desk.newest().body, Body::Shape(Outline::Rectangle));
}

#[test]
fn the_figure_follows_the_pen_until_it_is_lifted() {
    let mut desk = held(300);
    let before = desk.drafts()[0].props.size()[0];
    // Twice as far from the middle at (200, 160).
    desk.drag(&[(0.0, 40.0)]);
    let after = desk.drafts()[0].props.size()[0];
    assert!((after / before - 2.0).abs() < 0.2, "{before} {after}");
    desk.up(0.0, 40.0);
    assert_eq!(desk.newest().props.size()[0], after);
}

#[test]
fn giving_up_a_figure_leaves_nothing() {
    let mut desk = held(300);
    desk.frame();
    desk.key("Escape");
    desk.up(100.0, 100.0);
    assert!(desk.board.is_empty() && desk.drafts().is_empty());
    assert!(desk.said().ends_with("draft drafted"), "{}", desk.said());
}

#[test]
fn giving_up_a_figure_keeps_what_was_durable_before() {
    let mut desk = held(3_000);
    desk.frame();
    assert!(desk.board.is_empty(), "its ink was taken back");
    desk.key("Escape");
    assert!(matches!(desk.newest().body, Body::Shape(_)));
}

#[test]
fn a_pen_that_moves_on_or_does_not_want_it_draws_ink() {
    for (wished, tool, rests) in [
        (false, ToolKind::Pen, 900),
        (true, ToolKind::Highlighter, 900),
        (true, ToolKind::Pen, 300),
    ] {
        let mut desk = Desk::new();
        desk.editor.set_prefs(Prefs {
            draw_and_hold: wished,
            ..Prefs::default()
        });
        desk.pick(tool);
        desk.down(100.0, 100.0);
        desk.drag(&[(200.0, 100.0), (300.0, 100.0)]);
        desk.now += rests;
        desk.frame();
        desk.up(300.0, 100.0);
        assert!(matches!(desk.newest().body, Body::Stroke(_)), "{tool:?}");
    }
}

#[test]
fn a_held_line_ends_where_the_pen_goes_and_an_arrow_has_a_head() {
    let mut desk = Desk::new();
    desk.down(100.0, 100.0);
    desk.drag(&[(200.0, 100.0), (300.0, 101.0)]);
    desk.now += 600;
    desk.frame();
    desk.up(300.0, 201.0);
    let line = desk.newest();
    assert_eq!(
        (&line.body, line.props.heads()),
        (&Body::Line, [Head::None; 2])
    );
    let [[0.0, 0.0], [x, y]] = line.props.points()[..] else {
        panic!("{:?}", line.props.points());
    };
    assert!(
        (x - 200.0).abs() < 0.1 && (y - 100.0).abs() < 1.1,
        "{x} {y}"
    );
    assert_ne!(
        line.id,
        element_id(1_001),
        "the stroke had an id of its own"
    );
}
