//! The laser points with a trail that fades.
//!
//! The trail is never on the board: others get it by live updates, and every client drops it after
//! a moment.

use shared::geometry::BoardPoint;
use shared::id::Millis;
use shared::limits::{MAX_COORD, MAX_LASER_POINTS};
use shared::protocol::live::LiveUpdate;
use shared::sync::LASER_MS;

use super::context::{ToolCtx, ToolOutput};
use super::event::ToolEvent;
use crate::input::Sample;
use crate::view::overlay::{Overlay, TrailPoint};

/// Points of the trail are at least this far apart, in CSS pixels.
const SPACING_PX: f64 = 1.5;
/// The largest number of points of the own trail.
const MAX_TRAIL: usize = 2_000;

/// The laser, off or on. The trail still fades when it is off.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LaserTool {
    Off(Trail),
    On(Trail),
}

/// The visible points, the oldest first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Trail {
    points: Vec<TrailPoint>,
    /// Points that were not sent yet, in pieces; each piece begins a new trail.
    unsent: usize,
}

impl LaserTool {
    pub(crate) const fn new() -> Self {
        Self::Off(Trail::new())
    }

    #[must_use]
    pub(crate) fn step(
        self,
        event: ToolEvent,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> Self {
        match self {
            Self::Off(mut trail) => match event.press() {
                Some(down) => {
                    trail.fade(ctx.now);
                    trail.shine(&[down.first], Begins::Here, ctx);
                    out.redraw();
                    Self::On(trail)
                }
                None => Self::Off(trail),
            },
            Self::On(trail) => trail.step(event, ctx, out),
        }
    }

    pub(crate) const fn is_busy(&self) -> bool {
        match self {
            Self::Off(_) => false,
            Self::On(_) => true,
        }
    }

    pub(crate) fn show(&self, ctx: &ToolCtx<'_>, overlay: &mut Overlay) {
        let (Self::Off(trail) | Self::On(trail)) = self;
        overlay.trail.extend(trail.glowing(ctx.now));
    }
}

/// Whether a sample begins a trail, or continues one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    Here,
    Before,
}

impl Trail {
    fn step(
        mut self,
        event: ToolEvent,
        ctx: &ToolCtx<'_>,
        out: &mut ToolOutput<'_, '_>,
    ) -> LaserTool {
        match event {
            ToolEvent::Move { samples, .. } => {
                self.shine(&samples, Begins::Before, ctx);
                out.redraw();
            }
            ToolEvent::AnimationFrame => {
                self.send(out);
                self.fade(ctx.now);
            }
            ToolEvent::Up(sample) => {
                self.shine(&[sample], Begins::Before, ctx);
                self.send(out);
                out.redraw();
                return LaserTool::Off(self);
            }
            ToolEvent::Abort(_) => {
                out.redraw();
                return LaserTool::Off(self);
            }
            ToolEvent::Down(_) | ToolEvent::Modifiers(_) => {}
        }
        LaserTool::On(self)
    }

    const fn new() -> Self {
        Self {
            points: Vec::new(),
            unsent: 0,
        }
    }

    fn shine(&mut self, samples: &[Sample], begins: Begins, ctx: &ToolCtx<'_>) {
        let spacing = ctx.camera.board_length(SPACING_PX);
        for sample in samples {
            let at = ctx.camera.to_board(sample.at);
            let first = begins == Begins::Here;
            let near = |last: &TrailPoint| last.at.distance(at) < spacing;
            if !is_on_board(at) || (!first && self.points.last().is_some_and(near)) {
                continue;
            }
            self.points.push(TrailPoint {
                at,
                since: ctx.now,
                first,
            });
            self.unsent += 1;
        }
    }

    /// Drops points that have faded, also unsent ones: they would be stale.
    fn fade(&mut self, now: Millis) {
        let excess = self.points.len().saturating_sub(MAX_TRAIL);
        self.points.drain(..excess);
        self.points.retain(|point| point.since + LASER_MS > now);
        self.unsent = self.unsent.min(self.points.len());
    }

    fn glowing(&self, now: Millis) -> impl Iterator<Item = TrailPoint> + '_ {
        let glows = move |point: &&TrailPoint| point.since + LASER_MS > now;
        self.points.iter().filter(glows).copied()
    }

    /// Sends new points to others, after an empty piece where a trail begins.
    fn send(&mut self, out: &mut ToolOutput<'_, '_>) {
        let sent = self.points.len() - self.unsent;
        let mut piece: Vec<[f32; 2]> = Vec::new();
        for point in self.points.iter().skip(sent) {
            if point.first || piece.len() == MAX_LASER_POINTS {
                flush(&mut piece, out);
            }
            if point.first {
                out.live(LiveUpdate::Laser(Vec::new()));
            }
            piece.push([point.at.x as f32, point.at.y as f32]);
        }
        flush(&mut piece, out);
        self.unsent = 0;
    }
}

fn flush(piece: &mut Vec<[f32; 2]>, out: &mut ToolOutput<'_, '_>) {
    if !piece.is_empty() {
        out.live(LiveUpdate::Laser(std::mem::take(piece)));
    }
}

fn is_on_board(at: BoardPoint) -> bool {
    at.x.abs() <= MAX_COORD && at.y.abs() <= MAX_COORD
}
