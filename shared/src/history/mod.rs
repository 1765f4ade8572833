//! The history of a board, from its whole log: the origin of an element, the board at an earlier position,
//! and the ops that undo the work of one person.
//!
//! A caller passes all commits in the order of the log. Nothing here changes a board: the ops that
//! come out are sent as an ordinary commit.

mod lost;
mod origins;
mod undo_person;

pub use lost::elements_lost_since;
pub use origins::{Change, Origin, Origins};
pub use undo_person::WorkOfPerson;
