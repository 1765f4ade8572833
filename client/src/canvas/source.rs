//! What the canvas and the minimap need from the page around them.

use editor::InputEvent;
use shared::geometry::BoardPoint;

use super::frame_loop::CanvasHandle;
use crate::frame::{BoardMap, Damage, Frame};

/// The board behind a canvas: it takes input and hands out frames.
pub(crate) trait BoardSource {
    /// Takes over the canvas, which paints whenever it is woken.
    fn attach(&self, canvas: CanvasHandle);

    /// Handles an input.
    fn input(&self, event: InputEvent);

    /// Whether a text is being edited, so that its field must keep the keyboard.
    fn is_editing_text(&self) -> bool;

    /// Brings the board up to date at `now_ms` of the page's clock, then has it painted once.
    fn frame(&self, now_ms: f64, paint: &mut dyn FnMut(&Frame<'_>, &Damage));

    /// A typeface was loaded, so texts look different now.
    fn on_typeface_loaded(&self);
}

/// The board behind a minimap.
pub(crate) trait MapSource {
    /// Has the map painted once.
    fn map(&self, paint: &mut dyn FnMut(&BoardMap<'_>));

    /// Centres the view on a point of the board.
    fn center_on(&self, point: BoardPoint);
}
