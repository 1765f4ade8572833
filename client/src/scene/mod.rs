//! The scene that the session hands to the canvas: the board and all that lies above it at one
//! moment, and the damage: the parts of the scene that changed.
//!
//! This is plain data. How it is painted is up to the canvas.

mod damage;

use std::collections::BTreeSet;

use editor::{Camera, Index, Overlay, OwnInk};
use shared::id::{ClientId, ElementId, Millis};
use shared::model::Board;
use shared::model::palette::Theme;
use shared::sync::Presence;

use crate::pictures::Pictures;
pub(crate) use damage::{Damage, TileImpact};

/// The board and everything above it at one moment, for the canvas to paint.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    /// The board.
    pub(crate) board: &'a Board,
    /// The positions of its elements.
    pub(crate) index: &'a Index,
    /// The pictures of images.
    pub(crate) pictures: &'a Pictures,
    /// The visible part of the board.
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
    /// Whether a large change is being made, a part in each frame.
    pub(crate) is_committing: bool,
    /// The theme to paint in.
    pub(crate) theme: Theme,
    /// The time on the page's clock.
    pub(crate) now: Millis,
}

/// The part of a [`Scene`] that the minimap needs: the elements, the visible part of the board and the
/// places of others.
#[derive(Debug)]
pub(crate) struct MinimapScene<'a> {
    /// The board.
    pub(crate) board: &'a Board,
    /// The positions of its elements.
    pub(crate) index: &'a Index,
    /// The visible part of the board.
    pub(crate) camera: &'a Camera,
    /// The cursors of other people.
    pub(crate) presence: &'a Presence,
    /// The id of this person.
    pub(crate) me: ClientId,
    /// The theme to paint in.
    pub(crate) theme: Theme,
}
