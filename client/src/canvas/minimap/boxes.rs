//! A box for each element, painted once and kept.
//!
//! Knows where elements are, not what they look like: a box for each tells enough,
//! and costs the same whatever it stands for. While the view moves, the kept picture
//! is moved with it.

use kurbo::Rect;
use shared::model::palette::{Theme, swatch};
use shared::model::{Body, Color, Element};
use shared::paint::{Fill, Painter as _};

use super::plan::Plan;
use crate::canvas::look;
use crate::canvas::marks::turned;
use crate::canvas::painter::CanvasPainter;
use crate::canvas::surface::Surface;
use crate::session::{Stamp, Survey};

/// Boxes drawn at most; of more elements, evenly chosen ones are shown.
const MOST_BOXES: usize = 5_000;
/// Opacity of a box: where many lie, it is darker.
const BOX_ALPHA: f32 = 0.55;
/// Least time between two paintings while only the board or the view changes, in
/// milliseconds.
const PACE_MS: f64 = 350.0;

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Subject {
    /// The state of the board.
    pub(super) stamp: Stamp,
    /// In which look.
    pub(super) theme: Theme,
    /// What lies where.
    pub(super) plan: Plan,
    /// Width and height in device pixels.
    pub(super) size: (u32, u32),
}

/// When the picture is to be painted again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Renewal {
    /// It is as it should be.
    Needless,
    /// At once.
    Now,
    /// In so many milliseconds.
    In(f64),
}

/// When a picture that was painted at `then` must be painted again to show `wanted`.
fn renewal(kept: Option<(Subject, f64)>, wanted: &Subject, now: f64) -> Renewal {
    let Some((shown, then)) = kept else {
        return Renewal::Now;
    };
    if shown == *wanted {
        return Renewal::Needless;
    }
    let wait = PACE_MS - (now - then);
    // These would be seen to be wrong, and change seldom.
    if wait <= 0.0 || shown.theme != wanted.theme || shown.size != wanted.size {
        Renewal::Now
    } else {
        Renewal::In(wait)
    }
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    surface: Option<Surface>,
    kept: Option<(Subject, f64)>,
}

impl Boxes {
    /// Paints the picture again if it is time; tells when to come back for that.
    pub(super) fn follow(&mut self, survey: &Survey<'_>, wanted: Subject, now: f64) -> Option<f64> {
        match renewal(self.kept, &wanted, now) {
            Renewal::Needless => None,
            Renewal::In(wait) => Some(wait),
            Renewal::Now => {
                self.paint(survey, wanted);
                self.kept = Some((wanted, now));
                None
            }
        }
    }

    /// Puts the picture on the canvas, where a plan has what it shows.
    pub(super) fn show(&self, on: &Surface, plan: Plan) {
        let (Some(surface), Some((shown, _))) = (&self.surface, &self.kept) else {
            return;
        };
        on.transform(plan.to_canvas * shown.plan.to_canvas.inverse());
        let drawn = on
            .context()
            .draw_image_with_html_canvas_element(surface.canvas(), 0.0, 0.0);
        debug_assert!(drawn.is_ok(), "the picture has a size");
    }

    fn paint(&mut self, survey: &Survey<'_>, wanted: Subject) {
        let (width, height) = wanted.size;
        if self.surface.is_none() {
            self.surface = Surface::detached(width, height);
        }
        let Some(surface) = &self.surface else { return };
        surface.resize(width, height);
        surface.clear();
        let mut painter = CanvasPainter::new(surface.context(), wanted.plan.to_canvas);
        let px = 1.0 / wanted.plan.scale();
        let every = survey.board.len().div_ceil(MOST_BOXES).max(1);
        for element in survey.board.elements().step_by(every) {
            let Some(bounds) = survey.index.bounds_of(element.id) else {
                continue;
            };
            // What is smaller than a pixel is still there.
            let size = (bounds.width().max(px), bounds.height().max(px));
            let rect = Rect::from_center_size(bounds.center(), size);
            painter.fill(&turned(rect, 0.0), &box_fill(element, wanted.theme));
        }
    }
}

/// In its own colour; frames as a hint of what is in them.
fn box_fill(element: &Element, theme: Theme) -> Fill {
    let color = element.props.color;
    match &element.body {
        Body::Frame => look::fill(swatch(Color::Grey).ink(theme), 0.18),
        Body::Stroke(_) | Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } => {
            look::fill(swatch(color).ink(theme), BOX_ALPHA)
        }
    }
}

#[cfg(test)]
mod tests {
    use editor::Index;

    use super::*;

    fn subject(seq: u64, theme: Theme) -> Subject {
        let stamp = Stamp {
            seq,
            ..Stamp::default()
        };
        let sight = Rect::new(0.0, 0.0, 800.0, 600.0);
        let plan = Plan::new(&Index::new(), sight, (200.0, 150.0));
        Subject {
            stamp,
            theme,
            plan,
            size: (200, 150),
        }
    }

    #[test]
    fn a_busy_board_is_painted_a_few_times_a_second() {
        let (mut kept, mut painted) = (None, 0);
        for frame in 0..60_u32 {
            let now = f64::from(frame) * 1_000.0 / 60.0;
            let wanted = subject(u64::from(frame), Theme::Light);
            if renewal(kept, &wanted, now) == Renewal::Now {
                kept = Some((wanted, now));
                painted += 1;
            }
        }
        assert_eq!(painted, 3);
    }

    #[test]
    fn what_came_too_soon_is_painted_in_the_end() {
        let kept = Some((subject(1, Theme::Light), 1_000.0));
        let later = subject(2, Theme::Light);
        assert_eq!(renewal(kept, &later, 1_100.0), Renewal::In(PACE_MS - 100.0));
        assert_eq!(renewal(kept, &later, 1_000.0 + PACE_MS), Renewal::Now);
        let same = subject(1, Theme::Light);
        assert_eq!(renewal(kept, &same, 9_000.0), Renewal::Needless);
    }

    #[test]
    fn another_look_does_not_wait() {
        let kept = Some((subject(1, Theme::Light), 1_000.0));
        assert_eq!(
            renewal(kept, &subject(1, Theme::Dark), 1_001.0),
            Renewal::Now
        );
    }
}
