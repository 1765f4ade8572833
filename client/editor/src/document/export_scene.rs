//! Parts of a board by themselves, to be exported.

use shared::id::ElementId;
use shared::model::layout::bounds;
use shared::model::reading_order::in_rows;
use shared::model::{Board, Body, NewElement, Scope};
use shared::paint::rendering::DEFAULT_PADDING;
use shared::paint::{Rendering, RenderingOptions};

/// A part of a board at one moment. Later changes of the board do not change it.
#[derive(Clone, Debug)]
pub struct ExportScene {
    board: Board,
    scope: Scope,
}

impl ExportScene {
    /// A part of a board; `None` if nothing is in it.
    #[must_use]
    pub fn new(board: &Board, scope: Scope) -> Option<Self> {
        let is_empty = scope.elements(board).is_empty();
        (!is_empty).then(|| Self {
            board: board.clone(),
            scope,
        })
    }

    /// Which part it is.
    #[must_use]
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// A picture of it. One of a frame ends at the edges of the frame; all others have some space
    /// around the elements.
    #[must_use]
    pub fn picture(&self, options: RenderingOptions) -> Rendering<'_> {
        let padding = match self.scope {
            Scope::Frame(_) => 0.0,
            Scope::Board | Scope::Elements(_) => DEFAULT_PADDING,
        };
        let options = RenderingOptions { padding, ..options };
        Rendering::new(&self.board, &self.scope, options)
    }

    /// The elements from the bottom of the stack up, to be written to a file.
    #[must_use]
    pub fn elements(&self) -> Vec<NewElement> {
        self.scope.extract(&self.board)
    }
}

/// The frames of a board in reading order, with their names.
pub(crate) fn frames(board: &Board) -> Vec<(ElementId, String)> {
    let frames = board
        .elements()
        .filter(|element| matches!(element.body, Body::Frame));
    let places = frames.map(|frame| (bounds(board, frame), frame.id));
    in_rows(places.collect())
        .into_iter()
        .filter_map(|id| Some((id, board.get(id)?.props.name())))
        .collect()
}
