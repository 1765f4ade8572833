//! Mirror images, alignment and even gaps.

use shared::geometry::BoardRect;
use shared::model::align::{AlignTo, Axis, aligned, distributed};
use shared::model::{Board, Transform, affected, units};

use super::availability::Availability;
use super::availability::{has_unlocked, needs_units};
use super::command::Section;
use super::menu_part::MenuPart;
use crate::document::affected_elements;
use crate::document::history::UndoStep;
use crate::editor::Editor;
use crate::local_user::Access;
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
    arrange(|rects| aligned(rects, to), editor, update);
}

/// Makes the gaps between the selected units even; the outermost units stay.
fn distribute(axis: Axis, editor: &mut Editor, update: &mut Update<'_>) {
    arrange(|rects| distributed(rects, axis), editor, update);
}

/// Moves the selected units by ways that follow from their boxes.
fn arrange(
    ways: impl Fn(&[BoardRect]) -> Vec<[f64; 2]>,
    editor: &mut Editor,
    update: &mut Update<'_>,
) {
    let selection = editor.selection();
    let all = selection.units(update.board);
    let units = units::movable(update.board, all, &selection.ids);
    let rects: Vec<BoardRect> = units.iter().map(|(_, rect)| *rect).collect();
    let mut ops = Vec::new();
    for ((unit, _), by) in units.into_iter().zip(ways(&rects)) {
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
