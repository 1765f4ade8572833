//! What is measured: a row is an action on a board of so many strokes.

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// A person opens the board with all of it in view.
    OpenAll,
    /// A person opens the board at 100 %.
    Open,
    /// A person moves the view, with the whole board in it.
    Pan,
    /// A person zooms in and out, with the whole board in view.
    Zoom,
    /// A person drags all strokes, lets go, takes that back, deletes all and takes that back.
    Select,
    /// A person looks at the whole board while others draw.
    Watch,
    /// A person draws strokes at 100 %.
    Draw,
    /// A person draws on an empty board, and another one watches who is at another server.
    DrawForOther,
    /// A client without a page joins the board.
    Join,
    /// Nothing: the server with all boards is looked at.
    Server,
}

/// An action on a board of so many strokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) action: Action,
    /// Strokes of the board, or of all boards together.
    pub(crate) strokes: usize,
}

/// Strokes of the board whose strokes are all selected.
pub(crate) const SELECTED: usize = 10_000;

/// The rows for boards of these numbers of strokes.
pub(crate) fn all(strokes: &[usize]) -> Vec<Row> {
    let row = |action, strokes| Row { action, strokes };
    let each = [
        Action::OpenAll,
        Action::Open,
        Action::Pan,
        Action::Zoom,
        Action::Join,
    ];
    let mut rows: Vec<Row> = each
        .into_iter()
        .flat_map(|action| strokes.iter().map(move |strokes| row(action, *strokes)))
        .collect();
    rows.push(row(Action::Select, SELECTED));
    if let Some(first) = strokes.first() {
        rows.push(row(Action::Watch, *first));
        rows.push(row(Action::Draw, *first));
    }
    rows.push(row(Action::DrawForOther, 0));
    rows.push(row(Action::Server, 0));
    rows
}

impl Action {
    /// Whether the floor page can do it.
    pub(crate) const fn is_only_drawing(self) -> bool {
        match self {
            Self::OpenAll | Self::Open | Self::Pan | Self::Zoom | Self::Draw => true,
            Self::Select | Self::Watch | Self::DrawForOther | Self::Join | Self::Server => false,
        }
    }
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
            Action::DrawForOther => return "draw, page of another server".to_owned(),
            Action::Join => "join without a page",
            Action::Server => return "server, all boards".to_owned(),
        };
        format!("{action}, {}", self.strokes)
    }

    /// The names of its figures.
    pub(crate) const fn figures(&self) -> &'static [&'static str] {
        match self.action {
            Action::OpenAll | Action::Open => {
                &["first ink", "complete", "longest task", "cpu", "memory MB"]
            }
            Action::Pan | Action::Zoom => &["frame p50", "frame p95", "cpu/frame", "memory MB"],
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
            Action::Draw => &["ink p50", "ink p95", "marks lost"],
            Action::DrawForOther => &[
                "ink p50",
                "ink p95",
                "marks lost",
                "bytes sent/move",
                "bytes received/move",
            ],
            Action::Join => &["time", "received kB"],
            Action::Server => &["memory filled MB", "memory used MB"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_a_name_of_its_own() {
        let rows = all(&[5, 6]);
        let mut names: Vec<String> = rows.iter().map(Row::name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), rows.len());
    }
}
