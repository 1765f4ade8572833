//! Selecting, making and taking away by keys and buttons, and what can be done when.

use shared::geometry::{BoardPoint, BoardRect};
use shared::model::place::bounds;
use shared::model::{Anchor, Body, Marks, NewElement, Outline, Prop, RichText, text::Stretch};
use shared::op::{Guard, Op};

use super::desk::{Desk, ME, OTHER, boxed, element_id, line, shape};
use crate::{
    Access, Action, Availability, Effect, Focus, InputEvent, Key, Modifiers, ToolKind, UiCommand,
};

fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
    BoardRect::new(x, y, x + width, y + height)
}

fn rectangle(number: u64, place: BoardRect) -> NewElement {
    shape(number, Outline::Rectangle, place)
}

/// Numbers of what is selected.
fn selected(desk: &Desk) -> Vec<u64> {
    let number =
        |id: &shared::id::ElementId| u64::from_be_bytes(id.as_bytes()[8..].try_into().unwrap());
    desk.editor.selection().ids.iter().map(number).collect()
}

/// Two rows: 2 and 1 above, 3 below.
fn rows() -> Desk {
    let mut desk = Desk::new();
    desk.put(ME, rectangle(1, rect(300.0, 95.0, 50.0, 50.0)));
    desk.put(ME, rectangle(2, rect(100.0, 100.0, 50.0, 50.0)));
    desk.put(ME, rectangle(3, rect(90.0, 300.0, 50.0, 50.0)));
    desk
}

fn tab(shift: bool) -> Key {
    Key {
        key: "Tab".to_owned(),
        modifiers: Modifiers {
            shift,
            ..Modifiers::default()
        },
        focus: Focus::Board,
        ..Key::default()
    }
}

/// Presses Tab and says whether the board took it.
fn press_tab(desk: &mut Desk, shift: bool) -> bool {
    let taken = desk.editor.takes_key(&tab(shift), &desk.board);
    desk.send(InputEvent::KeyDown(tab(shift)));
    taken
}

#[test]
fn tab_walks_in_reading_order_and_leaves_after_the_last() {
    let mut desk = rows();
    for expected in [2, 1, 3] {
        assert!(press_tab(&mut desk, false));
        assert_eq!(selected(&desk), [expected]);
    }
    assert!(!press_tab(&mut desk, false));
    assert_eq!(
        selected(&desk),
        [3],
        "what is selected stays for the panels"
    );
    assert!(press_tab(&mut desk, true));
    assert_eq!(selected(&desk), [1]);
    assert!(press_tab(&mut desk, true));
    assert!(!press_tab(&mut desk, true));
}

#[test]
fn escape_and_tab_leave_the_board() {
    let mut desk = rows();
    press_tab(&mut desk, false);
    desk.key("Escape");
    assert!(!press_tab(&mut desk, false));
    assert!(selected(&desk).is_empty());
    assert!(press_tab(&mut desk, false), "the next time it walks again");
}

#[test]
fn on_an_empty_board_tab_is_the_browsers() {
    let mut desk = Desk::new();
    assert!(!press_tab(&mut desk, false));
}

#[test]
fn a_group_is_one_stop() {
    let mut desk = rows();
    desk.select(&[2, 3]);
    desk.run(Action::Group);
    desk.run(Action::Cancel);
    desk.run(Action::NextElement);
    assert_eq!(selected(&desk), [2, 3]);
    desk.run(Action::NextElement);
    assert_eq!(selected(&desk), [1]);
    desk.run(Action::PreviousElement);
    assert_eq!(selected(&desk), [2, 3]);
}

#[test]
fn what_is_reached_is_named_and_brought_into_view() {
    let mut desk = Desk::new();
    let mut far = boxed(
        1,
        Body::Sticky {
            signed: String::new(),
        },
        rect(9e3, 9e3, 90.0, 90.0),
    );
    let written = Stretch {
        text: "buy  milk",
        marks: Marks::NONE,
    };
    far.text = RichText::typed(ME, [written]);
    desk.put(ME, far);
    desk.run(Action::NextElement);
    let seen = desk.editor.camera().visible();
    assert!(seen.contains(kurbo::Point::from(BoardPoint::new(9_045.0, 9_045.0))));
    let told = Effect::Ui(UiCommand::Tell("Sticky note: buy milk".to_owned()));
    assert!(desk.log.contains(&told), "{:?}", desk.log);
}

#[test]
fn all_is_selected_but_what_is_locked() {
    let mut desk = rows();
    let locked = Op::Set {
        id: element_id(2),
        prop: Prop::Locked(true),
    };
    desk.apply(OTHER, vec![locked], Guard::Any);
    desk.run(Action::SelectAll);
    assert_eq!(selected(&desk), [1, 3]);
    assert_eq!(desk.editor.tool(), ToolKind::Select);
}

#[test]
fn escape_gives_up_step_by_step() {
    let mut desk = rows();
    desk.select(&[1, 2]);
    desk.run(Action::Group);
    desk.run(Action::Enter);
    assert_eq!(
        selected(&desk),
        [2],
        "inside of the group, in reading order"
    );
    desk.run(Action::Cancel);
    assert_eq!(selected(&desk), [1, 2]);
    desk.run(Action::Cancel);
    assert!(selected(&desk).is_empty());
    desk.pick(ToolKind::Pen);
    desk.run(Action::Cancel);
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
fn each_tool_that_makes_things_makes_them_by_key() {
    for (tool, text) in [
        (ToolKind::Rectangle, false),
        (ToolKind::Ellipse, false),
        (ToolKind::Diamond, false),
        (ToolKind::Line, false),
        (ToolKind::Arrow, false),
        (ToolKind::Text, true),
        (ToolKind::Sticky, true),
        (ToolKind::Frame, false),
    ] {
        let mut desk = Desk::new();
        desk.pick(tool);
        desk.key("Enter");
        assert_eq!(desk.board.len(), 1, "{tool:?}");
        let made = desk.newest();
        let middle = bounds(&desk.board, &made).center();
        assert!(
            (middle.x - 400.0).abs() < 30.0 && (middle.y - 300.0).abs() < 30.0,
            "{tool:?} at {middle}"
        );
        assert!(desk.editor.selection().has(made.id), "{tool:?}");
        assert_eq!(desk.editor.typing(&desk.board).is_some(), text, "{tool:?}");
    }
}

#[test]
fn what_is_placed_does_not_cover_what_was_placed() {
    let mut desk = Desk::new();
    for _ in 0..3 {
        desk.pick(ToolKind::Rectangle);
        desk.run(Action::Cancel);
        desk.pick(ToolKind::Rectangle);
        desk.run(Action::Place);
    }
    let mut middles: Vec<i64> = desk
        .board
        .elements()
        .map(|element| bounds(&desk.board, element).center().x.round() as i64)
        .collect();
    middles.dedup();
    assert_eq!(middles, [400, 424, 448]);
}

#[test]
fn enter_writes_on_what_can_be_written_on() {
    let mut desk = rows();
    desk.select(&[2]);
    desk.key("Enter");
    assert!(desk.editor.typing(&desk.board).is_some());
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
    desk.run(Action::Group);
    desk.run(Action::Duplicate);
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
    desk.run(Action::Undo);
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
    desk.run(Action::Duplicate);
    assert_eq!(desk.newest().text.plain(), "theirs");
    desk.run(Action::Undo);
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
    desk.run(Action::Duplicate);
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
    desk.run(Action::Duplicate);
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
        why(&desk, Action::Undo),
        "You have done nothing that could be undone."
    );
    assert_eq!(
        why(&desk, Action::ZoomToFit),
        "There is nothing on the board yet."
    );
    assert_eq!(
        why(&desk, Action::Group),
        "Select at least two elements first."
    );
    desk.put(ME, rectangle(1, rect(0.0, 0.0, 50.0, 50.0)));
    desk.select(&[1]);
    assert_eq!(why(&desk, Action::Delete), "");
    assert_eq!(
        why(&desk, Action::Group),
        "Select at least two elements first."
    );
    assert_eq!(why(&desk, Action::Ungroup), "Select a group first.");
    desk.run(Action::ToggleLock);
    assert_eq!(why(&desk, Action::Delete), "What is selected is locked.");
    assert_eq!(why(&desk, Action::ToggleLock), "");
    desk.editor
        .set_access(Access::View, 0, &mut || element_id(9), &desk.board);
    assert_eq!(
        why(&desk, Action::ToggleLock),
        "You can look at this board, but not change it."
    );
    assert_eq!(why(&desk, Action::ZoomToSelection), "");
}

#[test]
fn what_is_not_available_does_nothing() {
    for action in Action::CATALOGUE {
        let mut desk = Desk::new();
        desk.editor.set_prefs(crate::Prefs::default());
        if desk.editor.availability(*action, &desk.board) != Availability::Ready {
            desk.run(*action);
            assert!(desk.log.is_empty(), "{action:?}: {:?}", desk.log);
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
    desk.run(Action::BackToContent);
    let seen = desk.editor.camera().visible();
    assert!(seen.contains(kurbo::Point::from(BoardPoint::new(100.0, 310.0))));
    assert_eq!(desk.editor.camera().zoom(), 1.0);
}

#[test]
fn the_view_shows_all_that_is_selected() {
    let mut desk = rows();
    desk.put(ME, rectangle(4, rect(5_000.0, 0.0, 50.0, 50.0)));
    desk.select(&[1, 4]);
    desk.run(Action::ZoomToSelection);
    let seen = desk.editor.camera().visible();
    let whole = rect(300.0, 0.0, 4_750.0, 145.0);
    assert_eq!(seen.union(whole), seen);
}

#[test]
fn preferences_are_switched_and_kept() {
    let mut desk = Desk::new();
    desk.key("q");
    desk.run(Action::ToggleGrid);
    let prefs = *desk.editor.prefs();
    assert!(prefs.tool_lock && prefs.grid);
    assert_eq!(desk.said(), "ui:KeepPrefs ui:KeepPrefs");
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
