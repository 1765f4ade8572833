//! Ends of lines that hold on to boxes.

use kurbo::{Point, Rect, Size};

use super::bounds_of_path;
use super::boxes::{BoxInPlace, half_line};
use crate::geometry::BoardPoint;
use crate::geometry::polygon::{self, Lines};
use crate::model::board::Board;
use crate::model::element::{Body, Element};
use crate::model::look::Anchor;

/// Aims this close to the middle of a box, in parts of it, mean the middle.
const MIDDLE: f64 = 0.12;

/// What an end of a line holds on to, in place on the board.
pub(super) struct Hold {
    /// Where the end aims.
    pub(super) aim: Point,
    /// The box around the outline.
    pub(super) around: Rect,
    outline: Lines,
    half_line: f64,
}

/// Whether lines can hold on to an element.
#[must_use]
pub const fn can_anchor(element: &Element) -> bool {
    element.body.is_box()
}

/// Whether an end of a line that is let go at `point` holds on to an element: inside
/// of it or within `slack` board units, with frames only near their line.
#[must_use]
pub fn attracts(element: &Element, point: BoardPoint, slack: f64) -> bool {
    let Some(place) = BoxInPlace::of(element) else {
        return false;
    };
    let outline = place.flat_outline();
    let point = Point::from(point);
    let near = polygon::distance(&outline, point, point) <= slack + half_line(element);
    let inside = !matches!(element.body, Body::Frame) && polygon::contains(&outline, point);
    near || inside
}

/// The anchor that aims at `point` of a box, or at the nearest place within the box
/// before it was turned.
#[must_use]
pub fn anchor_at(element: &Element, point: BoardPoint) -> Anchor {
    let (own, size) = match BoxInPlace::of(element) {
        Some(place) => (place.to_board.inverse() * Point::from(point), place.size),
        None => (Point::ZERO, Size::ZERO),
    };
    let part = |at: f64, whole: f64| {
        if whole > 0.0 {
            (at / whole).clamp(0.0, 1.0)
        } else {
            0.5
        }
    };
    let (x, y) = (part(own.x, size.width), part(own.y, size.height));
    let is_middle = (x - 0.5).abs() < MIDDLE && (y - 0.5).abs() < MIDDLE;
    let at = if is_middle { [0.5, 0.5] } else { [x, y] };
    Anchor {
        to: element.id,
        at: at.map(|part| part as f32),
    }
}

/// Where an anchor aims on the board; `None` when nothing is there to hold on to.
#[must_use]
pub fn anchor_point(board: &Board, anchor: &Anchor) -> Option<BoardPoint> {
    let element = board.get(anchor.to).filter(|element| can_anchor(element))?;
    Some(BoxInPlace::of(element)?.point(anchor.at).into())
}

pub(super) fn hold(board: &Board, anchor: &Anchor) -> Option<Hold> {
    let element = board.get(anchor.to)?;
    let place = BoxInPlace::of(element)?;
    Some(Hold {
        aim: place.point(anchor.at),
        around: bounds_of_path(&place.outline()),
        outline: place.flat_outline(),
        half_line: half_line(element),
    })
}

impl Hold {
    /// Where a line of a width that comes from `from` ends: at the outline, a little
    /// before it, so that nothing overlaps; where it aims if it never crosses it.
    pub(super) fn meet(&self, from: Point, width: f64) -> Point {
        if polygon::contains(&self.outline, from) {
            return self.aim;
        }
        let middle = self.around.center();
        let met = polygon::first_meeting(&self.outline, from, self.aim)
            // The corner of a round thing's box is outside of the thing.
            .or_else(|| polygon::first_meeting(&self.outline, from, middle));
        let Some(met) = met else { return self.aim };
        let back = from - met;
        let length = back.hypot();
        let gap = (self.half_line + width).min(length / 4.0);
        if length > 0.0 {
            met + back * (gap / length)
        } else {
            met
        }
    }
}
