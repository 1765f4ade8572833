//! Strokes of the pen and the highlighter.

use shared::geometry::{BoardRect, InkPoint};
use shared::model::{Body, Brush, Color, WidthStep};

use super::rig::{ME, OTHER, Rig, boxed, element_id, line, pointer, samples};
use crate::input::{InputEvent, PointerKind};
use crate::{Output, Prefs, ToolKind};

/// A wave of `count` points, as a hand would draw it.
pub(super) fn wave(from: usize, count: usize) -> Vec<(f64, f64)> {
    (from..from + count)
        .map(|at| (at as f64 * 3.0, 200.0 + (at as f64 * 0.15).sin() * 80.0))
        .collect()
}

#[test]
fn a_short_stroke_is_one_closed_put() {
    let mut rig = Rig::new();
    rig.draw(&[(10.0, 10.0), (40.0, 30.0), (80.0, 20.0)]);
    assert_eq!(rig.said(), "commit(put)");
    let (stroke, points) = rig.only_stroke();
    assert!(!stroke.open);
    assert_eq!((points[0].x, points[0].y), (10.0, 10.0));
    let last = points[points.len() - 1];
    assert_eq!(
        (last.x, last.y),
        (80.0, 20.0),
        "the line ends where the pen was lifted"
    );
}

#[test]
fn a_tap_leaves_a_dot() {
    let mut rig = Rig::new();
    rig.down(10.0, 10.0);
    rig.up(10.0, 10.0);
    let (stroke, points) = rig.only_stroke();
    assert_eq!((stroke.open, points.len()), (false, 1));
}

#[test]
fn peers_see_ink_once_per_animation_frame_while_it_is_drawn() {
    let mut rig = Rig::new();
    rig.down(10.0, 10.0);
    rig.drag(&[(30.0, 10.0)]);
    rig.drag(&[(50.0, 10.0)]);
    assert_eq!(rig.said(), "");
    rig.animation_frame();
    rig.drag(&[(70.0, 10.0)]);
    rig.animation_frame();
    rig.animation_frame();
    rig.drag(&[(90.0, 10.0)]);
    rig.up(90.0, 10.0);
    assert_eq!(
        rig.said(),
        "begin ink[0+3] ink[3+1] ink[4+2] commit(put) kept"
    );
}

#[test]
fn live_pieces_are_what_is_drawn() {
    let mut rig = Rig::new();
    rig.down(10.0, 10.0);
    rig.drag(&wave(5, 40));
    let drawn: Vec<InkPoint> = rig.editor.own_ink().unwrap().points.to_vec();
    rig.animation_frame();
    let sent: Vec<InkPoint> = rig
        .log
        .iter()
        .filter_map(|effect| match effect {
            Output::Live(shared::protocol::live::LiveUpdate::Ink { ink, .. }) => Some(ink.points()),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(sent.len(), drawn.len());
    for (sent, drawn) in sent.iter().zip(&drawn) {
        assert!(
            sent.position().distance(drawn.position()) < 0.125,
            "{sent:?} {drawn:?}"
        );
    }
}

#[test]
fn cancelling_before_anything_is_durable_leaves_nothing() {
    let mut rig = Rig::new();
    rig.down(10.0, 10.0);
    rig.drag(&wave(10, 20));
    rig.animation_frame();
    rig.key("Escape");
    rig.up(10.0, 10.0);
    assert!(rig.said().ends_with("dropped"), "{}", rig.said());
    assert!(rig.board.is_empty() && rig.editor.own_ink().is_none());
}

#[test]
fn the_first_finger_of_a_pinch_leaves_no_dot() {
    let mut rig = Rig::new();
    let touch = |id, x| pointer(PointerKind::Touch, id, x, 50.0, 0);
    rig.send(InputEvent::PointerDown(touch(1, 50.0)));
    rig.animation_frame();
    rig.now = 2_000;
    rig.animation_frame();
    let second = pointer(PointerKind::Touch, 2, 150.0, 50.0, 2_000);
    rig.send(InputEvent::PointerDown(second));
    rig.drag_as(PointerKind::Touch, 2, &[(250.0, 50.0)]);
    assert_eq!(rig.said(), "begin ink[0+1] dropped camera");
    assert!(rig.board.is_empty());
}

#[test]
fn ink_has_the_chosen_width_on_the_screen_at_any_zoom() {
    for zoom in [0.05, 1.0, 30.0] {
        let mut rig = Rig::new();
        let camera = *rig.editor.camera();
        rig.editor
            .set_camera(camera.zoomed_about(camera.size().middle(), zoom));
        rig.draw(&[(10.0, 10.0), (60.0, 60.0)]);
        let width = rig.board.elements().next().unwrap().props.width;
        let on_screen = f64::from(width) * zoom;
        assert!(
            (on_screen - f64::from(WidthStep::Medium.pen_px())).abs() < 1e-3,
            "{on_screen}"
        );
    }
}

#[test]
fn new_ink_lies_on_top_and_marks_lie_below() {
    let mut rig = Rig::new();
    rig.put(OTHER, line(5, (0.0, 0.0), (10.0, 0.0)));
    rig.draw(&[(10.0, 10.0), (60.0, 60.0)]);
    rig.pick(ToolKind::Highlighter);
    rig.draw(&[(10.0, 10.0), (60.0, 60.0)]);
    let brushes: Vec<Brush> = rig
        .board
        .in_order()
        .map(|element| {
            let shared::model::Body::Stroke(stroke) = &element.body else {
                panic!("no stroke");
            };
            stroke.brush
        })
        .collect();
    assert_eq!(brushes, [Brush::Highlighter, Brush::Pen, Brush::Pen]);
    assert_eq!(rig.board.in_order().nth(1).unwrap().id, element_id(5));
}

#[test]
fn each_tool_draws_with_its_own_style() {
    let mut rig = Rig::new();
    let mut styles = *rig.editor.styles();
    styles.of_mut(ToolKind::Pen).color = Color::Red;
    styles.of_mut(ToolKind::Highlighter).width = WidthStep::Bold;
    rig.editor.set_styles(styles);
    rig.draw(&[(10.0, 10.0), (60.0, 60.0)]);
    assert_eq!(rig.newest().props.color, Color::Red);
    rig.pick(ToolKind::Highlighter);
    rig.draw(&[(10.0, 10.0), (60.0, 60.0)]);
    let marked = rig.newest().props;
    assert_eq!((marked.color, marked.width), (Color::Yellow, 40.0));
}

#[test]
fn constant_width_ignores_pressure_and_speed() {
    let mut rig = Rig::new();
    rig.editor.set_prefs(Prefs {
        constant_width: true,
        ..Prefs::default()
    });
    let pen = |x: f64, pressure: f32| {
        let mut pen = pointer(PointerKind::Pen, 2, x, 10.0, 0);
        pen.pressure = pressure;
        pen
    };
    rig.send(InputEvent::PointerDown(pen(10.0, 0.1)));
    for step in 1..20 {
        rig.send(InputEvent::PointerMove {
            pointer: pen(10.0 + f64::from(step * step), 0.05 * step as f32),
            samples: Vec::new(),
            predicted: Vec::new(),
        });
    }
    rig.send(InputEvent::PointerUp(pen(400.0, 0.0)));
    let (_, points) = rig.only_stroke();
    let first = points[0].pressure;
    assert!(
        points.iter().all(|point| point.pressure == first),
        "{points:?}"
    );
}

/// How far a line drawn along y = 100 with a tremble of one pixel strays from it.
fn stray(stabiliser: u8, hop: f64) -> f64 {
    let mut rig = Rig::new();
    rig.editor.set_prefs(Prefs {
        stabiliser,
        ..Prefs::default()
    });
    rig.down(0.0, 100.0);
    for step in 1..60 {
        let tremble = if step % 2 == 0 { 1.0 } else { -1.0 };
        rig.drag(&[(f64::from(step) * hop, 100.0 + tremble)]);
    }
    let drawn = rig.editor.own_ink().unwrap().points;
    let stray = |point: &InkPoint| (point.y - 100.0).abs();
    drawn[20..].iter().map(stray).fold(0.0, f64::max)
}

#[test]
fn a_stabiliser_steadies_the_hand_and_a_slow_one_more() {
    let (plain, some, all) = (stray(0, 3.0), stray(5, 3.0), stray(10, 3.0));
    assert!(
        some < plain * 0.8 && all < some * 0.8,
        "{plain} {some} {all}"
    );
    let fast = stray(10, 24.0);
    assert!(fast > all * 1.5, "{all} when slow, {fast} when fast");
}

#[test]
fn a_steadied_line_ends_where_the_pen_was_lifted() {
    let mut rig = Rig::new();
    rig.editor.set_prefs(Prefs {
        stabiliser: 10,
        ..Prefs::default()
    });
    rig.draw(&[(10.0, 10.0), (20.0, 10.0), (30.0, 10.0), (40.0, 10.0)]);
    let last = rig.only_stroke().1.pop().unwrap();
    assert_eq!((last.x, last.y), (40.0, 10.0));
}

#[test]
fn ink_that_is_drawn_in_a_frame_belongs_to_it() {
    let mut rig = Rig::new();
    rig.never_hold();
    let rect = BoardRect::new(100.0, 100.0, 300.0, 300.0);
    rig.put(OTHER, boxed(5, Body::Frame, rect));
    let frame_of = |rig: &mut Rig, points: &[(f64, f64)]| {
        rig.draw(points);
        rig.newest().props.frame()
    };
    let inside = frame_of(&mut rig, &[(150.0, 150.0), (200.0, 170.0), (250.0, 200.0)]);
    assert_eq!(inside, Some(element_id(5)));
    let beyond = [
        (150.0, 150.0),
        (200.0, 170.0),
        (250.0, 190.0),
        (310.0, 200.0),
    ];
    assert_eq!(frame_of(&mut rig, &beyond), Some(element_id(5)));
    let leaving = [
        (290.0, 150.0),
        (350.0, 170.0),
        (400.0, 190.0),
        (450.0, 200.0),
    ];
    assert_eq!(frame_of(&mut rig, &leaving), None, "it leads out");
    let entering = [
        (50.0, 150.0),
        (150.0, 170.0),
        (200.0, 190.0),
        (250.0, 200.0),
    ];
    assert_eq!(frame_of(&mut rig, &entering), None, "it begins outside");
}

#[test]
fn long_ink_within_a_frame_belongs_to_it_once_it_ends() {
    let mut rig = Rig::new();
    let rect = BoardRect::new(0.0, 0.0, 800.0, 600.0);
    rig.put(OTHER, boxed(5, Body::Frame, rect));
    rig.down(30.0, 200.0);
    rig.drag(&wave(10, 60));
    rig.now = 1_200;
    rig.animation_frame();
    assert_eq!(rig.newest().props.frame(), None);
    rig.up(250.0, 200.0);
    assert_eq!(rig.newest().props.frame(), Some(element_id(5)));
    assert!(
        rig.said().ends_with("commit(extend-end,set) kept"),
        "{}",
        rig.said()
    );
    rig.run(crate::Command::UNDO);
    assert_eq!(rig.board.len(), 1, "one undo takes the whole stroke");
}

#[test]
fn measured_pressure_is_recorded_and_a_firm_dot_is_larger() {
    let mut rig = Rig::new();
    let pen = |x: f64, pressure: f32| {
        let mut pen = pointer(PointerKind::Pen, 2, x, 10.0, 0);
        pen.pressure = pressure;
        pen
    };
    rig.send(InputEvent::PointerDown(pen(10.0, 0.02)));
    let firm = pen(10.1, 0.6);
    let samples = vec![firm.sample()];
    rig.send(InputEvent::PointerMove {
        pointer: firm,
        samples,
        predicted: Vec::new(),
    });
    rig.send(InputEvent::PointerUp(pen(10.1, 0.0)));
    let (_, points) = rig.only_stroke();
    assert!((points[0].pressure - 0.75).abs() < 0.01, "{points:?}");
}

#[test]
fn predicted_points_are_shown_and_never_recorded() {
    let mut rig = Rig::new();
    rig.down(10.0, 10.0);
    rig.send(InputEvent::PointerMove {
        pointer: pointer(PointerKind::Mouse, 1, 40.0, 10.0, 0),
        samples: samples(&[(40.0, 10.0)], 0),
        predicted: samples(&[(400.0, 10.0)], 0),
    });
    assert!(rig.editor.own_ink().unwrap().predicted[0].x > 40.0);
    rig.drag(&[(45.0, 10.0)]);
    assert!(rig.editor.own_ink().unwrap().predicted.is_empty());
    rig.up(45.0, 10.0);
    assert!(rig.only_stroke().1.iter().all(|point| point.x <= 45.0));
}

#[test]
fn a_viewer_pans_instead_of_drawing() {
    let mut rig = Rig::new();
    rig.become_viewer();
    rig.draw(&[(10.0, 10.0), (60.0, 60.0)]);
    assert_eq!(rig.said(), "camera");
    assert!(rig.board.is_empty());
}

#[test]
fn a_person_who_becomes_a_viewer_stops_drawing() {
    let mut rig = Rig::new();
    rig.put(ME, line(5, (0.0, 0.0), (10.0, 0.0)));
    rig.down(10.0, 10.0);
    rig.become_viewer();
    assert!(!rig.editor.is_busy());
    rig.drag(&[(60.0, 60.0)]);
    rig.up(60.0, 60.0);
    assert_eq!(rig.board.len(), 1);
}

#[test]
fn places_that_are_not_finite_draw_nothing() {
    let mut rig = Rig::new();
    rig.down(f64::NAN, 10.0);
    rig.drag(&[(f64::INFINITY, 0.0)]);
    rig.up(f64::NAN, f64::NAN);
    assert!(rig.board.is_empty());
    rig.down(1e300, 10.0);
    rig.up(1e300, 10.0);
    assert_eq!(rig.board.len(), 1);
}
