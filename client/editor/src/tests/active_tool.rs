//! Colours and keys apply to the selection or to the active tool.

use shared::model::{Body, Color, WidthStep};

use super::commands::selected;
use super::rig::Rig;
use crate::{Command, Prefs, Shown, StyleChange, ToolKind};

/// A rig with a rectangle that was drawn just now, and is selected.
pub(super) fn drawn() -> Rig {
    let mut rig = Rig::new();
    rig.pick(ToolKind::Rectangle);
    rig.draw(&[(100.0, 100.0), (150.0, 150.0), (200.0, 180.0)]);
    assert_eq!(rig.editor.tool(), ToolKind::Select);
    assert_eq!(rig.editor.selection().ids.len(), 1);
    rig
}

fn kept_in_hand(rig: &mut Rig) {
    let prefs = Prefs {
        tool_lock: true,
        ..*rig.editor.prefs()
    };
    rig.editor.set_prefs(prefs);
}

#[test]
fn picking_a_tool_that_makes_elements_clears_the_selection() {
    for tool in ToolKind::ALL {
        let mut rig = drawn();
        rig.pick(tool);
        let is_free = rig.editor.selection().is_empty();
        assert_eq!(is_free, tool.changes_board(), "{tool:?}");
    }
}

#[test]
fn a_line_ended_by_the_next_tool_is_not_selected() {
    let mut rig = Rig::new();
    rig.pick(ToolKind::Line);
    rig.click(100.0, 100.0);
    rig.click(200.0, 100.0);
    rig.pick(ToolKind::Pen);
    assert_eq!(rig.board.len(), 1);
    assert!(rig.editor.selection().is_empty());
}

#[test]
fn a_colour_is_for_the_tool_that_was_picked_before_it() {
    let mut rig = drawn();
    rig.pick(ToolKind::Pen);
    rig.restyle(StyleChange::Color(Color::Red));
    rig.draw(&[(300.0, 300.0), (350.0, 320.0), (400.0, 300.0)]);
    let color_of = |is: fn(&Body) -> bool| {
        let mut all = rig.board.elements();
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
fn with_a_locked_tool_each_colour_is_for_the_next_shape() {
    let mut rig = Rig::new();
    kept_in_hand(&mut rig);
    rig.pick(ToolKind::Rectangle);
    let colors = [Color::Red, Color::Green, Color::Blue];
    for (y, color) in [100.0, 200.0, 300.0].into_iter().zip(colors) {
        rig.restyle(StyleChange::Color(color));
        rig.draw(&[(100.0, y), (150.0, y + 20.0), (200.0, y + 50.0)]);
    }
    let mut made: Vec<_> = rig.board.elements().collect();
    made.sort_by_key(|element| element.id);
    let made: Vec<Color> = made.iter().map(|element| element.props.color).collect();
    assert_eq!(made, colors);
}

#[test]
fn delete_keeps_elements_selected_before_the_last_stroke() {
    let mut rig = drawn();
    rig.pick(ToolKind::Pen);
    rig.draw(&[(300.0, 300.0), (350.0, 320.0), (400.0, 300.0)]);
    rig.key("Backspace");
    assert_eq!(rig.board.len(), 2);
}

/// The rectangle is selected by key, with the pen active.
fn reached() -> Rig {
    let mut rig = drawn();
    rig.pick(ToolKind::Pen);
    rig.run(Command::SELECT_NEXT);
    assert_eq!(selected(&rig).len(), 1);
    assert_eq!(rig.editor.tool(), ToolKind::Pen);
    rig
}

#[test]
fn drawing_clears_a_selection_made_by_keys() {
    let mut rig = reached();
    rig.draw(&[(300.0, 300.0), (350.0, 320.0), (400.0, 300.0)]);
    assert!(selected(&rig).is_empty());
}

#[test]
fn restyling_a_selection_made_by_keys_restyles_the_active_tool_too() {
    let mut rig = reached();
    let bold = WidthStep::ALL[3];
    rig.restyle(StyleChange::Width(bold));
    rig.pick(ToolKind::Pen);
    let view = rig.editor.style_view(&rig.board);
    assert_eq!(view.width, Shown::Same(bold));
}

#[test]
fn place_makes_one_element_after_another() {
    let mut rig = Rig::new();
    for tool in [ToolKind::Rectangle, ToolKind::Ellipse, ToolKind::Diamond] {
        rig.run(Command::pick(tool));
        rig.key("Enter");
    }
    assert_eq!(rig.board.len(), 3);
    assert_eq!(rig.editor.edited_element(), None);
}
