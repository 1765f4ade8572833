//! The style panel: what it shows, and what its wishes come to.

use shared::geometry::BoardRect;
use shared::model::{
    Align, Body, Brush, Color, Dash, Filling, Font, Head, Marks, NewElement, Outline, Prop,
    RichText, Route, WidthStep, text::Stretch,
};

use shared::op::{Guard, Op};

use super::desk::{Desk, ME, OTHER, boxed, line, shape};
use crate::{Command, Shown, StyleChange, StyleView, TextStep, ToolKind};

fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
    BoardRect::new(x, y, x + width, y + height)
}

fn arrow(number: u64) -> NewElement {
    let mut new = line(number, (0.0, 0.0), (1.0, 1.0));
    new.body = Body::Line;
    new.props.set(Prop::Points(vec![[0.0, 0.0], [90.0, 0.0]]));
    new.props.set(Prop::Heads([Head::None, Head::Arrow]));
    new
}

/// A rectangle 1, a stroke 2, an arrow 3 and a note 4.
fn desk(selected: &[u64]) -> Desk {
    let mut desk = Desk::new();
    desk.put(
        ME,
        shape(1, Outline::Rectangle, rect(0.0, 0.0, 100.0, 80.0)),
    );
    desk.put(ME, line(2, (0.0, 200.0), (50.0, 200.0)));
    desk.put(ME, arrow(3));
    let paper = Body::Sticky {
        signed: String::new(),
    };
    desk.put(ME, boxed(4, paper, rect(200.0, 200.0, 100.0, 100.0)));
    desk.select(selected);
    desk
}

fn view(desk: &Desk) -> StyleView {
    desk.editor.style_view(&desk.board)
}

#[test]
fn the_panel_shows_only_what_means_something() {
    let shown = |view: StyleView| {
        [
            ("color", view.color == Shown::Absent),
            ("width", view.width == Shown::Absent),
            ("dash", view.dash == Shown::Absent),
            ("filling", view.filling == Shown::Absent),
            ("round", view.round == Shown::Absent),
            ("font", view.font == Shown::Absent),
            ("route", view.route == Shown::Absent),
        ]
        .iter()
        .filter(|(_, absent)| !absent)
        .map(|(name, _)| *name)
        .collect::<Vec<_>>()
        .join(" ")
    };
    for (selected, expected) in [
        (&[1][..], "color width dash filling round font"),
        (&[2], "color width"),
        (&[3], "color width dash route"),
        (&[4], "color font"),
        (&[2, 4], "color width font"),
    ] {
        assert_eq!(shown(view(&desk(selected))), expected, "{selected:?}");
    }
    let mut desk = Desk::new();
    for (tool, expected) in [
        (ToolKind::Select, ""),
        (ToolKind::Pen, "color width"),
        (ToolKind::Ellipse, "color width dash filling font"),
        (ToolKind::Text, "color font"),
        (ToolKind::Eraser, ""),
    ] {
        desk.pick(tool);
        assert_eq!(shown(view(&desk)), expected, "{tool:?}");
    }
}

#[test]
fn what_differs_is_shown_as_mixed() {
    let mut desk = desk(&[1, 2]);
    assert_eq!(view(&desk).color, Shown::Same(Color::Black));
    desk.select(&[1]);
    desk.restyle(StyleChange::Color(Color::Red));
    desk.select(&[1, 2]);
    assert_eq!(view(&desk).color, Shown::Mixed);
    desk.restyle(StyleChange::Color(Color::Blue));
    assert_eq!(view(&desk).color, Shown::Same(Color::Blue));
}

#[test]
fn each_wish_becomes_a_property() {
    for (number, change, expected) in [
        (1, StyleChange::Color(Color::Red), Prop::Color(Color::Red)),
        (1, StyleChange::Opacity(99), Prop::Opacity(99)),
        (1, StyleChange::Width(WidthStep::Bold), Prop::Width(8.0)),
        (1, StyleChange::Dash(Dash::Dotted), Prop::Dash(Dash::Dotted)),
        (
            1,
            StyleChange::Filling(Filling::Tint),
            Prop::Filling(Filling::Tint),
        ),
        (1, StyleChange::Round(true), Prop::Corner(16.0)),
        (1, StyleChange::Font(Font::Mono), Prop::Font(Font::Mono)),
        (4, StyleChange::Text(TextStep::Large), Prop::TextSize(36.0)),
        (4, StyleChange::Align(Align::End), Prop::Align(Align::End)),
        (
            3,
            StyleChange::Route(Route::Elbow),
            Prop::Route(Route::Elbow),
        ),
        (
            3,
            StyleChange::Start(Head::Dot),
            Prop::Heads([Head::Dot, Head::Arrow]),
        ),
        (
            3,
            StyleChange::End(Head::Bar),
            Prop::Heads([Head::None, Head::Bar]),
        ),
        (2, StyleChange::Width(WidthStep::Fine), Prop::Width(2.0)),
    ] {
        let mut desk = desk(&[number]);
        desk.restyle(change);
        let props = &desk.element(number).props;
        assert_eq!(props.get(expected.key()), expected, "{change:?}");
        assert_eq!(desk.commits().len(), 1, "{change:?}");
        desk.run(Command::UNDO);
        let before = desk.element(number).props.get(expected.key());
        assert_ne!(before, expected, "{change:?} is undone");
    }
}

#[test]
fn sizes_are_those_of_the_screen_at_any_zoom() {
    let mut desk = desk(&[2]);
    desk.run(Command::ZOOM_IN);
    desk.run(Command::ZOOM_IN);
    desk.run(Command::ZOOM_IN);
    assert_eq!(desk.editor.camera().zoom(), 2.0);
    assert_eq!(view(&desk).width, Shown::Same(WidthStep::Bold));
    desk.restyle(StyleChange::Width(WidthStep::Medium));
    assert_eq!(desk.element(2).props.width, 2.0);
    assert_eq!(view(&desk).width, Shown::Same(WidthStep::Medium));
}

#[test]
fn what_means_nothing_for_something_leaves_it_alone() {
    let mut desk = desk(&[1, 2]);
    desk.restyle(StyleChange::Filling(Filling::Solid));
    assert_eq!(desk.commits().len(), 1);
    assert_eq!(desk.commits()[0].len(), 1, "the stroke has no filling");
}

#[test]
fn locked_elements_keep_their_look() {
    let mut desk = desk(&[1]);
    desk.run(Command::TOGGLE_LOCK);
    desk.restyle(StyleChange::Color(Color::Red));
    assert_eq!(desk.element(1).props.color, Color::Black);
}

#[test]
fn a_slider_that_is_dragged_is_undone_as_one() {
    let mut desk = desk(&[1]);
    for opacity in [200, 150, 100] {
        desk.now += 50;
        desk.restyle(StyleChange::Opacity(opacity));
    }
    desk.restyle(StyleChange::Color(Color::Red));
    desk.run(Command::UNDO);
    assert_eq!(desk.element(1).props.opacity, 100);
    desk.run(Command::UNDO);
    assert_eq!(desk.element(1).props.opacity, 255);
}

#[test]
fn what_is_made_next_looks_like_what_was_restyled() {
    let mut desk = desk(&[1]);
    desk.restyle(StyleChange::Color(Color::Green));
    let styles = desk.editor.styles();
    assert_eq!(styles.of(ToolKind::Ellipse).color, Color::Green);
    assert_eq!(styles.of(ToolKind::Pen).color, Color::Black);
    desk.run(Command::CANCEL);
    desk.pick(ToolKind::Highlighter);
    desk.restyle(StyleChange::Color(Color::Pink));
    let styles = desk.editor.styles();
    assert_eq!(styles.of(ToolKind::Highlighter).color, Color::Pink);
    assert!(view(&desk).highlighter);
}

#[test]
fn a_style_is_copied_as_far_as_both_have_it() {
    let mut desk = desk(&[1]);
    for change in [
        StyleChange::Color(Color::Red),
        StyleChange::Dash(Dash::Dashed),
        StyleChange::Filling(Filling::Solid),
        StyleChange::Width(WidthStep::ExtraBold),
    ] {
        desk.restyle(change);
    }
    desk.run(Command::COPY_STYLE);
    desk.select(&[3, 4]);
    desk.run(Command::PASTE_STYLE);
    let (arrow, note) = (&desk.element(3).props, &desk.element(4).props);
    assert_eq!(
        (arrow.color, arrow.width, arrow.dash()),
        (Color::Red, 16.0, Dash::Dashed)
    );
    assert_eq!(arrow.filling(), Filling::None);
    assert_eq!((note.color, note.width), (Color::Red, 4.0));
    assert_eq!(
        arrow.heads(),
        [Head::None, Head::Arrow],
        "those it has itself"
    );
    desk.run(Command::UNDO);
    assert_eq!(desk.element(3).props.color, Color::Black);
}

#[test]
fn text_becomes_bold_and_plain_again() {
    let mut desk = desk(&[]);
    let mut text = boxed(5, Body::Text, rect(0.0, 400.0, 0.0, 0.0));
    let stretch = |text, marks| Stretch { text, marks };
    text.text = RichText::typed(ME, [stretch("a", Marks::BOLD), stretch("b", Marks::NONE)]);
    desk.put(ME, text);
    desk.select(&[5]);
    let all = |desk: &Desk, marks| {
        let mut stretches = desk.element(5).text.stretches();
        stretches.all(|stretch| stretch.marks.has(marks))
    };
    desk.run(Command::BOLD);
    assert!(all(&desk, Marks::BOLD));
    desk.run(Command::BOLD);
    assert!(
        desk.element(5)
            .text
            .stretches()
            .all(|s| s.marks == Marks::NONE)
    );
    desk.run(Command::ITALIC);
    assert!(all(&desk, Marks::ITALIC));
    desk.run(Command::UNDO);
    desk.run(Command::UNDO);
    assert!(all(&desk, Marks::BOLD));
}

#[test]
fn highlighters_have_widths_of_their_own() {
    let mut desk = Desk::new();
    let mut marker = line(1, (0.0, 0.0), (50.0, 0.0));
    if let Body::Stroke(stroke) = &mut marker.body {
        stroke.brush = Brush::Highlighter;
    }
    desk.put(ME, marker);
    desk.select(&[1]);
    desk.restyle(StyleChange::Width(WidthStep::Medium));
    assert_eq!(desk.element(1).props.width, 20.0);
    assert_eq!(view(&desk).width, Shown::Same(WidthStep::Medium));
}

#[test]
fn what_somebody_else_set_in_between_is_a_step_of_its_own() {
    let mut desk = desk(&[1]);
    let color = |desk: &Desk| desk.element(1).props.color;
    desk.restyle(StyleChange::Color(Color::Red));
    desk.restyle(StyleChange::Color(Color::Green));
    desk.run(Command::UNDO);
    assert_eq!(
        color(&desk),
        Color::default(),
        "two wishes in a row are one step"
    );
    desk.restyle(StyleChange::Color(Color::Red));
    let prop = Prop::Color(Color::Blue);
    let id = desk.element(1).id;
    desk.apply(OTHER, vec![Op::Set { id, prop }], Guard::Any);
    desk.restyle(StyleChange::Color(Color::Green));
    desk.run(Command::UNDO);
    assert_eq!(color(&desk), Color::Blue);
}
