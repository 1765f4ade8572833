//! The layer above the committed scene: ink that is being drawn, by oneself and
//! by others, and what the tiles below do not show yet.
//!
//! It is cleared and drawn again each time; older parts of a stroke are kept as
//! paths, so only its young end is worked out anew.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use kurbo::Affine;
use shared::geometry::{InkPoint, OutlineBuilder};
use shared::id::ElementId;
use shared::model::palette::{Theme, background};
use shared::paint::{Blend, Fill, ink_fill, paint_element};
use shared::protocol::StrokeStyle;
use web_sys::Path2d;

use super::painter::{CanvasPainter, append, kept_path};
use super::surface::Surface;
use crate::session::View;

/// How true edges are, in device pixels.
const TOLERANCE_PX: f64 = 0.2;
/// Share of the points not yet shown that each frame shows of others' ink, so
/// that it flows where the network delivers in lumps.
const REVEAL: f64 = 0.5;
/// How strongly what the eraser has touched is faded.
const ERASING_ALPHA: f32 = 0.72;

/// A stroke that grows.
#[derive(Debug)]
struct Growing {
    builder: OutlineBuilder,
    frozen: Path2d,
    fed: usize,
}

impl Growing {
    fn new(style: &StrokeStyle, tolerance: f64) -> Option<Self> {
        let builder = OutlineBuilder::new(style.brush.shape(style.width), tolerance);
        Some(Self {
            builder,
            frozen: kept_path().ok()?,
            fed: 0,
        })
    }

    fn feed(&mut self, points: &[InkPoint], upto: usize) {
        for point in points.get(self.fed..upto).unwrap_or_default() {
            self.builder.push(*point);
        }
        self.fed = self.fed.max(upto);
        while let Some(part) = self.builder.take_frozen() {
            append(&self.frozen, &part);
        }
    }

    /// The whole stroke as one path, so that translucent ink covers itself once.
    fn path(&self, predicted: &[InkPoint]) -> Option<Path2d> {
        let whole = Path2d::new_with_other(&self.frozen).ok()?;
        append(&whole, &self.builder.tail(predicted));
        Some(whole)
    }
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Live {
    growing: BTreeMap<ElementId, Growing>,
    shows_something: bool,
}

/// What a frame of the live layer is made of.
pub(crate) struct Frame<'a> {
    /// What there is to see.
    pub(crate) view: &'a View<'a>,
    /// Turns board units into device pixels.
    pub(crate) to_device: Affine,
    /// Device pixels per board unit.
    pub(crate) scale: f64,
    /// Elements that the tiles do not show yet, or never do while they are open.
    pub(crate) held: &'a BTreeSet<ElementId>,
}

impl Live {
    /// Draws the layer. Tells whether others' ink is still flowing in.
    pub(crate) fn draw(&mut self, surface: &Surface, frame: &Frame<'_>) -> bool {
        let nothing = frame.held.is_empty()
            && frame.view.own_ink.is_none()
            && frame.view.erasing.is_empty()
            && frame.view.peers.inks().next().is_none();
        if nothing && !self.shows_something {
            return false;
        }
        self.shows_something = !nothing;
        surface.clear();
        surface.transform(frame.to_device);
        draw_held(surface, frame);
        let flowing = self.draw_peers(surface, frame);
        self.draw_own(surface, frame);
        draw_erasing(surface, frame);
        self.forget_finished(frame);
        flowing
    }

    fn draw_peers(&mut self, surface: &Surface, frame: &Frame<'_>) -> bool {
        let mut flowing = false;
        for ink in frame.view.peers.inks() {
            let shown = self.growing.get(&ink.id).map_or(0, |growing| growing.fed);
            let upto = revealed(shown, ink.points.len());
            flowing |= upto < ink.points.len();
            self.draw_growing(surface, frame, ink.id, &ink.style, &ink.points, upto, &[]);
        }
        flowing
    }

    fn draw_own(&mut self, surface: &Surface, frame: &Frame<'_>) {
        if let Some(own) = &frame.view.own_ink {
            let all = own.points.len();
            self.draw_growing(
                surface,
                frame,
                own.id,
                own.style,
                own.points,
                all,
                own.predicted,
            );
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one stroke has this many independent facts"
    )]
    fn draw_growing(
        &mut self,
        surface: &Surface,
        frame: &Frame<'_>,
        id: ElementId,
        style: &StrokeStyle,
        points: &[InkPoint],
        upto: usize,
        predicted: &[InkPoint],
    ) {
        let growing = match self.growing.entry(id) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => match Growing::new(style, TOLERANCE_PX / frame.scale) {
                Some(fresh) => entry.insert(fresh),
                None => return,
            },
        };
        growing.feed(points, upto);
        let Some(path) = growing.path(predicted) else {
            return;
        };
        let fill = ink_fill(style.brush, style.color, style.opacity, frame.view.theme);
        // Alone on its layer there is nothing for ink to blend with.
        let fill = Fill {
            blend: Blend::Cover,
            ..fill
        };
        CanvasPainter::new(surface.context()).use_fill(&fill);
        surface.context().fill_with_path_2d(&path);
        surface.context().set_global_alpha(1.0);
    }

    fn forget_finished(&mut self, frame: &Frame<'_>) {
        let own = frame.view.own_ink.as_ref().map(|own| own.id);
        self.growing
            .retain(|id, _| own == Some(*id) || frame.view.peers.shows(*id));
    }
}

/// How many of `all` points to show when `shown` were shown before.
fn revealed(shown: usize, all: usize) -> usize {
    let rest = all.saturating_sub(shown);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a small count"
    )]
    let step = (rest as f64 * REVEAL).ceil() as usize;
    all.min(shown + step.max(2))
}

fn draw_held(surface: &Surface, frame: &Frame<'_>) {
    let own = frame.view.own_ink.as_ref().map(|own| own.id);
    let mut painter = CanvasPainter::new(surface.context());
    for id in frame.held {
        let shown_live = own == Some(*id) || frame.view.peers.shows(*id);
        if let Some(element) = frame.view.board.get(*id).filter(|_| !shown_live) {
            let tolerance = TOLERANCE_PX / frame.scale;
            paint_element(element, frame.view.theme, tolerance, &mut painter);
        }
    }
    reset(surface);
}

/// What the eraser has touched is covered by a veil of the board's own colour.
fn draw_erasing(surface: &Surface, frame: &Frame<'_>) {
    let theme: Theme = frame.view.theme;
    let veil = Fill {
        rgb: background(theme),
        alpha: ERASING_ALPHA,
        blend: Blend::Cover,
    };
    let mut painter = CanvasPainter::new(surface.context());
    for element in frame
        .view
        .erasing
        .iter()
        .filter_map(|id| frame.view.board.get(*id))
    {
        let mut veiled = Veil {
            painter: &mut painter,
            fill: veil,
        };
        paint_element(element, theme, TOLERANCE_PX / frame.scale, &mut veiled);
    }
    reset(surface);
}

/// Paints everything in one colour.
struct Veil<'a, 'b> {
    painter: &'a mut CanvasPainter<'b>,
    fill: Fill,
}

impl shared::paint::Painter for Veil<'_, '_> {
    fn fill(&mut self, path: &kurbo::BezPath, _: &Fill) {
        self.painter.fill(path, &self.fill);
    }
}

fn reset(surface: &Surface) {
    surface.context().set_global_alpha(1.0);
    let set = surface
        .context()
        .set_global_composite_operation("source-over");
    debug_assert!(set.is_ok(), "known to every browser");
}
