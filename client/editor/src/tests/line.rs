//! Lines and arrows: how they are drawn and bound.

use shared::geometry::{BoardPoint, BoardRect};
use shared::model::layout::line_points;
use shared::model::{Arrowhead, Body, Outline, Prop, Route};
use shared::op::{Guard, Op};

use super::rig::{ME, OTHER, Rig, boxed, element_id, shape};
use crate::{Prefs, ToolKind};

fn rig(tool: ToolKind) -> Rig {
    let mut rig = Rig::new();
    rig.pick(tool);
    rig.log.clear();
    rig
}

/// A rig with two hollow rectangles, 1 at the left and 2 at the right.
fn two_boxes() -> Rig {
    let mut rig = rig(ToolKind::Arrow);
    for (number, x) in [(1, 100.0), (2, 400.0)] {
        let rect = BoardRect::new(x, 100.0, x + 100.0, 200.0);
        rig.put(OTHER, shape(number, Outline::Rectangle, rect));
    }
    rig.log.clear();
    rig
}

fn points(rig: &Rig) -> Vec<(f64, f64)> {
    let line = rig.newest();
    let at = line.props.at;
    let place = |[x, y]: [f32; 2]| (at.x + f64::from(x), at.y + f64::from(y));
    line.props.points().into_iter().map(place).collect()
}

fn hover(rig: &mut Rig, x: f64, y: f64) {
    rig.drag(&[(x, y)]);
}

#[test]
fn a_drag_draws_a_line_from_its_beginning_to_its_end() {
    let mut rig = rig(ToolKind::Line);
    rig.down(100.0, 100.0);
    rig.drag(&[(150.0, 120.0)]);
    rig.animation_frame();
    rig.drag(&[(200.0, 180.0)]);
    assert_eq!((rig.said().as_str(), rig.drafts().len()), ("draft", 1));
    assert!(rig.board.is_empty());
    rig.up(200.0, 180.0);
    assert_eq!(points(&rig), [(100.0, 100.0), (200.0, 180.0)]);
    assert!(
        rig.said().starts_with("draft commit(put-line) drafted"),
        "{}",
        rig.said()
    );
    assert_eq!(rig.editor.tool(), ToolKind::Select);
    assert!(rig.editor.selection().has(rig.newest().id));
}

#[test]
fn arrows_have_a_head_and_lines_none() {
    for (tool, heads) in [
        (ToolKind::Line, [Arrowhead::None, Arrowhead::None]),
        (ToolKind::Arrow, [Arrowhead::None, Arrowhead::Arrow]),
    ] {
        let mut rig = rig(tool);
        let mut styles = *rig.editor.styles();
        styles.of_mut(tool).route = Route::Curved;
        rig.editor.set_styles(styles);
        rig.draw(&[(100.0, 100.0), (200.0, 180.0)]);
        let props = rig.newest().props;
        assert_eq!((props.heads(), props.route()), (heads, Route::Curved));
    }
}

#[test]
fn clicks_set_points_until_the_last_one_is_clicked_again() {
    let mut rig = rig(ToolKind::Line);
    rig.click(100.0, 100.0);
    assert!(rig.editor.is_busy());
    hover(&mut rig, 150.0, 120.0);
    assert_eq!(
        rig.drafts()[0].props.points().len(),
        2,
        "the line follows the pointer"
    );
    rig.click(200.0, 100.0);
    rig.click(200.0, 200.0);
    assert!(rig.board.is_empty());
    rig.click(201.0, 201.0);
    assert!(!rig.editor.is_busy());
    assert_eq!(
        points(&rig),
        [(100.0, 100.0), (200.0, 100.0), (200.0, 200.0)]
    );
    rig.run(crate::Command::UNDO);
    assert!(rig.board.is_empty());
}

#[test]
fn a_drag_between_clicks_sets_its_end() {
    let mut rig = rig(ToolKind::Line);
    rig.click(100.0, 100.0);
    rig.draw(&[(200.0, 100.0), (250.0, 120.0), (300.0, 150.0)]);
    rig.click(301.0, 150.0);
    assert_eq!(points(&rig), [(100.0, 100.0), (300.0, 150.0)]);
}

#[test]
fn escape_keeps_a_line_of_two_points() {
    let mut rig = rig(ToolKind::Line);
    rig.click(100.0, 100.0);
    rig.key("Escape");
    assert!(rig.board.is_empty() && !rig.editor.is_busy());
    rig.click(100.0, 100.0);
    rig.click(200.0, 100.0);
    hover(&mut rig, 300.0, 300.0);
    rig.key("Escape");
    assert_eq!(points(&rig), [(100.0, 100.0), (200.0, 100.0)]);
}

#[test]
fn escape_while_the_pointer_is_down_drops_only_that_press() {
    let mut rig = rig(ToolKind::Line);
    rig.click(100.0, 100.0);
    rig.click(200.0, 100.0);
    rig.down(300.0, 300.0);
    rig.key("Escape");
    rig.up(300.0, 300.0);
    assert!(rig.editor.is_busy(), "the line goes on");
    rig.key("Escape");
    assert_eq!(points(&rig), [(100.0, 100.0), (200.0, 100.0)]);
}

#[test]
fn a_line_ends_when_the_person_becomes_a_viewer() {
    let mut rig = rig(ToolKind::Line);
    rig.click(100.0, 100.0);
    rig.click(200.0, 100.0);
    rig.now += 1_000;
    rig.down(300.0, 200.0);
    rig.become_viewer();
    assert!(!rig.editor.is_busy());
    assert!(rig.drafts().is_empty());
}

#[test]
fn another_tool_ends_the_line() {
    let mut rig = rig(ToolKind::Line);
    rig.click(100.0, 100.0);
    rig.click(200.0, 100.0);
    rig.pick(ToolKind::Pen);
    assert_eq!(points(&rig), [(100.0, 100.0), (200.0, 100.0)]);
    assert_eq!(rig.editor.tool(), ToolKind::Pen);
}

#[test]
fn escape_in_a_drag_leaves_no_trace() {
    let mut rig = rig(ToolKind::Arrow);
    rig.down(100.0, 100.0);
    rig.drag(&[(200.0, 180.0)]);
    rig.animation_frame();
    rig.key("Escape");
    rig.up(200.0, 180.0);
    assert_eq!(rig.said(), "draft drafted");
    assert!(rig.board.is_empty() && rig.drafts().is_empty());
}

#[test]
fn shift_draws_in_steps_of_15_degrees() {
    let mut rig = rig(ToolKind::Line);
    rig.held.shift = true;
    rig.draw(&[(100.0, 100.0), (200.0, 104.0)]);
    let [_, (x, y)] = points(&rig)[..] else {
        panic!()
    };
    assert!(
        (x - 200.0).abs() < 0.5 && (y - 100.0).abs() < 1e-6,
        "{x} {y}"
    );
}

#[test]
fn points_snap_to_the_grid() {
    let mut rig = rig(ToolKind::Line);
    rig.editor.set_prefs(Prefs {
        grid: true,
        ..Prefs::default()
    });
    rig.draw(&[(97.0, 104.0), (150.0, 140.0), (175.0, 149.0)]);
    assert_eq!(points(&rig), [(100.0, 100.0), (180.0, 140.0)]);
}

#[test]
fn ends_are_attached_to_the_elements_they_touch_and_show_it() {
    let mut rig = two_boxes();
    rig.down(198.0, 150.0);
    rig.drag(&[(300.0, 150.0)]);
    assert_eq!(rig.editor.overlay(0, &rig.board).target, None);
    rig.drag(&[(405.0, 150.0)]);
    assert_eq!(
        rig.editor.overlay(0, &rig.board).target,
        Some(element_id(2))
    );
    rig.up(405.0, 150.0);
    let props = rig.newest().props;
    let to = |anchor: Option<shared::model::Anchor>| anchor.map(|anchor| anchor.to);
    assert_eq!(to(props.start()), Some(element_id(1)));
    assert_eq!(to(props.end()), Some(element_id(2)));
}

#[test]
fn an_attached_line_follows_when_another_user_moves_the_shape() {
    let mut rig = two_boxes();
    rig.draw(&[(198.0, 150.0), (300.0, 150.0), (405.0, 150.0)]);
    let line = rig.newest();
    rig.apply(
        OTHER,
        vec![Op::Set {
            id: element_id(2),
            prop: Prop::At(BoardPoint::new(400.0, 500.0)),
        }],
        Guard::Any,
    );
    assert_eq!(rig.newest(), line, "nothing was written to the line");
    let end = line_points(&rig.board, &line).pop().unwrap();
    assert!(end.y > 450.0, "{end:?}");
}

#[test]
fn ctrl_draws_free_ends() {
    let mut rig = two_boxes();
    rig.held.ctrl = true;
    rig.draw(&[(198.0, 150.0), (300.0, 150.0), (405.0, 150.0)]);
    let props = rig.newest().props;
    assert_eq!((props.start(), props.end()), (None, None));
}

#[test]
fn a_line_within_one_shape_is_not_attached() {
    let mut rig = two_boxes();
    rig.draw(&[(120.0, 120.0), (150.0, 150.0), (180.0, 190.0)]);
    let props = rig.newest().props;
    assert_eq!((props.start(), props.end()), (None, None));
}

#[test]
fn lines_are_attached_to_frames_only_at_their_edge() {
    let mut rig = rig(ToolKind::Arrow);
    let rect = BoardRect::new(300.0, 100.0, 500.0, 300.0);
    rig.put(OTHER, boxed(1, Body::Frame, rect));
    rig.draw(&[(100.0, 200.0), (200.0, 200.0), (400.0, 200.0)]);
    assert_eq!(rig.newest().props.end(), None);
    rig.pick(ToolKind::Arrow);
    rig.draw(&[(100.0, 200.0), (200.0, 200.0), (302.0, 200.0)]);
    assert_eq!(
        rig.newest().props.end().map(|end| end.to),
        Some(element_id(1))
    );
}

#[test]
fn lines_are_not_attached_to_elements_deleted_meanwhile() {
    let mut rig = two_boxes();
    rig.down(198.0, 150.0);
    rig.drag(&[(405.0, 150.0)]);
    let ids = vec![element_id(2)];
    rig.apply(OTHER, vec![Op::Delete { ids }], Guard::Any);
    // Lifted without another move: the end still aims at the deleted element.
    rig.up(405.0, 150.0);
    assert_eq!(rig.newest().props.end(), None);
}

#[test]
fn erasing_a_shape_keeps_its_arrow_in_place() {
    let mut rig = two_boxes();
    rig.draw(&[(198.0, 150.0), (300.0, 150.0), (450.0, 150.0)]);
    let line = rig.newest();
    let seen = line_points(&rig.board, &line);
    rig.pick(ToolKind::Eraser);
    rig.log.clear();
    rig.click(500.0, 120.0);
    assert_eq!(rig.said(), "commit(set,set,set,delete)");
    let left = rig.newest();
    assert_eq!(
        (left.props.end(), left.props.start()),
        (None, line.props.start())
    );
    let now = line_points(&rig.board, &left);
    for (now, seen) in now.iter().zip(&seen) {
        assert!(now.distance(*seen) < 1.0, "{now:?}, not {seen:?}");
    }
    rig.run(crate::Command::UNDO);
    assert_eq!(rig.newest().props.end(), line.props.end());
    assert!(rig.board.get(element_id(2)).is_some());
}

#[test]
fn a_line_in_a_frame_belongs_to_it() {
    let mut rig = rig(ToolKind::Line);
    let rect = BoardRect::new(100.0, 100.0, 500.0, 500.0);
    rig.put(ME, boxed(1, Body::Frame, rect));
    rig.draw(&[(200.0, 200.0), (300.0, 300.0)]);
    assert_eq!(rig.newest().props.frame(), Some(element_id(1)));
}

#[test]
fn shift_counts_while_the_pointer_hovers_between_two_presses() {
    let mut rig = rig(ToolKind::Line);
    rig.click(100.0, 100.0);
    rig.held.shift = true;
    hover(&mut rig, 200.0, 104.0);
    let [_, [_, y]] = rig.drafts()[0].props.points()[..] else {
        panic!()
    };
    assert!(y.abs() < 1e-6, "{y}");
}
