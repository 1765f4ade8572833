//! Shapes, sticky notes and frames.

use kurbo::{Point, Rect};
use serde_json::json;
use shared::model::layout::{BoxLayout, signature};
use shared::model::palette::{Rgb, Theme};
use shared::model::{Element, Outline};
use shared::paint::colors;

use super::base::{self, Drawn, drawn, group, set, set_background, set_bound, set_stroke};
use super::drawing::Drawing;
use super::not_kept::NotKept;
use super::text::{self, Place};

/// Colour of the line around a frame in Excalidraw.
const FRAME: Rgb = Rgb::from_hex(0x00bb_bbbb);

/// The rectangle of a box before its rotation, and its angle.
pub(super) fn rect_of(place: &BoxLayout<'_>) -> (Rect, f64) {
    let props = &place.element().props;
    let rect = Rect::from_origin_size(Point::from(props.at), place.size);
    (rect, f64::from(props.angle()))
}

/// A shape with its text.
pub(super) fn add_shape(element: &Element, outline: Outline, drawing: &mut Drawing<'_>) {
    let Some(place) = BoxLayout::of(element) else {
        return;
    };
    let kind = match outline {
        Outline::Ellipse => "ellipse",
        Outline::Diamond => "diamond",
        Outline::Rectangle | Outline::Triangle => "rectangle",
    };
    let (rect, angle) = rect_of(&place);
    let mut shape = drawn(element, &element.id.to_string(), kind, rect, angle);
    let line = colors::outline_color(element, Theme::Light);
    set_stroke(&mut shape, element.props.outlined().then_some(line));
    set_background(&mut shape, colors::fill_color(element, Theme::Light));
    set_roundness(&mut shape, f64::from(element.props.corner()));
    add_with_text(shape, &place, "middle", drawing);
}

/// Sets the radius of the corners; Excalidraw makes it no larger than a quarter of a side.
fn set_roundness(shape: &mut Drawn, radius: f64) {
    if radius > 0.0 {
        set(
            shape,
            "roundness",
            json!({ "type": 3, "value": base::number(radius) }),
        );
    }
}

/// Adds a box and, on top of it, its text as its label.
fn add_with_text(
    mut shape: Drawn,
    place: &BoxLayout<'_>,
    vertical: &str,
    drawing: &mut Drawing<'_>,
) {
    let element = place.element();
    let id = element.id.to_string();
    let label = [&id, "-text"].concat();
    let is_written = !element.text.is_empty();
    let bound = is_written.then_some(label.as_str());
    set_bound(&mut shape, bound, drawing.lines_at(element.id));
    drawing.push(shape);
    if let (Some(text), true) = (&place.text_layout, is_written) {
        let at = Place::of(text, place.to_board, f64::from(element.props.angle()));
        let mut written = text::drawn_text(element, &label, text, &at, drawing);
        set(&mut written, "containerId", id);
        set(&mut written, "verticalAlign", vertical);
        set(&mut written, "autoResize", true);
        drawing.push(written);
    }
}

/// A note: a filled rectangle with its text, and the name of its author in a group with it.
pub(super) fn add_sticky(element: &Element, drawing: &mut Drawing<'_>) {
    let Some(place) = BoxLayout::of(element) else {
        return;
    };
    let (rect, angle) = rect_of(&place);
    let id = element.id.to_string();
    let mut paper = drawn(element, &id, "rectangle", rect, angle);
    let color = colors::paper_color(element.props.color, Theme::Light);
    set_background(&mut paper, Some(color));
    let name = signature(&place);
    let together = [&id, "-note"].concat();
    if name.is_some() {
        group(&mut paper, &together);
    }
    add_with_text(paper, &place, "top", drawing);
    if let Some(name) = name {
        let at = Place::of_label(&name, place.to_board, angle);
        let mut written = text::drawn_label(element, &[&id, "-name"].concat(), &name, &at);
        group(&mut written, &together);
        drawing.push(written);
    }
}

/// A frame with its name.
pub(super) fn add_frame(element: &Element, drawing: &mut Drawing<'_>) {
    let Some(place) = BoxLayout::of(element) else {
        return;
    };
    let (rect, angle) = rect_of(&place);
    if angle != 0.0 {
        drawing.lacks(NotKept::FrameAngles);
    }
    let mut frame = drawn(element, &element.id.to_string(), "frame", rect, 0.0);
    set_stroke(&mut frame, Some(FRAME));
    set(&mut frame, "strokeWidth", 2);
    set(&mut frame, "name", element.props.name());
    set_bound(&mut frame, None, drawing.lines_at(element.id));
    drawing.push(frame);
}
