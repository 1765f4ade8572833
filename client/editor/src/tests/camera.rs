//! The limits of the camera.

use proptest::prelude::*;
use shared::geometry::{BoardPoint, BoardRect, ScreenPoint};
use shared::limits::MAX_COORD;

use crate::view::camera::{MAX_ZOOM, MIN_ZOOM};
use crate::{Camera, ScreenSize, ScreenVec};

fn camera() -> Camera {
    Camera::new(ScreenSize::new(800.0, 600.0))
}

#[test]
fn a_new_view_has_the_origin_in_its_middle() {
    assert_eq!(
        camera().to_screen(BoardPoint::new(0.0, 0.0)),
        ScreenPoint::new(400.0, 300.0)
    );
}

#[test]
fn panning_pulls_the_board_along() {
    let camera = camera().zoomed_about(ScreenPoint::new(400.0, 300.0), 2.0);
    let at = camera.to_screen(BoardPoint::new(5.0, 5.0));
    let moved = camera
        .panned(ScreenVec::new(30.0, -10.0))
        .to_screen(BoardPoint::new(5.0, 5.0));
    assert_eq!((moved.x - at.x, moved.y - at.y), (30.0, -10.0));
}

#[test]
fn steps_lead_to_the_limits_and_stop_there() {
    let (mut near, mut far) = (camera(), camera());
    for _ in 0..40 {
        (near, far) = (near.zoomed_in(), far.zoomed_out());
    }
    assert_eq!((near.zoom(), far.zoom()), (MAX_ZOOM, MIN_ZOOM));
}

#[test]
fn steps_go_on_from_odd_zooms() {
    let odd = camera().zoomed_about(ScreenPoint::default(), 1.1);
    assert_eq!(
        (odd.zoomed_in().zoom(), odd.zoomed_out().zoom()),
        (1.25, 1.0)
    );
}

#[test]
fn fitting_shows_everything_but_enlarges_nothing() {
    let large = BoardRect::new(-5_000.0, 200.0, 9_000.0, 700.0);
    let view = camera().fitted(large).visible();
    assert_eq!(view.union(large), view);
    let small = BoardRect::new(10.0, 10.0, 12.0, 12.0);
    let camera = camera().fitted(small);
    assert_eq!(
        (camera.zoom(), camera.centre()),
        (1.0, BoardPoint::new(11.0, 11.0))
    );
}

#[test]
fn numbers_that_are_not_finite_do_not_move_the_camera() {
    let here = camera();
    assert_eq!(here.panned(ScreenVec::new(f64::NAN, 0.0)), here);
    assert_eq!(
        here.zoomed_about(ScreenPoint::new(0.0, 0.0), f64::INFINITY),
        here
    );
    assert_eq!(
        here.zoomed_about(ScreenPoint::new(f64::NAN, 0.0), 2.0),
        here
    );
}

proptest! {
    #[test]
    fn screen_and_board_are_inverse(x in -1e4..1e4, y in -1e4..1e4, zoom in 0.05..30.0) {
        let camera = camera().zoomed_about(ScreenPoint::new(100.0, 50.0), zoom);
        let back = camera.to_screen(camera.to_board(ScreenPoint::new(x, y)));
        prop_assert!(back.distance(ScreenPoint::new(x, y)) < 1e-6);
    }

    #[test]
    fn zooming_keeps_the_place_under_the_pointer(x in 0.0..800.0, y in 0.0..600.0, zoom in 0.001..100.0) {
        let about = ScreenPoint::new(x, y);
        let before = camera().to_board(about);
        let after = camera().zoomed_about(about, zoom);
        prop_assert!(before.distance(after.to_board(about)) < 1e-6);
        prop_assert!((MIN_ZOOM..=MAX_ZOOM).contains(&after.zoom()));
    }

    #[test]
    fn the_view_never_leaves_the_board(x in -1e12..1e12, y in -1e12..1e12) {
        let origin = camera().panned(ScreenVec::new(x, y)).origin();
        prop_assert!(origin.x.abs() <= MAX_COORD && origin.y.abs() <= MAX_COORD);
    }
}
