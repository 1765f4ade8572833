//! Draw and hold: what holding the pen does.

use shared::model::{Body, Head, Outline};

use super::hands::by_hand;
use crate::tests::desk::{Desk, element_id};
use crate::{Prefs, ToolKind};

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
    desk.run(crate::Command::UNDO);
    assert!(desk.board.is_empty());
}

#[test]
fn a_long_stroke_that_is_durable_already_goes_in_the_same_undo() {
    let mut desk = held(2_500);
    desk.up(100.0, 100.0);
    assert!(desk.said().contains("put-open") && desk.said().contains("commit(delete)"));
    assert_eq!(desk.board.len(), 1);
    assert_eq!(desk.newest().body, Body::Shape(Outline::Rectangle));
    desk.run(crate::Command::UNDO);
    assert!(desk.board.is_empty() && !desk.editor.history().can_undo());
    desk.run(crate::Command::REDO);
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
