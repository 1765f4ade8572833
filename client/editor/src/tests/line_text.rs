//! Text on lines and arrows.

use shared::geometry::BoardRect;
use shared::model::layout::{line_layout, line_text};
use shared::model::{Arrowhead, Body, Marks, NewElement, Prop, RichText, StyledRun};

use super::rig::{ME, boxed, element_id};
use super::row::double_click;
use super::writer::{NO_KEYS, Writer};
use crate::{Command, Found, Output, Shown, StyleChange, TextStep, ToolKind, UiCommand};

/// A diagonal arrow from (100, 100) to (500, 300) with this text.
fn arrow(text: &str) -> NewElement {
    let mut arrow = boxed(3, Body::Line, BoardRect::new(100.0, 100.0, 100.0, 100.0));
    for prop in [
        Prop::Size([0.0, 0.0]),
        Prop::Points(vec![[0.0, 0.0], [400.0, 200.0]]),
        Prop::Heads([Arrowhead::None, Arrowhead::Arrow]),
    ] {
        arrow.props.set(prop);
    }
    let marks = Marks::NONE;
    arrow.text = RichText::typed(ME, [StyledRun { text, marks }]);
    arrow
}

fn writer(text: &str) -> Writer {
    let mut writer = Writer::new();
    writer.rig.pick(ToolKind::Select);
    writer.rig.put(ME, arrow(text));
    writer.rig.log.clear();
    writer
}

fn room(writer: &Writer) -> kurbo::Rect {
    let rig = &writer.rig;
    line_text(&rig.board, rig.element(3)).unwrap().room
}

#[test]
fn a_double_click_on_an_arrow_edits_its_text() {
    let mut writer = writer("");
    double_click(&mut writer.rig, 200.0, 150.0);
    assert_eq!(writer.rig.editor.edited_element(), Some(element_id(3)));
    writer.follow();
    writer.type_("yes");
    assert_eq!(writer.rig.element(3).text.plain(), "yes");
    let caret = writer.rig.editor.overlay(0, &writer.rig.board).caret;
    let [top, bottom] = caret.unwrap().line.unwrap();
    // The caret stands behind the letters, which are in the middle of the arrow.
    assert!(top.x > 300.0 && top.x < 340.0, "{top:?}");
    assert!(top.y < 200.0 && bottom.y > 200.0);
    writer.key("Escape", NO_KEYS);
    assert_eq!(writer.rig.editor.edited_element(), None);
    writer.undo();
    assert!(writer.rig.element(3).text.is_empty());
}

#[test]
fn enter_edits_the_text_of_the_selected_line() {
    let mut writer = writer("yes");
    writer.rig.select(&[3]);
    writer.rig.key("Enter");
    writer.follow();
    writer.type_("!");
    assert_eq!(writer.rig.element(3).text.plain(), "yes!");
}

#[test]
fn a_press_on_the_text_puts_the_caret_and_one_beside_it_ends_the_editing() {
    let mut writer = writer("yes");
    let middle = room(&writer).center();
    double_click(&mut writer.rig, middle.x, middle.y);
    writer.follow();
    writer.rig.now += 1_000;
    let room = room(&writer);
    writer.rig.click(room.x0 + 2.0, middle.y);
    writer.follow();
    writer.type_("o");
    assert_eq!(writer.rig.element(3).text.plain(), "oyes");
    writer.rig.now += 1_000;
    writer.rig.click(150.0, 280.0);
    assert_eq!(writer.rig.editor.edited_element(), None);
}

#[test]
fn a_double_click_beside_a_diagonal_line_begins_a_text_of_its_own() {
    let mut writer = writer("yes");
    double_click(&mut writer.rig, 150.0, 280.0);
    let edited = writer.rig.editor.edited_element();
    assert!(edited.is_some() && edited != Some(element_id(3)));
}

#[test]
fn the_text_of_a_selected_arrow_is_dragged_along_it() {
    let mut writer = writer("yes");
    writer.rig.select(&[3]);
    let middle = room(&writer).center();
    let rig = &mut writer.rig;
    rig.draw(&[(middle.x, middle.y), (250.0, 190.0), (200.0, 160.0)]);
    assert_eq!(rig.said(), "commit(set)");
    let position = rig.element(3).props.text_position();
    assert!((position - 0.25).abs() < 0.02, "{position}");
    // Near the middle it is in the middle again.
    let at = room(&writer).center();
    let rig = &mut writer.rig;
    rig.draw(&[(at.x, at.y), (250.0, 190.0), (at.x + 97.0, at.y + 50.0)]);
    assert_eq!(rig.element(3).props.text_position(), 0.5);
    assert_eq!(rig.element(3).props.at, arrow("").props.at);
}

#[test]
fn handles_stand_beside_the_text() {
    let mut writer = writer("yes");
    writer.rig.select(&[3]);
    let room = room(&writer);
    let handles = writer.rig.editor.overlay(0, &writer.rig.board).handles;
    assert_eq!(handles.len(), 3);
    for handle in handles {
        assert!(!room.contains(kurbo::Point::from(handle.at)), "{handle:?}");
    }
}

#[test]
fn search_and_the_clipboard_have_the_text_of_lines() {
    let mut writer = writer("approved");
    let rig = &mut writer.rig;
    rig.ask(|editor, context| editor.find("PROV", str::to_lowercase, context));
    assert_eq!(rig.editor.found(), Found { count: 1, at: 1 });
    rig.select(&[3]);
    rig.run(Command::COPY);
    let copied = rig.log.iter().find_map(|effect| match effect {
        Output::Ui(UiCommand::Copy(copied)) => Some(copied),
        _ => None,
    });
    let copied = copied.unwrap();
    assert_eq!(copied.text, "approved");
    assert!(copied.svg.contains(">approved<"));
    rig.run(Command::DUPLICATE);
    let lines = rig.board.elements().filter(|it| it.body == Body::Line);
    let texts: Vec<String> = lines.map(|line| line.text.plain()).collect();
    assert_eq!(texts, ["approved", "approved"]);
}

#[test]
fn the_style_panel_sets_size_and_font_of_the_text_of_a_line() {
    let mut writer = writer("yes");
    let rig = &mut writer.rig;
    rig.select(&[3]);
    let view = rig.editor.style_view(&rig.board);
    assert_ne!(view.text, Shown::Absent);
    assert_eq!(view.align, Shown::Absent);
    let before = rig.element(3).props.text_size();
    rig.restyle(StyleChange::Text(TextStep::Large));
    assert!(rig.element(3).props.text_size() > before);
    let drawn = line_layout(&rig.board, rig.element(3)).text.unwrap();
    assert_eq!(
        drawn.text.setting.size as f32,
        rig.element(3).props.text_size()
    );
}

#[test]
fn a_line_that_is_drawn_far_out_gets_text_of_a_readable_size() {
    let mut writer = Writer::new();
    writer.rig.pick(ToolKind::Arrow);
    writer.rig.run(Command::ZOOM_OUT);
    writer.rig.run(Command::ZOOM_OUT);
    writer
        .rig
        .draw(&[(100.0, 100.0), (200.0, 150.0), (300.0, 200.0)]);
    assert!(writer.rig.newest().props.text_size() > 24.0);
}
