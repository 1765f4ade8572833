//! Many elements in somebody's hand, as one picture.
//!
//! They are painted once, as they lie on the board, a few milliseconds a frame; then
//! only the picture is moved, stretched and turned, so that a frame costs the same
//! for ten thousand of them. It is kept until the tiles show them again.

use std::sync::Arc;

use kurbo::Affine;
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::palette::Theme;
use shared::model::{Board, Element, Transform};
use shared::paint::paint_element;
use std::collections::BTreeSet;

use super::live::Frame;
use super::painter::CanvasPainter;
use super::surface::Surface;

/// Time that a frame may spend on painting a picture, in milliseconds.
const SLICE_MS: f64 = 8.0;
/// How far beyond what is in sight the picture reaches on each side, as a share of it.
const BEYOND: f64 = 0.5;
/// How true edges are, in device pixels.
const TOLERANCE_PX: f64 = 0.2;
/// Elements painted between two looks at the clock.
const CLOCK_EVERY: usize = 8;

/// See the module.
#[derive(Debug)]
pub(super) struct Bundle {
    ids: BTreeSet<ElementId>,
    /// Tells whether they are still as they were painted.
    first: Arc<Element>,
    /// What is left to be painted, from the top of the stack to the bottom.
    rest: Vec<ElementId>,
    surface: Surface,
    part: BoardRect,
    scale: f64,
    theme: Theme,
    transform: Transform,
}

impl Bundle {
    /// Takes these up; `None` if nothing of them is there, or nothing can be painted.
    pub(super) fn new(
        ids: &BTreeSet<ElementId>,
        transform: Transform,
        frame: &Frame<'_>,
    ) -> Option<Self> {
        let (board, sight) = (frame.view.board, frame.sight);
        let part = sight.inflate(sight.width() * BEYOND, sight.height() * BEYOND);
        let device = |length: f64| super::frame::device_pixels(length * frame.scale);
        let surface = Surface::detached(device(part.width()), device(part.height()))?;
        let mut rest = frame.view.index.query(part, board);
        rest.retain(|id| ids.contains(id));
        rest.reverse();
        Some(Self {
            ids: ids.clone(),
            first: Arc::clone(ids.iter().find_map(|id| board.get(*id))?),
            rest,
            surface,
            part,
            scale: frame.scale,
            theme: frame.view.theme,
            transform,
        })
    }

    /// Whether it is a picture of these, as they would be painted now.
    pub(super) fn is_of(&self, ids: &BTreeSet<ElementId>, frame: &Frame<'_>) -> bool {
        self.scale == frame.scale && self.theme == frame.view.theme && self.ids == *ids
    }

    /// Follows the hand.
    pub(super) const fn carry(&mut self, transform: Transform) {
        self.transform = transform;
    }

    /// Is let go of: it stays where it is if that became true, else it goes back.
    pub(super) fn put_down(&mut self, board: &Board) {
        let now = board.get(self.first.id);
        if now.is_some_and(|now| Arc::ptr_eq(now, &self.first)) {
            self.transform = Transform::Move([0.0, 0.0]);
        }
    }

    /// Whether something of it is not in the tiles yet.
    pub(super) fn is_needed(&self, held: &BTreeSet<ElementId>) -> bool {
        held.iter().any(|id| self.has(*id))
    }

    /// Whether an element is in it.
    pub(super) fn has(&self, id: ElementId) -> bool {
        self.ids.contains(&id)
    }

    /// Draws it; tells whether there is more to paint.
    pub(super) fn draw(&mut self, target: &Surface, frame: &Frame<'_>) -> bool {
        self.paint(frame.view.board, super::now() + SLICE_MS);
        let at = Affine::translate(self.part.origin().to_vec2());
        let own = frame.to_device * self.transform.affine() * at;
        target.transform(own * Affine::scale(1.0 / self.scale));
        let canvas = self.surface.canvas();
        let drawn = target
            .context()
            .draw_image_with_html_canvas_element(canvas, 0.0, 0.0);
        debug_assert!(drawn.is_ok(), "pictures are never empty");
        target.transform(Affine::IDENTITY);
        !self.rest.is_empty()
    }

    fn paint(&mut self, board: &Board, deadline: f64) {
        let origin = self.part.origin().to_vec2();
        let to_own = Affine::scale(self.scale) * Affine::translate(-origin);
        let mut painter = CanvasPainter::new(self.surface.context(), to_own);
        let mut painted = 0_usize;
        while let Some(id) = self.rest.pop() {
            if let Some(element) = board.get(id) {
                paint_element(
                    board,
                    element,
                    self.theme,
                    TOLERANCE_PX / self.scale,
                    &mut painter,
                );
            }
            painted += 1;
            if painted.is_multiple_of(CLOCK_EVERY) && super::now() >= deadline {
                return;
            }
        }
    }
}
