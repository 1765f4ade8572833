//! Connects the canvas and the minimap to the session.

use editor::InputEvent;
use leptos::prelude::{GetUntracked as _, Track as _};
use shared::geometry::BoardPoint;

use super::state::PageState;
use crate::canvas::{BoardSource, CanvasHandle, MinimapSource};
use crate::scene::{Damage, MinimapScene, Scene};
use crate::session::Session;

/// Gives the canvas and the minimap the board of a session, in the theme of the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct SessionSource {
    session: Session,
    page: PageState,
}

impl SessionSource {
    pub(super) const fn new(session: Session, page: PageState) -> Self {
        Self { session, page }
    }
}

impl BoardSource for SessionSource {
    fn attach(&self, canvas: CanvasHandle) {
        self.page.canvas.set(canvas.clone());
        self.session.on_frame_wanted(move || canvas.wake());
    }

    fn input(&self, event: InputEvent) {
        self.session.input(event);
    }

    fn is_editing_text(&self) -> bool {
        self.session.edited_text().is_some()
    }

    fn frame(&self, now_ms: f64, paint: &mut dyn FnMut(&Scene<'_>, &Damage)) {
        let theme = self.page.theme.theme.get_untracked();
        self.session.frame(now_ms, theme, paint);
    }

    fn on_typeface_loaded(&self) {
        self.session.repaint();
    }
}

impl MinimapSource for SessionSource {
    fn scene(&self, paint: &mut dyn FnMut(&MinimapScene<'_>)) {
        let theme = self.page.theme.theme.get_untracked();
        self.session.minimap(theme, paint);
    }

    fn track_people(&self) {
        self.session.board_signals().presence.track();
    }

    fn center_on(&self, point: BoardPoint) {
        self.session.center_on(point);
    }
}
