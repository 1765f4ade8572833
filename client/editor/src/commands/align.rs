//! Mirror images, alignment and even gaps.

use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::{Board, Transform, affected};

use super::availability::Availability;
use super::availability::{has_unlocked, needs_units};
use super::command::Section;
use super::menu_part::MenuPart;
use crate::document::affected_elements;
use crate::document::history::UndoStep;
use crate::editor::Editor;
use crate::local_user::Access;
use crate::selection::Unit;
use crate::update::Update;

commands! { Section::Arrange;
    /// Mirrors the selection left to right.
    FLIP_HORIZONTALLY {
        label: "Flip horizontally",
        keys: &["Shift+H"],
        menu: &[MenuPart::Flip],
        access: Access::Edit,
        when: has_unlocked,
        run: |editor, update| flip(Axis::Horizontal, editor, update),
    }
    /// Mirrors the selection top to bottom.
    FLIP_VERTICALLY {
        label: "Flip vertically",
        keys: &["Shift+V"],
        menu: &[MenuPart::Flip],
        access: Access::Edit,
        when: has_unlocked,
        run: |editor, update| flip(Axis::Vertical, editor, update),
    }
    /// Brings left edges in line.
    ALIGN_LEFT {
        label: "Align left",
        keys: &["Alt+A"],
        menu: &[MenuPart::Align],
        access: Access::Edit,
        when: can_align,
        run: |editor, update| align(AlignTo::Left, editor, update),
    }
    /// Brings middles, from left to right, in line.
    ALIGN_CENTER {
        label: "Align centre",
        keys: &["Alt+H"],
        menu: &[MenuPart::Align],
        access: Access::Edit,
        when: can_align,
        run: |editor, update| align(AlignTo::Center, editor, update),
    }
    /// Brings right edges in line.
    ALIGN_RIGHT {
        label: "Align right",
        keys: &["Alt+D"],
        menu: &[MenuPart::Align],
        access: Access::Edit,
        when: can_align,
        run: |editor, update| align(AlignTo::Right, editor, update),
    }
    /// Makes the gaps between the selection even, horizontally.
    DISTRIBUTE_HORIZONTALLY {
        label: "Distribute horizontally",
        keys: &["Alt+Shift+H"],
        menu: &[MenuPart::Align],
        access: Access::Edit,
        when: can_distribute,
        run: |editor, update| distribute(Axis::Horizontal, editor, update),
    }
    /// Brings upper edges in line.
    ALIGN_TOP {
        label: "Align top",
        keys: &["Alt+W"],
        menu: &[MenuPart::Align],
        access: Access::Edit,
        when: can_align,
        run: |editor, update| align(AlignTo::Top, editor, update),
    }
    /// Brings middles, from top to bottom, in line.
    ALIGN_MIDDLE {
        label: "Align middle",
        keys: &["Alt+V"],
        menu: &[MenuPart::Align],
        access: Access::Edit,
        when: can_align,
        run: |editor, update| align(AlignTo::Middle, editor, update),
    }
    /// Brings lower edges in line.
    ALIGN_BOTTOM {
        label: "Align bottom",
        keys: &["Alt+S"],
        menu: &[MenuPart::Align],
        access: Access::Edit,
        when: can_align,
        run: |editor, update| align(AlignTo::Bottom, editor, update),
    }
    /// Makes the gaps between the selection even, vertically.
    DISTRIBUTE_VERTICALLY {
        label: "Distribute vertically",
        keys: &["Alt+Shift+V"],
        menu: &[MenuPart::Align],
        access: Access::Edit,
        when: can_distribute,
        run: |editor, update| distribute(Axis::Vertical, editor, update),
    }
}

/// A side or middle that elements are brought in line with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AlignTo {
    Left,
    /// Middles, from left to right.
    Center,
    Right,
    Top,
    /// Middles, from top to bottom.
    Middle,
    Bottom,
}

/// Horizontal or vertical.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    Horizontal,
    Vertical,
}

fn can_align(editor: &Editor, board: &Board) -> Availability {
    needs_units(editor, board, 2, "Select at least two elements first.")
}

fn can_distribute(editor: &Editor, board: &Board) -> Availability {
    needs_units(editor, board, 3, "Select at least three elements first.")
}

/// Mirrors the selection about its middle.
fn flip(axis: Axis, editor: &mut Editor, update: &mut Update<'_>) {
    let affected = affected::affected(update.board, &editor.selection().ids);
    let Some(extent) = affected::extent(update.board, &affected) else {
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
    let ops = affected_elements::ops(update.board, editor.index(), &affected, &mirror);
    editor.history.submit(ops, UndoStep::New, update);
}

/// Aligns the selection.
fn align(to: AlignTo, editor: &mut Editor, update: &mut Update<'_>) {
    let units = movable_units(editor, update.board);
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
    shift(moves.collect(), editor, update);
}

/// Makes the gaps between the selected units even; the outermost units stay.
fn distribute(axis: Axis, editor: &mut Editor, update: &mut Update<'_>) {
    let span = |rect: BoardRect| match axis {
        Axis::Horizontal => (rect.x0, rect.x1),
        Axis::Vertical => (rect.y0, rect.y1),
    };
    let mut units = movable_units(editor, update.board);
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
    shift(moves, editor, update);
}

/// The selected units with their boxes, without lines that are bound to selected elements: they
/// follow those elements.
fn movable_units(editor: &Editor, board: &Board) -> Vec<(Unit, BoardRect)> {
    let follows = |id: &ElementId| {
        board.get(*id).is_some_and(|line| {
            let ends = [line.props.start(), line.props.end()];
            let mut held = ends.into_iter().flatten();
            held.any(|anchor| editor.selection().has(anchor.to))
        })
    };
    editor
        .selection()
        .units(board)
        .into_iter()
        .filter(|unit| !unit.iter().all(follows))
        .filter_map(|unit| {
            let rect = affected::extent(board, &unit)?;
            Some((unit, rect))
        })
        .collect()
}

fn shift(moves: Vec<(Unit, [f64; 2])>, editor: &mut Editor, update: &mut Update<'_>) {
    let mut ops = Vec::new();
    for (unit, by) in moves {
        let affected = affected::affected(update.board, &unit);
        let by = Transform::Move(by);
        ops.extend(affected_elements::ops(
            update.board,
            editor.index(),
            &affected,
            &by,
        ));
    }
    editor.history.submit(ops, UndoStep::New, update);
}
