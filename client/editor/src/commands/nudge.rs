//! Moving the selection by arrow keys. With nothing selected, they move the view.

use shared::model::{Transform, affected};
use shared::op::Op;

use super::command::Section;
use crate::document::affected_elements;
use crate::document::history::RepeatableChange;
use crate::editor::Editor;
use crate::tools::select::{can_crop, nudged, selection_box};
use crate::update::Update;
use crate::view::{ScreenVec, grid};

/// How far a key moves the selection, in CSS pixels.
const NUDGE_PX: f64 = 1.0;
const FAR_NUDGE_PX: f64 = 10.0;
/// How many lines of the grid a far nudge moves, while the grid is shown.
const FAR_NUDGE_LINES: f64 = 5.0;
/// The tolerance for a corner on a line of the grid, as a fraction of the step.
const ON_LINE_TOLERANCE: f64 = 1e-3;
/// How far a key moves the view, in CSS pixels.
const PAN_PX: f64 = 60.0;
const FAR_PAN_PX: f64 = 300.0;

commands! { Section::Arrange;
    /// Moves the selection left; with nothing selected, the view.
    NUDGE_LEFT {
        label: "Move left",
        keys: &["ArrowLeft"],
        run: |editor, update| nudge(Nudge::short(-1, 0), editor, update),
    }
    /// Moves the selection right; with nothing selected, the view.
    NUDGE_RIGHT {
        label: "Move right",
        keys: &["ArrowRight"],
        run: |editor, update| nudge(Nudge::short(1, 0), editor, update),
    }
    /// Moves the selection up; with nothing selected, the view.
    NUDGE_UP {
        label: "Move up",
        keys: &["ArrowUp"],
        run: |editor, update| nudge(Nudge::short(0, -1), editor, update),
    }
    /// Moves the selection down; with nothing selected, the view.
    NUDGE_DOWN {
        label: "Move down",
        keys: &["ArrowDown"],
        run: |editor, update| nudge(Nudge::short(0, 1), editor, update),
    }
    /// Moves the selection far left; with nothing selected, the view.
    NUDGE_FAR_LEFT {
        label: "Move far left",
        section: None,
        keys: &["Shift+ArrowLeft"],
        run: |editor, update| nudge(Nudge::far(-1, 0), editor, update),
    }
    /// Moves the selection far right; with nothing selected, the view.
    NUDGE_FAR_RIGHT {
        label: "Move far right",
        section: None,
        keys: &["Shift+ArrowRight"],
        run: |editor, update| nudge(Nudge::far(1, 0), editor, update),
    }
    /// Moves the selection far up; with nothing selected, the view.
    NUDGE_FAR_UP {
        label: "Move far up",
        section: None,
        keys: &["Shift+ArrowUp"],
        run: |editor, update| nudge(Nudge::far(0, -1), editor, update),
    }
    /// Moves the selection far down; with nothing selected, the view.
    NUDGE_FAR_DOWN {
        label: "Move far down",
        section: None,
        keys: &["Shift+ArrowDown"],
        run: |editor, update| nudge(Nudge::far(0, 1), editor, update),
    }
}

/// A move by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Nudge {
    /// -1 left, 1 right.
    x: i8,
    /// -1 up, 1 down.
    y: i8,
    /// Ten times as far; five lines instead of one while the grid is shown.
    far: bool,
}

impl Nudge {
    const fn short(x: i8, y: i8) -> Self {
        Self { x, y, far: false }
    }

    const fn far(x: i8, y: i8) -> Self {
        Self { x, y, far: true }
    }
}

/// Moves the selection; with nothing selected, the view the same way.
fn nudge(nudge: Nudge, editor: &mut Editor, update: &mut Update<'_>) {
    let (x, y) = (f64::from(nudge.x), f64::from(nudge.y));
    if editor.selection().is_empty() || !update.may_edit() {
        let px = if nudge.far { FAR_PAN_PX } else { PAN_PX };
        // The content moves in the opposite direction.
        let by = ScreenVec::new(-x * px, -y * px);
        return editor.view.pan(by, update);
    }
    if let Some(ops) = cropping_ops(nudge, editor, update) {
        let selection = editor.document.selection();
        return editor
            .history
            .repeat(RepeatableChange::Crop, selection, ops, update);
    }
    let by = Transform::Move(if editor.prefs().grid {
        along_grid(nudge, editor, update)
    } else {
        let px = if nudge.far { FAR_NUDGE_PX } else { NUDGE_PX };
        let length = editor.camera().board_length(px);
        [x * length, y * length]
    });
    let affected = affected::affected(update.board, &editor.selection().ids);
    let ops = affected_elements::ops(update.board, editor.index(), &affected, &by);
    let selection = editor.document.selection();
    editor
        .history
        .repeat(RepeatableChange::Nudge, selection, ops, update);
}

/// While an image is cropped, a short move moves the picture behind it, and a far one the right
/// and lower edges.
fn cropping_ops(nudge: Nudge, editor: &Editor, update: &Update<'_>) -> Option<Vec<Op>> {
    let id = editor.document.cropping()?;
    let image = update.board.get(id).filter(|image| can_crop(image))?;
    let length = editor.camera().board_length(FAR_NUDGE_PX);
    let way = [f64::from(nudge.x) * length, f64::from(nudge.y) * length];
    let props = nudged(image, way, nudge.far).into_iter();
    let changed = props.filter(|prop| image.props.get(prop.key()) != *prop);
    Some(changed.map(|prop| Op::Set { id, prop }).collect())
}

/// The way from the upper left corner of the selection to the next grid line, or five lines
/// further.
fn along_grid(nudge: Nudge, editor: &Editor, update: &Update<'_>) -> [f64; 2] {
    let ctx = editor.tool_ctx(editor.tool(), update.now, update.board);
    let step = grid::step(editor.camera().zoom());
    let lines = if nudge.far { FAR_NUDGE_LINES } else { 1.0 };
    let corner = selection_box(&ctx).map(|it| it.upright().origin());
    let way = |at: f64, toward: i8| {
        // A corner is hardly ever exactly on a line.
        let line = at / step;
        let next = match toward {
            0 => return 0.0,
            1.. => (line + ON_LINE_TOLERANCE).floor() + lines,
            _ => (line - ON_LINE_TOLERANCE).ceil() - lines,
        };
        next * step - at
    };
    corner.map_or([0.0, 0.0], |at| [way(at.x, nudge.x), way(at.y, nudge.y)])
}
