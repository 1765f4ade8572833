//! The layer above the committed scene: ink that is being drawn, what is in
//! somebody's hand, what the tiles below do not show yet, and marks above it all.
//!
//! It is cleared and drawn again each time; older parts of a stroke are kept as
//! paths, so only its young end is worked out anew.

use kurbo::{Affine, Point};
use shared::geometry::{BoardRect, InkPoint, OutlineBuilder};
use shared::id::ElementId;
use shared::model::{Board, sort_from_bottom};
use shared::paint::{Blend, Fill, ink_fill, paint_element};
use shared::protocol::StrokeStyle;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::bundle::Bundle;
use super::lifted::Lifted;
use super::marks::Marks;
use super::overlay::{self, Ground};
use super::painter::{CanvasPainter, KeptPath};
use super::surface::Surface;
use super::{company, veil};
use crate::session::View;

/// How true edges are, in device pixels.
const TOLERANCE_PX: f64 = 0.2;
/// Share of the points not yet shown that each frame shows of others' ink, so
/// that it flows where the network delivers in lumps.
const REVEAL: f64 = 0.5;

/// A stroke that grows.
#[derive(Debug)]
struct Growing {
    builder: OutlineBuilder,
    frozen: KeptPath,
    fed: usize,
}

impl Growing {
    fn new(style: &StrokeStyle, tolerance: f64, first: Option<&InkPoint>) -> Option<Self> {
        let builder = OutlineBuilder::new(style.brush.shape(style.width), tolerance);
        let origin = first.map_or(Point::ORIGIN, |first| Point::new(first.x, first.y));
        Some(Self {
            builder,
            frozen: KeptPath::new(origin).ok()?,
            fed: 0,
        })
    }

    fn feed(&mut self, points: &[InkPoint], upto: usize) {
        for point in points.get(self.fed..upto).unwrap_or_default() {
            self.builder.push(*point);
        }
        self.fed = self.fed.max(upto);
        while let Some(part) = self.builder.take_frozen() {
            self.frozen.append(&part);
        }
    }

    /// The whole stroke as one path, so that translucent ink covers itself once.
    fn path(&self, predicted: &[InkPoint]) -> Option<KeptPath> {
        let whole = self.frozen.copied().ok()?;
        whole.append(&self.builder.tail(predicted));
        Some(whole)
    }
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Live {
    growing: BTreeMap<ElementId, Growing>,
    bundles: Vec<Bundle>,
    shows_something: bool,
}

/// What a frame of the live layer is made of.
pub(crate) struct Frame<'a> {
    /// What there is to see.
    pub(crate) view: &'a View<'a>,
    /// The part of the board that is seen.
    pub(crate) sight: BoardRect,
    /// Turns board units into device pixels.
    pub(crate) to_device: Affine,
    /// Device pixels per board unit.
    pub(crate) scale: f64,
    /// One CSS pixel in board units.
    pub(crate) px: f64,
    /// Elements that the tiles do not show yet, or never do while they are open.
    pub(crate) held: &'a BTreeSet<ElementId>,
    /// What is in somebody's hand.
    pub(crate) lifted: &'a Lifted,
    /// Fingers are at work.
    pub(crate) coarse: bool,
}

impl Frame<'_> {
    fn is_bare(&self) -> bool {
        let view = self.view;
        self.held.is_empty()
            && self.lifted.hidden().is_empty()
            && view.own_ink.is_none()
            && view.erasing.is_empty()
            && view.peers.inks().next().is_none()
            && overlay::is_bare(&view.overlay)
            && company::is_bare(view)
    }

    fn tolerance(&self) -> f64 {
        TOLERANCE_PX / self.scale
    }
}

impl Live {
    /// Draws the layer. Tells whether it changes by itself: others' ink is still
    /// flowing in, or a trail fades.
    pub(crate) fn draw(&mut self, surface: &Surface, frame: &Frame<'_>) -> bool {
        let is_bare = frame.is_bare();
        if is_bare && !self.shows_something {
            return false;
        }
        self.shows_something = !is_bare;
        surface.clear();
        let unpainted = self.draw_bundles(surface, frame);
        let mut painter = CanvasPainter::new(surface.context(), frame.to_device);
        self.draw_held(&mut painter, frame);
        draw_lifted(&mut painter, frame);
        let flowing = self.draw_peers(&mut painter, frame);
        self.draw_own(&mut painter, frame);
        veil::draw(&mut painter, frame.view, frame.tolerance());
        draw_marks(&mut painter, frame);
        self.forget_finished(frame);
        let fading = !frame.view.overlay.trail.is_empty() || company::is_fading(frame.view);
        flowing || fading || unpainted
    }

    /// What is carried as a picture, and what was until the tiles show it; tells
    /// whether there is more to paint.
    fn draw_bundles(&mut self, surface: &Surface, frame: &Frame<'_>) -> bool {
        let mut before = std::mem::take(&mut self.bundles);
        for (ids, transform) in frame.lifted.bundles() {
            let found = before.iter().position(|bundle| bundle.is_of(ids, frame));
            let bundle = match found {
                Some(at) => Some(before.swap_remove(at)),
                None => Bundle::new(ids, *transform, frame),
            };
            self.bundles.extend(bundle.map(|mut bundle| {
                bundle.carry(*transform);
                bundle
            }));
        }
        before.retain(|bundle| bundle.is_needed(frame.held));
        for mut bundle in before {
            bundle.put_down(frame.view.board);
            self.bundles.push(bundle);
        }
        let mut unpainted = false;
        for bundle in &mut self.bundles {
            unpainted |= bundle.draw(surface, frame);
        }
        unpainted
    }

    fn draw_held(&self, painter: &mut CanvasPainter<'_>, frame: &Frame<'_>) {
        let view = frame.view;
        let own = view.own_ink.as_ref().map(|own| own.id);
        let elsewhere = |id: &ElementId| {
            own == Some(*id)
                || view.peers.shows(*id)
                || frame.lifted.hidden().contains(id)
                || self.bundles.iter().any(|bundle| bundle.has(*id))
        };
        let shown = frame.held.iter().filter(|id| !elsewhere(id));
        let mut shown: Vec<_> = shown.filter_map(|id| view.board.get(*id)).collect();
        sort_from_bottom(&mut shown);
        for element in shown {
            let tolerance = frame.tolerance();
            paint_element(view.board, element, view.theme, tolerance, painter);
        }
    }

    fn draw_peers(&mut self, painter: &mut CanvasPainter<'_>, frame: &Frame<'_>) -> bool {
        let mut flowing = false;
        for ink in frame.view.peers.inks() {
            let shown = self.growing.get(&ink.id).map_or(0, |growing| growing.fed);
            let upto = revealed(shown, ink.points.len());
            flowing |= upto < ink.points.len();
            let points = (ink.points.as_slice(), upto);
            self.draw_growing(painter, frame, (ink.id, &ink.style), points, &[]);
        }
        flowing
    }

    fn draw_own(&mut self, painter: &mut CanvasPainter<'_>, frame: &Frame<'_>) {
        if let Some(own) = &frame.view.own_ink {
            let points = (own.points, own.points.len());
            self.draw_growing(painter, frame, (own.id, own.style), points, own.predicted);
        }
    }

    fn draw_growing(
        &mut self,
        painter: &mut CanvasPainter<'_>,
        frame: &Frame<'_>,
        (id, style): (ElementId, &StrokeStyle),
        (points, upto): (&[InkPoint], usize),
        predicted: &[InkPoint],
    ) {
        let growing = match self.growing.entry(id) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => match Growing::new(style, frame.tolerance(), points.first()) {
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
        painter.use_fill(&Fill {
            blend: Blend::Cover,
            ..fill
        });
        path.fill(painter);
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

fn draw_lifted(painter: &mut CanvasPainter<'_>, frame: &Frame<'_>) {
    let board: &Board = frame.lifted.board();
    for element in frame.lifted.in_order() {
        let tolerance = frame.tolerance();
        paint_element(board, element, frame.view.theme, tolerance, painter);
    }
}

/// What stands above everything: what others have selected, and one's own handles.
fn draw_marks(painter: &mut CanvasPainter<'_>, frame: &Frame<'_>) {
    let ground = Ground {
        view: frame.view,
        lifted: frame.lifted,
        sight: frame.sight,
        coarse: frame.coarse,
    };
    company::draw(painter, &ground, frame.px);
    overlay::draw(&mut Marks::new(painter, frame.px), &ground);
}
