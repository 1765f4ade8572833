//! Paths and triangles as polygons.

use kurbo::{BezPath, PathEl, Point};
use serde_json::Value;
use shared::model::Element;
use shared::model::layout::BoxLayout;
use shared::model::palette::{Rgb, Theme};
use shared::paint::colors;

use super::base::{drawn, group, relative, set, set_background, set_stroke};
use super::drawing::Drawing;
use super::not_kept::NotKept;
use super::text::{self, Place};

/// How far straight lines may be from a curve, in board units.
const TOLERANCE: f64 = 0.1;
/// How near the ends of a closed line lie, in board units.
const CLOSED: f64 = 1e-3;

/// Adds the lines of a path or triangle and its text. Several lines are a group.
pub(super) fn add(element: &Element, drawing: &mut Drawing<'_>) {
    let Some(place) = BoxLayout::of(element) else {
        return;
    };
    let outline = place.outline();
    if outline
        .elements()
        .iter()
        .any(|it| matches!(it, PathEl::QuadTo(..) | PathEl::CurveTo(..)))
    {
        drawing.lacks(NotKept::Curves);
    }
    let lines = polylines(&outline);
    let inside = colors::fill_color(element, Theme::Light);
    let outlined = element.props.outlined();
    let line = outlined.then(|| colors::outline_color(element, Theme::Light));
    let is_written = !element.text.is_empty();
    let mut parts: Vec<(Vec<Point>, Option<Rgb>, Option<Rgb>)> = Vec::new();
    match (lines.as_slice(), inside) {
        // An open line is filled by Excalidraw only if its ends are near.
        ([only], _) if inside.is_none() || is_closed(only) => {
            parts.push((only.clone(), line, inside));
        }
        (_, Some(_)) => {
            parts.push((bridged(&lines), None, inside));
            parts.extend(
                lines
                    .iter()
                    .filter(|_| outlined)
                    .map(|it| (it.clone(), line, None)),
            );
        }
        (_, None) => parts.extend(lines.iter().map(|it| (it.clone(), line, None))),
    }
    let id = element.id.to_string();
    let is_group = parts.len() > 1 || is_written;
    let together = [&id, "-parts"].concat();
    for (number, (points, line, inside)) in parts.into_iter().enumerate() {
        let (pairs, rect) = relative(&points);
        let name = if number == 0 {
            id.clone()
        } else {
            format!("{id}-{number}")
        };
        let mut part = drawn(element, &name, "line", rect, 0.0);
        set_stroke(&mut part, line);
        set_background(&mut part, inside);
        set(&mut part, "points", pairs);
        set(&mut part, "polygon", is_closed(&points));
        for name in [
            "lastCommittedPoint",
            "startBinding",
            "endBinding",
            "startArrowhead",
            "endArrowhead",
        ] {
            set(&mut part, name, Value::Null);
        }
        if is_group {
            group(&mut part, &together);
        }
        drawing.push(part);
    }
    if let (Some(text), true) = (&place.text_layout, is_written) {
        let at = Place::of(text, place.to_board, f64::from(element.props.angle()));
        let mut written = text::drawn_text(element, &[&id, "-text"].concat(), text, &at, drawing);
        set(&mut written, "containerId", Value::Null);
        set(&mut written, "verticalAlign", "middle");
        set(&mut written, "autoResize", true);
        group(&mut written, &together);
        drawing.push(written);
    }
}

fn is_closed(points: &[Point]) -> bool {
    let ends = points.first().zip(points.last());
    points.len() > 3 && ends.is_some_and(|(first, last)| first.distance(*last) < CLOSED)
}

/// The subpaths as lines of points.
fn polylines(path: &BezPath) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Point>> = Vec::new();
    kurbo::flatten(path, TOLERANCE, |element| match element {
        PathEl::MoveTo(to) => lines.push(vec![to]),
        PathEl::LineTo(to) => {
            if let Some(line) = lines.last_mut() {
                line.push(to);
            }
        }
        PathEl::ClosePath => {
            if let Some(line) = lines.last_mut() {
                line.extend(
                    line.first()
                        .copied()
                        .filter(|first| line.last() != Some(first)),
                );
            }
        }
        // Curves became lines.
        PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
    });
    lines.retain(|line| line.len() > 1);
    lines
}

/// One closed line around all of them. It goes from one to the next and back again the same way, so
/// holes stay holes.
fn bridged(lines: &[Vec<Point>]) -> Vec<Point> {
    let starts = lines.iter().filter_map(|line| line.first().copied());
    let back: Vec<Point> = starts.rev().collect();
    let around = lines.iter().flat_map(|line| {
        let first = line.first().copied();
        line.iter().copied().chain(first)
    });
    around.chain(back).collect()
}
