//! The frames of a board, found once for a request.

use std::sync::Arc;

use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::model::layout::topmost_frame;
use shared::model::{Board, Body, Element};

/// The frames of a board.
#[derive(Debug)]
pub(crate) struct Frames<'a>(Vec<&'a Element>);

impl<'a> Frames<'a> {
    pub(crate) fn of(board: &'a Board) -> Self {
        let all = board.elements().map(Arc::as_ref);
        let frames = all.filter(|element| matches!(element.body, Body::Frame));
        Self(frames.collect())
    }

    /// The topmost frame at a place, without locked frames and those for which `except` is true.
    pub(crate) fn at(
        &self,
        at: BoardPoint,
        except: &dyn Fn(ElementId) -> bool,
    ) -> Option<ElementId> {
        topmost_frame(self.0.iter().copied(), at, except)
    }
}
