//! Lines and arrows, as they are drawn and bound.

use shared::geometry::{BoardPoint, BoardRect};
use shared::model::place::line_points;
use shared::model::{Body, Head, Outline, Prop, Route};
use shared::op::{Guard, Op};

use super::desk::{Desk, ME, OTHER, boxed, element_id, shape};
use crate::{Access, Prefs, ToolKind};

fn desk(tool: ToolKind) -> Desk {
    let mut desk = Desk::new();
    desk.pick(tool);
    desk.log.clear();
    desk
}

/// A desk with two hollow rectangles, 1 at the left and 2 at the right.
fn two_boxes() -> Desk {
    let mut desk = desk(ToolKind::Arrow);
    for (number, x) in [(1, 100.0), (2, 400.0)] {
        let rect = BoardRect::new(x, 100.0, x + 100.0, 200.0);
        desk.put(OTHER, shape(number, Outline::Rectangle, rect));
    }
    desk.log.clear();
    desk
}

fn points(desk: &Desk) -> Vec<(f64, f64)> {
    let line = desk.newest();
    let at = line.props.at;
    let place = |[x, y]: [f32; 2]| (at.x + f64::from(x), at.y + f64::from(y));
    line.props.points().into_iter().map(place).collect()
}

fn hover(desk: &mut Desk, x: f64, y: f64) {
    desk.drag(&[(x, y)]);
}

#[test]
fn a_drag_draws_a_line_from_its_beginning_to_its_end() {
    let mut desk = desk(ToolKind::Line);
    desk.down(100.0, 100.0);
    desk.drag(&[(150.0, 120.0)]);
    desk.frame();
    desk.drag(&[(200.0, 180.0)]);
    assert_eq!((desk.said().as_str(), desk.drafts().len()), ("draft", 1));
    assert!(desk.board.is_empty());
    desk.up(200.0, 180.0);
    assert_eq!(points(&desk), [(100.0, 100.0), (200.0, 180.0)]);
    assert!(
        desk.said().starts_with("draft commit(put-line) drafted"),
        "{}",
        desk.said()
    );
    assert_eq!(desk.editor.tool(), ToolKind::Select);
    assert!(desk.editor.selection().has(desk.newest().id));
}

#[test]
fn arrows_have_a_head_and_lines_none() {
    for (tool, heads) in [
        (ToolKind::Line, [Head::None, Head::None]),
        (ToolKind::Arrow, [Head::None, Head::Arrow]),
    ] {
        let mut desk = desk(tool);
        let mut styles = *desk.editor.styles();
        styles.of_mut(tool).route = Route::Curved;
        desk.editor.set_styles(styles);
        desk.draw(&[(100.0, 100.0), (200.0, 180.0)]);
        let props = desk.newest().props;
        assert_eq!((props.heads(), props.route()), (heads, Route::Curved));
    }
}

#[test]
fn clicks_set_points_until_the_last_one_is_clicked_again() {
    let mut desk = desk(ToolKind::Line);
    desk.click(100.0, 100.0);
    assert!(desk.editor.is_busy());
    hover(&mut desk, 150.0, 120.0);
    assert_eq!(
        desk.drafts()[0].props.points().len(),
        2,
        "the line follows the pointer"
    );
    desk.click(200.0, 100.0);
    desk.click(200.0, 200.0);
    assert!(desk.board.is_empty());
    desk.click(201.0, 201.0);
    assert!(!desk.editor.is_busy());
    assert_eq!(
        points(&desk),
        [(100.0, 100.0), (200.0, 100.0), (200.0, 200.0)]
    );
    desk.run(crate::Command::UNDO);
    assert!(desk.board.is_empty());
}

#[test]
fn a_drag_between_clicks_sets_its_end() {
    let mut desk = desk(ToolKind::Line);
    desk.click(100.0, 100.0);
    desk.draw(&[(200.0, 100.0), (250.0, 120.0), (300.0, 150.0)]);
    desk.click(301.0, 150.0);
    assert_eq!(points(&desk), [(100.0, 100.0), (300.0, 150.0)]);
}

#[test]
fn escape_keeps_what_is_there_if_it_is_a_line() {
    let mut desk = desk(ToolKind::Line);
    desk.click(100.0, 100.0);
    desk.key("Escape");
    assert!(desk.board.is_empty() && !desk.editor.is_busy());
    desk.click(100.0, 100.0);
    desk.click(200.0, 100.0);
    hover(&mut desk, 300.0, 300.0);
    desk.key("Escape");
    assert_eq!(points(&desk), [(100.0, 100.0), (200.0, 100.0)]);
}

#[test]
fn escape_while_the_pointer_is_down_drops_only_that_press() {
    let mut desk = desk(ToolKind::Line);
    desk.click(100.0, 100.0);
    desk.click(200.0, 100.0);
    desk.down(300.0, 300.0);
    desk.key("Escape");
    desk.up(300.0, 300.0);
    assert!(desk.editor.is_busy(), "the line goes on");
    desk.key("Escape");
    assert_eq!(points(&desk), [(100.0, 100.0), (200.0, 100.0)]);
}

#[test]
fn nothing_goes_on_when_one_may_only_look() {
    let mut desk = desk(ToolKind::Line);
    desk.click(100.0, 100.0);
    desk.click(200.0, 100.0);
    desk.now += 1_000;
    desk.down(300.0, 200.0);
    desk.ask(|editor, now, ids, board| editor.set_access(Access::View, now, ids, board));
    assert!(!desk.editor.is_busy());
    assert!(desk.drafts().is_empty());
}

#[test]
fn another_tool_ends_the_line() {
    let mut desk = desk(ToolKind::Line);
    desk.click(100.0, 100.0);
    desk.click(200.0, 100.0);
    desk.pick(ToolKind::Pen);
    assert_eq!(points(&desk), [(100.0, 100.0), (200.0, 100.0)]);
    assert_eq!(desk.editor.tool(), ToolKind::Pen);
}

#[test]
fn escape_in_a_drag_leaves_no_trace() {
    let mut desk = desk(ToolKind::Arrow);
    desk.down(100.0, 100.0);
    desk.drag(&[(200.0, 180.0)]);
    desk.frame();
    desk.key("Escape");
    desk.up(200.0, 180.0);
    assert_eq!(desk.said(), "draft drafted");
    assert!(desk.board.is_empty() && desk.drafts().is_empty());
}

#[test]
fn shift_keeps_to_steps_of_15_degrees() {
    let mut desk = desk(ToolKind::Line);
    desk.held.shift = true;
    desk.draw(&[(100.0, 100.0), (200.0, 104.0)]);
    let [_, (x, y)] = points(&desk)[..] else {
        panic!()
    };
    assert!(
        (x - 200.0).abs() < 0.5 && (y - 100.0).abs() < 1e-6,
        "{x} {y}"
    );
}

#[test]
fn with_the_grid_points_keep_to_it() {
    let mut desk = desk(ToolKind::Line);
    desk.editor.set_prefs(Prefs {
        grid: true,
        ..Prefs::default()
    });
    desk.draw(&[(97.0, 104.0), (150.0, 140.0), (175.0, 149.0)]);
    assert_eq!(points(&desk), [(100.0, 100.0), (180.0, 140.0)]);
}

#[test]
fn ends_hold_on_to_what_they_touch_and_show_it() {
    let mut desk = two_boxes();
    desk.down(198.0, 150.0);
    desk.drag(&[(300.0, 150.0)]);
    assert_eq!(desk.editor.overlay(0, &desk.board).target, None);
    desk.drag(&[(405.0, 150.0)]);
    assert_eq!(
        desk.editor.overlay(0, &desk.board).target,
        Some(element_id(2))
    );
    desk.up(405.0, 150.0);
    let props = desk.newest().props;
    let to = |anchor: Option<shared::model::Anchor>| anchor.map(|anchor| anchor.to);
    assert_eq!(to(props.start()), Some(element_id(1)));
    assert_eq!(to(props.end()), Some(element_id(2)));
}

#[test]
fn a_bound_line_follows_whoever_moves_what_it_holds_on_to() {
    let mut desk = two_boxes();
    desk.draw(&[(198.0, 150.0), (300.0, 150.0), (405.0, 150.0)]);
    let line = desk.newest();
    desk.apply(
        OTHER,
        vec![Op::Set {
            id: element_id(2),
            prop: Prop::At(BoardPoint::new(400.0, 500.0)),
        }],
        Guard::Any,
    );
    assert_eq!(desk.newest(), line, "nothing was written to the line");
    let end = line_points(&desk.board, &line).pop().unwrap();
    assert!(end.y > 450.0, "{end:?}");
}

#[test]
fn ctrl_draws_free_ends() {
    let mut desk = two_boxes();
    desk.held.ctrl = true;
    desk.draw(&[(198.0, 150.0), (300.0, 150.0), (405.0, 150.0)]);
    let props = desk.newest().props;
    assert_eq!((props.start(), props.end()), (None, None));
}

#[test]
fn a_line_within_one_shape_holds_on_to_nothing() {
    let mut desk = two_boxes();
    desk.draw(&[(120.0, 120.0), (150.0, 150.0), (180.0, 190.0)]);
    let props = desk.newest().props;
    assert_eq!((props.start(), props.end()), (None, None));
}

#[test]
fn frames_are_held_on_to_by_their_edge_only() {
    let mut desk = desk(ToolKind::Arrow);
    let rect = BoardRect::new(300.0, 100.0, 500.0, 300.0);
    desk.put(OTHER, boxed(1, Body::Frame, rect));
    desk.draw(&[(100.0, 200.0), (200.0, 200.0), (400.0, 200.0)]);
    assert_eq!(desk.newest().props.end(), None);
    desk.pick(ToolKind::Arrow);
    desk.draw(&[(100.0, 200.0), (200.0, 200.0), (302.0, 200.0)]);
    assert_eq!(
        desk.newest().props.end().map(|end| end.to),
        Some(element_id(1))
    );
}

#[test]
fn what_is_deleted_meanwhile_is_not_held_on_to() {
    let mut desk = two_boxes();
    desk.down(198.0, 150.0);
    desk.drag(&[(405.0, 150.0)]);
    let ids = vec![element_id(2)];
    desk.apply(OTHER, vec![Op::Delete { ids }], Guard::Any);
    // Lifted without another move: the end still aims at what is gone.
    desk.up(405.0, 150.0);
    assert_eq!(desk.newest().props.end(), None);
}

#[test]
fn erasing_a_shape_leaves_its_arrow_where_it_is_seen() {
    let mut desk = two_boxes();
    desk.draw(&[(198.0, 150.0), (300.0, 150.0), (450.0, 150.0)]);
    let line = desk.newest();
    let seen = line_points(&desk.board, &line);
    desk.pick(ToolKind::Eraser);
    desk.log.clear();
    desk.click(500.0, 120.0);
    assert_eq!(desk.said(), "commit(set,set,set,delete)");
    let left = desk.newest();
    assert_eq!(
        (left.props.end(), left.props.start()),
        (None, line.props.start())
    );
    let now = line_points(&desk.board, &left);
    for (now, seen) in now.iter().zip(&seen) {
        assert!(now.distance(*seen) < 1.0, "{now:?}, not {seen:?}");
    }
    desk.run(crate::Command::UNDO);
    assert_eq!(desk.newest().props.end(), line.props.end());
    assert!(desk.board.get(element_id(2)).is_some());
}

#[test]
fn a_line_in_a_frame_belongs_to_it() {
    let mut desk = desk(ToolKind::Line);
    let rect = BoardRect::new(100.0, 100.0, 500.0, 500.0);
    desk.put(ME, boxed(1, Body::Frame, rect));
    desk.draw(&[(200.0, 200.0), (300.0, 300.0)]);
    assert_eq!(desk.newest().props.frame(), Some(element_id(1)));
}

#[test]
fn shift_counts_while_the_pointer_hovers_between_two_presses() {
    let mut desk = desk(ToolKind::Line);
    desk.click(100.0, 100.0);
    desk.held.shift = true;
    hover(&mut desk, 200.0, 104.0);
    let [_, [_, y]] = desk.drafts()[0].props.points()[..] else {
        panic!()
    };
    assert!(y.abs() < 1e-6, "{y}");
}
