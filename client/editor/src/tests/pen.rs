//! What the pen and the highlighter leave behind.

use shared::geometry::{BoardRect, InkPoint};
use shared::model::{Body, Brush, Color, WidthStep};

use super::desk::{Desk, ME, OTHER, boxed, element_id, line, pointer, samples};
use crate::input::{InputEvent, PointerKind};
use crate::{Access, Output, Prefs, ToolKind};

/// A wave of `count` points, as a hand would draw it.
pub(super) fn wave(from: usize, count: usize) -> Vec<(f64, f64)> {
    (from..from + count)
        .map(|at| (at as f64 * 3.0, 200.0 + (at as f64 * 0.15).sin() * 80.0))
        .collect()
}

#[test]
fn a_short_stroke_is_one_closed_put() {
    let mut desk = Desk::new();
    desk.draw(&[(10.0, 10.0), (40.0, 30.0), (80.0, 20.0)]);
    assert_eq!(desk.said(), "commit(put)");
    let (stroke, points) = desk.only_stroke();
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
    let mut desk = Desk::new();
    desk.down(10.0, 10.0);
    desk.up(10.0, 10.0);
    let (stroke, points) = desk.only_stroke();
    assert_eq!((stroke.open, points.len()), (false, 1));
}

#[test]
fn peers_see_ink_once_a_frame_while_it_is_drawn() {
    let mut desk = Desk::new();
    desk.down(10.0, 10.0);
    desk.drag(&[(30.0, 10.0)]);
    desk.drag(&[(50.0, 10.0)]);
    assert_eq!(desk.said(), "");
    desk.frame();
    desk.drag(&[(70.0, 10.0)]);
    desk.frame();
    desk.frame();
    desk.drag(&[(90.0, 10.0)]);
    desk.up(90.0, 10.0);
    assert_eq!(
        desk.said(),
        "begin ink[0+3] ink[3+1] ink[4+2] commit(put) kept"
    );
}

#[test]
fn live_pieces_are_what_is_drawn() {
    let mut desk = Desk::new();
    desk.down(10.0, 10.0);
    desk.drag(&wave(5, 40));
    let drawn: Vec<InkPoint> = desk.editor.own_ink().unwrap().points.to_vec();
    desk.frame();
    let sent: Vec<InkPoint> = desk
        .log
        .iter()
        .filter_map(|effect| match effect {
            Output::Live(shared::protocol::live::LiveItem::Ink { ink, .. }) => Some(ink.points()),
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
fn giving_up_before_anything_is_durable_leaves_nothing() {
    let mut desk = Desk::new();
    desk.down(10.0, 10.0);
    desk.drag(&wave(10, 20));
    desk.frame();
    desk.key("Escape");
    desk.up(10.0, 10.0);
    assert!(desk.said().ends_with("dropped"), "{}", desk.said());
    assert!(desk.board.is_empty() && desk.editor.own_ink().is_none());
}

#[test]
fn the_first_finger_of_a_pinch_leaves_no_dot() {
    let mut desk = Desk::new();
    let touch = |id, x| pointer(PointerKind::Touch, id, x, 50.0, 0);
    desk.send(InputEvent::PointerDown(touch(1, 50.0)));
    desk.frame();
    desk.now = 2_000;
    desk.frame();
    let second = pointer(PointerKind::Touch, 2, 150.0, 50.0, 2_000);
    desk.send(InputEvent::PointerDown(second));
    desk.drag_as(PointerKind::Touch, 2, &[(250.0, 50.0)]);
    assert_eq!(desk.said(), "begin ink[0+1] dropped camera");
    assert!(desk.board.is_empty());
}

#[test]
fn ink_has_the_chosen_width_on_the_screen_at_any_zoom() {
    for zoom in [0.05, 1.0, 30.0] {
        let mut desk = Desk::new();
        let camera = *desk.editor.camera();
        desk.editor
            .set_camera(camera.zoomed_about(camera.size().middle(), zoom));
        desk.draw(&[(10.0, 10.0), (60.0, 60.0)]);
        let width = desk.board.elements().next().unwrap().props.width;
        let on_screen = f64::from(width) * zoom;
        assert!(
            (on_screen - f64::from(WidthStep::Medium.pen_px())).abs() < 1e-3,
            "{on_screen}"
        );
    }
}

#[test]
fn new_ink_lies_on_top_and_marks_lie_below() {
    let mut desk = Desk::new();
    desk.put(OTHER, line(5, (0.0, 0.0), (10.0, 0.0)));
    desk.draw(&[(10.0, 10.0), (60.0, 60.0)]);
    desk.pick(ToolKind::Highlighter);
    desk.draw(&[(10.0, 10.0), (60.0, 60.0)]);
    let brushes: Vec<Brush> = desk
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
    assert_eq!(desk.board.in_order().nth(1).unwrap().id, element_id(5));
}

#[test]
fn each_tool_draws_with_its_own_look() {
    let mut desk = Desk::new();
    let mut styles = *desk.editor.styles();
    styles.of_mut(ToolKind::Pen).color = Color::Red;
    styles.of_mut(ToolKind::Highlighter).width = WidthStep::Bold;
    desk.editor.set_styles(styles);
    desk.draw(&[(10.0, 10.0), (60.0, 60.0)]);
    assert_eq!(desk.newest().props.color, Color::Red);
    desk.pick(ToolKind::Highlighter);
    desk.draw(&[(10.0, 10.0), (60.0, 60.0)]);
    let marked = desk.newest().props;
    assert_eq!((marked.color, marked.width), (Color::Yellow, 40.0));
}

#[test]
fn constant_width_ignores_pressure_and_speed() {
    let mut desk = Desk::new();
    desk.editor.set_prefs(Prefs {
        constant_width: true,
        ..Prefs::default()
    });
    let pen = |x: f64, pressure: f32| {
        let mut pen = pointer(PointerKind::Pen, 2, x, 10.0, 0);
        pen.pressure = pressure;
        pen
    };
    desk.send(InputEvent::PointerDown(pen(10.0, 0.1)));
    for step in 1..20 {
        desk.send(InputEvent::PointerMove {
            pointer: pen(10.0 + f64::from(step * step), 0.05 * step as f32),
            samples: Vec::new(),
            predicted: Vec::new(),
        });
    }
    desk.send(InputEvent::PointerUp(pen(400.0, 0.0)));
    let (_, points) = desk.only_stroke();
    let first = points[0].pressure;
    assert!(
        points.iter().all(|point| point.pressure == first),
        "{points:?}"
    );
}

/// How far a line drawn along y = 100 with a tremble of one pixel strays from it.
fn stray(stabiliser: u8, hop: f64) -> f64 {
    let mut desk = Desk::new();
    desk.editor.set_prefs(Prefs {
        stabiliser,
        ..Prefs::default()
    });
    desk.down(0.0, 100.0);
    for step in 1..60 {
        let tremble = if step % 2 == 0 { 1.0 } else { -1.0 };
        desk.drag(&[(f64::from(step) * hop, 100.0 + tremble)]);
    }
    let drawn = desk.editor.own_ink().unwrap().points;
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
    let mut desk = Desk::new();
    desk.editor.set_prefs(Prefs {
        stabiliser: 10,
        ..Prefs::default()
    });
    desk.draw(&[(10.0, 10.0), (20.0, 10.0), (30.0, 10.0), (40.0, 10.0)]);
    let last = desk.only_stroke().1.pop().unwrap();
    assert_eq!((last.x, last.y), (40.0, 10.0));
}

#[test]
fn ink_within_a_frame_belongs_to_it_and_ink_across_its_edge_does_not() {
    let mut desk = Desk::new();
    let rect = BoardRect::new(100.0, 100.0, 300.0, 300.0);
    desk.put(OTHER, boxed(5, Body::Frame, rect));
    desk.draw(&[(150.0, 150.0), (250.0, 200.0)]);
    assert_eq!(desk.newest().props.frame(), Some(element_id(5)));
    desk.draw(&[(200.0, 150.0), (310.0, 200.0)]);
    assert_eq!(desk.newest().props.frame(), None);
}

#[test]
fn long_ink_within_a_frame_belongs_to_it_once_it_ends() {
    let mut desk = Desk::new();
    let rect = BoardRect::new(0.0, 0.0, 800.0, 600.0);
    desk.put(OTHER, boxed(5, Body::Frame, rect));
    desk.down(30.0, 200.0);
    desk.drag(&wave(10, 60));
    desk.now = 1_200;
    desk.frame();
    assert_eq!(desk.newest().props.frame(), None);
    desk.up(250.0, 200.0);
    assert_eq!(desk.newest().props.frame(), Some(element_id(5)));
    assert!(
        desk.said().ends_with("commit(extend-end,set) kept"),
        "{}",
        desk.said()
    );
    desk.run(crate::Command::UNDO);
    assert_eq!(desk.board.len(), 1, "one undo takes the whole stroke");
}

#[test]
fn felt_pressure_is_kept_and_a_firm_dot_is_firm() {
    let mut desk = Desk::new();
    let pen = |x: f64, pressure: f32| {
        let mut pen = pointer(PointerKind::Pen, 2, x, 10.0, 0);
        pen.pressure = pressure;
        pen
    };
    desk.send(InputEvent::PointerDown(pen(10.0, 0.02)));
    let firm = pen(10.1, 0.6);
    let samples = vec![firm.sample()];
    desk.send(InputEvent::PointerMove {
        pointer: firm,
        samples,
        predicted: Vec::new(),
    });
    desk.send(InputEvent::PointerUp(pen(10.1, 0.0)));
    let (_, points) = desk.only_stroke();
    assert!((points[0].pressure - 0.75).abs() < 0.01, "{points:?}");
}

#[test]
fn predicted_points_are_shown_and_never_kept() {
    let mut desk = Desk::new();
    desk.down(10.0, 10.0);
    desk.send(InputEvent::PointerMove {
        pointer: pointer(PointerKind::Mouse, 1, 40.0, 10.0, 0),
        samples: samples(&[(40.0, 10.0)], 0),
        predicted: samples(&[(400.0, 10.0)], 0),
    });
    assert!(desk.editor.own_ink().unwrap().predicted[0].x > 40.0);
    desk.drag(&[(45.0, 10.0)]);
    assert!(desk.editor.own_ink().unwrap().predicted.is_empty());
    desk.up(45.0, 10.0);
    assert!(desk.only_stroke().1.iter().all(|point| point.x <= 45.0));
}

#[test]
fn who_may_only_look_pans_instead() {
    let mut desk = Desk::new();
    let mut ids = || element_id(1);
    desk.editor
        .set_access(Access::View, 0, &mut ids, &desk.board);
    desk.draw(&[(10.0, 10.0), (60.0, 60.0)]);
    assert_eq!(desk.said(), "camera");
    assert!(desk.board.is_empty());
}

#[test]
fn whoever_loses_the_right_to_draw_stops_drawing() {
    let mut desk = Desk::new();
    desk.put(ME, line(5, (0.0, 0.0), (10.0, 0.0)));
    desk.down(10.0, 10.0);
    let mut ids = || element_id(1);
    desk.editor
        .set_access(Access::View, 0, &mut ids, &desk.board);
    assert!(!desk.editor.is_busy());
    desk.drag(&[(60.0, 60.0)]);
    desk.up(60.0, 60.0);
    assert_eq!(desk.board.len(), 1);
}

#[test]
fn places_that_are_no_numbers_draw_nothing() {
    let mut desk = Desk::new();
    desk.down(f64::NAN, 10.0);
    desk.drag(&[(f64::INFINITY, 0.0)]);
    desk.up(f64::NAN, f64::NAN);
    assert!(desk.board.is_empty());
    desk.down(1e300, 10.0);
    desk.up(1e300, 10.0);
    assert_eq!(desk.board.len(), 1);
}
