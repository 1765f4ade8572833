//! Clips: elements outside of one are left out. Most drawings clip to their own edge, which hides
//! nothing; the others are named.

use editor::extent;
use kurbo::{Point, Rect, Size};
use shared::model::Outline;

use super::shapes::ElementMaker;
use super::state::State;
use super::{corners, path};
use crate::ids::AUTHOR;
use crate::left_out::LeftOut;
use crate::markup::{Document, NodeId};

/// Elements may be larger than their clip by this part of it, which is hardly seen.
const SLACK: f64 = 0.02;

/// The region that a clip leaves visible, on the board.
pub(super) struct Clip {
    region: Rect,
    /// Whether the region has another shape than its rectangle.
    is_figure: bool,
}

/// The clip of a tag; `None` if it has none, or one that cannot be followed.
pub(super) fn region(state: &State, document: &Document) -> Option<Clip> {
    let id = document.by_id(state.effects.clip.as_ref()?)?;
    let tags = document.node(id).children.iter().copied();
    let mut tags = tags.filter(|id| !document.node(*id).name.is_empty());
    let (rect, is_figure) = figure(tags.next()?, state, document)?;
    let region = state.transform.transform_rect_bbox(rect);
    let is_figure = is_figure || tags.next().is_some();
    Some(Clip { region, is_figure })
}

/// The bounds of a figure, and whether it is more than a rectangle.
fn figure(id: NodeId, state: &State, document: &Document) -> Option<(Rect, bool)> {
    let node = document.node(id);
    let get = |name: &str| node.get(name).and_then(|it| state.length(it, 0.0));
    let number = |name: &str| get(name).unwrap_or(0.0);
    match node.name.as_ref() {
        "rect" => {
            let size = Size::new(number("width"), number("height"));
            let at = Point::new(number("x"), number("y"));
            Some((Rect::from_origin_size(at, size), false))
        }
        "path" => {
            let outline = path::outline(node.get("d").unwrap_or_default());
            let found = corners::corners(&outline).and_then(|it| corners::outline(&it));
            let is_rect = found.is_some_and(|(outline, _)| outline == Outline::Rectangle);
            Some((path::bounds(&outline), !is_rect))
        }
        "circle" => {
            let radius = number("r");
            let middle = Point::new(number("cx"), number("cy"));
            Some((
                Rect::from_center_size(middle, (2.0 * radius, 2.0 * radius)),
                true,
            ))
        }
        _ => None,
    }
}

impl Clip {
    /// Removes the elements from number `first` on that are not visible, and names the clip if it
    /// would hide parts of others.
    pub(super) fn apply(&self, first: usize, maker: &mut ElementMaker<'_>) {
        let slack = SLACK * self.region.width().max(self.region.height());
        let room = self.region.inflate(slack, slack);
        let mut number = 0;
        let mut is_cut = false;
        maker.elements.retain(|new| {
            number += 1;
            if number <= first {
                return true;
            }
            let bounds = extent(std::slice::from_ref(new), AUTHOR);
            let bounds = bounds.unwrap_or(self.region);
            let is_visible = bounds.overlaps(room);
            is_cut |= is_visible && (self.is_figure || !room.contains_rect(bounds));
            is_visible
        });
        if is_cut {
            maker.report.add(LeftOut::Clipping);
        }
    }
}
