//! The history of the board: who drew something, undoing the work of a person, clearing the board and
//! bringing back what it had. The code is in the chunk (`chunk`).

mod cleared;
mod origins;
mod undo_work;

pub(super) use cleared::ClearBoard;
pub(super) use origins::Origins;
pub(super) use undo_work::UndoWork;
