//! The style panel: what it shows, and how it changes styles.

use shared::geometry::BoardRect;
use shared::model::{
    Align, Arrowhead, Body, Brush, Color, Dash, Filling, Font, Marks, NewElement, Outline, Prop,
    RichText, Route, WidthStep, text::StyledRun,
};

use shared::op::{Guard, Op};

use super::rig::{ME, OTHER, Rig, boxed, line, shape};
use crate::{Command, Shown, StyleChange, StyleView, TextStep, ToolKind};

fn rect(x: f64, y: f64, width: f64, height: f64) -> BoardRect {
    BoardRect::new(x, y, x + width, y + height)
}

fn arrow(number: u64) -> NewElement {
    let mut new = line(number, (0.0, 0.0), (1.0, 1.0));
    new.body = Body::Line;
    new.props.set(Prop::Points(vec![[0.0, 0.0], [90.0, 0.0]]));
    new.props
        .set(Prop::Heads([Arrowhead::None, Arrowhead::Arrow]));
    new
}

/// A rectangle 1, a stroke 2, an arrow 3 and a note 4.
fn rig(selected: &[u64]) -> Rig {
    let mut rig = Rig::new();
    rig.put(
        ME,
        shape(1, Outline::Rectangle, rect(0.0, 0.0, 100.0, 80.0)),
    );
    rig.put(ME, line(2, (0.0, 200.0), (50.0, 200.0)));
    rig.put(ME, arrow(3));
    let paper = Body::Sticky {
        signed: String::new(),
    };
    rig.put(ME, boxed(4, paper, rect(200.0, 200.0, 100.0, 100.0)));
    rig.select(selected);
    rig
}

fn view(rig: &Rig) -> StyleView {
    rig.editor.style_view(&rig.board)
}

#[test]
fn the_panel_shows_only_properties_with_a_meaning() {
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
        (&[3], "color width dash font route"),
        (&[4], "color font"),
        (&[2, 4], "color width font"),
    ] {
        assert_eq!(shown(view(&rig(selected))), expected, "{selected:?}");
    }
    let mut rig = Rig::new();
    for (tool, expected) in [
        (ToolKind::Select, ""),
        (ToolKind::Pen, "color width"),
        (ToolKind::Ellipse, "color width dash filling font"),
        (ToolKind::Text, "color font"),
        (ToolKind::Eraser, ""),
    ] {
        rig.pick(tool);
        assert_eq!(shown(view(&rig)), expected, "{tool:?}");
    }
}

#[test]
fn different_values_are_shown_as_mixed() {
    let mut rig = rig(&[1, 2]);
    assert_eq!(view(&rig).color, Shown::Same(Color::Black));
    rig.select(&[1]);
    rig.restyle(StyleChange::Color(Color::Red));
    rig.select(&[1, 2]);
    assert_eq!(view(&rig).color, Shown::Mixed);
    rig.restyle(StyleChange::Color(Color::Blue));
    assert_eq!(view(&rig).color, Shown::Same(Color::Blue));
}

#[test]
fn each_style_change_becomes_a_property() {
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
        (
            1,
            StyleChange::Fill(Some(Color::Yellow)),
            Prop::Fill(Some(Color::Yellow)),
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
            StyleChange::Start(Arrowhead::Dot),
            Prop::Heads([Arrowhead::Dot, Arrowhead::Arrow]),
        ),
        (
            3,
            StyleChange::End(Arrowhead::Bar),
            Prop::Heads([Arrowhead::None, Arrowhead::Bar]),
        ),
        (2, StyleChange::Width(WidthStep::Fine), Prop::Width(2.0)),
    ] {
        let mut rig = rig(&[number]);
        rig.restyle(change);
        let props = &rig.element(number).props;
        assert_eq!(props.get(expected.key()), expected, "{change:?}");
        assert_eq!(rig.commits().len(), 1, "{change:?}");
        rig.run(Command::UNDO);
        let before = rig.element(number).props.get(expected.key());
        assert_ne!(before, expected, "{change:?} is undone");
    }
}

#[test]
fn sizes_are_those_of_the_screen_at_any_zoom() {
    let mut rig = rig(&[2]);
    rig.run(Command::ZOOM_IN);
    rig.run(Command::ZOOM_IN);
    rig.run(Command::ZOOM_IN);
    assert_eq!(rig.editor.camera().zoom(), 2.0);
    assert_eq!(view(&rig).width, Shown::Same(WidthStep::Bold));
    rig.restyle(StyleChange::Width(WidthStep::Medium));
    assert_eq!(rig.element(2).props.width, 2.0);
    assert_eq!(view(&rig).width, Shown::Same(WidthStep::Medium));
}

#[test]
fn a_property_without_a_meaning_is_not_set() {
    let mut rig = rig(&[1, 2]);
    rig.restyle(StyleChange::Filling(Filling::Solid));
    assert_eq!(rig.commits().len(), 1);
    assert_eq!(rig.commits()[0].len(), 1, "the stroke has no filling");
}

#[test]
fn a_fill_colour_is_shown_where_there_is_a_fill() {
    let mut rig = rig(&[1, 4]);
    assert_eq!(view(&rig).fill, Shown::Absent, "the shape is empty");
    rig.restyle(StyleChange::Filling(Filling::Solid));
    assert_eq!(view(&rig).fill, Shown::Same(None), "as the line");
    rig.restyle(StyleChange::Fill(Some(Color::Yellow)));
    assert_eq!(view(&rig).fill, Shown::Same(Some(Color::Yellow)));
    assert_eq!(rig.element(1).props.color, Color::Black);
    assert_eq!(rig.element(4).props.fill(), None, "a note has one colour");
    rig.restyle(StyleChange::Fill(None));
    assert_eq!(rig.element(1).props.fill(), None);
}

#[test]
fn a_new_shape_has_the_fill_colour_of_its_tool() {
    let mut rig = Rig::new();
    rig.pick(ToolKind::Ellipse);
    rig.restyle(StyleChange::Filling(Filling::Tint));
    rig.restyle(StyleChange::Fill(Some(Color::Green)));
    rig.draw(&[(100.0, 100.0), (200.0, 150.0), (300.0, 200.0)]);
    let props = &rig.newest().props;
    assert_eq!(props.fill(), Some(Color::Green));
    assert_eq!(
        (props.color, props.filling()),
        (Color::Black, Filling::Tint)
    );
}

#[test]
fn locked_elements_keep_their_style() {
    let mut rig = rig(&[1]);
    rig.run(Command::TOGGLE_LOCK);
    rig.restyle(StyleChange::Color(Color::Red));
    assert_eq!(rig.element(1).props.color, Color::Black);
}

#[test]
fn a_slider_that_is_dragged_is_undone_as_one() {
    let mut rig = rig(&[1]);
    for opacity in [200, 150, 100] {
        rig.now += 50;
        rig.restyle(StyleChange::Opacity(opacity));
    }
    rig.restyle(StyleChange::Color(Color::Red));
    rig.run(Command::UNDO);
    assert_eq!(rig.element(1).props.opacity, 100);
    rig.run(Command::UNDO);
    assert_eq!(rig.element(1).props.opacity, 255);
}

#[test]
fn the_next_element_has_the_style_of_the_restyled_one() {
    let mut rig = rig(&[1]);
    rig.restyle(StyleChange::Color(Color::Green));
    let styles = rig.editor.styles();
    assert_eq!(styles.of(ToolKind::Ellipse).color, Color::Green);
    assert_eq!(styles.of(ToolKind::Pen).color, Color::Black);
    rig.run(Command::CANCEL);
    rig.pick(ToolKind::Highlighter);
    rig.restyle(StyleChange::Color(Color::Pink));
    let styles = rig.editor.styles();
    assert_eq!(styles.of(ToolKind::Highlighter).color, Color::Pink);
    assert!(view(&rig).highlighter);
}

#[test]
fn a_style_is_copied_as_far_as_both_have_it() {
    let mut rig = rig(&[1]);
    for change in [
        StyleChange::Color(Color::Red),
        StyleChange::Dash(Dash::Dashed),
        StyleChange::Filling(Filling::Solid),
        StyleChange::Fill(Some(Color::Yellow)),
        StyleChange::Width(WidthStep::ExtraBold),
    ] {
        rig.restyle(change);
    }
    rig.run(Command::COPY_STYLE);
    let next = shape(6, Outline::Ellipse, rect(400.0, 0.0, 90.0, 90.0));
    rig.put(ME, next);
    rig.select(&[6]);
    rig.run(Command::PASTE_STYLE);
    assert_eq!(rig.element(6).props.fill(), Some(Color::Yellow));
    rig.select(&[3, 4]);
    rig.run(Command::PASTE_STYLE);
    let (arrow, note) = (&rig.element(3).props, &rig.element(4).props);
    assert_eq!(
        (arrow.color, arrow.width, arrow.dash()),
        (Color::Red, 16.0, Dash::Dashed)
    );
    assert_eq!(arrow.filling(), Filling::None);
    assert_eq!((note.color, note.width), (Color::Red, 4.0));
    assert_eq!(
        arrow.heads(),
        [Arrowhead::None, Arrowhead::Arrow],
        "those it has itself"
    );
    rig.run(Command::UNDO);
    assert_eq!(rig.element(3).props.color, Color::Black);
}

#[test]
fn text_becomes_bold_and_plain_again() {
    let mut rig = rig(&[]);
    let mut text = boxed(5, Body::Text, rect(0.0, 400.0, 0.0, 0.0));
    let stretch = |text, marks| StyledRun { text, marks };
    text.text = RichText::typed(ME, [stretch("a", Marks::BOLD), stretch("b", Marks::NONE)]);
    rig.put(ME, text);
    rig.select(&[5]);
    let all = |rig: &Rig, marks| {
        let mut stretches = rig.element(5).text.runs();
        stretches.all(|stretch| stretch.marks.has(marks))
    };
    rig.run(Command::BOLD);
    assert!(all(&rig, Marks::BOLD));
    rig.run(Command::BOLD);
    assert!(rig.element(5).text.runs().all(|s| s.marks == Marks::NONE));
    rig.run(Command::ITALIC);
    assert!(all(&rig, Marks::ITALIC));
    rig.run(Command::UNDO);
    rig.run(Command::UNDO);
    assert!(all(&rig, Marks::BOLD));
}

#[test]
fn highlighters_have_widths_of_their_own() {
    let mut rig = Rig::new();
    let mut marker = line(1, (0.0, 0.0), (50.0, 0.0));
    if let Body::Stroke(stroke) = &mut marker.body {
        stroke.brush = Brush::Highlighter;
    }
    rig.put(ME, marker);
    rig.select(&[1]);
    rig.restyle(StyleChange::Width(WidthStep::Medium));
    assert_eq!(rig.element(1).props.width, 20.0);
    assert_eq!(view(&rig).width, Shown::Same(WidthStep::Medium));
}

#[test]
fn a_change_after_one_by_another_user_is_an_undo_step_of_its_own() {
    let mut rig = rig(&[1]);
    let color = |rig: &Rig| rig.element(1).props.color;
    rig.restyle(StyleChange::Color(Color::Red));
    rig.restyle(StyleChange::Color(Color::Green));
    rig.run(Command::UNDO);
    assert_eq!(
        color(&rig),
        Color::default(),
        "two wishes in a row are one step"
    );
    rig.restyle(StyleChange::Color(Color::Red));
    let prop = Prop::Color(Color::Blue);
    let id = rig.element(1).id;
    rig.apply(OTHER, vec![Op::Set { id, prop }], Guard::Any);
    rig.restyle(StyleChange::Color(Color::Green));
    rig.run(Command::UNDO);
    assert_eq!(color(&rig), Color::Blue);
}
