//! The traits by which the canvas and the minimap get the board that they paint.

use editor::InputEvent;
use shared::geometry::BoardPoint;

use super::frame_loop::CanvasHandle;
use crate::scene::{Damage, MinimapScene, Scene};

/// The board behind a canvas: it takes input and gives the scene of each frame.
pub(crate) trait BoardSource {
    /// Takes over the canvas, which paints whenever it is woken.
    fn attach(&self, canvas: CanvasHandle);

    /// Handles an input.
    fn input(&self, event: InputEvent);

    /// Whether a text is being edited, so that its field must keep the keyboard.
    fn is_editing_text(&self) -> bool;

    /// Brings the board up to date at `now_ms` of the page's clock, then calls `paint` once.
    fn frame(&self, now_ms: f64, paint: &mut dyn FnMut(&Scene<'_>, &Damage));

    /// A typeface was loaded, so texts look different now.
    fn on_typeface_loaded(&self);
}

/// The board behind a minimap.
pub(crate) trait MinimapSource {
    /// Calls `paint` once.
    fn scene(&self, paint: &mut dyn FnMut(&MinimapScene<'_>));

    /// Lets the current effect run again when the people on the board moved.
    fn track_people(&self);

    /// Centres the view on a point of the board.
    fn center_on(&self, point: BoardPoint);
}
