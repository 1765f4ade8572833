//! Lining up, stacking, grouping and locking what is selected.

use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::place::bounds;
use shared::model::{Anchor, Body, NewElement, OrderKey, Prop};
use shared::op::{Guard, Op};

use super::actions::{rect, rectangle};
use super::desk::{Desk, ME, OTHER, boxed, element_id, line};
use crate::{Access, Command};

/// Rectangles numbered from 1, stacked upwards, all of them selected.
pub(super) fn desk(places: &[BoardRect]) -> Desk {
    let mut desk = Desk::new();
    let mut numbers = Vec::new();
    for (number, place) in (1..).zip(places) {
        let mut new = rectangle(number, *place);
        new.props.z = OrderKey::above(desk.board.top());
        desk.put(ME, new);
        numbers.push(number);
    }
    desk.select(&numbers);
    desk
}

/// The corner that a rectangle was put at.
pub(super) fn corner(desk: &Desk, number: u64) -> (f64, f64) {
    let at = desk.element(number).props.at;
    (at.x, at.y)
}

fn stack(desk: &Desk) -> Vec<ElementId> {
    desk.board.in_order().map(|element| element.id).collect()
}

fn ids(numbers: &[u64]) -> Vec<ElementId> {
    numbers.iter().map(|number| element_id(*number)).collect()
}

#[test]
fn elements_are_brought_in_line() {
    for (to, expected) in [
        (Command::ALIGN_LEFT, [(0.0, 0.0), (0.0, 100.0)]),
        (Command::ALIGN_CENTER, [(35.0, 0.0), (20.0, 100.0)]),
        (Command::ALIGN_RIGHT, [(70.0, 0.0), (40.0, 100.0)]),
        (Command::ALIGN_TOP, [(0.0, 0.0), (40.0, 0.0)]),
        (Command::ALIGN_MIDDLE, [(0.0, 55.0), (40.0, 50.0)]),
        (Command::ALIGN_BOTTOM, [(0.0, 110.0), (40.0, 100.0)]),
    ] {
        let mut desk = desk(&[rect(0.0, 0.0, 30.0, 20.0), rect(40.0, 100.0, 60.0, 30.0)]);
        desk.run(to);
        assert_eq!([corner(&desk, 1), corner(&desk, 2)], expected, "{to:?}");
        desk.run(Command::UNDO);
        assert_eq!(corner(&desk, 2), (40.0, 100.0));
    }
}

#[test]
fn gaps_become_even_and_the_outermost_stay() {
    let mut desk = desk(&[
        rect(0.0, 0.0, 10.0, 10.0),
        rect(15.0, 50.0, 30.0, 10.0),
        rect(90.0, 0.0, 10.0, 10.0),
    ]);
    desk.run(Command::DISTRIBUTE_HORIZONTALLY);
    assert_eq!(corner(&desk, 1).0, 0.0);
    assert_eq!(corner(&desk, 2), (35.0, 50.0));
    assert_eq!(corner(&desk, 3).0, 90.0);
}

#[test]
fn a_group_is_lined_up_as_one() {
    let mut desk = desk(&[
        rect(50.0, 0.0, 10.0, 10.0),
        rect(70.0, 0.0, 10.0, 10.0),
        rect(0.0, 50.0, 10.0, 10.0),
    ]);
    desk.select(&[1, 2]);
    desk.run(Command::GROUP);
    desk.select(&[1, 2, 3]);
    desk.run(Command::ALIGN_LEFT);
    assert_eq!(corner(&desk, 1).0, 0.0);
    assert_eq!(corner(&desk, 2).0, 20.0);
}

#[test]
fn a_mirror_keeps_the_middle() {
    let mut desk = desk(&[rect(0.0, 0.0, 20.0, 20.0), rect(80.0, 60.0, 40.0, 10.0)]);
    desk.run(Command::FLIP_HORIZONTALLY);
    assert_eq!(
        (corner(&desk, 1), corner(&desk, 2)),
        ((100.0, 0.0), (0.0, 60.0))
    );
    desk.run(Command::FLIP_VERTICALLY);
    assert_eq!(
        (corner(&desk, 1), corner(&desk, 2)),
        ((100.0, 50.0), (0.0, 0.0))
    );
    desk.run(Command::UNDO);
    desk.run(Command::UNDO);
    assert_eq!(
        (corner(&desk, 1), corner(&desk, 2)),
        ((0.0, 0.0), (80.0, 60.0))
    );
}

#[test]
fn forward_passes_the_next_that_overlaps() {
    let mut desk = desk(&[
        rect(0.0, 0.0, 50.0, 50.0),
        rect(500.0, 0.0, 50.0, 50.0),
        rect(20.0, 20.0, 50.0, 50.0),
        rect(40.0, 40.0, 50.0, 50.0),
    ]);
    desk.select(&[1]);
    desk.run(Command::FORWARD);
    assert_eq!(stack(&desk), ids(&[2, 3, 1, 4]));
    desk.run(Command::FORWARD);
    assert_eq!(stack(&desk), ids(&[2, 3, 4, 1]));
    desk.run(Command::FORWARD);
    assert_eq!(stack(&desk), ids(&[2, 3, 4, 1]));
    desk.run(Command::BACKWARD);
    assert_eq!(stack(&desk), ids(&[2, 3, 1, 4]));
}

#[test]
fn several_keep_their_order_on_the_way() {
    let places = [rect(0.0, 0.0, 50.0, 50.0); 5];
    let mut desk = desk(&places);
    desk.select(&[1, 2]);
    desk.run(Command::FORWARD);
    assert_eq!(stack(&desk), ids(&[3, 1, 2, 4, 5]));
    desk.run(Command::TO_FRONT);
    assert_eq!(stack(&desk), ids(&[3, 4, 5, 1, 2]));
    desk.run(Command::TO_BACK);
    assert_eq!(stack(&desk), ids(&[1, 2, 3, 4, 5]));
    let entries = desk.editor.history().undo_len();
    desk.run(Command::TO_BACK);
    assert_eq!(
        desk.editor.history().undo_len(),
        entries,
        "nothing to do twice"
    );
}

#[test]
fn swapping_over_and_over_never_fails() {
    let mut desk = desk(&[rect(0.0, 0.0, 50.0, 50.0); 3]);
    desk.select(&[1]);
    for _ in 0..700 {
        desk.run(Command::FORWARD);
        desk.run(Command::BACKWARD);
    }
    desk.run(Command::FORWARD);
    assert_eq!(stack(&desk), ids(&[2, 1, 3]));
}

#[test]
fn groups_go_into_groups_and_come_apart_from_outside() {
    let mut desk = desk(&[rect(0.0, 0.0, 5.0, 5.0); 3]);
    desk.select(&[1, 2]);
    desk.run(Command::GROUP);
    desk.select(&[1, 3]);
    assert_eq!(
        desk.editor.selection().ids.len(),
        3,
        "groups are selected whole"
    );
    desk.run(Command::GROUP);
    let levels = |desk: &Desk, number| desk.element(number).props.groups().len();
    assert_eq!(
        [levels(&desk, 1), levels(&desk, 2), levels(&desk, 3)],
        [2, 2, 1]
    );
    desk.run(Command::UNGROUP);
    assert_eq!(
        [levels(&desk, 1), levels(&desk, 2), levels(&desk, 3)],
        [1, 1, 0]
    );
    desk.run(Command::UNDO);
    assert_eq!(levels(&desk, 3), 1);
    desk.run(Command::UNDO);
    desk.run(Command::UNDO);
    assert_eq!(levels(&desk, 1), 0);
}

#[test]
fn one_group_by_itself_is_not_grouped_again() {
    let mut desk = desk(&[rect(0.0, 0.0, 5.0, 5.0); 2]);
    desk.run(Command::GROUP);
    desk.run(Command::GROUP);
    assert_eq!(desk.element(1).props.groups().len(), 1);
}

#[test]
fn what_is_locked_stays_as_it_is() {
    let mut desk = desk(&[rect(0.0, 0.0, 50.0, 50.0), rect(10.0, 10.0, 50.0, 50.0)]);
    desk.select(&[1]);
    desk.run(Command::TOGGLE_LOCK);
    desk.select(&[1, 2]);
    for action in [
        Command::NUDGE_RIGHT,
        Command::FLIP_HORIZONTALLY,
        Command::TO_FRONT,
        Command::DELETE,
    ] {
        desk.run(action);
    }
    assert_eq!(corner(&desk, 1), (0.0, 0.0));
    assert_eq!(stack(&desk), ids(&[1]));
    desk.run(Command::TOGGLE_LOCK);
    assert!(!desk.element(1).props.locked());
    desk.run(Command::DELETE);
    assert!(desk.board.is_empty());
}

#[test]
fn everything_is_unlocked_at_once() {
    let mut desk = desk(&[rect(0.0, 0.0, 5.0, 5.0); 2]);
    desk.run(Command::TOGGLE_LOCK);
    desk.run(Command::CANCEL);
    desk.run(Command::UNLOCK_ALL);
    assert!(!desk.element(1).props.locked() && !desk.element(2).props.locked());
    desk.run(Command::UNDO);
    assert!(desk.element(1).props.locked() && desk.element(2).props.locked());
}

#[test]
fn a_frame_takes_its_members_along() {
    let mut desk = Desk::new();
    desk.put(ME, boxed(1, Body::Frame, rect(0.0, 0.0, 100.0, 100.0)));
    let mut member = rectangle(2, rect(10.0, 10.0, 20.0, 20.0));
    member.props.set(Prop::Frame(Some(element_id(1))));
    desk.put(ME, member);
    desk.select(&[1]);
    desk.key("ArrowDown");
    assert_eq!(
        (corner(&desk, 1), corner(&desk, 2)),
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
fn a_line_that_is_moved_alone_lets_go_and_else_holds_on() {
    let places = [rect(0.0, 0.0, 50.0, 50.0), rect(200.0, 0.0, 50.0, 50.0)];
    let mut desk = desk(&places);
    desk.put(ME, bound(3, 1, 2));
    desk.select(&[1, 3]);
    desk.key("ArrowDown");
    assert!(desk.element(3).props.start().is_some());
    desk.select(&[3]);
    let before = bounds(&desk.board, desk.element(3));
    desk.now += 5_000;
    desk.run(Command::NUDGE_FAR_DOWN);
    let line = desk.element(3);
    assert_eq!((line.props.start(), line.props.end()), (None, None));
    let after = bounds(&desk.board, line);
    assert!(
        (after.y0 - before.y0 - 10.0).abs() < 0.01,
        "{before:?} {after:?}"
    );
    desk.run(Command::UNDO);
    assert!(desk.element(3).props.start().is_some());
}

#[test]
fn a_line_stays_where_it_is_seen_when_what_it_held_on_to_goes() {
    let places = [rect(0.0, 0.0, 50.0, 50.0), rect(200.0, 100.0, 50.0, 50.0)];
    let mut desk = desk(&places);
    desk.put(ME, bound(3, 1, 2));
    let before = bounds(&desk.board, desk.element(3));
    desk.select(&[2]);
    desk.run(Command::DELETE);
    let line = desk.element(3);
    assert!(line.props.start().is_some() && line.props.end().is_none());
    let after = bounds(&desk.board, line);
    assert!((after.x1 - before.x1).abs() < 0.5, "{before:?} {after:?}");
    desk.run(Command::UNDO);
    assert!(desk.element(3).props.end().is_some());
    assert_eq!(desk.board.len(), 3);
}

#[test]
fn what_others_delete_meanwhile_just_drops_out() {
    let mut desk = desk(&[rect(0.0, 0.0, 50.0, 50.0), rect(60.0, 0.0, 50.0, 50.0)]);
    let gone = vec![element_id(1)];
    desk.apply(OTHER, vec![Op::Delete { ids: gone }], Guard::Any);
    desk.key("ArrowRight");
    assert_eq!(corner(&desk, 2), (61.0, 0.0));
}

#[test]
fn viewers_change_nothing() {
    let mut desk = desk(&[rect(0.0, 0.0, 50.0, 50.0), rect(60.0, 0.0, 50.0, 50.0)]);
    desk.editor
        .set_access(Access::View, 0, &mut || element_id(9), &desk.board);
    for command in Command::listed() {
        desk.run(command);
    }
    assert!(desk.commits().is_empty());
    assert_eq!(corner(&desk, 1), (0.0, 0.0));
    let said = desk.said();
    assert!(
        !said.contains("told"),
        "what they select is theirs alone: {said}"
    );
}
