//! Reaching elements by keys: from one to the next, into them, and making new ones.

use shared::geometry::BoardPoint;
use shared::model::place::bounds;
use shared::model::{Body, Marks, RichText, text::Stretch};

use super::actions::{rect, rows, selected};
use super::desk::{Desk, ME, boxed};
use crate::{Command, Focus, InputEvent, Key, Modifiers, Output, ToolKind, UiCommand};

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
    desk.log.clear();
    desk.send(InputEvent::KeyDown(tab(shift)));
    desk.log.contains(&Output::KeyTaken)
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
    desk.run(Command::GROUP);
    desk.run(Command::CANCEL);
    desk.run(Command::SELECT_NEXT);
    assert_eq!(selected(&desk), [2, 3]);
    desk.run(Command::SELECT_NEXT);
    assert_eq!(selected(&desk), [1]);
    assert!(
        !press_tab(&mut desk, false),
        "what is left was reached with the group"
    );
    desk.run(Command::SELECT_PREVIOUS);
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
    desk.run(Command::SELECT_NEXT);
    let seen = desk.editor.camera().visible();
    assert!(seen.contains(kurbo::Point::from(BoardPoint::new(9_045.0, 9_045.0))));
    let told = Output::Ui(UiCommand::Tell("Sticky note: buy milk".to_owned()));
    assert!(desk.log.contains(&told), "{:?}", desk.log);
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
fn enter_writes_on_what_can_be_written_on() {
    let mut desk = rows();
    desk.select(&[2]);
    desk.key("Enter");
    assert!(desk.editor.typing(&desk.board).is_some());
}
