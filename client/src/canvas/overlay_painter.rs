//! Paints lines, areas and handles above the board. They keep their size on the screen at every
//! zoom.

use kurbo::{Affine, BezPath, Circle, Point, Rect, RoundedRect, Shape as _};
use shared::geometry::BoardPoint;
use shared::model::palette::Rgb;
use shared::paint::{LineStyle, Painter as _};

use super::overlay_colors;
use super::painter::CanvasPainter;

/// How far round edges may be off, in CSS pixels.
const TOLERANCE: f64 = 0.1;

/// Paints with lengths in CSS pixels at points in board units.
pub(super) struct OverlayPainter<'a, 'b> {
    painter: &'a mut CanvasPainter<'b>,
    /// Board units per CSS pixel.
    css_px: f64,
}

impl<'a, 'b> OverlayPainter<'a, 'b> {
    /// `css_px` is the number of board units per CSS pixel.
    pub(super) const fn new(painter: &'a mut CanvasPainter<'b>, css_px: f64) -> Self {
        Self { painter, css_px }
    }

    /// A length in CSS pixels in board units.
    pub(super) fn length(&self, px: f64) -> f64 {
        px * self.css_px
    }

    /// A line along a path.
    pub(super) fn line(&mut self, path: &BezPath, rgb: Rgb, width: f64) {
        let line = overlay_colors::line(rgb, self.length(width));
        self.painter.line(path, &line);
    }

    /// A dashed line along a path.
    pub(super) fn dashed_line(&mut self, path: &BezPath, rgb: Rgb, width: f64) {
        let dash = Some([self.length(4.0), self.length(4.0)]);
        let line = overlay_colors::line(rgb, self.length(width));
        self.painter.line(path, &LineStyle { dash, ..line });
    }

    /// A straight line.
    pub(super) fn stroke(&mut self, from: Point, to: Point, rgb: Rgb, width: f64) {
        self.line(&polyline([from, to], false), rgb, width);
    }

    /// A translucent area.
    pub(super) fn area(&mut self, path: &BezPath, rgb: Rgb, alpha: f32) {
        self.painter.fill(path, &overlay_colors::fill(rgb, alpha));
    }

    /// A round handle.
    pub(super) fn round_handle(&mut self, at: BoardPoint, radius: f64, inside: Rgb, edge: Rgb) {
        let circle = Circle::new(at, self.length(radius));
        self.handle(&circle.to_path(self.length(TOLERANCE)), inside, edge);
    }

    /// A rectangular handle, turned by `angle` radians.
    pub(super) fn rect_handle(
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

/// A rectangle that is turned about its centre, by `angle` radians.
pub(super) fn turned(rect: Rect, angle: f64) -> BezPath {
    Affine::rotate_about(angle, rect.center()) * rect.to_path(TOLERANCE)
}
