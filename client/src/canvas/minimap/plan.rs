//! How the board is laid out on the small canvas.
//!
//! Pure: numbers only.

use editor::Index;
use kurbo::{Affine, Point};
use shared::geometry::BoardRect;

/// Free space around everything, as a share of it.
const MARGIN: f64 = 0.06;

/// Which part of the board lies where on the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plan {
    /// Board units to device pixels of the canvas.
    pub(super) to_canvas: Affine,
}

impl Plan {
    /// Shows all that there is and all that is in sight.
    pub(super) fn new(index: &Index, sight: BoardRect, (width, height): (f64, f64)) -> Self {
        let all = index.extent().map_or(sight, |extent| extent.union(sight));
        let all = all.inflate(all.width() * MARGIN, all.height() * MARGIN);
        let scale = (width / all.width().max(1.0)).min(height / all.height().max(1.0));
        let middle = Point::new(width / 2.0, height / 2.0).to_vec2();
        let to_canvas = Affine::translate(middle)
            * Affine::scale(scale)
            * Affine::translate(-all.center().to_vec2());
        Self { to_canvas }
    }

    /// The place of the board under a place of the canvas.
    pub(super) fn to_board(self, at: Point) -> Point {
        self.to_canvas.inverse() * at
    }

    /// Device pixels of the canvas to a board unit.
    pub(super) fn scale(self) -> f64 {
        self.to_canvas.as_coeffs()[0]
    }
}

/// The plan that is shown. While a hand drags over the map it stays as it was when the
/// hand came down: the sight is part of what a plan shows, so a plan that followed it
/// would move away under the hand, and the view with it, ever faster.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shown {
    plan: Option<Plan>,
    is_held: bool,
}

impl Shown {
    /// The plan to show now, of which `fitting` makes a new one.
    pub(super) fn renew(&mut self, fitting: impl FnOnce() -> Plan) -> Plan {
        let held = self.plan.filter(|_| self.is_held);
        let plan = held.unwrap_or_else(fitting);
        self.plan = Some(plan);
        plan
    }

    /// A hand came down on the map, or left it.
    pub(super) fn hold(&mut self, held: bool) {
        self.is_held = held;
    }

    /// The place of the board that is shown at a place of the canvas.
    pub(super) fn to_board(self, at: Point) -> Option<Point> {
        self.plan.map(|plan| plan.to_board(at))
    }
}

#[cfg(test)]
mod tests {
    use kurbo::Rect;

    use super::*;

    const SIZE: (f64, f64) = (200.0, 140.0);

    #[test]
    fn what_is_in_sight_is_on_the_map_and_found_again() {
        let sight = Rect::new(-100.0, 900.0, 700.0, 1_500.0);
        let plan = Plan::new(&Index::new(), sight, SIZE);
        let shown = plan.to_canvas.transform_rect_bbox(sight);
        let whole = Rect::from_origin_size(Point::ORIGIN, SIZE);
        assert_eq!(whole.union(shown), whole);
        let there = plan.to_canvas * Point::new(12.0, 1_000.0);
        assert!(plan.to_board(there).distance(Point::new(12.0, 1_000.0)) < 1e-6);
    }

    /// The sight after a hand rested at a place of the map for some moves.
    fn sight_after_moves(shown: &mut Shown, at: Point) -> Point {
        let mut sight = Rect::new(0.0, 0.0, 800.0, 600.0);
        shown.renew(|| Plan::new(&Index::new(), sight, SIZE));
        shown.hold(true);
        for _ in 0..20 {
            let to = shown.to_board(at).unwrap();
            sight = Rect::from_center_size(to, sight.size());
            shown.renew(|| Plan::new(&Index::new(), sight, SIZE));
        }
        sight.center()
    }

    #[test]
    fn a_hand_that_rests_on_the_map_holds_the_view_still() {
        let mut shown = Shown::default();
        let at = Point::new(180.0, 70.0);
        let first = sight_after_moves(&mut shown, at);
        let under = shown.to_board(at).unwrap();
        assert!(under.distance(first) < 1e-6, "it ran away to {under}");
        shown.hold(false);
        let sight = Rect::from_center_size(first, (800.0, 600.0));
        let plan = shown.renew(|| Plan::new(&Index::new(), sight, SIZE));
        let middle = Point::new(SIZE.0 / 2.0, SIZE.1 / 2.0);
        assert!(
            plan.to_board(middle).distance(first) < 1e-6,
            "let go, it fits"
        );
    }
}
