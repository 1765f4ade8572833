//! Moving the camera: by wheel and pinch, to a place, to the selection.

use shared::geometry::{BoardRect, ScreenPoint};

use super::View;
use super::screen::ScreenVec;
use crate::update::Update;

/// Zoom per CSS pixel of the wheel, as a power of e.
const WHEEL_ZOOM: f64 = 0.01;
/// One wheel event zooms no more than this many pixels would: a notch of a mouse wheel is 100
/// pixels, a trackpad's pinch a few.
const WHEEL_ZOOM_MAX_PX: f64 = 25.0;
/// Content that is smaller than this in both directions, in CSS pixels, cannot be made out.
const SMALLEST_PX: f64 = 8.0;

impl View {
    /// Two fingers moved by `by` and spread by `scale` about `about`.
    pub(crate) fn pinch(
        &mut self,
        by: ScreenVec,
        scale: f64,
        about: ScreenPoint,
        update: &mut Update<'_>,
    ) {
        let moved = self.camera.panned(by);
        self.move_camera(moved.zoomed_about(about, moved.zoom() * scale), update);
    }

    /// Moves the view against the wheel's way.
    pub(crate) fn wheel_pan(&mut self, by: ScreenVec, update: &mut Update<'_>) {
        self.pan(ScreenVec::new(-by.x, -by.y), update);
    }

    /// Zooms about `about` by the wheel's vertical way.
    pub(crate) fn wheel_zoom(
        &mut self,
        about: ScreenPoint,
        by: ScreenVec,
        update: &mut Update<'_>,
    ) {
        let px = by.y.clamp(-WHEEL_ZOOM_MAX_PX, WHEEL_ZOOM_MAX_PX);
        let zoom = self.camera.zoom() * (-px * WHEEL_ZOOM).exp();
        self.move_camera(self.camera.zoomed_about(about, zoom), update);
    }

    /// Zooms so that all of `rect` is in the view.
    pub(crate) fn fit(&mut self, rect: BoardRect, update: &mut Update<'_>) {
        self.move_camera(self.camera.fitted(rect), update);
    }

    /// Moves the view if not all of `rect` is in it.
    pub(crate) fn bring_into_view(&mut self, rect: BoardRect, update: &mut Update<'_>) {
        let visible = self.camera.visible();
        if visible.union(rect) != visible {
            self.centre_on(rect, update);
        }
    }

    /// Moves `rect` into the middle of the view. The zoom changes only if `rect` is too large
    /// for the view, or too small to be seen.
    pub(crate) fn centre_on(&mut self, rect: BoardRect, update: &mut Update<'_>) {
        let visible = self.camera.visible();
        let fits = rect.width() <= visible.width() && rect.height() <= visible.height();
        let longer = rect.width().max(rect.height());
        let is_visible = longer >= self.camera.board_length(SMALLEST_PX);
        let camera = if fits && is_visible {
            self.camera.centred_on(rect.center().into())
        } else {
            self.camera.fitted(rect)
        };
        self.move_camera(camera, update);
    }

    /// The middle of `rect` in the view, moved to its nearest edge if it lies outside; without a
    /// `rect`, the middle of the view.
    pub(crate) fn middle_of(&self, rect: Option<BoardRect>) -> ScreenPoint {
        let size = self.camera.size();
        let at = rect.map_or(size.middle(), |rect| {
            self.camera.to_screen(rect.center().into())
        });
        ScreenPoint::new(
            at.x.clamp(0.0, size.width.max(0.0)),
            at.y.clamp(0.0, size.height.max(0.0)),
        )
    }
}
