//! Marks on images: how far the upload of the picture is, and that it cannot be shown or kept.

use kurbo::{Arc, BezPath, Circle, Point, Shape as _, Vec2};
use shared::model::Body;
use shared::model::layout::visible_bounds;
use std::f64::consts::{FRAC_PI_2, TAU};

use super::live_scene::LiveScene;
use super::overlay_colors;
use super::overlay_painter::OverlayPainter;
use crate::pictures::Mark;

/// Radius of a mark, in CSS pixels.
const RADIUS_PX: f64 = 11.0;
/// Distance of a mark from the edges of its image, in CSS pixels.
const INSET_PX: f64 = 17.0;
/// Tolerance of its curves, in CSS pixels.
const TOLERANCE_PX: f64 = 0.1;

/// Whether no image has a mark.
pub(super) fn is_empty(live: &LiveScene<'_>) -> bool {
    live.scene.pictures.marks().is_empty()
}

/// Paints the marks of all visible images.
pub(super) fn paint(painter: &mut OverlayPainter<'_, '_>, live: &LiveScene<'_>) {
    let marks = live.scene.pictures.marks();
    if marks.is_empty() {
        return;
    }
    for id in live.scene.index.query(live.visible, live.scene.board) {
        let Some(element) = live.scene.board.get(id) else {
            continue;
        };
        let is_image = matches!(element.body, Body::Image);
        let picture = is_image.then(|| element.props.picture()).flatten();
        if let Some(mark) = picture.and_then(|it| marks.get(&it.sha256)) {
            let bounds = visible_bounds(live.scene.board, element);
            let inset = painter.length(INSET_PX);
            let at = Point::new(
                (bounds.x0 + inset).min(bounds.center().x),
                (bounds.y0 + inset).min(bounds.center().y),
            );
            paint_mark(painter, live, at, *mark);
        }
    }
}

fn paint_mark(painter: &mut OverlayPainter<'_, '_>, live: &LiveScene<'_>, at: Point, mark: Mark) {
    let theme = live.scene.theme;
    let (disc_color, ink) = (overlay_colors::handle(theme), overlay_colors::accent(theme));
    let tolerance = painter.length(TOLERANCE_PX);
    let disc = |radius: f64| Circle::new(at, radius).to_path(tolerance);
    painter.area(&disc(painter.length(RADIUS_PX)), disc_color, 0.92);
    let radius = painter.length(RADIUS_PX - 4.0);
    match mark {
        Mark::Uploading(progress) => {
            painter.line(&disc(radius), overlay_colors::guide(theme), 0.75);
            // Something shows from the beginning.
            let sweep = progress.clamp(0.03, 1.0) * TAU;
            let arc = Arc::new(at, Vec2::new(radius, radius), -FRAC_PI_2, sweep, 0.0);
            painter.line(&arc.to_path(tolerance), ink, 3.0);
        }
        Mark::Trouble => {
            let guide = overlay_colors::guide(theme);
            painter.line(&disc(radius), guide, 1.5);
            let mut sign = BezPath::new();
            sign.move_to(at - Vec2::new(0.0, radius * 0.5));
            sign.line_to(at + Vec2::new(0.0, radius * 0.1));
            sign.move_to(at + Vec2::new(0.0, radius * 0.5));
            sign.line_to(at + Vec2::new(0.0, radius * 0.51));
            painter.line(&sign, guide, 2.0);
        }
    }
}
