//! What the session hands to the canvas: the board at one moment, and what changed on it.
//!
//! These are plain descriptions. They say nothing about how anything is painted.

mod damage;

use std::collections::BTreeSet;

use editor::{Camera, Index, Overlay, OwnInk};
use shared::id::{ClientId, ElementId, Millis};
use shared::model::Board;
use shared::model::palette::Theme;
use shared::sync::Presence;

pub(crate) use damage::{Damage, TileImpact};

/// The board and everything above it at one moment.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    /// The board.
    pub(crate) board: &'a Board,
    /// Where its elements are.
    pub(crate) index: &'a Index,
    /// Which part of the board is visible.
    pub(crate) camera: &'a Camera,
    /// The stroke that this person is drawing.
    pub(crate) own_ink: Option<OwnInk<'a>>,
    /// Strokes, cursors, selections and drags of other people.
    pub(crate) presence: &'a Presence,
    /// The id of this person.
    pub(crate) me: ClientId,
    /// Elements that the eraser has touched. They are deleted when the eraser is lifted.
    pub(crate) erasing: &'a BTreeSet<ElementId>,
    /// What the tools show above the board.
    pub(crate) overlay: Overlay,
    /// Whether the snapping grid is visible.
    pub(crate) has_grid: bool,
    /// The theme to paint in.
    pub(crate) theme: Theme,
    /// The time on the page's clock.
    pub(crate) now: Millis,
}

/// Where the elements are and which part is visible: the part of a [`Frame`] that the
/// minimap needs.
#[derive(Debug)]
pub(crate) struct BoardMap<'a> {
    /// The board.
    pub(crate) board: &'a Board,
    /// Where its elements are.
    pub(crate) index: &'a Index,
    /// Which part of the board is visible.
    pub(crate) camera: &'a Camera,
    /// The theme to paint in.
    pub(crate) theme: Theme,
}
