//! Aligning, stacking, grouping and locking the selection.

use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::layout::bounds;
use shared::model::{Anchor, Body, NewElement, OrderKey, Prop};
use shared::op::{Guard, Op};

use super::commands::{rect, rectangle};
use super::rig::{ME, OTHER, Rig, boxed, element_id, line};
use crate::Command;

/// Rectangles numbered from 1, stacked upwards, all of them selected.
pub(super) fn rig(places: &[BoardRect]) -> Rig {
    let mut rig = Rig::new();
    let mut numbers = Vec::new();
    for (number, place) in (1..).zip(places) {
        let mut new = rectangle(number, *place);
        new.props.z = OrderKey::above(rig.board.top());
        rig.put(ME, new);
        numbers.push(number);
    }
    rig.select(&numbers);
    rig
}

/// The upper left corner of a rectangle.
pub(super) fn corner(rig: &Rig, number: u64) -> (f64, f64) {
    let at = rig.element(number).props.at;
    (at.x, at.y)
}

fn stack(rig: &Rig) -> Vec<ElementId> {
    rig.board.in_order().map(|element| element.id).collect()
}

fn ids(numbers: &[u64]) -> Vec<ElementId> {
    numbers.iter().map(|number| element_id(*number)).collect()
}

#[test]
fn elements_are_aligned() {
    for (to, expected) in [
        (Command::ALIGN_LEFT, [(0.0, 0.0), (0.0, 100.0)]),
        (Command::ALIGN_CENTER, [(35.0, 0.0), (20.0, 100.0)]),
        (Command::ALIGN_RIGHT, [(70.0, 0.0), (40.0, 100.0)]),
        (Command::ALIGN_TOP, [(0.0, 0.0), (40.0, 0.0)]),
        (Command::ALIGN_MIDDLE, [(0.0, 55.0), (40.0, 50.0)]),
        (Command::ALIGN_BOTTOM, [(0.0, 110.0), (40.0, 100.0)]),
    ] {
        let mut rig = rig(&[rect(0.0, 0.0, 30.0, 20.0), rect(40.0, 100.0, 60.0, 30.0)]);
        rig.run(to);
        assert_eq!([corner(&rig, 1), corner(&rig, 2)], expected, "{to:?}");
        rig.run(Command::UNDO);
        assert_eq!(corner(&rig, 2), (40.0, 100.0));
    }
}

#[test]
fn distribute_makes_gaps_even_and_keeps_the_outermost() {
    let mut rig = rig(&[
        rect(0.0, 0.0, 10.0, 10.0),
        rect(15.0, 50.0, 30.0, 10.0),
        rect(90.0, 0.0, 10.0, 10.0),
    ]);
    rig.run(Command::DISTRIBUTE_HORIZONTALLY);
    assert_eq!(corner(&rig, 1).0, 0.0);
    assert_eq!(corner(&rig, 2), (35.0, 50.0));
    assert_eq!(corner(&rig, 3).0, 90.0);
}

#[test]
fn a_group_is_aligned_as_one() {
    let mut rig = rig(&[
        rect(50.0, 0.0, 10.0, 10.0),
        rect(70.0, 0.0, 10.0, 10.0),
        rect(0.0, 50.0, 10.0, 10.0),
    ]);
    rig.select(&[1, 2]);
    rig.run(Command::GROUP);
    rig.select(&[1, 2, 3]);
    rig.run(Command::ALIGN_LEFT);
    assert_eq!(corner(&rig, 1).0, 0.0);
    assert_eq!(corner(&rig, 2).0, 20.0);
}

#[test]
fn a_mirror_keeps_the_middle() {
    let mut rig = rig(&[rect(0.0, 0.0, 20.0, 20.0), rect(80.0, 60.0, 40.0, 10.0)]);
    rig.run(Command::FLIP_HORIZONTALLY);
    assert_eq!(
        (corner(&rig, 1), corner(&rig, 2)),
        ((100.0, 0.0), (0.0, 60.0))
    );
    rig.run(Command::FLIP_VERTICALLY);
    assert_eq!(
        (corner(&rig, 1), corner(&rig, 2)),
        ((100.0, 50.0), (0.0, 0.0))
    );
    rig.run(Command::UNDO);
    rig.run(Command::UNDO);
    assert_eq!(
        (corner(&rig, 1), corner(&rig, 2)),
        ((0.0, 0.0), (80.0, 60.0))
    );
}

#[test]
fn forward_passes_the_next_overlapping_element() {
    let mut rig = rig(&[
        rect(0.0, 0.0, 50.0, 50.0),
        rect(500.0, 0.0, 50.0, 50.0),
        rect(20.0, 20.0, 50.0, 50.0),
        rect(40.0, 40.0, 50.0, 50.0),
    ]);
    rig.select(&[1]);
    rig.run(Command::FORWARD);
    assert_eq!(stack(&rig), ids(&[2, 3, 1, 4]));
    rig.run(Command::FORWARD);
    assert_eq!(stack(&rig), ids(&[2, 3, 4, 1]));
    rig.run(Command::FORWARD);
    assert_eq!(stack(&rig), ids(&[2, 3, 4, 1]));
    rig.run(Command::BACKWARD);
    assert_eq!(stack(&rig), ids(&[2, 3, 1, 4]));
}

#[test]
fn several_elements_keep_their_order_in_the_stack() {
    let places = [rect(0.0, 0.0, 50.0, 50.0); 5];
    let mut rig = rig(&places);
    rig.select(&[1, 2]);
    rig.run(Command::FORWARD);
    assert_eq!(stack(&rig), ids(&[3, 1, 2, 4, 5]));
    rig.run(Command::TO_FRONT);
    assert_eq!(stack(&rig), ids(&[3, 4, 5, 1, 2]));
    rig.run(Command::TO_BACK);
    assert_eq!(stack(&rig), ids(&[1, 2, 3, 4, 5]));
    let entries = rig.editor.history().undo_len();
    rig.run(Command::TO_BACK);
    assert_eq!(
        rig.editor.history().undo_len(),
        entries,
        "nothing to do twice"
    );
}

#[test]
fn swapping_over_and_over_never_fails() {
    let mut rig = rig(&[rect(0.0, 0.0, 50.0, 50.0); 3]);
    rig.select(&[1]);
    for _ in 0..700 {
        rig.run(Command::FORWARD);
        rig.run(Command::BACKWARD);
    }
    rig.run(Command::FORWARD);
    assert_eq!(stack(&rig), ids(&[2, 1, 3]));
}

#[test]
fn groups_nest_and_are_dissolved_from_outside() {
    let mut rig = rig(&[rect(0.0, 0.0, 5.0, 5.0); 3]);
    rig.select(&[1, 2]);
    rig.run(Command::GROUP);
    rig.select(&[1, 3]);
    assert_eq!(
        rig.editor.selection().ids.len(),
        3,
        "groups are selected whole"
    );
    rig.run(Command::GROUP);
    let levels = |rig: &Rig, number| rig.element(number).props.groups().len();
    assert_eq!(
        [levels(&rig, 1), levels(&rig, 2), levels(&rig, 3)],
        [2, 2, 1]
    );
    rig.run(Command::UNGROUP);
    assert_eq!(
        [levels(&rig, 1), levels(&rig, 2), levels(&rig, 3)],
        [1, 1, 0]
    );
    rig.run(Command::UNDO);
    assert_eq!(levels(&rig, 3), 1);
    rig.run(Command::UNDO);
    rig.run(Command::UNDO);
    assert_eq!(levels(&rig, 1), 0);
}

#[test]
fn a_single_group_is_not_grouped_again() {
    let mut rig = rig(&[rect(0.0, 0.0, 5.0, 5.0); 2]);
    rig.run(Command::GROUP);
    rig.run(Command::GROUP);
    assert_eq!(rig.element(1).props.groups().len(), 1);
}

#[test]
fn locked_elements_stay_as_they_are() {
    let mut rig = rig(&[rect(0.0, 0.0, 50.0, 50.0), rect(10.0, 10.0, 50.0, 50.0)]);
    rig.select(&[1]);
    rig.run(Command::TOGGLE_LOCK);
    rig.select(&[1, 2]);
    for action in [
        Command::NUDGE_RIGHT,
        Command::FLIP_HORIZONTALLY,
        Command::TO_FRONT,
        Command::DELETE,
    ] {
        rig.run(action);
    }
    assert_eq!(corner(&rig, 1), (0.0, 0.0));
    assert_eq!(stack(&rig), ids(&[1]));
    rig.run(Command::TOGGLE_LOCK);
    assert!(!rig.element(1).props.locked());
    rig.run(Command::DELETE);
    assert!(rig.board.is_empty());
}

#[test]
fn everything_is_unlocked_at_once() {
    let mut rig = rig(&[rect(0.0, 0.0, 5.0, 5.0); 2]);
    rig.run(Command::TOGGLE_LOCK);
    rig.run(Command::CANCEL);
    rig.run(Command::UNLOCK_ALL);
    assert!(!rig.element(1).props.locked() && !rig.element(2).props.locked());
    rig.run(Command::UNDO);
    assert!(rig.element(1).props.locked() && rig.element(2).props.locked());
}

#[test]
fn a_frame_takes_its_contents_along() {
    let mut rig = Rig::new();
    rig.put(ME, boxed(1, Body::Frame, rect(0.0, 0.0, 100.0, 100.0)));
    let mut member = rectangle(2, rect(10.0, 10.0, 20.0, 20.0));
    member.props.set(Prop::Frame(Some(element_id(1))));
    rig.put(ME, member);
    rig.select(&[1]);
    rig.key("ArrowDown");
    assert_eq!(
        (corner(&rig, 1), corner(&rig, 2)),
        ((0.0, 1.0), (10.0, 11.0))
    );
}

/// A line from one rectangle to another, which it holds on to.
fn bound(number: u64, from: u64, to: u64) -> NewElement {
    let mut new = line(number, (0.0, 0.0), (1.0, 1.0));
    new.body = Body::Line;
    let anchor = |to| Anchor {
        to: element_id(to),
        at: [0.5, 0.5],
    };
    new.props.set(Prop::Points(vec![[0.0, 0.0], [200.0, 0.0]]));
    new.props.set(Prop::Start(Some(anchor(from))));
    new.props.set(Prop::End(Some(anchor(to))));
    new
}

#[test]
fn a_line_that_is_moved_alone_is_unbound() {
    let places = [rect(0.0, 0.0, 50.0, 50.0), rect(200.0, 0.0, 50.0, 50.0)];
    let mut rig = rig(&places);
    rig.put(ME, bound(3, 1, 2));
    rig.select(&[1, 3]);
    rig.key("ArrowDown");
    assert!(rig.element(3).props.start().is_some());
    rig.select(&[3]);
    let before = bounds(&rig.board, rig.element(3));
    rig.now += 5_000;
    rig.run(Command::NUDGE_FAR_DOWN);
    let line = rig.element(3);
    assert_eq!((line.props.start(), line.props.end()), (None, None));
    let after = bounds(&rig.board, line);
    assert!(
        (after.y0 - before.y0 - 10.0).abs() < 0.01,
        "{before:?} {after:?}"
    );
    rig.run(Command::UNDO);
    assert!(rig.element(3).props.start().is_some());
}

#[test]
fn a_line_keeps_its_place_when_its_shape_is_deleted() {
    let places = [rect(0.0, 0.0, 50.0, 50.0), rect(200.0, 100.0, 50.0, 50.0)];
    let mut rig = rig(&places);
    rig.put(ME, bound(3, 1, 2));
    let before = bounds(&rig.board, rig.element(3));
    rig.select(&[2]);
    rig.run(Command::DELETE);
    let line = rig.element(3);
    assert!(line.props.start().is_some() && line.props.end().is_none());
    let after = bounds(&rig.board, line);
    assert!((after.x1 - before.x1).abs() < 0.5, "{before:?} {after:?}");
    rig.run(Command::UNDO);
    assert!(rig.element(3).props.end().is_some());
    assert_eq!(rig.board.len(), 3);
}

#[test]
fn elements_that_others_delete_drop_out_of_a_nudge() {
    let mut rig = rig(&[rect(0.0, 0.0, 50.0, 50.0), rect(60.0, 0.0, 50.0, 50.0)]);
    let gone = vec![element_id(1)];
    rig.apply(OTHER, vec![Op::Delete { ids: gone }], Guard::Any);
    rig.key("ArrowRight");
    assert_eq!(corner(&rig, 2), (61.0, 0.0));
}

#[test]
fn viewers_change_nothing() {
    let mut rig = rig(&[rect(0.0, 0.0, 50.0, 50.0), rect(60.0, 0.0, 50.0, 50.0)]);
    rig.become_viewer();
    for command in Command::listed() {
        rig.run(command);
    }
    assert!(rig.commits().is_empty());
    assert_eq!(corner(&rig, 1), (0.0, 0.0));
    let said = rig.said();
    assert!(
        !said.contains("told"),
        "what they select is theirs alone: {said}"
    );
}
