//! The canvas above the tiles: strokes that are being drawn, previews of drags, elements that
//! the tiles do not show yet, and the overlay.
//!
//! It is cleared and painted anew in each frame.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use shared::geometry::InkPoint;
use shared::id::ElementId;
use shared::model::{Element, sort_from_bottom};
use shared::paint::{Blend, Fill, ink_fill, paint_element};
use shared::protocol::StrokeStyle;

use super::drag_image::DragImage;
use super::growing_stroke::GrowingStroke;
use super::live_scene::LiveScene;
use super::overlay_painter::OverlayPainter;
use super::paint_budget::PaintBudget;
use super::painter::CanvasPainter;
use super::surface::Surface;
use super::{erase_preview, overlay, picture_marks, remote_selections};
use crate::clock;

/// Share of the missing points of a remote stroke that each frame adds. The ink flows evenly
/// although the network delivers it in bursts.
const REVEALED_SHARE: f64 = 0.5;

/// Time that a frame may spend on elements that the tiles do not show yet, in milliseconds. It is
/// enough for thousands of usual strokes.
const MISSING_BUDGET_MS: f64 = 12.0;

/// The painter of the live layer, with the strokes that it shows.
#[derive(Debug, Default)]
pub(super) struct LiveLayer {
    strokes: BTreeMap<ElementId, GrowingStroke>,
    drag_images: Vec<DragImage>,
    is_painted: bool,
}

impl LiveLayer {
    /// Paints the layer. Returns whether it changes by itself: remote ink is flowing in, a
    /// laser trail fades, or an image is not finished.
    pub(super) fn paint(&mut self, surface: &Surface, live: &LiveScene<'_>) -> bool {
        let is_empty = is_empty(live);
        if is_empty && !self.is_painted {
            return false;
        }
        self.is_painted = !is_empty;
        surface.clear();
        let is_image_unfinished = self.paint_drag_images(surface, live);
        let mut painter = CanvasPainter::new(surface.context(), live.to_device)
            .with_pictures(live.scene.pictures);
        self.paint_missing_in_tiles(&mut painter, live);
        paint_preview(&mut painter, live);
        let is_ink_flowing = self.paint_remote_strokes(&mut painter, live);
        self.paint_own_stroke(&mut painter, live);
        erase_preview::paint(&mut painter, live.scene, live.tolerance());
        remote_selections::paint(&mut painter, live);
        paint_whole_picture(&mut painter, live);
        let mut overlay_painter = OverlayPainter::new(&mut painter, live.css_px);
        picture_marks::paint(&mut overlay_painter, live);
        overlay::paint(&mut overlay_painter, live);
        self.forget_finished_strokes(live);
        let is_trail_fading =
            !live.scene.overlay.trail.is_empty() || remote_selections::is_fading(live.scene);
        is_ink_flowing || is_trail_fading || is_image_unfinished
    }

    /// Paints large groups of dragged elements as images, also after a drag until the tiles
    /// show them. Returns whether an image is not finished.
    fn paint_drag_images(&mut self, surface: &Surface, live: &LiveScene<'_>) -> bool {
        let mut before = std::mem::take(&mut self.drag_images);
        for (ids, transform) in live.preview.groups() {
            let known = before.iter().position(|image| image.shows(ids, live));
            let image = match known {
                Some(at) => Some(before.swap_remove(at)),
                None => DragImage::new(ids, *transform, live),
            };
            self.drag_images.extend(image.map(|mut image| {
                image.set_transform(*transform);
                image
            }));
        }
        before.retain(|image| image.is_needed(live.missing_in_tiles));
        for mut image in before {
            image.end_drag(live.scene.board);
            self.drag_images.push(image);
        }
        let mut is_unfinished = false;
        for image in &mut self.drag_images {
            is_unfinished |= image.paint(surface, live);
        }
        is_unfinished
    }

    fn paint_missing_in_tiles(&self, painter: &mut CanvasPainter<'_>, live: &LiveScene<'_>) {
        let scene = live.scene;
        let own = scene.own_ink.as_ref().map(|own| own.id);
        let is_painted_elsewhere = |id: &ElementId| {
            own == Some(*id)
                || scene.presence.shows(*id)
                || live.preview.replaced().has(*id)
                || self.drag_images.iter().any(|image| image.has(*id))
        };
        let missing = live
            .missing_in_tiles
            .iter()
            .filter(|id| !is_painted_elsewhere(id));
        let mut missing: Vec<_> = missing.filter_map(|id| scene.board.get(*id)).collect();
        sort_from_bottom(&mut missing);
        let mut budget = PaintBudget::until(clock::page_ms() + MISSING_BUDGET_MS);
        for element in missing {
            let tolerance = live.tolerance();
            paint_element(scene.board, element, scene.theme, tolerance, painter);
            budget.spend(painter.take_cost());
            // The tiles will show the others.
            if budget.is_spent() {
                return;
            }
        }
    }

    fn paint_remote_strokes(
        &mut self,
        painter: &mut CanvasPainter<'_>,
        live: &LiveScene<'_>,
    ) -> bool {
        let mut is_flowing = false;
        for ink in live.scene.presence.inks() {
            let known = self.strokes.get(&ink.id);
            let shown = known.map_or(0, GrowingStroke::used_points);
            let end = revealed(shown, ink.points.len());
            is_flowing |= end < ink.points.len();
            let points = (ink.points.as_slice(), end);
            self.paint_stroke(painter, live, (ink.id, &ink.style), points, &[]);
        }
        is_flowing
    }

    fn paint_own_stroke(&mut self, painter: &mut CanvasPainter<'_>, live: &LiveScene<'_>) {
        if let Some(own) = &live.scene.own_ink {
            let points = (own.points, own.points.len());
            self.paint_stroke(painter, live, (own.id, own.style), points, own.predicted);
        }
    }

    fn paint_stroke(
        &mut self,
        painter: &mut CanvasPainter<'_>,
        live: &LiveScene<'_>,
        (id, style): (ElementId, &StrokeStyle),
        (points, end): (&[InkPoint], usize),
        predicted: &[InkPoint],
    ) {
        let stroke = match self.strokes.entry(id) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                match GrowingStroke::new(style, live.tolerance(), points.first()) {
                    Some(stroke) => entry.insert(stroke),
                    None => return,
                }
            }
        };
        stroke.extend(points, end);
        let Some(path) = stroke.path(predicted) else {
            return;
        };
        let fill = ink_fill(style.brush, style.color, style.opacity, live.scene.theme);
        // The layer has nothing below that the ink could blend with.
        painter.use_fill(&Fill {
            blend: Blend::Cover,
            ..fill
        });
        path.fill(painter);
    }

    fn forget_finished_strokes(&mut self, live: &LiveScene<'_>) {
        let own = live.scene.own_ink.as_ref().map(|own| own.id);
        self.strokes
            .retain(|id, _| own == Some(*id) || live.scene.presence.shows(*id));
    }
}

/// Whether the layer has nothing to show.
fn is_empty(live: &LiveScene<'_>) -> bool {
    let scene = live.scene;
    live.missing_in_tiles.is_empty()
        && live.preview.replaced().is_empty()
        && scene.own_ink.is_none()
        && scene.erasing.is_empty()
        && scene.presence.inks().next().is_none()
        && overlay::is_empty(&scene.overlay)
        && picture_marks::is_empty(live)
        && remote_selections::is_empty(scene)
}

/// Number of points of a stroke to show, of `all` that are known, after `shown` before.
fn revealed(shown: usize, all: usize) -> usize {
    let rest = all.saturating_sub(shown);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a small count"
    )]
    let step = (rest as f64 * REVEALED_SHARE).ceil() as usize;
    all.min(shown + step.max(2))
}

/// Paints the whole picture of an image that is cropped, paler than the part that it shows.
fn paint_whole_picture(painter: &mut CanvasPainter<'_>, live: &LiveScene<'_>) {
    if let Some(whole) = live.scene.overlay.whole_picture.clone() {
        let mut element = Element::new(whole, live.scene.me);
        element.props.opacity /= 3;
        let (board, theme) = (live.scene.board, live.scene.theme);
        paint_element(board, &element, theme, live.tolerance(), painter);
    }
}

fn paint_preview(painter: &mut CanvasPainter<'_>, live: &LiveScene<'_>) {
    let board = live.preview.board();
    for element in live.preview.in_order() {
        paint_element(board, element, live.scene.theme, live.tolerance(), painter);
    }
}

#[cfg(test)]
mod tests {
    use super::revealed;

    #[test]
    fn remote_ink_flows_in_over_several_frames() {
        let mut shown = vec![0];
        while let Some(last) = shown.last().copied().filter(|last| *last < 16) {
            shown.push(revealed(last, 16));
        }
        assert_eq!(shown, [0, 8, 12, 14, 16]);
        assert_eq!(revealed(16, 16), 16);
    }
}
