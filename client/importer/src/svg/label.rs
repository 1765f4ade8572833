//! Labels of diagrams: HTML in a `foreignObject`, as draw.io and Mermaid write it.

use kurbo::{Point, Rect, Vec2};
use shared::model::Align;
use shared::typeset::LINE_HEIGHT;

use super::Reader;
use super::paint::Paint;
use super::state::{State, length_px};
use super::text::{self, Run};
use crate::markup::NodeId;

/// Tags that begin a new line.
const BLOCKS: [&str; 8] = ["div", "p", "li", "tr", "h1", "h2", "h3", "section"];

/// Where a label stands within its box.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Vertical {
    Top,
    Middle,
    Bottom,
}

/// The lines of a label, and the style and box that the tags around its text gave it.
struct Label {
    lines: Vec<Vec<(String, State)>>,
    area: Rect,
    vertical: Vertical,
}

/// Adds the text of a `foreignObject`.
pub(super) fn add(reader: &mut Reader<'_>, id: NodeId, state: &State) {
    let node = reader.document.node(id);
    let get = |name: &str, whole: f64| node.get(name).and_then(|it| state.length(it, whole));
    let at = Point::new(get("x", 0.0).unwrap_or(0.0), get("y", 0.0).unwrap_or(0.0));
    // draw.io gives percentages, which mean nothing, and the size in the style of the first tag.
    let side = |name: &str| node.get(name).and_then(length_px).unwrap_or(0.0);
    let mut label = Label {
        lines: Vec::new(),
        area: Rect::from_origin_size(at, (side("width"), side("height"))),
        vertical: Vertical::Top,
    };
    let html = State {
        align: Align::Start,
        baseline: 0.0,
        ..state.clone()
    };
    collect(reader, id, &html, &mut label);
    label
        .lines
        .retain(|line| line.iter().any(|(text, _)| !text.trim().is_empty()));
    place(reader, label);
}

/// Collects the text in a tag, and what its style says about its place.
fn collect(reader: &Reader<'_>, id: NodeId, state: &State, label: &mut Label) {
    for child in reader.document.node(id).children.clone() {
        let node = reader.document.node(child);
        match node.name.as_ref() {
            "" => write(&node.text, state, label),
            "br" => label.lines.push(Vec::new()),
            "style" | "script" => {}
            name => {
                let inner = reader.state_of(child, state);
                if inner.removed {
                    continue;
                }
                arrange(node.get("style").unwrap_or_default(), label);
                if BLOCKS.contains(&name) {
                    label.lines.push(Vec::new());
                }
                let inner = State {
                    bold: inner.bold || matches!(name, "b" | "strong" | "th" | "h1" | "h2" | "h3"),
                    italic: inner.italic || matches!(name, "i" | "em"),
                    ..inner
                };
                collect(reader, child, &inner, label);
                if BLOCKS.contains(&name) {
                    label.lines.push(Vec::new());
                }
            }
        }
    }
}

fn write(text: &str, state: &State, label: &mut Label) {
    if label.lines.is_empty() {
        label.lines.push(Vec::new());
    }
    let Some(line) = label.lines.last_mut() else {
        return;
    };
    let mut words = String::new();
    for letter in text.chars() {
        let before = words.chars().last();
        let before = before.or_else(|| line.last().and_then(|(text, _)| text.chars().last()));
        match letter {
            letter if !letter.is_ascii_whitespace() => words.push(letter),
            _ if before.is_some_and(|before| before != ' ') => words.push(' '),
            _ => {}
        }
    }
    if !words.is_empty() {
        // The letters of HTML have the colour, not the fill.
        let state = State {
            fill: Paint::Rgb(state.color, 1.0),
            stroke: Paint::None,
            ..state.clone()
        };
        line.push((words, state));
    }
}

/// Follows the style of a tag: its offset and width, and where flexible boxes put their content.
fn arrange(style: &str, label: &mut Label) {
    for rule in style.split(';') {
        let Some((name, value)) = rule.split_once(':') else {
            continue;
        };
        let (name, value) = (name.trim(), value.trim());
        let px = || length_px(value).unwrap_or(0.0);
        match name {
            "margin-left" => label.area = label.area + Vec2::new(px(), 0.0),
            "padding-top" => label.area = label.area + Vec2::new(0.0, px()),
            "width" if label.area.width() <= 1.0 => label.area.x1 = label.area.x0 + px(),
            "height" if label.area.height() <= 0.0 => label.area.y1 = label.area.y0 + px(),
            "align-items" | "vertical-align" => {
                label.vertical = match value.split(' ').next_back().unwrap_or(value) {
                    "center" | "middle" => Vertical::Middle,
                    "flex-end" | "end" | "bottom" => Vertical::Bottom,
                    _ => label.vertical,
                };
            }
            _ => {}
        }
    }
}

fn place(reader: &mut Reader<'_>, label: Label) {
    let first = label.lines.first().and_then(|line| line.first());
    let Some((_, style)) = first.cloned() else {
        return;
    };
    let line = style.font_size * LINE_HEIGHT;
    let height = line * label.lines.len() as f64;
    let area = label.area;
    let top = match label.vertical {
        // A box that is hardly higher than its text is made for lines of another height.
        Vertical::Top if area.height() - height > line => area.y0,
        Vertical::Top if area.height() <= 0.0 => area.y0,
        Vertical::Top | Vertical::Middle => area.center().y - height / 2.0,
        Vertical::Bottom => area.y1 - height,
    };
    let x = match style.align {
        Align::Start => area.x0,
        Align::Center => area.center().x,
        Align::End => area.x1,
    };
    let baseline = top + style.font_size * text::first_baseline(&style);
    let mut runs = Vec::new();
    for (number, words) in label.lines.into_iter().enumerate() {
        let last = words.len().saturating_sub(1);
        for (place, (text, state)) in words.into_iter().enumerate() {
            let text = if place == last {
                text.trim_end().to_owned()
            } else {
                text
            };
            let starts = (place == 0).then_some([Some(x), Some(baseline + line * number as f64)]);
            runs.push(Run {
                text,
                state: State {
                    align: style.align,
                    ..state
                },
                at: starts.unwrap_or_default(),
                by: Vec2::ZERO,
            });
        }
    }
    text::add(&runs, &mut reader.maker);
}
