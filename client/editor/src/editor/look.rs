//! Looking somewhere else, and what is shown beside the elements.
//!
//! Knows the camera, where elements are, and preferences. It must not change the
//! board.

use shared::geometry::{BoardRect, ScreenPoint};
use shared::model::Board;

use super::Editor;
use super::route::World;
use crate::document::transform_closure;
use crate::input::WheelKind;
use crate::input::gesture::PinchStep;
use crate::output::{Effect, UiCommand};
use crate::prefs::Prefs;
use crate::view::screen::ScreenVec;

/// Zoom per CSS pixel of the wheel, as a power of e.
const WHEEL_ZOOM: f64 = 0.01;
/// One event zooms no more than this many pixels would: a notch of a mouse wheel
/// is a hundred pixels, a trackpad's pinch a few.
const WHEEL_ZOOM_MAX_PX: f64 = 25.0;

/// Smaller than this both ways on the screen, in CSS pixels, content cannot be made out.
const SMALLEST_PX: f64 = 8.0;

impl Editor {
    pub(super) fn pinch(&mut self, step: PinchStep, world: &mut World<'_>) {
        let moved = self.camera.panned(step.by);
        self.look_from(
            moved.zoomed_about(step.about, moved.zoom() * step.scale),
            world,
        );
    }

    pub(super) fn wheel(
        &mut self,
        at: ScreenPoint,
        by: ScreenVec,
        kind: WheelKind,
        world: &mut World<'_>,
    ) {
        if !by.is_finite() {
            return;
        }
        // Sideways it always moves the view: nothing else would.
        let zooms = self.prefs.wheel_zooms && by.y.abs() > by.x.abs();
        let kind = if zooms { WheelKind::Zoom } else { kind };
        let camera = match kind {
            WheelKind::Pan => self.camera.panned(ScreenVec::new(-by.x, -by.y)),
            WheelKind::Zoom => {
                let px = by.y.clamp(-WHEEL_ZOOM_MAX_PX, WHEEL_ZOOM_MAX_PX);
                self.camera
                    .zoomed_about(at, self.camera.zoom() * (-px * WHEEL_ZOOM).exp())
            }
        };
        self.look_from(camera, world);
        self.hover(Some(at));
    }

    pub(super) fn look_from(&mut self, camera: crate::Camera, world: &mut World<'_>) {
        if camera != self.camera {
            self.camera = camera;
            world.effects.push(Effect::Camera(camera));
        }
    }

    /// Shows all that is selected.
    pub(super) fn zoom_to_selection(&mut self, world: &mut World<'_>) {
        if let Some(extent) = transform_closure::extent(world.board, &self.selection.ids) {
            self.look_from(self.camera.fitted(extent), world);
        }
    }

    /// Shows the content that is nearest to the middle of the view.
    pub(super) fn back_to_content(&mut self, world: &mut World<'_>) {
        let eye = kurbo::Point::from(self.camera.centre());
        let away = |rect: BoardRect| {
            let x = (rect.x0 - eye.x).max(eye.x - rect.x1).max(0.0);
            let y = (rect.y0 - eye.y).max(eye.y - rect.y1).max(0.0);
            x * x + y * y
        };
        let boxes = world.board.elements();
        let boxes = boxes.filter_map(|element| self.index.bounds_of(element.id));
        if let Some(nearest) = boxes.min_by(|a, b| away(*a).total_cmp(&away(*b))) {
            self.look_at(nearest, world);
        }
    }

    /// Moves the view if not all of `rect` can be seen.
    pub(super) fn bring_into_view(&mut self, rect: BoardRect, world: &mut World<'_>) {
        let visible = self.camera.visible();
        if visible.union(rect) != visible {
            self.look_at(rect, world);
        }
    }

    /// Brings `rect` into the middle of the view, at another zoom only if it is too
    /// large for the view, or too small to be seen.
    pub(super) fn look_at(&mut self, rect: BoardRect, world: &mut World<'_>) {
        let visible = self.camera.visible();
        let fits = rect.width() <= visible.width() && rect.height() <= visible.height();
        let longer = rect.width().max(rect.height());
        let is_seen = longer >= self.camera.board_length(SMALLEST_PX);
        let camera = if fits && is_seen {
            self.camera.centred_on(rect.center().into())
        } else {
            self.camera.fitted(rect)
        };
        self.look_from(camera, world);
    }

    /// Changes preferences, and has them kept.
    pub(super) fn prefer(&mut self, change: impl FnOnce(&mut Prefs), world: &mut World<'_>) {
        change(&mut self.prefs);
        world.effects.push(Effect::Ui(UiCommand::KeepPrefs));
        world.effects.push(Effect::Redraw);
    }

    /// Asks for the menu of what is selected, beside it.
    pub(super) fn open_menu(&mut self, world: &mut World<'_>) {
        let at = self.menu_place(world.board);
        world.effects.push(Effect::Ui(UiCommand::ContextMenu(at)));
    }

    /// The middle of what is selected, as far as it can be seen; else of the view.
    fn menu_place(&self, board: &Board) -> ScreenPoint {
        let extent = transform_closure::extent(board, &self.selection.ids);
        let size = self.camera.size();
        let at = extent.map_or(size.middle(), |extent| {
            self.camera.to_screen(extent.center().into())
        });
        ScreenPoint::new(
            at.x.clamp(0.0, size.width.max(0.0)),
            at.y.clamp(0.0, size.height.max(0.0)),
        )
    }
}
