//! The way of the camera to the area that another person shows.

use editor::Camera;
use shared::geometry::BoardPoint;

/// After so many milliseconds the camera has done about two thirds of its way. Views come every 100
/// milliseconds, so the camera moves evenly.
const PACE_MS: f64 = 110.0;
/// A camera that is nearer than this, in CSS pixels, has arrived.
const NEAR_PX: f64 = 0.5;
/// Zooms whose ratio differs from 1 by less than this are the same.
const NEAR_ZOOM: f64 = 0.001;

/// The camera with all of an area in its view, and with as little around it as its shape allows.
/// The area has left, top, right and bottom, in board units.
pub(super) fn showing(camera: &Camera, [left, top, right, bottom]: [f32; 4]) -> Camera {
    let (left, top) = (f64::from(left), f64::from(top));
    let (width, height) = (f64::from(right) - left, f64::from(bottom) - top);
    let size = camera.size();
    let zoom = (size.width / width).min(size.height / height);
    let centre = BoardPoint::new(left + width / 2.0, top + height / 2.0);
    camera.zoomed_about(size.middle(), zoom).centred_on(centre)
}

/// The camera after some milliseconds of its way to another one.
pub(super) fn step(from: &Camera, to: &Camera, elapsed_ms: f64) -> Camera {
    let (here, there) = (from.centre(), to.centre());
    let distance = (there.x - here.x).hypot(there.y - here.y) * to.zoom();
    let ratio = to.zoom() / from.zoom();
    if distance < NEAR_PX && (ratio - 1.0).abs() < NEAR_ZOOM {
        return *to;
    }
    let share = 1.0 - (-elapsed_ms.max(0.0) / PACE_MS).exp();
    let centre = BoardPoint::new(
        here.x + (there.x - here.x) * share,
        here.y + (there.y - here.y) * share,
    );
    let zoom = from.zoom() * ratio.powf(share);
    from.zoomed_about(from.size().middle(), zoom)
        .centred_on(centre)
}

/// Whether two cameras show the board at the same place and zoom. Their sizes may differ.
pub(super) fn is_same_place(one: &Camera, other: &Camera) -> bool {
    one.origin() == other.origin() && one.zoom() == other.zoom()
}

#[cfg(test)]
mod tests {
    use editor::ScreenSize;

    use super::*;

    fn camera() -> Camera {
        Camera::new(ScreenSize::new(1_000.0, 500.0))
    }

    #[test]
    fn all_of_the_area_is_in_the_view_of_another_shape() {
        let area = [-300.0, 100.0, 100.0, 500.0];
        let shown = showing(&camera(), area).visible();
        assert!((shown.height() - 400.0).abs() < 1e-9, "as high as the area");
        assert!((shown.width() - 800.0).abs() < 1e-9);
        assert!((shown.center().x + 100.0).abs() < 1e-9);
        assert!((shown.center().y - 300.0).abs() < 1e-9);
    }

    #[test]
    fn a_larger_zoom_than_100_percent_is_followed_too() {
        let shown = showing(&camera(), [0.0, 0.0, 100.0, 50.0]);
        assert!((shown.zoom() - 10.0).abs() < 1e-9);
    }

    #[test]
    fn the_camera_arrives_and_comes_nearer_with_each_step() {
        let to = showing(&camera(), [5_000.0, 0.0, 5_100.0, 50.0]);
        let mut at = camera();
        let mut left = f64::INFINITY;
        for _ in 0..200 {
            at = step(&at, &to, 16.0);
            let now = (to.centre().x - at.centre().x).abs();
            assert!(now < left || at == to);
            left = now;
        }
        assert_eq!(at, to);
    }

    #[test]
    fn another_size_is_no_other_place() {
        let other = camera().resized(ScreenSize::new(300.0, 300.0));
        assert!(is_same_place(&camera(), &other));
        assert!(!is_same_place(&camera(), &camera().zoomed_in()));
    }
}
