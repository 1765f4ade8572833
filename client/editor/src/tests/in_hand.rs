//! What is selected, and the tool in hand: which of them colours and keys are for.

use shared::model::{Body, Color, WidthStep};

use super::actions::selected;
use super::desk::Desk;
use crate::{Command, Prefs, Shown, StyleChange, ToolKind};

/// A desk with a rectangle that was drawn just now, and is selected.
pub(super) fn drawn() -> Desk {
    let mut desk = Desk::new();
    desk.pick(ToolKind::Rectangle);
    desk.draw(&[(100.0, 100.0), (150.0, 150.0), (200.0, 180.0)]);
    assert_eq!(desk.editor.tool(), ToolKind::Select);
    assert_eq!(desk.editor.selection().ids.len(), 1);
    desk
}

fn kept_in_hand(desk: &mut Desk) {
    let prefs = Prefs {
        tool_lock: true,
        ..*desk.editor.prefs()
    };
    desk.editor.set_prefs(prefs);
}

#[test]
fn a_tool_that_makes_something_lets_go_of_what_is_selected() {
    for tool in ToolKind::ALL {
        let mut desk = drawn();
        desk.pick(tool);
        let is_free = desk.editor.selection().is_empty();
        assert_eq!(is_free, tool.changes_board(), "{tool:?}");
    }
}

#[test]
fn a_line_that_the_next_tool_ends_does_not_stay_selected() {
    let mut desk = Desk::new();
    desk.pick(ToolKind::Line);
    desk.click(100.0, 100.0);
    desk.click(200.0, 100.0);
    desk.pick(ToolKind::Pen);
    assert_eq!(desk.board.len(), 1);
    assert!(desk.editor.selection().is_empty());
}

#[test]
fn a_colour_is_for_the_tool_that_was_picked_since() {
    let mut desk = drawn();
    desk.pick(ToolKind::Pen);
    desk.restyle(StyleChange::Color(Color::Red));
    desk.draw(&[(300.0, 300.0), (350.0, 320.0), (400.0, 300.0)]);
    let color_of = |is: fn(&Body) -> bool| {
        let mut all = desk.board.elements();
        all.find(|it| is(&it.body)).map(|it| it.props.color)
    };
    let is_ink = |body: &Body| matches!(body, Body::Stroke(_));
    assert_eq!(color_of(is_ink), Some(Color::Red));
    assert_eq!(
        color_of(|body| !matches!(body, Body::Stroke(_))),
        Some(Color::Black)
    );
}

#[test]
fn with_a_tool_that_is_kept_each_colour_is_for_the_next_shape() {
    let mut desk = Desk::new();
    kept_in_hand(&mut desk);
    desk.pick(ToolKind::Rectangle);
    let colors = [Color::Red, Color::Green, Color::Blue];
    for (y, color) in [100.0, 200.0, 300.0].into_iter().zip(colors) {
        desk.restyle(StyleChange::Color(color));
        desk.draw(&[(100.0, y), (150.0, y + 20.0), (200.0, y + 50.0)]);
    }
    let mut made: Vec<_> = desk.board.elements().collect();
    made.sort_by_key(|element| element.id);
    let made: Vec<Color> = made.iter().map(|element| element.props.color).collect();
    assert_eq!(made, colors);
}

#[test]
fn a_key_deletes_nothing_that_was_selected_before_the_last_stroke() {
    let mut desk = drawn();
    desk.pick(ToolKind::Pen);
    desk.draw(&[(300.0, 300.0), (350.0, 320.0), (400.0, 300.0)]);
    desk.key("Backspace");
    assert_eq!(desk.board.len(), 2);
}

/// The rectangle is selected by key, with the pen in hand.
fn reached() -> Desk {
    let mut desk = drawn();
    desk.pick(ToolKind::Pen);
    desk.run(Command::SELECT_NEXT);
    assert_eq!(selected(&desk).len(), 1);
    assert_eq!(desk.editor.tool(), ToolKind::Pen);
    desk
}

#[test]
fn what_was_reached_with_a_tool_in_hand_is_let_go_when_the_tool_goes_on() {
    let mut desk = reached();
    desk.draw(&[(300.0, 300.0), (350.0, 320.0), (400.0, 300.0)]);
    assert!(selected(&desk).is_empty());
}

#[test]
fn a_wish_for_what_was_reached_is_for_the_tool_in_hand_too() {
    let mut desk = reached();
    let bold = WidthStep::ALL[3];
    desk.restyle(StyleChange::Width(bold));
    desk.pick(ToolKind::Pen);
    let view = desk.editor.style_view(&desk.board);
    assert_eq!(view.width, Shown::Same(bold));
}

#[test]
fn keys_put_one_thing_after_another() {
    let mut desk = Desk::new();
    for tool in [ToolKind::Rectangle, ToolKind::Ellipse, ToolKind::Diamond] {
        desk.run(Command::pick(tool));
        desk.key("Enter");
    }
    assert_eq!(desk.board.len(), 3);
    assert_eq!(desk.editor.writes_on(), None);
}
