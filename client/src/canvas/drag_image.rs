//! One image of many elements that are being dragged.
//!
//! The elements are painted once, as they lie on the board, a few milliseconds a frame. After
//! that only the image is moved, stretched and turned, so a frame costs the same for ten
//! thousand elements. The image stays after the drag until the tiles show the elements again.

use std::collections::BTreeSet;
use std::sync::Arc;

use kurbo::Affine;
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::palette::Theme;
use shared::model::{Board, Element, Transform};
use shared::paint::paint_element;

use super::drag_preview::Group;
use super::live_scene::LiveScene;
use super::paint_budget::PaintBudget;
use super::painter::CanvasPainter;
use super::surface::{Surface, device_pixels};
use crate::clock;
use crate::scene::Scene;

/// Time that a frame may spend on painting an image, in milliseconds.
const BUDGET_MS: f64 = 8.0;
/// How far the image reaches beyond the visible part of the board on each side, as a share of
/// that part.
const MARGIN: f64 = 0.5;
/// How far painted edges may be off, in device pixels.
const TOLERANCE_PX: f64 = 0.2;

/// An image of dragged elements, which is painted instead of them while it fits.
#[derive(Debug)]
pub(super) struct DragImage {
    ids: Group,
    /// One of the elements as it was painted. Another value on the board means that the drag
    /// was committed.
    first: Arc<Element>,
    /// Elements that are not painted yet, from the top of the stack to the bottom.
    unpainted: Vec<ElementId>,
    surface: Surface,
    area: BoardRect,
    scale: f64,
    theme: Theme,
    transform: Transform,
}

impl DragImage {
    /// An image of these elements; `None` if none of them is on the board or the browser gives
    /// no canvas.
    pub(super) fn new(ids: &Group, transform: Transform, live: &LiveScene<'_>) -> Option<Self> {
        let (board, visible) = (live.scene.board, live.visible);
        let area = visible.inflate(visible.width() * MARGIN, visible.height() * MARGIN);
        let device = |length: f64| device_pixels(length * live.scale);
        let surface = Surface::detached(device(area.width()), device(area.height()))?;
        let mut unpainted = live.scene.index.query(area, board);
        unpainted.retain(|id| ids.contains(id));
        unpainted.reverse();
        Some(Self {
            ids: Group::clone(ids),
            first: Arc::clone(ids.iter().find_map(|id| board.get(*id))?),
            unpainted,
            surface,
            area,
            scale: live.scale,
            theme: live.scene.theme,
            transform,
        })
    }

    /// Whether this is an image of these elements at the present zoom and theme.
    pub(super) fn shows(&self, ids: &Group, live: &LiveScene<'_>) -> bool {
        self.scale == live.scale && self.theme == live.scene.theme && self.ids == *ids
    }

    /// Moves, stretches or turns the image.
    pub(super) const fn set_transform(&mut self, transform: Transform) {
        self.transform = transform;
    }

    /// Ends the drag: if it was committed, the image stays where it is; if not, it goes back.
    pub(super) fn end_drag(&mut self, board: &Board) {
        let now = board.get(self.first.id);
        if now.is_some_and(|now| Arc::ptr_eq(now, &self.first)) {
            self.transform = Transform::Move([0.0, 0.0]);
        }
    }

    /// Whether one of its elements is missing in the tiles.
    pub(super) fn is_needed(&self, missing_in_tiles: &BTreeSet<ElementId>) -> bool {
        missing_in_tiles.iter().any(|id| self.has(*id))
    }

    /// Whether it shows an element.
    pub(super) fn has(&self, id: ElementId) -> bool {
        self.ids.contains(&id)
    }

    /// Paints it. Returns whether elements are still missing in it.
    pub(super) fn paint(&mut self, target: &Surface, live: &LiveScene<'_>) -> bool {
        let budget = PaintBudget::until(clock::page_ms() + BUDGET_MS);
        self.paint_elements(live.scene, budget);
        let at = Affine::translate(self.area.origin().to_vec2());
        let own = live.to_device * self.transform.affine() * at;
        target.transform(own * Affine::scale(1.0 / self.scale));
        let canvas = self.surface.canvas();
        let drawn = target
            .context()
            .draw_image_with_html_canvas_element(canvas, 0.0, 0.0);
        debug_assert!(drawn.is_ok(), "images are never empty");
        target.transform(Affine::IDENTITY);
        !self.unpainted.is_empty()
    }

    fn paint_elements(&mut self, scene: &Scene<'_>, mut budget: PaintBudget) {
        let origin = self.area.origin().to_vec2();
        let to_own = Affine::scale(self.scale) * Affine::translate(-origin);
        let tolerance = TOLERANCE_PX / self.scale;
        let board = scene.board;
        let mut painter =
            CanvasPainter::new(self.surface.context(), to_own).with_pictures(scene.pictures);
        while let Some(id) = self.unpainted.pop() {
            if let Some(element) = board.get(id) {
                paint_element(board, element, self.theme, tolerance, &mut painter);
            }
            budget.spend(painter.take_cost());
            if budget.is_spent() {
                return;
            }
        }
    }
}
