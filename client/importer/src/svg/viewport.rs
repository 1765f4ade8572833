//! Viewports: how a `viewBox` fits into the size that a tag gives it.

use kurbo::{Affine, Rect, Size};
use svgtypes::{Align, AspectRatio, ViewBox};

use super::state::State;
use crate::markup::Node;

/// Enters the viewport of an `svg` or `symbol` tag: percentages refer to it, and its `viewBox` is
/// fitted into `size`. Returns the visible part in units of the drawing.
pub(super) fn enter(node: &Node, size: Size, state: &mut State) -> Option<Rect> {
    let view = node.get("viewBox")?.parse::<ViewBox>().ok()?;
    state.viewport = Size::new(view.w, view.h);
    let aspect = node.get("preserveAspectRatio").unwrap_or_default();
    let aspect = aspect.parse::<AspectRatio>().unwrap_or_default();
    let (x, y) = (size.width / view.w, size.height / view.h);
    if !(x.is_finite() && y.is_finite() && x > 0.0 && y > 0.0) {
        return None;
    }
    let by = if aspect.slice { x.max(y) } else { x.min(y) };
    let (x, y) = match aspect.align {
        Align::None => (x, y),
        _ => (by, by),
    };
    let (left, top) = shares(aspect.align);
    let free = (size.width - view.w * x, size.height - view.h * y);
    state.transform *= Affine::translate((free.0 * left, free.1 * top))
        * Affine::scale_non_uniform(x, y)
        * Affine::translate((-view.x, -view.y));
    Some(Rect::from_origin_size((view.x, view.y), (view.w, view.h)))
}

/// The parts of the free space that lie to the left and above.
const fn shares(align: Align) -> (f64, f64) {
    match align {
        Align::None | Align::XMinYMin => (0.0, 0.0),
        Align::XMidYMin => (0.5, 0.0),
        Align::XMaxYMin => (1.0, 0.0),
        Align::XMinYMid => (0.0, 0.5),
        Align::XMidYMid => (0.5, 0.5),
        Align::XMaxYMid => (1.0, 0.5),
        Align::XMinYMax => (0.0, 1.0),
        Align::XMidYMax => (0.5, 1.0),
        Align::XMaxYMax => (1.0, 1.0),
    }
}
