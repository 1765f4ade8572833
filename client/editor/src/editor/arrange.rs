//! Moving what is selected by keys: nudges, mirrors, lines and even gaps.
//!
//! Knows boxes. It must not know pointers.

use shared::geometry::BoardRect;
use shared::id::{ElementId, Millis};
use shared::model::{Board, Transform};
use shared::op::Op;
use std::collections::BTreeSet;

use super::group::Unit;
use super::route::World;
use super::{Access, Editor};
use crate::commands::action::{AlignTo, Axis, Nudge};
use crate::document::transform_closure;
use crate::tools::Entry;
use crate::tools::select::frame;
use crate::view::grid;
use crate::view::screen::ScreenVec;

/// How far a key moves what is selected, in CSS pixels.
const NUDGE_PX: f64 = 1.0;
const FAR_NUDGE_PX: f64 = 10.0;
/// How many lines of the grid, while one is shown; and the part of a step by which
/// something may be off a line and still be on it.
const FAR_NUDGE_LINES: f64 = 5.0;
const HAIR: f64 = 1e-3;
/// How far it moves the view, in CSS pixels.
const PAN_PX: f64 = 60.0;
const FAR_PAN_PX: f64 = 300.0;
/// Keys and sliders that follow one another within this time are taken back as one.
const PAUSE_MS: Millis = 1_000;

/// What is done again and again, such as by a key that is held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Repeated {
    Nudge,
    Style(std::mem::Discriminant<crate::style::StyleChange>),
}

/// Where the last of them stands in the history.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Streak {
    what: Repeated,
    at: Millis,
    selected: BTreeSet<ElementId>,
    turn: u64,
}

impl Editor {
    /// Moves what is selected; with nothing selected, the view the same way.
    pub(super) fn nudge(&mut self, nudge: Nudge, world: &mut World<'_>) {
        let (x, y) = (f64::from(nudge.x), f64::from(nudge.y));
        if self.selection.is_empty() || self.access == Access::View {
            let px = if nudge.far { FAR_PAN_PX } else { PAN_PX };
            // The board goes the other way.
            let by = ScreenVec::new(-x * px, -y * px);
            return self.look_from(self.camera.panned(by), world);
        }
        let by = Transform::Move(if self.prefs.grid {
            self.along_grid(nudge, world)
        } else {
            let px = if nudge.far { FAR_NUDGE_PX } else { NUDGE_PX };
            let length = self.camera.board_length(px);
            [x * length, y * length]
        });
        let carried = transform_closure::carried(world.board, &self.selection.ids);
        let ops = transform_closure::ops(world.board, &self.index, &carried, &by);
        self.repeat(Repeated::Nudge, ops, world);
    }

    /// The way from the upper left corner of what is selected to the next line of the grid,
    /// or the one so many further.
    fn along_grid(&self, nudge: Nudge, world: &World<'_>) -> [f64; 2] {
        let ctx = self.seen_by(self.kind, world.now, world.board);
        let step = grid::step(self.camera.zoom());
        let lines = if nudge.far { FAR_NUDGE_LINES } else { 1.0 };
        let corner = frame(&ctx).map(|frame| frame.upright().origin());
        let way = |at: f64, toward: i8| {
            // A corner is hardly ever on a line to the last bit.
            let line = at / step;
            let next = match toward {
                0 => return 0.0,
                1.. => (line + HAIR).floor() + lines,
                _ => (line - HAIR).ceil() - lines,
            };
            next * step - at
        };
        corner.map_or([0.0, 0.0], |at| [way(at.x, nudge.x), way(at.y, nudge.y)])
    }

    /// Submits ops that join the entry before, if that was the same a moment ago.
    pub(super) fn repeat(&mut self, what: Repeated, ops: Vec<Op>, world: &mut World<'_>) {
        if ops.is_empty() {
            return;
        }
        let goes_on = self.memory.streak.as_ref().is_some_and(|streak| {
            streak.what == what
                && world.now.saturating_sub(streak.at) <= PAUSE_MS
                && streak.selected == self.selection.ids
                && streak.turn == self.history.turn()
                && ops.iter().all(|op| self.is_mine(op, world.board))
        });
        let entry = if goes_on { Entry::Same } else { Entry::New };
        self.submit(ops, entry, world);
        self.memory.streak = Some(Streak {
            what,
            at: world.now,
            selected: self.selection.ids.clone(),
            turn: self.history.turn(),
        });
    }

    /// Whether nobody else has set since what this sets.
    fn is_mine(&self, op: &Op, board: &Board) -> bool {
        let Op::Set { id, prop } = op else {
            return true;
        };
        let element = board.get(*id);
        element.is_none_or(|element| element.writer(prop.key()) == self.me)
    }

    /// Mirrors what is selected about its middle.
    pub(super) fn flip(&mut self, axis: Axis, world: &mut World<'_>) {
        let carried = transform_closure::carried(world.board, &self.selection.ids);
        let Some(extent) = transform_closure::extent(world.board, &carried) else {
            return;
        };
        let mirror = Transform::Scale {
            about: extent.center().into(),
            by: match axis {
                Axis::Horizontal => [-1.0, 1.0],
                Axis::Vertical => [1.0, -1.0],
            },
            angle: 0.0,
        };
        let ops = transform_closure::ops(world.board, &self.index, &carried, &mirror);
        self.submit(ops, Entry::New, world);
    }

    /// Brings what is selected in line.
    pub(super) fn align(&mut self, to: AlignTo, world: &mut World<'_>) {
        let units = self.movable_units(world.board);
        let Some(whole) = units
            .iter()
            .map(|(_, rect)| *rect)
            .reduce(|a, b| a.union(b))
        else {
            return;
        };
        let moves = units.into_iter().map(|(unit, rect)| {
            let by = match to {
                AlignTo::Left => [whole.x0 - rect.x0, 0.0],
                AlignTo::Center => [whole.center().x - rect.center().x, 0.0],
                AlignTo::Right => [whole.x1 - rect.x1, 0.0],
                AlignTo::Top => [0.0, whole.y0 - rect.y0],
                AlignTo::Middle => [0.0, whole.center().y - rect.center().y],
                AlignTo::Bottom => [0.0, whole.y1 - rect.y1],
            };
            (unit, by)
        });
        self.shift(moves.collect(), world);
    }

    /// Makes the gaps between what is selected even; the outermost stay.
    pub(super) fn distribute(&mut self, axis: Axis, world: &mut World<'_>) {
        let span = |rect: BoardRect| match axis {
            Axis::Horizontal => (rect.x0, rect.x1),
            Axis::Vertical => (rect.y0, rect.y1),
        };
        let mut units = self.movable_units(world.board);
        units.sort_by(|(_, a), (_, b)| {
            let middle = |rect: &BoardRect| span(*rect).0 + span(*rect).1;
            middle(a).total_cmp(&middle(b))
        });
        let (Some((_, first)), Some((_, last))) = (units.first(), units.last()) else {
            return;
        };
        let filled: f64 = units
            .iter()
            .map(|(_, rect)| span(*rect).1 - span(*rect).0)
            .sum();
        let room = span(*last).1 - span(*first).0 - filled;
        // A few at most; a board holds far fewer than 2^52.
        let gap = room / units.len().saturating_sub(1).max(1) as f64;
        let mut next = span(*first).0;
        let mut moves = Vec::new();
        for (unit, rect) in units {
            let (from, to) = span(rect);
            let by = next - from;
            next += to - from + gap;
            moves.push(match axis {
                Axis::Horizontal => (unit, [by, 0.0]),
                Axis::Vertical => (unit, [0.0, by]),
            });
        }
        self.shift(moves, world);
    }

    /// Units with their boxes. Lines that hold on to something else that is selected
    /// follow by themselves.
    fn movable_units(&self, board: &Board) -> Vec<(Unit, BoardRect)> {
        let follows = |id: &ElementId| {
            board.get(*id).is_some_and(|line| {
                let ends = [line.props.start(), line.props.end()];
                let mut held = ends.into_iter().flatten();
                held.any(|anchor| self.selection.has(anchor.to))
            })
        };
        self.units(board)
            .into_iter()
            .filter(|unit| !unit.iter().all(follows))
            .filter_map(|unit| {
                let rect = transform_closure::extent(board, &unit)?;
                Some((unit, rect))
            })
            .collect()
    }

    fn shift(&mut self, moves: Vec<(Unit, [f64; 2])>, world: &mut World<'_>) {
        let mut ops = Vec::new();
        for (unit, by) in moves {
            let carried = transform_closure::carried(world.board, &unit);
            let by = Transform::Move(by);
            ops.extend(transform_closure::ops(
                world.board,
                &self.index,
                &carried,
                &by,
            ));
        }
        self.submit(ops, Entry::New, world);
    }
}
