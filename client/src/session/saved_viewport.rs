//! The part of the board that this tab shows. The tab keeps it over reloads.

use editor::Camera;
use serde::{Deserialize, Serialize};
use shared::geometry::{BoardPoint, ScreenPoint};
use shared::id::BoardId;

use crate::storage::Area;

/// The position and zoom of a camera.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct SavedViewport {
    /// Board units of the left edge.
    x: f64,
    /// Board units of the upper edge.
    y: f64,
    /// CSS pixels per board unit.
    zoom: f64,
}

/// Saves the viewport of a board.
pub(crate) fn save(board: BoardId, camera: &Camera) {
    Area::Tab.set(&key(board), &SavedViewport::of(camera));
}

/// The viewport of a board before this tab was reloaded.
pub(crate) fn load(board: BoardId) -> Option<Camera> {
    Area::Tab
        .get::<SavedViewport>(&key(board))
        .map(SavedViewport::camera)
}

fn key(board: BoardId) -> String {
    format!("place:{board}")
}

impl SavedViewport {
    fn of(camera: &Camera) -> Self {
        let origin = camera.origin();
        Self {
            x: origin.x,
            y: origin.y,
            zoom: camera.zoom(),
        }
    }

    fn camera(self) -> Camera {
        // The camera has no size yet, so its centre is its upper left corner.
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
    fn a_saved_viewport_restores_its_camera() {
        let stored = r#"{"x":-12.5,"y":400.0,"zoom":2.25}"#;
        let camera = serde_json::from_str::<SavedViewport>(stored)
            .unwrap()
            .camera();
        assert_eq!(camera.origin(), BoardPoint::new(-12.5, 400.0));
        let written = serde_json::to_string(&SavedViewport::of(&camera)).unwrap();
        assert_eq!(written, stored);
    }
}
