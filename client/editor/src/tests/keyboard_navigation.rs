//! Going to elements by keys, entering them, and making new ones.

use shared::geometry::BoardPoint;
use shared::model::layout::bounds;
use shared::model::{Body, Marks, RichText, text::StyledRun};

use super::commands::{rect, rows, selected};
use super::rig::{ME, Rig, boxed};
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
fn press_tab(rig: &mut Rig, shift: bool) -> bool {
    rig.log.clear();
    rig.send(InputEvent::KeyDown(tab(shift)));
    rig.log.contains(&Output::KeyTaken)
}

#[test]
fn tab_walks_in_reading_order_and_leaves_after_the_last() {
    let mut rig = rows();
    for expected in [2, 1, 3] {
        assert!(press_tab(&mut rig, false));
        assert_eq!(selected(&rig), [expected]);
    }
    assert!(!press_tab(&mut rig, false));
    assert_eq!(selected(&rig), [3], "the selection stays for the panels");
    assert!(press_tab(&mut rig, true));
    assert_eq!(selected(&rig), [1]);
    assert!(press_tab(&mut rig, true));
    assert!(!press_tab(&mut rig, true));
}

#[test]
fn escape_and_tab_leave_the_board() {
    let mut rig = rows();
    press_tab(&mut rig, false);
    rig.key("Escape");
    assert!(!press_tab(&mut rig, false));
    assert!(selected(&rig).is_empty());
    assert!(press_tab(&mut rig, false), "the next time it walks again");
}

#[test]
fn on_an_empty_board_tab_is_the_browsers() {
    let mut rig = Rig::new();
    assert!(!press_tab(&mut rig, false));
}

#[test]
fn a_group_is_one_stop() {
    let mut rig = rows();
    rig.select(&[2, 3]);
    rig.run(Command::GROUP);
    rig.run(Command::CANCEL);
    rig.run(Command::SELECT_NEXT);
    assert_eq!(selected(&rig), [2, 3]);
    rig.run(Command::SELECT_NEXT);
    assert_eq!(selected(&rig), [1]);
    assert!(
        !press_tab(&mut rig, false),
        "the remaining elements were reached with the group"
    );
    rig.run(Command::SELECT_PREVIOUS);
    assert_eq!(selected(&rig), [2, 3]);
}

#[test]
fn an_element_reached_by_tab_is_announced_and_scrolled_into_view() {
    let mut rig = Rig::new();
    let mut far = boxed(
        1,
        Body::Sticky {
            signed: String::new(),
        },
        rect(9e3, 9e3, 90.0, 90.0),
    );
    let written = StyledRun {
        text: "buy  milk",
        marks: Marks::NONE,
    };
    far.text = RichText::typed(ME, [written]);
    rig.put(ME, far);
    rig.run(Command::SELECT_NEXT);
    let seen = rig.editor.camera().visible();
    assert!(seen.contains(kurbo::Point::from(BoardPoint::new(9_045.0, 9_045.0))));
    let told = Output::Ui(UiCommand::Announce("Sticky note: buy milk".to_owned()));
    assert!(rig.log.contains(&told), "{:?}", rig.log);
}

#[test]
fn each_tool_that_makes_elements_makes_them_by_key() {
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
        let mut rig = Rig::new();
        rig.pick(tool);
        rig.key("Enter");
        assert_eq!(rig.board.len(), 1, "{tool:?}");
        let made = rig.newest();
        let middle = bounds(&rig.board, &made).center();
        assert!(
            (middle.x - 400.0).abs() < 30.0 && (middle.y - 300.0).abs() < 30.0,
            "{tool:?} at {middle}"
        );
        assert!(rig.editor.selection().has(made.id), "{tool:?}");
        assert_eq!(rig.editor.typing(&rig.board).is_some(), text, "{tool:?}");
    }
}

#[test]
fn enter_edits_text_of_elements_that_have_text() {
    let mut rig = rows();
    rig.select(&[2]);
    rig.key("Enter");
    assert!(rig.editor.typing(&rig.board).is_some());
}
