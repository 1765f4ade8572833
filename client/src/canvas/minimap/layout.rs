//! The layout of the minimap: the part of the board that it shows, and its scale.

use editor::Index;
use kurbo::{Affine, Point};
use shared::geometry::BoardRect;

/// Free space around the board, as a share of its size.
const MARGIN: f64 = 0.06;

/// The part of the board that the minimap shows, and its scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Layout {
    /// Board units to device pixels of the canvas.
    pub(super) to_canvas: Affine,
}

impl Layout {
    /// Fits all elements and the visible part of the board on a canvas.
    pub(super) fn new(index: &Index, visible: BoardRect, (width, height): (f64, f64)) -> Self {
        let all = index
            .extent()
            .map_or(visible, |extent| extent.union(visible));
        let all = all.inflate(all.width() * MARGIN, all.height() * MARGIN);
        let scale = (width / all.width().max(1.0)).min(height / all.height().max(1.0));
        let middle = Point::new(width / 2.0, height / 2.0).to_vec2();
        let to_canvas = Affine::translate(middle)
            * Affine::scale(scale)
            * Affine::translate(-all.center().to_vec2());
        Self { to_canvas }
    }

    /// The point of the board at a point of the canvas.
    pub(super) fn to_board(self, at: Point) -> Point {
        self.to_canvas.inverse() * at
    }

    /// Device pixels per board unit.
    pub(super) fn scale(self) -> f64 {
        self.to_canvas.as_coeffs()[0]
    }
}

/// The layout that is shown. During a drag it stays the same. The layout includes the visible
/// part, so a layout that followed the drag would move under the pointer, and move the view ever
/// faster.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ShownLayout {
    layout: Option<Layout>,
    is_frozen: bool,
}

impl ShownLayout {
    /// The layout to show now. `fit` makes a new one.
    pub(super) fn renew(&mut self, fit: impl FnOnce() -> Layout) -> Layout {
        let frozen = self.layout.filter(|_| self.is_frozen);
        let layout = frozen.unwrap_or_else(fit);
        self.layout = Some(layout);
        layout
    }

    /// Keeps the layout for a drag, or ends that.
    pub(super) fn freeze(&mut self, is_frozen: bool) {
        self.is_frozen = is_frozen;
    }

    /// The point of the board that is shown at a point of the canvas.
    pub(super) fn to_board(self, at: Point) -> Option<Point> {
        self.layout.map(|layout| layout.to_board(at))
    }
}

#[cfg(test)]
mod tests {
    use kurbo::Rect;

    use super::*;

    const SIZE: (f64, f64) = (200.0, 140.0);

    #[test]
    fn the_visible_part_is_on_the_map_and_its_points_map_back() {
        let visible = Rect::new(-100.0, 900.0, 700.0, 1_500.0);
        let layout = Layout::new(&Index::new(), visible, SIZE);
        let shown = layout.to_canvas.transform_rect_bbox(visible);
        let whole = Rect::from_origin_size(Point::ORIGIN, SIZE);
        assert_eq!(whole.union(shown), whole);
        let there = layout.to_canvas * Point::new(12.0, 1_000.0);
        assert!(layout.to_board(there).distance(Point::new(12.0, 1_000.0)) < 1e-6);
    }

    /// The centre of the view after a press rested at a point of the map for some moves.
    fn center_after_moves(shown: &mut ShownLayout, at: Point) -> Point {
        let mut visible = Rect::new(0.0, 0.0, 800.0, 600.0);
        shown.renew(|| Layout::new(&Index::new(), visible, SIZE));
        shown.freeze(true);
        for _ in 0..20 {
            let to = shown.to_board(at).unwrap();
            visible = Rect::from_center_size(to, visible.size());
            shown.renew(|| Layout::new(&Index::new(), visible, SIZE));
        }
        visible.center()
    }

    #[test]
    fn a_press_that_rests_on_the_map_holds_the_view_still() {
        let mut shown = ShownLayout::default();
        let at = Point::new(180.0, 70.0);
        let first = center_after_moves(&mut shown, at);
        let under = shown.to_board(at).unwrap();
        assert!(under.distance(first) < 1e-6, "the view moved to {under}");
        shown.freeze(false);
        let visible = Rect::from_center_size(first, (800.0, 600.0));
        let layout = shown.renew(|| Layout::new(&Index::new(), visible, SIZE));
        let middle = Point::new(SIZE.0 / 2.0, SIZE.1 / 2.0);
        assert!(
            layout.to_board(middle).distance(first) < 1e-6,
            "after the press the layout fits again"
        );
    }
}
