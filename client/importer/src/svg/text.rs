//! Text of a drawing: runs in one colour and size become texts of the board, at the places where a
//! browser shows them.

use kurbo::{Affine, Point, Vec2};
use shared::geometry::BoardPoint;
use shared::limits::{MAX_TEXT_CHARS, MAX_TEXT_SIZE, MIN_TEXT_SIZE};
use shared::model::text::StyledRun;
use shared::model::text_layout::{box_size, text_layout};
use shared::model::{
    Align, Body, Color, Element, Marks, NewElement, OrderKey, Prop, Props, RichText,
};
use shared::typeset::LINE_HEIGHT;

use super::paint::{Paint, painted};
use super::shapes::{ElementMaker, scale};
use super::state::State;
use crate::ids::{AUTHOR, id};

/// Lines whose distance differs from ours by less than this, in sizes of the text, are one text.
const SAME_DISTANCE: f64 = 0.25;

/// A piece of text in one style.
pub(super) struct Run {
    pub(super) text: String,
    pub(super) state: State,
    /// Where it begins, as far as the drawing says so.
    pub(super) at: [Option<f64>; 2],
    /// How far it is moved from there, or from the end of the run before.
    pub(super) by: Vec2,
}

/// A text with its place on the baseline, in units of the drawing.
struct Placed<'a> {
    state: &'a State,
    at: Point,
    parts: Vec<(&'a str, Marks)>,
    align: Align,
}

/// Adds the runs of one text tag.
pub(super) fn add(runs: &[Run], maker: &mut ElementMaker<'_>) {
    let mut lines: Vec<Placed<'_>> = Vec::new();
    let mut pen = Point::ZERO;
    let starts = (0..runs.len()).filter(|at| *at == 0 || begins_chunk(runs, *at));
    let starts: Vec<usize> = starts.collect();
    for (number, start) in starts.iter().copied().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(runs.len());
        let chunk = runs.get(start..end).unwrap_or_default();
        pen = place_chunk(chunk, pen, &mut lines);
    }
    let mut texts: Vec<(Placed<'_>, usize)> = Vec::new();
    for line in lines {
        if let Some((first, count)) = texts.last_mut()
            && continues(first, *count, &line)
        {
            if let Some((text, _)) = first.parts.last_mut() {
                *text = text.trim_end_matches(' ');
            }
            let marks = line.parts.first().map_or(Marks::NONE, |(_, marks)| *marks);
            first.parts.push(("\n", marks));
            first.parts.extend(line.parts);
            *count += 1;
        } else {
            texts.push((line, 1));
        }
    }
    for (place, _) in texts {
        add_text(&place, maker);
    }
}

/// Whether a run begins at a place of its own, so that alignment counts from there.
fn begins_chunk(runs: &[Run], at: usize) -> bool {
    runs.get(at).is_some_and(|run| run.at[0].is_some())
}

/// Places the runs of a chunk one after the other. Returns where the next text would begin.
fn place_chunk<'a>(chunk: &'a [Run], pen: Point, lines: &mut Vec<Placed<'a>>) -> Point {
    let Some(first) = chunk.first() else {
        return pen;
    };
    let widths: Vec<f64> = chunk.iter().map(advance).collect();
    let whole: f64 =
        widths.iter().sum::<f64>() + chunk.iter().skip(1).map(|it| it.by.x).sum::<f64>();
    let is_alone = chunk.len() == 1;
    let mut pen = Point::new(first.at[0].unwrap_or(pen.x), pen.y);
    if !is_alone {
        pen.x -= whole * share(first.state.align);
    }
    for (run, width) in chunk.iter().zip(widths) {
        pen.y = run.at[1].unwrap_or(pen.y);
        pen += run.by;
        let marks = Marks::NONE
            .set(Marks::BOLD, run.state.bold)
            .set(Marks::ITALIC, run.state.italic);
        let part = (run.text.as_str(), marks);
        match lines.last_mut() {
            // A run that only differs in its marks belongs to the same text.
            Some(last)
                if !std::ptr::eq(run, first)
                    && run.by == Vec2::ZERO
                    && run.at == [None, None]
                    && looks_like(last.state, &run.state) =>
            {
                last.parts.push(part);
            }
            _ => lines.push(Placed {
                state: &run.state,
                at: pen,
                parts: vec![part],
                align: if is_alone {
                    run.state.align
                } else {
                    Align::Start
                },
            }),
        }
        pen.x += width;
    }
    pen
}

/// Whether two runs can be parts of one text.
fn looks_like(one: &State, other: &State) -> bool {
    one.fill == other.fill
        && one.font == other.font
        && one.font_size == other.font_size
        && one.fill_opacity * one.opacity == other.fill_opacity * other.opacity
}

/// Whether a line stands below a text of so many lines as the next line would.
fn continues(first: &Placed<'_>, lines: usize, line: &Placed<'_>) -> bool {
    let size = first.state.font_size;
    let down = (line.at.y - first.at.y) / size;
    let expected = LINE_HEIGHT * lines as f64;
    looks_like(first.state, line.state)
        && first.align == line.align
        && (first.at.x - line.at.x).abs() < 0.1 * size
        && (down - expected).abs() < SAME_DISTANCE * lines as f64
}

const fn share(align: Align) -> f64 {
    match align {
        Align::Start => 0.0,
        Align::Center => 0.5,
        Align::End => 1.0,
    }
}

/// How far a run moves the pen, in units of the drawing.
fn advance(run: &Run) -> f64 {
    // Spaces at the end count, which a line of text leaves out.
    let kept = run.text.replace(' ', "\u{a0}");
    let marks = Marks::NONE
        .set(Marks::BOLD, run.state.bold)
        .set(Marks::ITALIC, run.state.italic);
    let size = 100.0;
    let element = element(&run.state, size, &[(&kept, marks)]);
    box_size(&element).width / f64::from(size) * run.state.font_size
}

/// How far the first baseline lies below the top of a text, in sizes of the text.
pub(super) fn first_baseline(state: &State) -> f64 {
    let size = 100.0;
    let text = text_layout(&element(state, size, &[("x", Marks::NONE)]));
    let baseline = text.and_then(|text| Some(text.layout.lines.first()?.baseline));
    baseline.unwrap_or_default() / f64::from(size)
}

/// A text element at the origin.
fn element(state: &State, size: f32, parts: &[(&str, Marks)]) -> Element {
    let at = BoardPoint::default();
    let props = Props::plain(OrderKey::first(), at, Color::Black, 1.0, 255);
    let props = props
        .with(Prop::TextSize(size))
        .with(Prop::Font(state.font));
    let runs = parts.iter().map(|(text, marks)| StyledRun {
        text,
        marks: *marks,
    });
    let mut new = NewElement::new(id(0), props, Body::Text);
    new.text = RichText::typed(AUTHOR, runs);
    Element::new(new, AUTHOR)
}

fn add_text(place: &Placed<'_>, maker: &mut ElementMaker<'_>) {
    let (state, parts) = (place.state, &place.parts);
    let count: usize = parts.iter().map(|(text, _)| text.chars().count()).sum();
    let is_blank = parts.iter().all(|(text, _)| text.trim().is_empty());
    if is_blank || count > MAX_TEXT_CHARS {
        return;
    }
    let letters = State {
        stroke: Paint::None,
        ..state.clone()
    };
    let mut looks = painted(&letters, maker.document, &mut maker.report);
    if looks.is_empty() {
        looks = painted(state, maker.document, &mut maker.report);
    }
    let Some(look) = looks.first() else { return };
    let size = (state.font_size * scale(state.transform)) as f32;
    let mut new = element(state, size.clamp(MIN_TEXT_SIZE, MAX_TEXT_SIZE), parts);
    new.props.color = look.inside.or(look.line).unwrap_or_default();
    new.props.opacity = look.opacity;
    new.props.width = maker.props(state, Point::ZERO, look).width;
    new.props.set(Prop::Align(place.align));
    let at = place.at + Vec2::new(0.0, state.baseline * state.font_size);
    set_baseline(&mut new, state.transform, at, share(place.align));
    maker.add(new.to_new());
}

/// Puts a text so that its first baseline begins, or has its middle or end, at a point of the
/// drawing, and runs in the direction of the drawing's x axis.
fn set_baseline(new: &mut Element, transform: Affine, at: Point, share: f64) {
    let Some(text) = text_layout(new) else { return };
    let baseline = text.layout.lines.first().map_or(0.0, |line| line.baseline);
    let [a, b, ..] = transform.as_coeffs();
    let angle = Vec2::new(a, b).atan2();
    let size = text.size;
    // The way from the point on the baseline to the middle of the box, before rotation.
    let way = Vec2::new(size.width * (0.5 - share), size.height / 2.0 - baseline);
    let turned = Affine::rotate(angle) * way.to_point();
    let middle = transform * at + turned.to_vec2();
    new.props.at = (middle - size.to_vec2() / 2.0).into();
    new.props.set(Prop::Angle(angle as f32));
}
