//! What is measured: a row is an action on a board of so many strokes.

/// What a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Opens the board with all of it in view.
    OpenAll,
    /// Opens the board at 100 %.
    Open,
    /// Moves the view, with the whole board in it.
    Pan,
    /// Zooms in and out, with the whole board in view.
    Zoom,
    /// Drags all strokes, lets go, takes that back, deletes all and takes that back.
    Select,
    /// Looks at the whole board while others draw.
    Watch,
    /// Draws a stroke at 100 %.
    Draw,
}

/// An action on a board of so many strokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) action: Action,
    pub(crate) strokes: usize,
}

/// Strokes of the board whose strokes are all selected.
pub(crate) const SELECTED: usize = 10_000;

/// The rows for boards of these numbers of strokes.
pub(crate) fn all(strokes: &[usize]) -> Vec<Row> {
    let row = |action, strokes| Row { action, strokes };
    let each = [Action::OpenAll, Action::Open, Action::Pan, Action::Zoom];
    let mut rows: Vec<Row> = each
        .into_iter()
        .flat_map(|action| strokes.iter().map(move |strokes| row(action, *strokes)))
        .collect();
    rows.push(row(Action::Select, SELECTED));
    if let Some(first) = strokes.first() {
        rows.push(row(Action::Watch, *first));
        rows.push(row(Action::Draw, *first));
    }
    rows
}

/// The numbers of strokes of all boards.
pub(crate) fn boards(strokes: &[usize]) -> Vec<usize> {
    let mut all = [strokes, &[SELECTED]].concat();
    all.sort_unstable();
    all.dedup();
    all
}

impl Row {
    /// Its name in the table.
    pub(crate) fn name(&self) -> String {
        let action = match self.action {
            Action::OpenAll => "open, all in view",
            Action::Open => "open at 100 %",
            Action::Pan => "pan, all in view",
            Action::Zoom => "zoom, all in view",
            Action::Select => "all selected",
            Action::Watch => "20 people draw",
            Action::Draw => "draw at 100 %",
        };
        format!("{action}, {}", self.strokes)
    }

    /// The names of its figures.
    pub(crate) const fn figures(&self) -> &'static [&'static str] {
        match self.action {
            Action::OpenAll | Action::Open => {
                &["first ink", "complete", "longest task", "cpu", "memory MB"]
            }
            Action::Pan | Action::Zoom => &["frame p50", "frame p95", "cpu/frame"],
            Action::Select => &[
                "drag p50",
                "drag p95",
                "drag cpu/frame",
                "let go",
                "task",
                "undo",
                "task",
                "delete",
                "task",
                "undo delete",
                "task",
                "memory MB",
            ],
            Action::Watch => &[
                "frame p50",
                "frame p95",
                "long tasks",
                "ms in them",
                "cpu share",
            ],
            Action::Draw => &["ink p50", "ink p95"],
        }
    }
}
