//! Where on the board this tab looks, kept over reloads.
//!
//! Knows the camera's place and zoom as a text.

use editor::Camera;
use shared::geometry::{BoardPoint, ScreenPoint};
use shared::id::BoardId;

use crate::storage::Shelf;

/// Keeps where a camera stands.
pub(super) fn keep(board: BoardId, camera: &Camera) {
    Shelf::Tab.put(&key(board), &to_text(camera));
}

/// Where the camera stood before this tab was loaded again.
pub(super) fn kept(board: BoardId) -> Option<Camera> {
    parse(&Shelf::Tab.get(&key(board))?)
}

fn key(board: BoardId) -> String {
    format!("place:{board}")
}

fn to_text(camera: &Camera) -> String {
    let origin = camera.origin();
    [origin.x, origin.y, camera.zoom()]
        .map(|number| number.to_string())
        .join(" ")
}

fn parse(text: &str) -> Option<Camera> {
    let mut fields = text
        .split(' ')
        .map(|field| field.parse().ok().filter(|number: &f64| number.is_finite()));
    let (x, y, zoom) = (fields.next()??, fields.next()??, fields.next()??);
    // A camera without a size has its middle where it begins.
    let corner = ScreenPoint::new(0.0, 0.0);
    Some(
        Camera::default()
            .zoomed_about(corner, zoom)
            .centred_on(BoardPoint::new(x, y)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_returns_to_its_place() {
        let camera = parse("-12.5 400 2.25").unwrap();
        assert_eq!(camera.origin(), BoardPoint::new(-12.5, 400.0));
        assert_eq!(to_text(&camera), "-12.5 400 2.25");
    }

    #[test]
    fn rubbish_is_no_place() {
        assert!(parse("1 2").is_none());
        assert!(parse("here there 1").is_none());
    }
}
