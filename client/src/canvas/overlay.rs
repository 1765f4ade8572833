//! Paints the overlay of the tools of this person: outlines, handles, guides, the caret, the laser.

use editor::Overlay;
use editor::overlay::{CaretView, Handle, HandleKind, SelectionBox};
use kurbo::Point;
use shared::paint::colors::text_color;

use super::laser_trail::{self, TrailPoint};
use super::live_scene::LiveScene;
use super::overlay_colors;
use super::overlay_painter::{OverlayPainter, polyline, turned};

/// The most selected elements that are outlined. A larger selection has only a box around all.
const MAX_OUTLINES: usize = 400;
/// How much larger handles are for fingers.
const COARSE_FACTOR: f64 = 1.45;

/// Whether there is nothing to show.
pub(super) fn is_empty(overlay: &Overlay) -> bool {
    *overlay == Overlay::default()
}

/// Paints the whole overlay.
pub(super) fn paint(painter: &mut OverlayPainter<'_, '_>, live: &LiveScene<'_>) {
    let overlay = &live.scene.overlay;
    paint_found(painter, live);
    paint_selected(painter, live);
    paint_target(painter, live);
    paint_guides(painter, live);
    paint_areas(painter, live);
    if let Some(selection) = &overlay.selection_box {
        paint_selection_box(painter, live, selection);
    }
    paint_handles(painter, live);
    if let Some(caret) = &overlay.caret {
        paint_caret(painter, live, caret);
    }
    let trail = overlay.trail.iter().map(|point| TrailPoint {
        at: point.at.into(),
        since: point.since,
        is_first: point.first,
    });
    let laser = overlay_colors::laser(live.scene.theme);
    laser_trail::paint(painter, trail, laser, live.scene.now);
}

fn paint_found(painter: &mut OverlayPainter<'_, '_>, live: &LiveScene<'_>) {
    let guide_color = overlay_colors::guide(live.scene.theme);
    let found = live.scene.overlay.found.iter().take(MAX_OUTLINES);
    for (nth, id) in found.enumerate() {
        // The first is the current match.
        let (alpha, width) = if nth == 0 { (0.16, 4.0) } else { (0.08, 1.5) };
        if let Some(path) = live.outline(*id) {
            painter.area(&path, guide_color, alpha);
            painter.line(&path, guide_color, width);
        }
    }
}

/// Outlines the selected elements. The box around a single element outlines it already.
fn paint_selected(painter: &mut OverlayPainter<'_, '_>, live: &LiveScene<'_>) {
    let overlay = &live.scene.overlay;
    let is_boxed = overlay.selection_box.is_some() && overlay.selected.len() == 1;
    if is_boxed {
        return;
    }
    let accent = overlay_colors::accent(live.scene.theme);
    for id in overlay.selected.iter().take(MAX_OUTLINES) {
        if let Some(path) = live.outline(*id) {
            painter.line(&path, accent, 1.0);
        }
    }
}

fn paint_target(painter: &mut OverlayPainter<'_, '_>, live: &LiveScene<'_>) {
    let accent = overlay_colors::accent(live.scene.theme);
    if let Some(path) = live.scene.overlay.target.and_then(|id| live.outline(id)) {
        painter.area(&path, accent, 0.1);
        painter.line(&path, accent, 2.0);
    }
}

fn paint_guides(painter: &mut OverlayPainter<'_, '_>, live: &LiveScene<'_>) {
    let guide_color = overlay_colors::guide(live.scene.theme);
    let reach = painter.length(3.0);
    for guide in &live.scene.overlay.guides {
        let (from, to) = (Point::from(guide.from), Point::from(guide.to));
        painter.stroke(from, to, guide_color, 1.0);
        // Small crosses show which points the guide connects.
        for end in [from, to] {
            for (x, y) in [(reach, reach), (reach, -reach)] {
                painter.stroke(end - (x, y), end + (x, y), guide_color, 1.0);
            }
        }
    }
}

fn paint_areas(painter: &mut OverlayPainter<'_, '_>, live: &LiveScene<'_>) {
    let accent = overlay_colors::accent(live.scene.theme);
    let overlay = &live.scene.overlay;
    if let Some(marquee) = overlay.marquee {
        let path = turned(marquee, 0.0);
        painter.area(&path, accent, 0.08);
        painter.line(&path, accent, 1.0);
    }
    let lasso = || overlay.lasso.iter().map(|point| Point::from(*point));
    if !overlay.lasso.is_empty() {
        painter.area(&polyline(lasso(), true), accent, 0.08);
        painter.dashed_line(&polyline(lasso(), false), accent, 1.5);
    }
}

fn paint_selection_box(
    painter: &mut OverlayPainter<'_, '_>,
    live: &LiveScene<'_>,
    selection: &SelectionBox,
) {
    let accent = overlay_colors::accent(live.scene.theme);
    painter.line(&turned(selection.rect, selection.angle), accent, 1.5);
}

fn paint_handles(painter: &mut OverlayPainter<'_, '_>, live: &LiveScene<'_>) {
    let overlay = &live.scene.overlay;
    let angle = overlay.selection_box.map_or(0.0, |it| it.angle);
    let factor = if live.is_coarse { COARSE_FACTOR } else { 1.0 };
    for handle in &overlay.handles {
        paint_handle(painter, live, handle, (angle, factor));
    }
}

fn paint_handle(
    painter: &mut OverlayPainter<'_, '_>,
    live: &LiveScene<'_>,
    handle: &Handle,
    (angle, factor): (f64, f64),
) {
    let theme = live.scene.theme;
    let (inside, edge) = (overlay_colors::handle(theme), overlay_colors::accent(theme));
    let at = handle.at;
    match handle.kind {
        // The handles of a crop are filled.
        HandleKind::Crop { x: 0, .. } => {
            painter.rect_handle(at, (18.0 * factor, 5.0 * factor), angle, (edge, inside));
        }
        HandleKind::Crop { y: 0, .. } => {
            painter.rect_handle(at, (5.0 * factor, 18.0 * factor), angle, (edge, inside));
        }
        HandleKind::Crop { .. } => {
            painter.rect_handle(at, (11.0 * factor, 11.0 * factor), angle, (edge, inside));
        }
        HandleKind::Stretch { x: 0, .. } => {
            painter.rect_handle(at, (14.0 * factor, 6.0 * factor), angle, (inside, edge));
        }
        HandleKind::Stretch { y: 0, .. } => {
            painter.rect_handle(at, (6.0 * factor, 14.0 * factor), angle, (inside, edge));
        }
        HandleKind::Stretch { .. } => {
            painter.rect_handle(at, (9.0 * factor, 9.0 * factor), angle, (inside, edge));
        }
        HandleKind::Turn | HandleKind::Point(_) => {
            painter.round_handle(at, 5.0 * factor, inside, edge)
        }
        // No point yet: a drag of this handle makes one, or moves a segment.
        HandleKind::Middle(_) | HandleKind::Segment(_) => {
            painter.round_handle(at, 3.5 * factor, edge, inside)
        }
        // The text or the picture is visible already.
        HandleKind::Text | HandleKind::Picture => {}
        HandleKind::Corner => {
            painter.round_handle(at, 4.0 * factor, inside, edge);
            painter.round_handle(at, 0.5 * factor, edge, edge);
        }
    }
}

fn paint_caret(painter: &mut OverlayPainter<'_, '_>, live: &LiveScene<'_>, caret: &CaretView) {
    let theme = live.scene.theme;
    painter.area(&caret.marked, overlay_colors::accent(theme), 0.28);
    let element = live.scene.board.get(caret.id);
    let ink = element.map_or(overlay_colors::caret(theme), |element| {
        text_color(element, theme)
    });
    painter.area(&caret.composed, ink, 1.0);
    if let Some([from, to]) = caret.line {
        painter.stroke(from.into(), to.into(), ink, 2.0);
    }
}
