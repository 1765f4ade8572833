//! Copying and pasting: elements, text, drawings.

use shared::geometry::{BoardRect, ScreenPoint};
use shared::model::place::{bounds, ink_points, line_points};
use shared::model::{
    Align, Body, Color, Dash, Element, Filling, Marks, NewElement, Outline, Prop, RichText,
    text::Stretch,
};

use super::desk::{Desk, ME, OTHER, boxed, element_id, line, shape};
use crate::input::Pasted;
use crate::{Access, Action, Effect, InputEvent, UiCommand};

fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
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

fn paste(desk: &mut Desk, content: Pasted, at: Option<(f64, f64)>) {
    let at = at.map(|(x, y)| ScreenPoint::new(x, y));
    desk.send(InputEvent::Pasted { content, at });
}

fn paste_svg(drawing: &str) -> Vec<Element> {
    let mut desk = Desk::new();
    paste(&mut desk, Pasted::Svg(drawing.to_owned()), Some((0.0, 0.0)));
    desk.board
        .in_order()
        .map(|element| Element::clone(element))
        .collect()
}

/// The box of a single element of a drawing, its place aside.
fn only(drawing: &str) -> Element {
    let elements = paste_svg(drawing);
    assert_eq!(elements.len(), 1, "{drawing}");
    elements.into_iter().next().unwrap()
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
    other.run(Action::Undo);
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
    desk.run(Action::Copy);
    let copied = desk.log.iter().find_map(|effect| match effect {
        Effect::Ui(UiCommand::Copy(copied)) => Some(copied),
        _ => None,
    });
    let copied = copied.expect("nothing was copied");
    assert_eq!(copied.text, "first\n\nsecond");
    assert!(copied.svg.starts_with("<svg") && copied.svg.contains(">first<"));
    desk.run(Action::Cut);
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
    contents.push(Pasted::Svg("<svg".to_owned()));
    contents.push(Pasted::Svg("<svg><g></svg>".to_owned()));
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
    let text = crate::import::elements::write(&[wrong, right]);
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
    desk.run(Action::SelectAll);
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
    desk.run(Action::Undo);
    assert!(desk.board.is_empty());
}

#[test]
fn long_lines_wrap() {
    let mut desk = Desk::new();
    paste(&mut desk, Pasted::Text("word ".repeat(40)), None);
    assert_eq!(desk.newest().props.size()[0], 600.0);
}

#[test]
fn simple_shapes_become_shapes() {
    let made = only(
        "<svg><rect x='10' y='20' width='30' height='40' rx='5' fill='#f00' stroke='none'/></svg>",
    );
    assert!(matches!(made.body, Body::Shape(Outline::Rectangle)));
    assert_eq!(
        (made.props.size(), made.props.corner()),
        ([30.0, 40.0], 5.0)
    );
    assert_eq!(made.props.filling(), Filling::Solid);
    assert_eq!(made.props.color, Color::try_from(0x01ff_0000).unwrap());
    let made = only(
        "<svg><circle cx='5' cy='5' r='20' fill='none' stroke='black' stroke-width='3' stroke-dasharray='4 2'/></svg>",
    );
    assert!(matches!(made.body, Body::Shape(Outline::Ellipse)));
    assert_eq!((made.props.size(), made.props.width), ([40.0, 40.0], 3.0));
    assert_eq!(
        (made.props.filling(), made.props.dash()),
        (Filling::None, Dash::Dashed)
    );
    let made = only("<svg><polyline points='0,0 10,5-20 30' style='fill:none;stroke:#00f'/></svg>");
    assert!(matches!(made.body, Body::Line));
    assert_eq!(
        made.props.points(),
        [[0.0, 0.0], [10.0, 5.0], [-20.0, 30.0]]
    );
    let made = only("<svg><polygon points='0,0 10,0 10,10' stroke='#00f'/></svg>");
    assert_eq!(made.props.points().len(), 4);
}

#[test]
fn what_is_only_filled_is_filled_if_the_board_has_such_a_shape() {
    let filled = Filling::Solid;
    for (tag, outline) in [
        ("path d='M10 10h80v60h-80z'", Outline::Rectangle),
        ("path d='M10 10V70L90 70L90 10L10 10'", Outline::Rectangle),
        ("polygon points='50,0 90,30 50,60 10,30'", Outline::Diamond),
        ("path d='M0 50L30 0L60 50Z'", Outline::Triangle),
    ] {
        let made = only(&format!("<svg><{tag} fill='orange'/></svg>"));
        assert!(
            matches!(made.body, Body::Shape(found) if found == outline),
            "{tag}: {:?}",
            made.body
        );
        assert_eq!(made.props.filling(), filled, "{tag}");
        assert_eq!(made.props.color, Color::try_from(0x01ff_a500).unwrap());
    }
    // Crossed, curved, and of other corners: an outline is all there is.
    for data in [
        "M0 0L9 9L9 0L0 9Z",
        "M0 0Q5 9 9 0Z",
        "M0 0L9 1L7 9L1 8Z",
        "M0 0h9",
    ] {
        let made = only(&format!("<svg><path d='{data}' fill='orange'/></svg>"));
        assert!(matches!(made.body, Body::Stroke(_)), "{data}");
    }
}

#[test]
fn places_follow_transforms_and_the_view_box() {
    let made = only(
        "<svg width='200' height='200' viewBox='0 0 100 100'><g transform='translate(10 0) rotate(90)'>\
         <rect width='30' height='10' stroke='black' fill='white'/></g></svg>",
    );
    assert_eq!(made.props.size(), [60.0, 20.0]);
    assert!((made.props.angle() - std::f32::consts::FRAC_PI_2).abs() < 1e-6);
    assert_eq!(made.props.filling(), Filling::None, "white is the paper");
    let made =
        only("<svg><rect transform='skewX(30)' width='30' height='10' stroke='black'/></svg>");
    assert!(
        matches!(made.body, Body::Stroke(_)),
        "a skewed box is none any more"
    );
}

#[test]
fn curves_become_ink() {
    let made =
        only("<svg><path d='M0 0 C 50 -50 100 -50 150 0' stroke='#123456' fill='none'/></svg>");
    assert!(matches!(made.body, Body::Stroke(_)));
    let points = ink_points(&made);
    let (first, last) = (points[0], points[points.len() - 1]);
    assert!((last.x - first.x - 150.0).abs() < 0.2 && (last.y - first.y).abs() < 0.2);
    let lowest = points.iter().map(|point| point.y).fold(f64::MAX, f64::min);
    assert!((first.y - lowest - 37.5).abs() < 0.5, "{lowest}");
    let pieces = paste_svg("<svg><path d='M0 0L9 9M20 0L29 9Z' stroke='red'/></svg>");
    assert_eq!(pieces.len(), 2);
}

#[test]
fn words_become_text() {
    let made = only(
        "<svg><text x='50' y='40' font-size='20' font-weight='bold' text-anchor='middle' fill='#00f'>\
         A &lt; B<tspan x='50' dy='1.2em'>second &#x263A;</tspan></text></svg>",
    );
    assert!(matches!(made.body, Body::Text));
    assert_eq!(made.text.plain(), "A < B\nsecond ☺");
    assert_eq!(
        (made.props.text_size(), made.props.align()),
        (20.0, Align::Center)
    );
    assert!(
        made.text
            .stretches()
            .all(|stretch| stretch.marks.has(Marks::BOLD))
    );
}

#[test]
fn what_is_not_drawn_is_left_out() {
    let elements = paste_svg(
        "<?xml version='1.0'?><!DOCTYPE svg><!-- <rect width='9' height='9'/> -->\
         <svg xmlns:a='b' viewBox='0 0 10 10'><title>no</title><defs><rect width='5' height='5'/></defs>\
         <rect width='10' height='10' fill='#fdfdfc'/><g display='none'><circle r='5'/></g>\
         <a:line x1='0' y1='0' x2='5' y2='5' a:stroke='#000'/><image/></svg>",
    );
    assert_eq!(elements.len(), 1);
    assert!(matches!(elements[0].body, Body::Line));
}

#[test]
fn a_drawing_of_several_parts_is_one_group() {
    let elements = paste_svg("<svg><rect width='9' height='9'/><circle r='5'/></svg>");
    assert_eq!(elements.len(), 2);
    let group = elements[0].props.groups();
    assert_eq!(
        (group.len(), elements[1].props.groups() == group),
        (1, true)
    );
}

#[test]
fn our_own_pictures_come_back_in_place() {
    let mut desk = Desk::new();
    let mut arrow = line(1, (0.0, 0.0), (0.0, 0.0));
    arrow.body = Body::Line;
    arrow
        .props
        .set(Prop::Points(vec![[0.0, 0.0], [120.0, 60.0]]));
    desk.put(ME, arrow);
    desk.put(
        ME,
        shape(2, Outline::Rectangle, rect(0.0, 100.0, 50.0, 50.0)),
    );
    desk.select(&[1, 2]);
    let before = line_points(&desk.board, desk.element(1));
    let copied = desk.editor.copied(&desk.board).unwrap();
    let mut other = Desk::new();
    paste(&mut other, Pasted::Svg(copied.svg), Some((100.0, 100.0)));
    let all = other
        .board
        .elements()
        .map(|element| bounds(&other.board, element));
    let whole = all.reduce(|a, b| a.union(b)).unwrap();
    assert!((whole.width() - 124.0).abs() < 10.0, "{whole:?} {before:?}");
    assert!((whole.height() - 154.0).abs() < 10.0, "{whole:?}");
}

#[test]
fn hostile_drawings_do_no_harm() {
    for drawing in [
        "<svg>".repeat(5_000),
        "<".repeat(9_000),
        "<svg><path d='M1e300 0L-1e300 9'/><rect width='1e300' height='1e300'/></svg>".to_owned(),
        "<svg><g transform='scale(0)'><rect width='5' height='5'/></g></svg>".to_owned(),
        "<svg viewBox='0 0 0 0'><text x='NaN' y='1' font-size='1e99'>x</text></svg>".to_owned(),
        "<svg><polyline points='1' stroke='red'/><path d='zzz'/><text>&#xFFFFFFFF;&amp</text></svg>".to_owned(),
    ] {
        let _ = paste_svg(&drawing);
    }
}
