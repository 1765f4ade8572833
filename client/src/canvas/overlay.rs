//! What one's own tools show above the board: outlines, handles, guides, the caret.
//!
//! Knows how each of it looks. It must not know what is possible with it.

use editor::Overlay;
use editor::overlay::{CaretView, Handle, HandleKind, SelectionBox};
use editor::screen::TEXT_GAP_PX;
use kurbo::{BezPath, Point};
use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::place::{box_of, line_path};
use shared::model::{Board, Body, Element};
use shared::paint::shade::words;

use super::lifted::Lifted;
use super::look;
use super::marks::{Marks, polyline, turned};
use super::trail::{self, Glow};
use crate::session::View;

/// Elements outlined one by one; beyond that the frame around all must do.
const MOST_OUTLINES: usize = 400;
/// How much larger handles are under fingers.
const COARSE: f64 = 1.45;

/// What marks are drawn upon.
pub(super) struct Ground<'a> {
    pub(super) view: &'a View<'a>,
    pub(super) lifted: &'a Lifted,
    pub(super) sight: BoardRect,
    /// Fingers are at work.
    pub(super) coarse: bool,
}

impl Ground<'_> {
    /// The outline of an element as it is shown now, if it is in sight.
    pub(super) fn outline(&self, id: ElementId) -> Option<BezPath> {
        let lifted = self.lifted.board();
        let board = if self.lifted.hidden().contains(&id) {
            lifted
        } else {
            let bounds = self.view.index.bounds_of(id)?;
            if !bounds.overlaps(self.sight) {
                return None;
            }
            self.view.board
        };
        let gap = self.view.camera.board_length(TEXT_GAP_PX);
        board.get(id).map(|element| outline(board, element, gap))
    }
}

/// Whether there is nothing of one's own to show.
pub(super) fn is_bare(overlay: &Overlay) -> bool {
    *overlay == Overlay::default()
}

/// Draws all of it.
pub(super) fn draw(marks: &mut Marks<'_, '_>, ground: &Ground<'_>) {
    let overlay = &ground.view.overlay;
    draw_found(marks, ground);
    draw_selected(marks, ground);
    draw_target(marks, ground);
    draw_guides(marks, ground);
    draw_areas(marks, ground);
    if let Some(frame) = &overlay.frame {
        draw_frame(marks, ground, frame);
    }
    draw_handles(marks, ground);
    if let Some(caret) = &overlay.caret {
        draw_caret(marks, ground, caret);
    }
    let glows = overlay.trail.iter().map(|point| Glow {
        at: point.at.into(),
        since: point.since,
        first: point.first,
    });
    let view = ground.view;
    trail::draw(marks, glows, look::laser(view.theme), view.now);
}

fn draw_found(marks: &mut Marks<'_, '_>, ground: &Ground<'_>) {
    let guiding = look::guiding(ground.view.theme);
    let found = ground.view.overlay.found.iter().take(MOST_OUTLINES);
    for (nth, id) in found.enumerate() {
        // The first is the one that is looked at.
        let (alpha, width) = if nth == 0 { (0.16, 4.0) } else { (0.08, 1.5) };
        if let Some(path) = ground.outline(*id) {
            marks.area(&path, guiding, alpha);
            marks.line(&path, guiding, width);
        }
    }
}

/// The frame around a single element outlines it already.
fn draw_selected(marks: &mut Marks<'_, '_>, ground: &Ground<'_>) {
    let overlay = &ground.view.overlay;
    let is_framed = overlay.frame.is_some() && overlay.selected.len() == 1;
    if is_framed {
        return;
    }
    let accent = look::accent(ground.view.theme);
    for id in overlay.selected.iter().take(MOST_OUTLINES) {
        if let Some(path) = ground.outline(*id) {
            marks.line(&path, accent, 1.0);
        }
    }
}

fn draw_target(marks: &mut Marks<'_, '_>, ground: &Ground<'_>) {
    let accent = look::accent(ground.view.theme);
    if let Some(path) = ground.view.overlay.target.and_then(|id| ground.outline(id)) {
        marks.area(&path, accent, 0.1);
        marks.line(&path, accent, 2.0);
    }
}

fn draw_guides(marks: &mut Marks<'_, '_>, ground: &Ground<'_>) {
    let guiding = look::guiding(ground.view.theme);
    let reach = marks.length(3.0);
    for guide in &ground.view.overlay.guides {
        let (from, to) = (Point::from(guide.from), Point::from(guide.to));
        marks.stroke(from, to, guiding, 1.0);
        // Small crosses tell where it comes from.
        for end in [from, to] {
            for (x, y) in [(reach, reach), (reach, -reach)] {
                marks.stroke(end - (x, y), end + (x, y), guiding, 1.0);
            }
        }
    }
}

fn draw_areas(marks: &mut Marks<'_, '_>, ground: &Ground<'_>) {
    let accent = look::accent(ground.view.theme);
    let overlay = &ground.view.overlay;
    if let Some(marquee) = overlay.marquee {
        let path = turned(marquee, 0.0);
        marks.area(&path, accent, 0.08);
        marks.line(&path, accent, 1.0);
    }
    let lasso = || overlay.lasso.iter().map(|point| Point::from(*point));
    if !overlay.lasso.is_empty() {
        marks.area(&polyline(lasso(), true), accent, 0.08);
        marks.dashes(&polyline(lasso(), false), accent, 1.5);
    }
}

fn draw_frame(marks: &mut Marks<'_, '_>, ground: &Ground<'_>, frame: &SelectionBox) {
    let accent = look::accent(ground.view.theme);
    marks.line(&turned(frame.rect, frame.angle), accent, 1.5);
}

fn draw_handles(marks: &mut Marks<'_, '_>, ground: &Ground<'_>) {
    let overlay = &ground.view.overlay;
    let angle = overlay.frame.map_or(0.0, |frame| frame.angle);
    let grow = if ground.coarse { COARSE } else { 1.0 };
    for handle in &overlay.handles {
        draw_handle(marks, ground, handle, (angle, grow));
    }
}

fn draw_handle(
    marks: &mut Marks<'_, '_>,
    ground: &Ground<'_>,
    handle: &Handle,
    (angle, grow): (f64, f64),
) {
    let theme = ground.view.theme;
    let (inside, edge) = (look::ground(theme), look::accent(theme));
    let at = handle.at;
    match handle.kind {
        HandleKind::Stretch { x: 0, .. } => {
            marks.knob(at, (14.0 * grow, 6.0 * grow), angle, (inside, edge));
        }
        HandleKind::Stretch { y: 0, .. } => {
            marks.knob(at, (6.0 * grow, 14.0 * grow), angle, (inside, edge));
        }
        HandleKind::Stretch { .. } => {
            marks.knob(at, (9.0 * grow, 9.0 * grow), angle, (inside, edge));
        }
        HandleKind::Turn | HandleKind::Point(_) => marks.dot(at, 5.0 * grow, inside, edge),
        // A place that is not a point yet: paler, smaller.
        HandleKind::Middle(_) => marks.dot(at, 3.5 * grow, edge, inside),
        HandleKind::Corner => {
            marks.dot(at, 4.0 * grow, inside, edge);
            marks.dot(at, 0.5 * grow, edge, edge);
        }
    }
}

fn draw_caret(marks: &mut Marks<'_, '_>, ground: &Ground<'_>, caret: &CaretView) {
    let theme = ground.view.theme;
    marks.area(&caret.marked, look::accent(theme), 0.28);
    if let Some([from, to]) = caret.line {
        let element = ground.view.board.get(caret.id);
        let ink = element.map_or(look::caret(theme), |element| words(element, theme));
        marks.stroke(from.into(), to.into(), ink, 2.0);
    }
}

/// Along a line; around anything else, and off the letters of a text by a gap.
fn outline(board: &Board, element: &Element, gap: f64) -> BezPath {
    match &element.body {
        Body::Line => line_path(board, element),
        Body::Text => {
            let (rect, angle) = box_of(board, element);
            turned(rect.inflate(gap, gap), angle)
        }
        Body::Stroke(_) | Body::Shape(_) | Body::Sticky { .. } | Body::Frame => {
            let (rect, angle) = box_of(board, element);
            turned(rect, angle)
        }
    }
}
