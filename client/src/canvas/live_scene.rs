//! The scene as the live layer paints it in one animation frame.

use std::collections::BTreeSet;

use editor::screen::TEXT_GAP_PX;
use kurbo::{Affine, BezPath};
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::layout::{interrupted_line_path, oriented_box};
use shared::model::{Board, Body, Element};

use super::drag_preview::DragPreview;
use super::overlay_painter::turned;
use crate::scene::Scene;

/// How far painted edges may be off, in device pixels.
const TOLERANCE_PX: f64 = 0.2;

/// A scene, with what the live layer needs to know about tiles, drags and scale.
pub(super) struct LiveScene<'a> {
    /// The board and everything above it.
    pub(super) scene: &'a Scene<'a>,
    /// The visible part of the board.
    pub(super) visible: BoardRect,
    /// Board units to device pixels.
    pub(super) to_device: Affine,
    /// Device pixels per board unit.
    pub(super) scale: f64,
    /// Board units per CSS pixel.
    pub(super) css_px: f64,
    /// Elements that the tiles do not show yet. Open strokes stay here until they are finished.
    pub(super) missing_in_tiles: &'a BTreeSet<ElementId>,
    /// Elements as they will be after the drags that are under way.
    pub(super) preview: &'a DragPreview,
    /// Whether the pointer is a finger. Handles are larger then.
    pub(super) is_coarse: bool,
}

impl LiveScene<'_> {
    /// How far painted edges may be off, in board units.
    pub(super) fn tolerance(&self) -> f64 {
        TOLERANCE_PX / self.scale
    }

    /// The outline of an element as it is shown now; `None` if it is not visible.
    pub(super) fn outline(&self, id: ElementId) -> Option<BezPath> {
        let board = if self.preview.replaced().has(id) {
            self.preview.board()
        } else {
            let bounds = self.scene.index.bounds_of(id)?;
            if !bounds.overlaps(self.visible) {
                return None;
            }
            self.scene.board
        };
        let gap = self.scene.camera.board_length(TEXT_GAP_PX);
        board.get(id).map(|element| outline(board, element, gap))
    }
}

/// The path of a line, without the part behind its text; the box of anything else, with a gap around the letters of a text.
fn outline(board: &Board, element: &Element, gap: f64) -> BezPath {
    match &element.body {
        Body::Line => interrupted_line_path(board, element),
        Body::Text => {
            let (rect, angle) = oriented_box(board, element);
            turned(rect.inflate(gap, gap), angle)
        }
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => {
            let (rect, angle) = oriented_box(board, element);
            turned(rect, angle)
        }
    }
}
