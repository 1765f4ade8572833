//! The part of the board that this tab looks at, kept over reloads.
//!
//! Knows the camera's place and zoom.

use editor::Camera;
use serde::{Deserialize, Serialize};
use shared::geometry::{BoardPoint, ScreenPoint};
use shared::id::BoardId;

use crate::storage::Area;

/// Where a camera is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Place {
    /// Board units of the left edge.
    x: f64,
    /// Board units of the upper edge.
    y: f64,
    /// CSS pixels per board unit.
    zoom: f64,
}

/// Keeps where a camera is.
pub(super) fn keep(board: BoardId, camera: &Camera) {
    Area::Tab.set(&key(board), &Place::of(camera));
}

/// Where the camera was before this tab was loaded again.
pub(super) fn kept(board: BoardId) -> Option<Camera> {
    Area::Tab.get::<Place>(&key(board)).map(Place::camera)
}

fn key(board: BoardId) -> String {
    format!("place:{board}")
}

impl Place {
    fn of(camera: &Camera) -> Self {
        let origin = camera.origin();
        Self {
            x: origin.x,
            y: origin.y,
            zoom: camera.zoom(),
        }
    }

    fn camera(self) -> Camera {
        // A camera without a size has its middle where it begins.
        let corner = ScreenPoint::new(0.0, 0.0);
        Camera::default()
            .zoomed_about(corner, self.zoom)
            .centred_on(BoardPoint::new(self.x, self.y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_returns_to_its_place() {
        let kept = r#"{"x":-12.5,"y":400.0,"zoom":2.25}"#;
        let camera = serde_json::from_str::<Place>(kept).unwrap().camera();
        assert_eq!(camera.origin(), BoardPoint::new(-12.5, 400.0));
        let written = serde_json::to_string(&Place::of(&camera)).unwrap();
        assert_eq!(written, kept);
    }
}
