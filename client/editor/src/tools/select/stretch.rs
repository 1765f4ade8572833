//! How a drag of a handle stretches or turns a selection box.

use std::f64::consts::{PI, TAU};

use shared::geometry::BoardPoint;
use shared::model::Transform;

use crate::view::overlay::SelectionBox;

/// Sides shorter than this cannot be stretched, because no factor changes them.
const FLAT: f64 = 1e-6;
/// The step of a turn with Shift: 15 degrees.
const STEP: f64 = PI / 12.0;

/// Which handle of a selection box is dragged: -1, 0 or 1 on each axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) x: i8,
    pub(super) y: i8,
}

/// How a selection box is stretched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretching {
    pub(super) selection_box: SelectionBox,
    pub(super) side: Side,
    /// How far the handle went, in the selection box's own directions.
    pub(super) way: [f64; 2],
    /// Both axes are stretched by the same factor.
    pub(super) keeps_ratio: bool,
    /// The middle stays in place instead of the opposite side.
    pub(super) from_middle: bool,
    /// The least length of a side, in board units.
    pub(super) least: f64,
}

impl Stretching {
    /// The dragged edges, in the selection box's coordinates.
    pub(super) fn edges(&self) -> (Option<f64>, Option<f64>) {
        let rect = self.selection_box.rect;
        let edge = |side: i8, low: f64, high: f64, way: f64| match side {
            -1 => Some(low + way),
            1 => Some(high + way),
            _ => None,
        };
        let [x, y] = self.way;
        (
            edge(self.side.x, rect.x0, rect.x1, x),
            edge(self.side.y, rect.y0, rect.y1, y),
        )
    }

    /// The transform of everything in the selection box.
    pub(super) fn transform(&self) -> Transform {
        let rect = self.selection_box.rect;
        let [way_x, way_y] = self.way;
        let (about_x, by_x) = self.axis(self.side.x, (rect.x0, rect.x1), way_x);
        let (about_y, by_y) = self.axis(self.side.y, (rect.y0, rect.y1), way_y);
        let by = if self.keeps_ratio {
            self.alike(by_x, by_y)
        } else {
            [by_x, by_y]
        };
        Transform::Scale {
            about: self
                .selection_box
                .to_board(BoardPoint::new(about_x, about_y)),
            by,
            angle: self.selection_box.angle,
        }
    }

    /// On one axis: the coordinate that stays, and the factor.
    fn axis(&self, side: i8, (low, high): (f64, f64), way: f64) -> (f64, f64) {
        let middle = f64::midpoint(low, high);
        let (about, edge) = match side {
            -1 => (high, low),
            1 => (low, high),
            _ => return (middle, 1.0),
        };
        let about = if self.from_middle { middle } else { about };
        let length = edge - about;
        if length.abs() < FLAT {
            return (about, 1.0);
        }
        let factor = (length + way) / length;
        let least = (self.least / (high - low)).min(1.0);
        (about, factor.abs().max(least).copysign(factor))
    }

    fn alike(&self, x: f64, y: f64) -> [f64; 2] {
        match (self.side.x, self.side.y) {
            (0, _) => [y.abs(), y],
            (_, 0) => [x, x.abs()],
            _ => {
                // A flat side has no factor.
                let size = match (
                    self.selection_box.rect.width() < FLAT,
                    self.selection_box.rect.height() < FLAT,
                ) {
                    (true, false) => y.abs(),
                    (false, true) => x.abs(),
                    (true, true) | (false, false) => x.abs().max(y.abs()),
                };
                [size.copysign(x), size.copysign(y)]
            }
        }
    }
}

/// The turn of a selection box about its middle by a drag, in steps if `stepped`.
pub(super) fn turn(
    selection_box: &SelectionBox,
    from: BoardPoint,
    to: BoardPoint,
    stepped: bool,
) -> Transform {
    let about = BoardPoint::from(selection_box.rect.center());
    let direction = |at: BoardPoint| (at.y - about.y).atan2(at.x - about.x);
    let by = direction(to) - direction(from);
    let by = if stepped {
        ((selection_box.angle + by) / STEP).round() * STEP - selection_box.angle
    } else {
        by
    };
    // The short way round.
    let by = by - ((by + PI) / TAU).floor() * TAU;
    Transform::Rotate { about, by }
}

/// A selection box after a transform. A mirrored box is shown as if it was not mirrored.
pub(super) fn transformed(selection_box: &SelectionBox, transform: &Transform) -> SelectionBox {
    match *transform {
        Transform::Move([x, y]) => SelectionBox {
            rect: selection_box.rect + kurbo::Vec2::new(x, y),
            ..*selection_box
        },
        Transform::Rotate { about: _, by } => SelectionBox {
            angle: selection_box.angle + by,
            ..*selection_box
        },
        Transform::Scale { by: [x, y], .. } => {
            let middle = transform.affine() * selection_box.rect.center();
            let size = kurbo::Size::new(
                selection_box.rect.width() * x.abs(),
                selection_box.rect.height() * y.abs(),
            );
            SelectionBox {
                rect: kurbo::Rect::from_center_size(middle, size),
                ..*selection_box
            }
        }
    }
}
