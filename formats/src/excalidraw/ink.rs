//! Ink as freehand lines.

use kurbo::Point;
use serde_json::{Value, json};
use shared::model::layout::visible_ink;
use shared::model::palette::Theme;
use shared::model::{Brush, Element};
use shared::paint::ink_fill;

use super::base::{self, drawn, group, relative, set, set_stroke};
use super::drawing::Drawing;
use super::not_kept::NotKept;

/// Width of Excalidraw's ink at pressure 0.5, in widths of the element: its outline of a freehand
/// line is 2 · 4.25 · sin(π/4) as wide.
const INK_WIDTH: f64 = 6.0;
/// The pressure at which ink has its nominal width.
const EVEN: f32 = 0.5;

/// Adds the visible pieces of a stroke. Several pieces are a group.
pub(super) fn add(element: &Element, brush: Brush, drawing: &mut Drawing<'_>) {
    if brush == Brush::Highlighter {
        drawing.lacks(NotKept::Highlighter);
    }
    let props = &element.props;
    let color = ink_fill(brush, props.color, props.opacity, Theme::Light).rgb;
    let pieces = visible_ink(element);
    let is_cut = pieces.len() > 1;
    let id = element.id.to_string();
    for (number, piece) in pieces.into_iter().enumerate() {
        let points: Vec<Point> = piece.iter().map(|it| Point::new(it.x, it.y)).collect();
        let (pairs, rect) = relative(&points);
        let name = if number == 0 {
            id.clone()
        } else {
            format!("{id}-{number}")
        };
        let mut ink = drawn(element, &name, "freedraw", rect, 0.0);
        set_stroke(&mut ink, Some(color));
        set(&mut ink, "strokeStyle", "solid");
        set(
            &mut ink,
            "strokeWidth",
            base::number(f64::from(props.width) / INK_WIDTH),
        );
        set(&mut ink, "points", pairs);
        let pressures = piece.iter().map(|point| match brush {
            Brush::Pen => base::number(f64::from(point.pressure)),
            Brush::Highlighter => json!(EVEN),
        });
        set(&mut ink, "pressures", pressures.collect::<Vec<_>>());
        set(&mut ink, "simulatePressure", false);
        set(&mut ink, "lastCommittedPoint", Value::Null);
        if is_cut {
            group(&mut ink, &[&id, "-pieces"].concat());
        }
        drawing.push(ink);
    }
}
