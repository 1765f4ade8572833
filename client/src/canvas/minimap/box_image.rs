//! An image with a box for each element. A box costs the same whatever the element is.
//!
//! The image is painted now and then and copied in between. While the view moves, the image
//! moves with it.

use kurbo::Rect;
use shared::model::palette::{Theme, swatch};
use shared::model::{Body, Color, Element};
use shared::paint::{Fill, Painter as _};

use super::layout::Layout;
use crate::canvas::overlay_colors;
use crate::canvas::overlay_painter::turned;
use crate::canvas::painter::CanvasPainter;
use crate::canvas::surface::Surface;
use crate::scene::MinimapScene;
use crate::view_model::BoardRevision;

/// The most boxes. Of more elements, every second, third … has a box.
const MAX_BOXES: usize = 5_000;
/// Opacity of a box. An area with many boxes is darker.
const BOX_ALPHA: f32 = 0.55;
/// The least time between two paintings while only the board or the view changes, in
/// milliseconds.
const REPAINT_MS: f64 = 350.0;

/// The content of an image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Subject {
    /// The state of the board.
    pub(super) revision: BoardRevision,
    /// The theme it is painted in.
    pub(super) theme: Theme,
    /// The part of the board that it shows, and its scale.
    pub(super) layout: Layout,
    /// Width and height in device pixels.
    pub(super) size: (u32, u32),
}

/// When an image must be painted again.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Repaint {
    /// Not before something changes.
    NotNeeded,
    /// At once.
    Now,
    /// After this many milliseconds.
    After(f64),
}

/// When an image that was painted at `then` must be painted again to show `wanted`.
fn repaint(last: Option<(Subject, f64)>, wanted: &Subject, now: f64) -> Repaint {
    let Some((shown, then)) = last else {
        return Repaint::Now;
    };
    if shown == *wanted {
        return Repaint::NotNeeded;
    }
    let wait = REPAINT_MS - (now - then);
    // A wrong theme or size would be noticed, and both change seldom.
    if wait <= 0.0 || shown.theme != wanted.theme || shown.size != wanted.size {
        Repaint::Now
    } else {
        Repaint::After(wait)
    }
}

/// The image of the boxes.
#[derive(Debug, Default)]
pub(super) struct BoxImage {
    surface: Option<Surface>,
    /// What the image shows, and when it was painted.
    last: Option<(Subject, f64)>,
}

impl BoxImage {
    /// Paints the image again if it is time for that. Otherwise returns after how many
    /// milliseconds it will be.
    pub(super) fn follow(
        &mut self,
        board: &MinimapScene<'_>,
        wanted: Subject,
        now: f64,
    ) -> Option<f64> {
        match repaint(self.last, &wanted, now) {
            Repaint::NotNeeded => None,
            Repaint::After(wait) => Some(wait),
            Repaint::Now => {
                self.paint(board, wanted);
                self.last = Some((wanted, now));
                None
            }
        }
    }

    /// Copies the image to a canvas with another layout.
    pub(super) fn copy_to(&self, target: &Surface, layout: Layout) {
        let (Some(surface), Some((shown, _))) = (&self.surface, &self.last) else {
            return;
        };
        target.transform(layout.to_canvas * shown.layout.to_canvas.inverse());
        let drawn =
            target
                .context()
                .draw_image_with_html_canvas_element(surface.canvas(), 0.0, 0.0);
        debug_assert!(drawn.is_ok(), "the image has a size");
    }

    fn paint(&mut self, board: &MinimapScene<'_>, wanted: Subject) {
        let (width, height) = wanted.size;
        if self.surface.is_none() {
            self.surface = Surface::detached(width, height);
        }
        let Some(surface) = &self.surface else { return };
        surface.resize(width, height);
        surface.clear();
        let mut painter = CanvasPainter::new(surface.context(), wanted.layout.to_canvas);
        let px = 1.0 / wanted.layout.scale();
        let every = board.board.len().div_ceil(MAX_BOXES).max(1);
        for element in board.board.elements().step_by(every) {
            let Some(bounds) = board.index.bounds_of(element.id) else {
                continue;
            };
            // An element that is smaller than a pixel has a box of one.
            let size = (bounds.width().max(px), bounds.height().max(px));
            let rect = Rect::from_center_size(bounds.center(), size);
            painter.fill(&turned(rect, 0.0), &box_fill(element, wanted.theme));
        }
    }
}

/// The colour of the element. Frames are paler, because they contain others.
fn box_fill(element: &Element, theme: Theme) -> Fill {
    let color = element.props.color;
    match &element.body {
        Body::Frame => overlay_colors::fill(swatch(Color::Grey).ink(theme), 0.18),
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Path(_)
        | Body::Image => overlay_colors::fill(swatch(color).ink(theme), BOX_ALPHA),
    }
}

#[cfg(test)]
mod tests {
    use editor::Index;

    use super::*;

    fn subject(seq: u64, theme: Theme) -> Subject {
        let revision = BoardRevision {
            seq,
            ..BoardRevision::default()
        };
        let visible = Rect::new(0.0, 0.0, 800.0, 600.0);
        let layout = Layout::new(&Index::new(), visible, (200.0, 150.0));
        Subject {
            revision,
            theme,
            layout,
            size: (200, 150),
        }
    }

    #[test]
    fn a_board_that_changes_all_the_time_is_painted_a_few_times_a_second() {
        let (mut last, mut painted) = (None, 0);
        for frame in 0..60_u32 {
            let now = f64::from(frame) * 1_000.0 / 60.0;
            let wanted = subject(u64::from(frame), Theme::Light);
            if repaint(last, &wanted, now) == Repaint::Now {
                last = Some((wanted, now));
                painted += 1;
            }
        }
        assert_eq!(painted, 3);
    }

    #[test]
    fn a_change_that_comes_too_soon_is_painted_later() {
        let last = Some((subject(1, Theme::Light), 1_000.0));
        let later = subject(2, Theme::Light);
        assert_eq!(
            repaint(last, &later, 1_100.0),
            Repaint::After(REPAINT_MS - 100.0)
        );
        assert_eq!(repaint(last, &later, 1_000.0 + REPAINT_MS), Repaint::Now);
        let same = subject(1, Theme::Light);
        assert_eq!(repaint(last, &same, 9_000.0), Repaint::NotNeeded);
    }

    #[test]
    fn another_theme_is_painted_at_once() {
        let last = Some((subject(1, Theme::Light), 1_000.0));
        assert_eq!(
            repaint(last, &subject(1, Theme::Dark), 1_001.0),
            Repaint::Now
        );
    }
}
