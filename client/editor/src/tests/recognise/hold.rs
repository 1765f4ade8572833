//! Draw and hold: what holding the pen does.

use shared::model::{Arrowhead, Body, Outline};

use super::hands::by_hand;
use crate::tests::rig::{Rig, element_id};
use crate::{Prefs, ToolKind};

/// Draws a rectangle by hand in `ms` and holds the pen at its end.
fn held(ms: u64) -> Rig {
    let mut rig = Rig::new();
    rig.now = 10_000;
    let corners = [
        (100.0, 100.0),
        (300.0, 100.0),
        (300.0, 220.0),
        (100.0, 220.0),
        (100.0, 100.0),
    ];
    let way = by_hand(&corners, 7);
    rig.down(100.0, 100.0);
    for point in &way[1..] {
        rig.now += ms / way.len() as u64;
        rig.drag(&[*point]);
        rig.animation_frame();
    }
    rig.now += 499;
    rig.animation_frame();
    assert!(rig.drafts().is_empty(), "not held for long enough");
    rig.now += 2;
    rig.animation_frame();
    rig
}

#[test]
fn a_held_stroke_becomes_a_figure_and_only_the_figure_is_committed() {
    let mut rig = held(300);
    assert!(rig.said().ends_with("dropped"), "{}", rig.said());
    assert!(rig.editor.own_ink().is_none());
    assert_eq!(rig.drafts()[0].body, Body::Shape(Outline::Rectangle));
    rig.animation_frame();
    let (x, y) = (100.0, 100.0);
    rig.up(x, y);
    assert!(
        rig.said()
            .ends_with("dropped draft commit(put-shape) drafted"),
        "{}",
        rig.said()
    );
    assert_eq!(rig.board.len(), 1);
    rig.run(crate::Command::UNDO);
    assert!(rig.board.is_empty());
}

#[test]
fn a_long_stroke_that_is_durable_already_goes_in_the_same_undo() {
    let mut rig = held(2_500);
    rig.up(100.0, 100.0);
    assert!(rig.said().contains("put-open") && rig.said().contains("commit(delete)"));
    assert_eq!(rig.board.len(), 1);
    assert_eq!(rig.newest().body, Body::Shape(Outline::Rectangle));
    rig.run(crate::Command::UNDO);
    assert!(rig.board.is_empty() && !rig.editor.history().can_undo());
    rig.run(crate::Command::REDO);
    assert_eq!(rig.board.len(), 1);
    assert_eq!(rig.newest().body, Body::Shape(Outline::Rectangle));
}

#[test]
fn the_figure_follows_the_pen_until_it_is_lifted() {
    let mut rig = held(300);
    let before = rig.drafts()[0].props.size()[0];
    // Twice as far from the middle at (200, 160).
    rig.drag(&[(0.0, 40.0)]);
    let after = rig.drafts()[0].props.size()[0];
    assert!((after / before - 2.0).abs() < 0.2, "{before} {after}");
    rig.up(0.0, 40.0);
    assert_eq!(rig.newest().props.size()[0], after);
}

#[test]
fn cancelling_a_figure_leaves_nothing() {
    let mut rig = held(300);
    rig.animation_frame();
    rig.key("Escape");
    rig.up(100.0, 100.0);
    assert!(rig.board.is_empty() && rig.drafts().is_empty());
    assert!(rig.said().ends_with("draft drafted"), "{}", rig.said());
}

#[test]
fn cancelling_a_figure_keeps_durable_ink() {
    let mut rig = held(3_000);
    rig.animation_frame();
    assert!(rig.board.is_empty(), "its ink was taken back");
    rig.key("Escape");
    assert!(matches!(rig.newest().body, Body::Shape(_)));
}

#[test]
fn a_pen_that_moves_on_or_does_not_want_it_draws_ink() {
    for (wished, tool, rests) in [
        (false, ToolKind::Pen, 900),
        (true, ToolKind::Highlighter, 900),
        (true, ToolKind::Pen, 300),
    ] {
        let mut rig = Rig::new();
        rig.editor.set_prefs(Prefs {
            draw_and_hold: wished,
            ..Prefs::default()
        });
        rig.pick(tool);
        rig.down(100.0, 100.0);
        rig.drag(&[(200.0, 100.0), (300.0, 100.0)]);
        rig.now += rests;
        rig.animation_frame();
        rig.up(300.0, 100.0);
        assert!(matches!(rig.newest().body, Body::Stroke(_)), "{tool:?}");
    }
}

#[test]
fn a_held_line_ends_where_the_pen_goes_and_an_arrow_has_a_head() {
    let mut rig = Rig::new();
    rig.down(100.0, 100.0);
    rig.drag(&[(200.0, 100.0), (300.0, 101.0)]);
    rig.now += 600;
    rig.animation_frame();
    rig.up(300.0, 201.0);
    let line = rig.newest();
    assert_eq!(
        (&line.body, line.props.heads()),
        (&Body::Line, [Arrowhead::None; 2])
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
