//! What the canvas may see of a session.
//!
//! Knows nothing but types.

use std::collections::BTreeSet;

use editor::{Camera, Index, OwnInk};
use shared::id::{ClientId, ElementId};
use shared::model::Board;
use shared::model::palette::Theme;
use shared::sync::{Change, Peers};

/// Everything that can be painted, as it is now.
#[derive(Debug)]
pub struct View<'a> {
    /// The board.
    pub board: &'a Board,
    /// Where its elements are.
    pub index: &'a Index,
    /// What part of it is seen.
    pub camera: &'a Camera,
    /// One's own ink that is being drawn.
    pub own_ink: Option<OwnInk<'a>>,
    /// What others do right now.
    pub peers: &'a Peers,
    /// Who this person is.
    pub me: ClientId,
    /// Elements that the eraser has touched and that go when it is lifted.
    pub erasing: &'a BTreeSet<ElementId>,
    /// In which look to paint.
    pub theme: Theme,
}

/// What must be painted again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Damage {
    /// The whole board is another one.
    pub everything: bool,
    /// Elements that changed, in order.
    pub changes: Vec<Change>,
    /// The camera moved.
    pub camera: bool,
    /// Ink in progress, cursors or what is being erased changed.
    pub live: bool,
}

/// Changes that are worth telling one by one. A page in the background paints no
/// frames, and what gathers there is cheaper to paint as a whole.
const MOST_CHANGES: usize = 2_000;

impl Damage {
    /// Notes changed elements.
    pub fn add(&mut self, changes: Vec<Change>) {
        self.changes.extend(changes);
        if self.changes.len() > MOST_CHANGES {
            self.changes.clear();
            self.everything = true;
        }
    }
}
