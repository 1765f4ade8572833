//! Outlines of the scene in the form that a painter's library takes.

use kurbo::{Affine, BezPath, PathEl, Point};

/// A builder of outlines of a library.
pub(crate) trait OutlineBuilder {
    /// Begins a new part.
    fn move_to(&mut self, to: [f32; 2]);
    /// Adds a straight line.
    fn line_to(&mut self, to: [f32; 2]);
    /// Adds a curve with one control point.
    fn quad_to(&mut self, by: [f32; 2], to: [f32; 2]);
    /// Adds a curve with two control points.
    fn cubic_to(&mut self, first: [f32; 2], second: [f32; 2], to: [f32; 2]);
    /// Closes the part.
    fn close(&mut self);
}

/// Builds a path, moved by `place`.
pub(crate) fn build(path: &BezPath, place: Affine, out: &mut impl OutlineBuilder) {
    let at = |point: Point| {
        let Point { x, y } = place * point;
        [x as f32, y as f32]
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => out.move_to(at(to)),
            PathEl::LineTo(to) => out.line_to(at(to)),
            PathEl::QuadTo(by, to) => out.quad_to(at(by), at(to)),
            PathEl::CurveTo(first, second, to) => out.cubic_to(at(first), at(second), at(to)),
            PathEl::ClosePath => out.close(),
        }
    }
}

macro_rules! outline_builder {
    ($builder:ty) => {
        impl OutlineBuilder for $builder {
            fn move_to(&mut self, [x, y]: [f32; 2]) {
                self.move_to(x, y);
            }

            fn line_to(&mut self, [x, y]: [f32; 2]) {
                self.line_to(x, y);
            }

            fn quad_to(&mut self, [x1, y1]: [f32; 2], [x, y]: [f32; 2]) {
                self.quad_to(x1, y1, x, y);
            }

            fn cubic_to(&mut self, [x1, y1]: [f32; 2], [x2, y2]: [f32; 2], [x, y]: [f32; 2]) {
                self.cubic_to(x1, y1, x2, y2, x, y);
            }

            fn close(&mut self) {
                self.close();
            }
        }
    };
}

outline_builder!(tiny_skia::PathBuilder);
outline_builder!(krilla::geom::PathBuilder);
