//! What the ends of arrows are bound to.

use std::collections::HashMap;

use kurbo::{Affine, Point, Rect, Vec2};
use shared::model::Anchor;

use super::records::{Place, Record, Segment};
use super::tree::Placed;
use super::{style, text};
use crate::left_out::Report;

/// The height of a line of text, as a multiple of the size of letters.
const LINE_HEIGHT: f64 = 1.35;

/// An end of an arrow that is bound to a shape.
#[derive(Clone, Copy, Debug)]
pub(super) struct BoundEnd {
    /// `None` if lines cannot be bound to the shape on the board.
    pub(super) anchor: Option<Anchor>,
    /// Where the shape has it on the page.
    pub(super) at: Point,
}

/// The bound ends of arrows, by the ids of the arrows.
pub(super) fn bound_ends<'a>(
    order: &[Placed<'a>],
    bindings: &'a [Record],
) -> HashMap<&'a str, [Option<BoundEnd>; 2]> {
    let boxes = boxes(order);
    let by_id = order.iter().map(|shape| (shape.record.id.as_str(), shape));
    let by_id: HashMap<&str, &Placed<'_>> = by_id.collect();
    let end = |to: &str, at: Option<Place>, is_precise: Option<bool>| {
        bound_end(by_id.get(to)?, *boxes.get(to)?, at, is_precise)
    };
    let mut ends: HashMap<&str, [Option<BoundEnd>; 2]> = HashMap::new();
    for binding in bindings {
        let props = &binding.props;
        let [first, last] = ends.entry(binding.from_id.as_str()).or_default();
        let bound = match props.terminal.as_deref() {
            Some("start") => first,
            Some("end") => last,
            _ => continue,
        };
        *bound = end(&binding.to_id, props.normalized_anchor, props.is_precise);
    }
    // Earlier versions say it in the arrow.
    for shape in order.iter().filter(|shape| shape.record.kind == "arrow") {
        let shape_props = &shape.record.props;
        let both = ends.entry(shape.record.id.as_str()).or_default();
        for (bound, terminal) in both.iter_mut().zip([&shape_props.start, &shape_props.end]) {
            if let Some(to) = &terminal.bound_shape_id {
                let found = end(to, terminal.normalized_anchor, terminal.is_precise);
                *bound = found.or(*bound);
            }
        }
    }
    ends
}

/// The end that is bound to a place in the box of a shape, in parts of the box. Without a precise
/// place it is bound to the middle.
fn bound_end(
    shape: &Placed<'_>,
    own: Rect,
    at: Option<Place>,
    is_precise: Option<bool>,
) -> Option<BoundEnd> {
    let at = at.filter(|_| is_precise != Some(false));
    let part = at.map_or([0.5; 2], |at| [at.x, at.y].map(|part| part.clamp(0.0, 1.0)));
    let way = Vec2::new(part[0] * own.width(), part[1] * own.height());
    let holds_lines = matches!(
        shape.record.kind.as_str(),
        "geo" | "text" | "note" | "frame"
    );
    Some(BoundEnd {
        anchor: holds_lines.then(|| Anchor {
            to: shape.id,
            at: part.map(|part| part as f32),
        }),
        at: shape.to_page * (own.origin() + way),
    })
}

/// The boxes of all shapes in their own coordinates. Groups reach around their members.
fn boxes<'a>(order: &[Placed<'a>]) -> HashMap<&'a str, Rect> {
    let to_page = order
        .iter()
        .map(|shape| (shape.record.id.as_str(), shape.to_page));
    let to_page: HashMap<&str, Affine> = to_page.collect();
    let mut boxes: HashMap<&str, Rect> = HashMap::new();
    // Groups come before their members.
    for shape in order.iter().rev() {
        let (id, parent) = (shape.record.id.as_str(), shape.record.parent_id.as_str());
        let around = boxes.get(id).copied();
        let Some(own) = own_box(shape.record).or(around) else {
            continue;
        };
        boxes.insert(id, own);
        if let Some(parent_to_page) = to_page.get(parent) {
            let in_parent = (parent_to_page.inverse() * shape.to_page).transform_rect_bbox(own);
            let all = boxes.entry(parent).or_insert(in_parent);
            *all = all.union(in_parent);
        }
    }
    boxes
}

/// The box of a shape in its own coordinates; `None` for groups and for shapes without points.
fn own_box(record: &Record) -> Option<Rect> {
    let shape_props = &record.props;
    let size = match record.kind.as_str() {
        "group" => return None,
        "line" => return around(shape_props.line_points()),
        "draw" | "highlight" => {
            let points = shape_props.segments.iter().flat_map(Segment::points);
            return around(points.map(|at| shape_props.place_of(at)));
        }
        "arrow" => {
            let ends = [&shape_props.start, &shape_props.end];
            return around(ends.map(|end| Point::new(end.x, end.y)));
        }
        "note" => style::note_size(shape_props),
        "text" => {
            let spans = text::spans(shape_props, &mut Report::default());
            let breaks = spans.iter().map(|(text, _)| text.matches('\n').count());
            let lines = 1 + breaks.sum::<usize>();
            let height = lines as f64 * LINE_HEIGHT * style::text_size(shape_props);
            kurbo::Size::new(shape_props.w.unwrap_or(0.0), height)
        }
        _ => shape_props.size(),
    };
    Some(size.to_rect())
}

/// The box around points.
fn around(points: impl IntoIterator<Item = Point>) -> Option<Rect> {
    let points = points.into_iter().map(|at| Rect::from_points(at, at));
    points.reduce(|all, one| all.union(one))
}
