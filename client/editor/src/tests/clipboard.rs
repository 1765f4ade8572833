//! Copying and pasting: elements and text.

use shared::geometry::{BoardRect, ScreenPoint};
use shared::model::layout::bounds;
use shared::model::{Body, Marks, NewElement, Outline, RichText, text::StyledRun};

use super::rig::{ME, OTHER, Rig, boxed, line, shape};
use crate::input::Pasted;
use crate::{Command, InputEvent, Output, UiCommand};

pub(super) fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
    BoardRect::new(x, y, x + width, y + height)
}

fn note(number: u64, at: (f64, f64), text: &str) -> NewElement {
    let body = Body::Sticky {
        signed: "Ada".to_owned(),
    };
    let mut new = boxed(number, body, rect(at.0, at.1, 100.0, 100.0));
    let marks = Marks::NONE;
    new.text = RichText::typed(OTHER, [StyledRun { text, marks }]);
    new
}

pub(super) fn paste(rig: &mut Rig, content: Pasted, at: Option<(f64, f64)>) {
    let at = at.map(|(x, y)| ScreenPoint::new(x, y));
    rig.send(InputEvent::Pasted { content, at });
}

#[test]
fn copied_elements_can_be_pasted_on_another_board() {
    let mut rig = Rig::new();
    rig.put(OTHER, note(1, (0.0, 0.0), "milk"));
    rig.put(
        OTHER,
        shape(2, Outline::Diamond, rect(200.0, 0.0, 50.0, 50.0)),
    );
    rig.put(OTHER, line(3, (0.0, 200.0), (100.0, 250.0)));
    rig.select(&[1, 2, 3]);
    let copied = rig.editor.copied(&rig.board).unwrap();
    let mut other = Rig::new();
    paste(
        &mut other,
        Pasted::Elements(copied.elements),
        Some((400.0, 300.0)),
    );
    assert_eq!(other.board.len(), 3);
    assert_eq!(other.editor.selection().ids.len(), 3);
    let all = other
        .board
        .elements()
        .map(|element| bounds(&other.board, element));
    let middle = all.reduce(|a, b| a.union(b)).unwrap().center();
    assert!(
        (middle.x - 400.0).abs() < 0.1 && (middle.y - 300.0).abs() < 0.1,
        "{middle}"
    );
    let pasted: Vec<_> = other.board.in_order().collect();
    assert_eq!(pasted[0].text.plain(), "milk");
    let (note, diamond) = (pasted[0].props.at, pasted[1].props.at);
    assert_eq!((diamond.x - note.x, diamond.y - note.y), (200.0, 0.0));
    other.run(Command::UNDO);
    assert!(other.board.is_empty(), "all of it is mine to undo");
}

#[test]
fn a_second_paste_lies_beside_the_first() {
    let mut rig = Rig::new();
    rig.put(
        ME,
        shape(1, Outline::Diamond, rect(375.0, 275.0, 50.0, 50.0)),
    );
    rig.select(&[1]);
    let copied = rig.editor.copied(&rig.board).unwrap();
    for _ in 0..2 {
        paste(&mut rig, Pasted::Elements(copied.elements.clone()), None);
    }
    let mut places: Vec<f64> = rig.board.elements().map(|e| e.props.at.x).collect();
    places.sort_by(f64::total_cmp);
    assert_eq!(places, [375.0, 395.0, 415.0]);
}

#[test]
fn a_copy_has_text_and_a_drawing() {
    let mut rig = Rig::new();
    rig.put(ME, note(1, (300.0, 0.0), "second"));
    rig.put(ME, note(2, (0.0, 0.0), "first"));
    rig.select(&[1, 2]);
    rig.run(Command::COPY);
    let copied = rig.log.iter().find_map(|effect| match effect {
        Output::Ui(UiCommand::Copy(copied)) => Some(copied),
        _ => None,
    });
    let copied = copied.expect("nothing was copied");
    assert_eq!(copied.text, "first\n\nsecond");
    assert!(copied.svg.starts_with("<svg") && copied.svg.contains(">first<"));
    rig.run(Command::CUT);
    assert!(rig.board.is_empty());
}

#[test]
fn unreadable_content_is_refused_with_a_message() {
    let broken = [
        "",
        "commonslate-elements-1:",
        "commonslate-elements-1:%%%",
        "commonslate-elements-2:kA",
    ];
    let mut contents: Vec<Pasted> = broken
        .iter()
        .map(|t| Pasted::Elements((*t).to_owned()))
        .collect();
    contents.push(Pasted::Text(" \n ".to_owned()));
    for content in contents {
        let mut rig = Rig::new();
        paste(&mut rig, content.clone(), None);
        assert!(rig.board.is_empty());
        assert!(
            rig.said().contains("nothing on the clipboard"),
            "{content:?}"
        );
    }
}

#[test]
fn pasted_elements_beyond_the_limits_are_left_out() {
    let mut wrong = shape(1, Outline::Diamond, rect(0.0, 0.0, 5.0, 5.0));
    wrong.props.width = f32::NAN;
    let right = shape(2, Outline::Diamond, rect(0.0, 0.0, 5.0, 5.0));
    let text = crate::io::elements::write(&[wrong, right]);
    let mut rig = Rig::new();
    paste(&mut rig, Pasted::Elements(text), None);
    assert_eq!(rig.board.len(), 1);
}

#[test]
fn viewers_copy_but_do_not_paste() {
    let mut rig = Rig::new();
    rig.put(ME, note(1, (0.0, 0.0), "x"));
    rig.become_viewer();
    rig.run(Command::SELECT_ALL);
    assert!(rig.editor.copied(&rig.board).is_some());
    paste(&mut rig, Pasted::Text("x".to_owned()), None);
    assert_eq!(rig.board.len(), 1);
}

#[test]
fn text_becomes_one_element_with_its_lists() {
    let mut rig = Rig::new();
    let text = "Shopping\r\n- milk\n* tea\n\u{7}1. eggs\n";
    paste(&mut rig, Pasted::Text(text.to_owned()), None);
    let made = rig.newest();
    assert_eq!(made.text.plain(), "Shopping\n• milk\n• tea\n1. eggs");
    assert_eq!(made.props.size()[0], 0.0, "short lines do not wrap");
    assert!(matches!(made.body, Body::Text));
    rig.run(Command::UNDO);
    assert!(rig.board.is_empty());
}

#[test]
fn long_lines_wrap() {
    let mut rig = Rig::new();
    paste(&mut rig, Pasted::Text("word ".repeat(40)), None);
    assert_eq!(rig.newest().props.size()[0], 600.0);
}
