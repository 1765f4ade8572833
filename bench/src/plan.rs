//! Plans what one bot draws and when. The plan is made before the run, so that a slow server cannot
//! delay it.
//!
//! A pointer delivers 120 points per second, and the display shows 60 frames per second. Strokes last
//! from 0.3 s to 2.5 s with pauses between them, as in handwriting and sketches.

use std::time::Duration;

use anyhow::Result;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use shared::geometry::{BoardPoint, Ink, InkPoint, Quantum, simplify};
use shared::id::ElementId;
use shared::model::Props;
use shared::model::{Body, Brush, Color, NewElement, OrderKey, Stroke};
use shared::op::Op;
use shared::protocol::{LiveUpdate, StrokeStyle};

/// The time between two frames of a display.
const FRAME: Duration = Duration::from_micros(16_667);
/// Pointer positions in each frame.
const POINTS_PER_FRAME: usize = 2;
/// Frames after which a long stroke becomes durable in parts, as in the client.
const FRAMES_PER_PART: usize = 60;
/// The tolerance of simplified ink in board units, as in the client at 100 %.
pub(crate) const TOLERANCE: f64 = 0.35;
/// The width of strokes in board units.
pub(crate) const WIDTH: f32 = 4.0;

/// A step and the time when it is due, counted from the beginning of the run.
#[derive(Debug, Clone)]
pub(crate) struct Action {
    pub(crate) due: Duration,
    pub(crate) step: Step,
}

/// One step of a bot.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Live(LiveUpdate),
    Commit(Op),
}

/// One stroke of a plan.
#[derive(Debug, Clone)]
pub(crate) struct PlannedStroke {
    pub(crate) start: Duration,
    pub(crate) points: usize,
}

/// All steps of one bot.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) actions: Vec<Action>,
    pub(crate) strokes: Vec<PlannedStroke>,
    /// When each commit is due; the first has number 1.
    pub(crate) commits: Vec<Duration>,
}

impl Plan {
    /// Makes the plan of one bot until `end`.
    ///
    /// # Errors
    /// Never: all points are on the board.
    pub(crate) fn of(bot: u32, seed: u64, end: Duration) -> Result<Self> {
        let mut dice = ChaCha8Rng::seed_from_u64(seed ^ (u64::from(bot) << 32));
        let mut plan = Self::default();
        let mut at = Duration::from_secs_f64(dice.random_range(0.0..1.5));
        while at < end {
            let frames = (dice.random_range(0.3_f64..2.5).powi(2) / 2.5 * 60.0).max(18.0) as usize;
            plan.stroke(bot, at, &scribble(frames * POINTS_PER_FRAME, &mut dice))?;
            let lasted = FRAME * u32::try_from(frames).unwrap_or(u32::MAX);
            at += lasted + Duration::from_secs_f64(dice.random_range(0.25..1.5));
        }
        Ok(plan)
    }

    /// When the piece that begins at a point was due.
    pub(crate) fn piece_due(&self, stroke: u32, from: u32) -> Option<Duration> {
        let stroke = self.strokes.get(usize::try_from(stroke).ok()?)?;
        let frame = usize::try_from(from).ok()? / POINTS_PER_FRAME;
        Some(frame_due(stroke.start, frame))
    }

    /// The points of all strokes.
    pub(crate) fn points(&self) -> usize {
        self.strokes.iter().map(|stroke| stroke.points).sum()
    }

    /// Live pieces of ink that are due within a span of time.
    pub(crate) fn pieces(&self, span: std::ops::Range<Duration>) -> u64 {
        let ink = self
            .actions
            .iter()
            .filter(|action| span.contains(&action.due));
        ink.filter(|action| matches!(action.step, Step::Live(LiveUpdate::Ink { .. })))
            .count() as u64
    }

    fn stroke(&mut self, bot: u32, start: Duration, points: &[InkPoint]) -> Result<()> {
        let number = u32::try_from(self.strokes.len())?;
        let id = element(bot, number);
        self.strokes.push(PlannedStroke {
            start,
            points: points.len(),
        });
        let style = style(bot);
        self.live(start, LiveUpdate::Begin { id, style });
        let frames = points.len() / POINTS_PER_FRAME;
        let (mut recorded, mut stored) = (0, 0);
        for (frame, piece) in points.chunks(POINTS_PER_FRAME).enumerate() {
            let (due, from) = (frame_due(start, frame), frame * POINTS_PER_FRAME);
            let ink = Ink::encode(piece, Quantum::for_zoom(1.0))?;
            self.live(
                due,
                LiveUpdate::Ink {
                    from: u32::try_from(from)?,
                    ink,
                },
            );
            self.live(due, cursor(piece));
            let is_last = frame + 1 == frames;
            if is_last || (frame + 1) % FRAMES_PER_PART == 0 {
                let upto = from + piece.len();
                let joined = usize::from(recorded > 0);
                let part = points.get(recorded - joined..upto).unwrap_or_default();
                let simple = simplify(part, TOLERANCE, f64::from(WIDTH));
                let ink = simple.get(joined..).unwrap_or_default();
                let ink = Ink::encode(ink, Quantum::for_zoom(1.0))?;
                let len = ink.len();
                if is_last {
                    self.live(due, LiveUpdate::End { kept: true });
                }
                self.commit(due, part_op(id, bot, stored, ink, is_last)?);
                (recorded, stored) = (upto, stored + len);
            }
        }
        Ok(())
    }

    fn live(&mut self, due: Duration, item: LiveUpdate) {
        self.actions.push(Action {
            due,
            step: Step::Live(item),
        });
    }

    fn commit(&mut self, due: Duration, op: Op) {
        self.commits.push(due);
        self.actions.push(Action {
            due,
            step: Step::Commit(op),
        });
    }
}

/// A frame ends before its points are sent.
fn frame_due(start: Duration, frame: usize) -> Duration {
    start + FRAME * u32::try_from(frame + 1).unwrap_or(u32::MAX)
}

pub(crate) fn part_op(
    id: ElementId,
    bot: u32,
    stored: usize,
    ink: Ink,
    is_last: bool,
) -> Result<Op> {
    if stored > 0 {
        return Ok(Op::Extend {
            id,
            from: u32::try_from(stored)?,
            ink,
            end: is_last,
        });
    }
    let StrokeStyle {
        brush,
        color,
        width,
        opacity,
        z,
    } = style(bot);
    let stroke = Stroke {
        brush,
        parts: vec![ink],
        open: !is_last,
        erased: Vec::new(),
    };
    let props = Props::plain(z, BoardPoint::default(), color, width, opacity);
    let new = NewElement::new(id, props, Body::Stroke(stroke));
    Ok(Op::Put(Box::new(new)))
}

fn cursor(piece: &[InkPoint]) -> LiveUpdate {
    LiveUpdate::Cursor(piece.last().map(|point| [point.x as f32, point.y as f32]))
}

pub(crate) fn style(bot: u32) -> StrokeStyle {
    let color = usize::try_from(bot).unwrap_or(0) % Color::ALL.len();
    StrokeStyle {
        brush: Brush::Pen,
        color: Color::ALL.get(color).copied().unwrap_or_default(),
        width: WIDTH,
        opacity: 255,
        z: OrderKey::first(),
    }
}

/// The id of a bot's stroke. It contains the numbers of bot and stroke, so that a bot that
/// receives it can look up when it was due.
pub(crate) fn element(bot: u32, stroke: u32) -> ElementId {
    let number = (u128::from(bot) << 32) | u128::from(stroke);
    ElementId::from_bytes(((0x0193 << 112) | number).to_be_bytes())
}

/// The numbers of bot and stroke in an id.
pub(crate) fn stroke_of(id: ElementId) -> (u32, u32) {
    let number = u128::from_be_bytes(*id.as_bytes());
    let low = |shift: u32| u32::try_from((number >> shift) & u128::from(u32::MAX)).unwrap_or(0);
    (low(32), low(0))
}

/// A line that advances, oscillates and trembles like handwriting.
pub(crate) fn scribble(points: usize, dice: &mut ChaCha8Rng) -> Vec<InkPoint> {
    let origin = (
        dice.random_range(-2_000.0..2_000.0),
        dice.random_range(-2_000.0..2_000.0),
    );
    let run: f64 = dice.random_range(60.0..400.0);
    let swing: f64 = dice.random_range(5.0..60.0);
    let pace: f64 = dice.random_range(6.0..16.0);
    let phase: f64 = dice.random_range(0.0..6.3);
    (0..points)
        .map(|at| {
            let t = at as f64 / 120.0;
            let mut tremble = || dice.random_range(-0.15..0.15);
            let x = origin.0 + run * t + swing * (pace * t + phase).sin() + tremble();
            let y = origin.1 + swing * (pace * 0.9 * t).cos() + tremble();
            let pressure = 0.55 + 0.25 * (2.3 * t + phase).sin();
            InkPoint::new(x, y, pressure as f32)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan::of(7, 1, Duration::from_secs(20)).unwrap()
    }

    #[test]
    fn a_plan_is_in_order_of_time() {
        let due: Vec<_> = plan().actions.iter().map(|action| action.due).collect();
        assert!(due.is_sorted() && due.len() > 500, "{}", due.len());
    }

    #[test]
    fn the_same_seed_gives_the_same_plan_and_bots_differ() {
        let due = |bot, seed| Plan::of(bot, seed, Duration::from_secs(9)).unwrap().commits;
        assert_eq!(due(3, 5), due(3, 5));
        assert_ne!(due(3, 5), due(4, 5));
        assert_ne!(due(3, 5), due(3, 6));
    }

    #[test]
    fn the_id_of_a_piece_leads_to_the_time_when_it_was_due() {
        let plan = plan();
        let mut stroke = 0;
        for action in &plan.actions {
            match &action.step {
                Step::Live(LiveUpdate::Begin { id, .. }) => {
                    let (bot, number) = stroke_of(*id);
                    assert_eq!(bot, 7);
                    stroke = number;
                }
                Step::Live(LiveUpdate::Ink { from, .. }) => {
                    assert_eq!(plan.piece_due(stroke, *from), Some(action.due));
                }
                Step::Live(_) | Step::Commit(_) => {}
            }
        }
    }

    #[test]
    fn commits_are_valid_and_long_strokes_are_committed_in_parts() {
        let plan = plan();
        let ops = plan.actions.iter().filter_map(|action| match &action.step {
            Step::Commit(op) => Some(op),
            Step::Live(_) => None,
        });
        let mut extends = 0;
        for op in ops {
            assert_eq!(op.validate(), Ok(()));
            extends += usize::from(matches!(op, Op::Extend { .. }));
        }
        assert_eq!(plan.commits.len(), plan.strokes.len() + extends);
        assert!(extends > 0);
    }
}
