//! How a diagram is drawn, and what comes of it.

use std::collections::HashMap;

use shared::geometry::{BoardPoint, BoardRect};
use shared::id::{ClientId, ElementId};
use shared::model::{NewElement, OrderKey};
use shared::typeset::Measures;

/// Where and how a diagram is drawn.
#[derive(Clone, Debug)]
pub struct Options {
    /// The middle of the diagram.
    pub centre: BoardPoint,
    /// Board units of one pixel of the diagram: 1 divided by the zoom of a view, or 1.
    pub scale: f64,
    /// The topmost element of the board, above which the diagram lies.
    pub above: Option<OrderKey>,
    /// The author of the texts.
    pub author: ClientId,
    /// The name with which sticky notes are signed.
    pub signed: String,
    /// Widths of the pieces of the texts that system fonts draw.
    pub measures: Measures,
}

/// A drawn diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct Elements {
    /// The elements, from the lowest to the topmost.
    pub elements: Vec<NewElement>,
    /// The rectangle that they cover.
    pub bounds: BoardRect,
    /// The id of the shape for each key of a node or a participant.
    pub ids: HashMap<String, ElementId>,
}

impl Default for Options {
    /// Around the origin of an empty board.
    fn default() -> Self {
        Self {
            centre: BoardPoint::default(),
            scale: 1.0,
            above: None,
            author: ClientId::from_bytes([0; 16]),
            signed: String::new(),
            measures: Measures::default(),
        }
    }
}
