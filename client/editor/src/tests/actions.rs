//! Selecting, making and taking away by keys and buttons, and what can be done when.

use shared::geometry::{BoardPoint, BoardRect};
use shared::model::{Anchor, Body, Marks, NewElement, Outline, Prop, RichText, text::Stretch};
use shared::op::{Guard, Op};

use super::desk::{Desk, ME, OTHER, boxed, element_id, line, shape};
use crate::{Access, Availability, Command, ToolKind};

pub(super) fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
    BoardRect::new(x, y, x + width, y + height)
}

pub(super) fn rectangle(number: u64, place: BoardRect) -> NewElement {
    shape(number, Outline::Rectangle, place)
}

/// Numbers of what is selected.
pub(super) fn selected(desk: &Desk) -> Vec<u64> {
    let number =
        |id: &shared::id::ElementId| u64::from_be_bytes(id.as_bytes()[8..].try_into().unwrap());
    desk.editor.selection().ids.iter().map(number).collect()
}

/// Two rows: 2 and 1 above, 3 below.
pub(super) fn rows() -> Desk {
    let mut desk = Desk::new();
    desk.put(ME, rectangle(1, rect(300.0, 95.0, 50.0, 50.0)));
    desk.put(ME, rectangle(2, rect(100.0, 100.0, 50.0, 50.0)));
    desk.put(ME, rectangle(3, rect(90.0, 300.0, 50.0, 50.0)));
    desk
}

#[test]
fn all_is_selected_but_what_is_locked() {
    let mut desk = rows();
    let locked = Op::Set {
        id: element_id(2),
        prop: Prop::Locked(true),
    };
    desk.apply(OTHER, vec![locked], Guard::Any);
    desk.run(Command::SELECT_ALL);
    assert_eq!(selected(&desk), [1, 3]);
    assert_eq!(desk.editor.tool(), ToolKind::Select);
}

#[test]
fn escape_gives_up_step_by_step() {
    let mut desk = rows();
    desk.select(&[1, 2]);
    desk.run(Command::GROUP);
    desk.run(Command::ENTER);
    assert_eq!(
        selected(&desk),
        [2],
        "inside of the group, in reading order"
    );
    desk.run(Command::CANCEL);
    assert_eq!(selected(&desk), [1, 2]);
    desk.run(Command::CANCEL);
    assert!(selected(&desk).is_empty());
    desk.pick(ToolKind::Pen);
    desk.run(Command::CANCEL);
    assert_eq!(desk.editor.tool(), ToolKind::Select);
}

#[test]
fn escape_in_the_middle_of_a_gesture_ends_only_that() {
    let mut desk = rows();
    desk.pick(ToolKind::Rectangle);
    desk.down(400.0, 400.0);
    desk.drag(&[(450.0, 450.0)]);
    desk.key("Escape");
    assert_eq!(desk.board.len(), 3);
    assert_eq!(desk.editor.tool(), ToolKind::Rectangle);
}

#[test]
fn copies_are_new_and_hold_on_to_copies() {
    let mut desk = rows();
    let mut arrow = line(4, (0.0, 0.0), (0.0, 0.0));
    arrow.body = Body::Line;
    arrow
        .props
        .set(Prop::Points(vec![[0.0, 0.0], [200.0, 0.0]]));
    let anchor = |number| Anchor {
        to: element_id(number),
        at: [0.5, 0.5],
    };
    arrow.props.set(Prop::Start(Some(anchor(2))));
    arrow.props.set(Prop::End(Some(anchor(3))));
    desk.put(ME, arrow);
    desk.select(&[1, 2, 4]);
    desk.run(Command::GROUP);
    desk.run(Command::DUPLICATE);
    assert_eq!(desk.board.len(), 7);
    assert_eq!(desk.editor.selection().ids.len(), 3);
    let copies: Vec<_> = desk
        .board
        .elements()
        .filter(|element| desk.editor.selection().has(element.id))
        .collect();
    let groups = copies[0].props.groups();
    assert_eq!(groups.len(), 1);
    assert_ne!(groups, desk.element(1).props.groups());
    assert!(copies.iter().all(|copy| copy.props.groups() == groups));
    let copied = copies
        .iter()
        .find(|copy| matches!(copy.body, Body::Line))
        .unwrap();
    let start = copied.props.start().unwrap().to;
    assert!(
        desk.editor.selection().has(start),
        "it holds on to the copy"
    );
    assert_eq!(copied.props.end(), None, "that was not copied");
    let at = desk.board.get(start).unwrap().props.at;
    assert_eq!((at.x, at.y), (120.0, 120.0));
    desk.run(Command::UNDO);
    assert_eq!(desk.board.len(), 4);
}

#[test]
fn copies_of_what_others_made_are_mine_to_undo() {
    let mut desk = Desk::new();
    let mut note = boxed(
        1,
        Body::Sticky {
            signed: String::new(),
        },
        rect(0.0, 0.0, 90.0, 90.0),
    );
    let written = Stretch {
        text: "theirs",
        marks: Marks::NONE,
    };
    note.text = RichText::typed(OTHER, [written]);
    desk.put(OTHER, note);
    desk.select(&[1]);
    desk.run(Command::DUPLICATE);
    assert_eq!(desk.newest().text.plain(), "theirs");
    desk.run(Command::UNDO);
    assert_eq!(desk.board.len(), 1);
}

#[test]
fn a_frame_is_copied_with_what_is_in_it() {
    let mut desk = Desk::new();
    desk.put(ME, boxed(1, Body::Frame, rect(0.0, 0.0, 200.0, 200.0)));
    let mut member = rectangle(2, rect(10.0, 10.0, 20.0, 20.0));
    member.props.set(Prop::Frame(Some(element_id(1))));
    desk.put(ME, member);
    desk.select(&[1]);
    desk.run(Command::DUPLICATE);
    assert_eq!(desk.board.len(), 4);
    let frame = desk
        .board
        .elements()
        .filter(|element| matches!(element.body, Body::Frame))
        .last()
        .unwrap()
        .id;
    assert_eq!(desk.board.followers(frame).count(), 1);
    desk.select(&[2]);
    desk.run(Command::DUPLICATE);
    assert_eq!(
        desk.newest().props.frame(),
        Some(frame),
        "the topmost one that it lies in"
    );
}

#[test]
fn what_cannot_be_done_says_why() {
    let mut desk = Desk::new();
    let why = |desk: &Desk, action| match desk.editor.availability(action, &desk.board) {
        Availability::Ready => "",
        Availability::Not(why) => why,
    };
    assert_eq!(
        why(&desk, Command::UNDO),
        "You have done nothing that could be undone."
    );
    assert_eq!(
        why(&desk, Command::ZOOM_TO_FIT),
        "There is nothing on the board yet."
    );
    assert_eq!(
        why(&desk, Command::GROUP),
        "Select at least two elements first."
    );
    desk.put(ME, rectangle(1, rect(0.0, 0.0, 50.0, 50.0)));
    desk.select(&[1]);
    assert_eq!(why(&desk, Command::DELETE), "");
    assert_eq!(
        why(&desk, Command::GROUP),
        "Select at least two elements first."
    );
    assert_eq!(why(&desk, Command::UNGROUP), "Select a group first.");
    desk.run(Command::TOGGLE_LOCK);
    assert_eq!(why(&desk, Command::DELETE), "What is selected is locked.");
    assert_eq!(why(&desk, Command::TOGGLE_LOCK), "");
    desk.editor
        .set_access(Access::View, 0, &mut || element_id(9), &desk.board);
    assert_eq!(
        why(&desk, Command::TOGGLE_LOCK),
        "You can look at this board, but not change it."
    );
    assert_eq!(why(&desk, Command::ZOOM_TO_SELECTION), "");
}

#[test]
fn what_is_not_available_does_nothing() {
    for command in Command::listed() {
        let mut desk = Desk::new();
        desk.editor.set_prefs(crate::Prefs::default());
        if desk.editor.availability(command, &desk.board) != Availability::Ready {
            desk.run(command);
            assert!(desk.log.is_empty(), "{command:?}: {:?}", desk.log);
        }
    }
}

#[test]
fn the_way_back_leads_to_what_is_nearest() {
    let mut desk = rows();
    let lost = desk
        .editor
        .camera()
        .centred_on(BoardPoint::new(-8e4, 200.0));
    desk.editor.set_camera(lost);
    desk.run(Command::BACK_TO_CONTENT);
    let seen = desk.editor.camera().visible();
    assert!(seen.contains(kurbo::Point::from(BoardPoint::new(100.0, 310.0))));
    assert_eq!(desk.editor.camera().zoom(), 1.0);
}

#[test]
fn the_view_shows_all_that_is_selected() {
    let mut desk = rows();
    desk.put(ME, rectangle(4, rect(5_000.0, 0.0, 50.0, 50.0)));
    desk.select(&[1, 4]);
    desk.run(Command::ZOOM_TO_SELECTION);
    let seen = desk.editor.camera().visible();
    let whole = rect(300.0, 0.0, 4_750.0, 145.0);
    assert_eq!(seen.union(whole), seen);
}

#[test]
fn preferences_are_switched_and_kept() {
    let mut desk = Desk::new();
    desk.key("q");
    desk.run(Command::TOGGLE_GRID);
    let prefs = *desk.editor.prefs();
    assert!(prefs.tool_lock && prefs.grid);
    desk.pick(ToolKind::Rectangle);
    desk.draw(&[(10.0, 10.0), (90.0, 90.0)]);
    assert_eq!(
        desk.editor.tool(),
        ToolKind::Rectangle,
        "the tool stays in the hand"
    );
}

#[test]
fn the_menu_key_opens_the_menu_at_what_is_selected() {
    let mut desk = rows();
    desk.select(&[1]);
    desk.key("ContextMenu");
    assert_eq!(
        desk.said(),
        "ui:ContextMenu(ScreenPoint { x: 325.0, y: 120.0 })"
    );
}
