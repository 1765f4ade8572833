//! The place of the board that this person points at, or touched last.

use editor::Camera;
use leptos::ev;
use leptos::prelude::*;
use shared::geometry::{BoardPoint, ScreenPoint};
use shared::limits::MAX_COORD;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, PointerEvent};

/// The element of the board.
const BOARD: &str = "main.board";

/// The place that this person points at.
#[derive(Clone, Copy)]
pub(super) struct PointedAt(RwSignal<Option<ScreenPoint>>);

impl PointedAt {
    /// Follows the pointer until the current owner ends.
    pub(super) fn begin() -> Self {
        let at = RwSignal::new(None);
        let follow = move |event: PointerEvent| {
            let target = event.target();
            let target = target.and_then(|target| target.dyn_into::<Element>().ok());
            let is_on_board = |it: &Element| it.closest(BOARD).ok().flatten().is_some();
            // The page lies at the origin of the window.
            if target.as_ref().is_some_and(is_on_board) {
                let place = (event.client_x().into(), event.client_y().into());
                at.set(Some(ScreenPoint::new(place.0, place.1)));
            }
        };
        let moved = window_event_listener(ev::pointermove, follow);
        let down = window_event_listener(ev::pointerdown, follow);
        on_cleanup(move || {
            moved.remove();
            down.remove();
        });
        Self(at)
    }

    /// The place on the screen: the middle of the view if this person pointed nowhere.
    pub(super) fn on_screen(self, camera: &Camera) -> ScreenPoint {
        self.0.get().unwrap_or_else(|| camera.size().middle())
    }

    /// The place on the board, as live updates name it.
    pub(super) fn on_board(self, camera: &Camera) -> [f32; 2] {
        let at = self.0.get_untracked();
        let BoardPoint { x, y } = camera.to_board(at.unwrap_or_else(|| camera.size().middle()));
        [x, y].map(|value| value.clamp(-MAX_COORD, MAX_COORD) as f32)
    }
}
