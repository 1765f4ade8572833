//! Marks above the board: lines, areas and handles that keep their size on the
//! screen, whatever the zoom.
//!
//! Knows how marks look. It must not know what they are for.

use kurbo::{Affine, BezPath, Circle, Point, Rect, RoundedRect, Shape as _};
use shared::geometry::BoardPoint;
use shared::model::palette::Rgb;
use shared::paint::{Line, Painter as _};

use super::look;
use super::painter::CanvasPainter;

/// How true round marks are, as a share of a CSS pixel.
const TOLERANCE: f64 = 0.1;

/// Draws marks; lengths are in CSS pixels, places in board units.
pub(super) struct Marks<'a, 'b> {
    painter: &'a mut CanvasPainter<'b>,
    /// Board units in one CSS pixel.
    px: f64,
}

impl<'a, 'b> Marks<'a, 'b> {
    /// Marks by a painter; `px` is one CSS pixel in board units.
    pub(super) const fn new(painter: &'a mut CanvasPainter<'b>, px: f64) -> Self {
        Self { painter, px }
    }

    /// Board units in so many CSS pixels.
    pub(super) fn length(&self, px: f64) -> f64 {
        px * self.px
    }

    /// A line along a path.
    pub(super) fn line(&mut self, path: &BezPath, rgb: Rgb, width: f64) {
        let line = look::line(rgb, self.length(width));
        self.painter.line(path, &line);
    }

    /// A broken line along a path.
    pub(super) fn dashes(&mut self, path: &BezPath, rgb: Rgb, width: f64) {
        let dash = Some([self.length(4.0), self.length(4.0)]);
        let line = look::line(rgb, self.length(width));
        self.painter.line(path, &Line { dash, ..line });
    }

    /// A straight line.
    pub(super) fn stroke(&mut self, from: Point, to: Point, rgb: Rgb, width: f64) {
        self.line(&polyline([from, to], false), rgb, width);
    }

    /// A pale area.
    pub(super) fn area(&mut self, path: &BezPath, rgb: Rgb, alpha: f32) {
        self.painter.fill(path, &look::fill(rgb, alpha));
    }

    /// A round handle.
    pub(super) fn dot(&mut self, at: BoardPoint, radius: f64, inside: Rgb, edge: Rgb) {
        let circle = Circle::new(at, self.length(radius));
        self.handle(&circle.to_path(self.length(TOLERANCE)), inside, edge);
    }

    /// An angular handle, `width` by `height`, turned by `angle`.
    pub(super) fn knob(
        &mut self,
        at: BoardPoint,
        (width, height): (f64, f64),
        angle: f64,
        (inside, edge): (Rgb, Rgb),
    ) {
        let size = (self.length(width), self.length(height));
        let rect = Rect::from_center_size(Point::ORIGIN, size);
        let rounded = RoundedRect::from_rect(rect, self.length(2.5));
        let place = Affine::translate(Point::from(at).to_vec2()) * Affine::rotate(angle);
        let path = place * rounded.to_path(self.length(TOLERANCE));
        self.handle(&path, inside, edge);
    }

    fn handle(&mut self, path: &BezPath, inside: Rgb, edge: Rgb) {
        self.area(path, inside, 1.0);
        self.line(path, edge, 1.5);
    }
}

/// A line through points.
pub(super) fn polyline(points: impl IntoIterator<Item = Point>, closed: bool) -> BezPath {
    let mut path = BezPath::new();
    for point in points {
        if path.elements().is_empty() {
            path.move_to(point);
        } else {
            path.line_to(point);
        }
    }
    if closed && !path.elements().is_empty() {
        path.close_path();
    }
    path
}

/// A box that is turned about its middle.
pub(super) fn turned(rect: Rect, angle: f64) -> BezPath {
    Affine::rotate_about(angle, rect.center()) * rect.to_path(TOLERANCE)
}
