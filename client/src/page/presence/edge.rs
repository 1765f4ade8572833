//! Where the edge of the view points to a place outside of it.

use editor::Camera;
use shared::geometry::{BoardPoint, ScreenPoint};

/// The room that controls take at each edge of the view, in CSS pixels.
const INSET_PX: f64 = 68.0;
/// Least width and height of the area in which arrows are placed. A phone has little room.
const LEAST_PX: f64 = 60.0;

/// A sign at the edge of the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct EdgeSign {
    /// Its middle, in CSS pixels.
    pub(super) at: ScreenPoint,
    /// The direction that it points to, in degrees clockwise from the right.
    pub(super) degrees: f64,
}

/// The sign for a place of the board; `None` if the place is in the view.
pub(super) fn sign_for(camera: &Camera, place: BoardPoint) -> Option<EdgeSign> {
    let size = camera.size();
    let at = camera.to_screen(place);
    let is_visible = (0.0..=size.width).contains(&at.x) && (0.0..=size.height).contains(&at.y);
    if is_visible || !at.x.is_finite() || !at.y.is_finite() {
        return None;
    }
    let middle = size.middle();
    let (x, y) = (at.x - middle.x, at.y - middle.y);
    let room = |length: f64| ((length / 2.0) - INSET_PX).max(LEAST_PX / 2.0);
    // The line from the middle to the place leaves the inner area here.
    let share = (room(size.width) / x.abs()).min(room(size.height) / y.abs());
    Some(EdgeSign {
        at: ScreenPoint::new(middle.x + x * share, middle.y + y * share),
        degrees: y.atan2(x).to_degrees(),
    })
}

#[cfg(test)]
mod tests {
    use editor::ScreenSize;

    use super::*;

    fn camera() -> Camera {
        Camera::new(ScreenSize::new(1_000.0, 600.0))
    }

    fn is_near(at: ScreenPoint, (x, y): (f64, f64)) -> bool {
        (at.x - x).hypot(at.y - y) < 1e-9
    }

    #[test]
    fn only_places_outside_of_the_view_have_a_sign() {
        assert_eq!(sign_for(&camera(), BoardPoint::new(499.0, 0.0)), None);
        assert!(sign_for(&camera(), BoardPoint::new(501.0, 0.0)).is_some());
    }

    #[test]
    fn signs_point_to_the_place_from_the_edge_where_the_line_to_it_leaves() {
        let right = sign_for(&camera(), BoardPoint::new(5_000.0, 0.0)).unwrap();
        assert!(is_near(right.at, (1_000.0 - INSET_PX, 300.0)));
        assert!(right.degrees.abs() < 1e-9);
        let above = sign_for(&camera(), BoardPoint::new(0.0, -5_000.0)).unwrap();
        assert!(is_near(above.at, (500.0, INSET_PX)));
        assert!((above.degrees + 90.0).abs() < 1e-9);
        let corner = sign_for(&camera(), BoardPoint::new(-9_000.0, 9_000.0)).unwrap();
        assert!((corner.degrees - 135.0).abs() < 1e-9);
        assert!((corner.at.y - (600.0 - INSET_PX)).abs() < 1e-9);
    }

    #[test]
    fn signs_stay_in_the_smallest_view() {
        let camera = Camera::new(ScreenSize::new(100.0, 80.0));
        let sign = sign_for(&camera, BoardPoint::new(5_000.0, 5_000.0)).unwrap();
        assert!((0.0..=100.0).contains(&sign.at.x) && (0.0..=80.0).contains(&sign.at.y));
    }
}
