//! Copying and pasting: elements and text.

use shared::geometry::{BoardRect, ScreenPoint};
use shared::model::place::bounds;
use shared::model::{Body, Marks, NewElement, Outline, RichText, text::Stretch};

use super::desk::{Desk, ME, OTHER, boxed, element_id, line, shape};
use crate::input::Pasted;
use crate::{Access, Command, InputEvent, Output, UiCommand};

pub(super) fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
    BoardRect::new(x, y, x + width, y + height)
}

fn note(number: u64, at: (f64, f64), text: &str) -> NewElement {
    let body = Body::Sticky {
        signed: "Ada".to_owned(),
    };
    let mut new = boxed(number, body, rect(at.0, at.1, 100.0, 100.0));
    let marks = Marks::NONE;
    new.text = RichText::typed(OTHER, [Stretch { text, marks }]);
    new
}

pub(super) fn paste(desk: &mut Desk, content: Pasted, at: Option<(f64, f64)>) {
    let at = at.map(|(x, y)| ScreenPoint::new(x, y));
    desk.send(InputEvent::Pasted { content, at });
}

#[test]
fn what_is_copied_on_one_board_is_pasted_on_another() {
    let mut desk = Desk::new();
    desk.put(OTHER, note(1, (0.0, 0.0), "milk"));
    desk.put(
        OTHER,
        shape(2, Outline::Diamond, rect(200.0, 0.0, 50.0, 50.0)),
    );
    desk.put(OTHER, line(3, (0.0, 200.0), (100.0, 250.0)));
    desk.select(&[1, 2, 3]);
    let copied = desk.editor.copied(&desk.board).unwrap();
    let mut other = Desk::new();
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
fn what_is_pasted_again_lies_beside() {
    let mut desk = Desk::new();
    desk.put(
        ME,
        shape(1, Outline::Diamond, rect(375.0, 275.0, 50.0, 50.0)),
    );
    desk.select(&[1]);
    let copied = desk.editor.copied(&desk.board).unwrap();
    for _ in 0..2 {
        paste(&mut desk, Pasted::Elements(copied.elements.clone()), None);
    }
    let mut places: Vec<f64> = desk.board.elements().map(|e| e.props.at.x).collect();
    places.sort_by(f64::total_cmp);
    assert_eq!(places, [375.0, 395.0, 415.0]);
}

#[test]
fn the_copy_has_words_and_a_picture() {
    let mut desk = Desk::new();
    desk.put(ME, note(1, (300.0, 0.0), "second"));
    desk.put(ME, note(2, (0.0, 0.0), "first"));
    desk.select(&[1, 2]);
    desk.run(Command::COPY);
    let copied = desk.log.iter().find_map(|effect| match effect {
        Output::Ui(UiCommand::Copy(copied)) => Some(copied),
        _ => None,
    });
    let copied = copied.expect("nothing was copied");
    assert_eq!(copied.text, "first\n\nsecond");
    assert!(copied.svg.starts_with("<svg") && copied.svg.contains(">first<"));
    desk.run(Command::CUT);
    assert!(desk.board.is_empty());
}

#[test]
fn nonsense_is_refused_with_a_word() {
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
        let mut desk = Desk::new();
        paste(&mut desk, content.clone(), None);
        assert!(desk.board.is_empty());
        assert!(
            desk.said().contains("nothing on the clipboard"),
            "{content:?}"
        );
    }
}

#[test]
fn elements_that_the_board_would_refuse_are_left_out() {
    let mut wrong = shape(1, Outline::Diamond, rect(0.0, 0.0, 5.0, 5.0));
    wrong.props.width = f32::NAN;
    let right = shape(2, Outline::Diamond, rect(0.0, 0.0, 5.0, 5.0));
    let text = crate::io::elements::write(&[wrong, right]);
    let mut desk = Desk::new();
    paste(&mut desk, Pasted::Elements(text), None);
    assert_eq!(desk.board.len(), 1);
}

#[test]
fn viewers_copy_but_do_not_paste() {
    let mut desk = Desk::new();
    desk.put(ME, note(1, (0.0, 0.0), "x"));
    desk.editor
        .set_access(Access::View, 0, &mut || element_id(9), &desk.board);
    desk.run(Command::SELECT_ALL);
    assert!(desk.editor.copied(&desk.board).is_some());
    paste(&mut desk, Pasted::Text("x".to_owned()), None);
    assert_eq!(desk.board.len(), 1);
}

#[test]
fn text_becomes_one_element_with_its_lists() {
    let mut desk = Desk::new();
    let text = "Shopping\r\n- milk\n* tea\n\u{7}1. eggs\n";
    paste(&mut desk, Pasted::Text(text.to_owned()), None);
    let made = desk.newest();
    assert_eq!(made.text.plain(), "Shopping\n• milk\n• tea\n1. eggs");
    assert_eq!(made.props.size()[0], 0.0, "short lines do not wrap");
    assert!(matches!(made.body, Body::Text));
    desk.run(Command::UNDO);
    assert!(desk.board.is_empty());
}

#[test]
fn long_lines_wrap() {
    let mut desk = Desk::new();
    paste(&mut desk, Pasted::Text("word ".repeat(40)), None);
    assert_eq!(desk.newest().props.size()[0], 600.0);
}
