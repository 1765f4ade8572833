//! The visible part of the board, the place of the pointer, and the overlay above the board.

pub mod camera;
pub mod cursor;
pub mod grid;
mod navigation;
pub mod overlay;
mod pointing;
pub mod screen;
pub mod tiles;

use shared::geometry::{BoardPoint, ScreenPoint};
use shared::limits::MAX_COORD;
use shared::protocol::live::LiveUpdate;

pub use camera::Camera;
pub use cursor::CursorIcon;
pub use overlay::Overlay;
pub use screen::{ScreenSize, ScreenVec};

use crate::output::Changed;
use crate::update::Update;
use pointing::Pointing;

/// The camera, and the place of the pointer.
#[derive(Debug, Default)]
pub(crate) struct View {
    camera: Camera,
    pointing: Pointing,
    /// The last place of the pointer on the screen, for its cursor.
    hovered: Option<ScreenPoint>,
    cursor: CursorIcon,
}

impl View {
    pub(crate) const fn camera(&self) -> &Camera {
        &self.camera
    }

    /// Takes over a camera from outside; the view keeps its size.
    pub(crate) fn set_camera(&mut self, camera: Camera) {
        self.camera = camera.resized(self.camera.size());
    }

    pub(crate) fn move_camera(&mut self, camera: Camera, update: &mut Update<'_>) {
        if camera != self.camera {
            self.camera = camera;
            update.changed(Changed::Camera);
        }
    }

    pub(crate) fn pan(&mut self, by: ScreenVec, update: &mut Update<'_>) {
        self.move_camera(self.camera.panned(by), update);
    }

    /// The cursor as it was when the last call ended.
    pub(crate) const fn cursor(&self) -> CursorIcon {
        self.cursor
    }

    pub(crate) fn set_cursor(&mut self, cursor: CursorIcon) {
        self.cursor = cursor;
    }

    pub(crate) const fn hovered(&self) -> Option<ScreenPoint> {
        self.hovered
    }

    /// The place of the pointer, in board units.
    pub(crate) fn pointed_at(&self) -> Option<BoardPoint> {
        self.pointing.place()
    }

    /// The pointer is at this place of the view; `None` if its place is not known.
    pub(crate) fn hover(&mut self, at: Option<ScreenPoint>) {
        self.hovered = at;
        let place = at.map(|at| self.camera.to_board(at));
        let is_on_board =
            |place: &BoardPoint| place.x.abs() <= MAX_COORD && place.y.abs() <= MAX_COORD;
        if let Some(place) = place.filter(is_on_board) {
            self.pointing.point_at(Some(place));
        }
    }

    /// The pointer left the view.
    pub(crate) fn leave(&mut self) {
        self.hovered = None;
        self.pointing.point_at(None);
    }

    /// Sends the place of the pointer to others, if it changed since the last animation frame.
    pub(crate) fn send_pointer(&mut self, update: &mut Update<'_>) {
        if let Some(at) = self.pointing.take_unsent() {
            update.live(LiveUpdate::Cursor(at));
        }
    }
}
