//! The overlay above the board: handles, guides and drafts.
//!
//! It has plain values in board units, made anew for each animation frame.

use std::collections::BTreeSet;
use std::rc::Rc;

use kurbo::{Affine, BezPath, Point};
use shared::geometry::{BoardPoint, BoardRect};
use shared::id::{ElementId, Millis};
use shared::model::{ErasedRange, NewElement, Transform};

/// The box around the selection. It is turned with a single element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SelectionBox {
    /// The box before it is turned.
    pub rect: BoardRect,
    /// How it is turned about its middle, clockwise, in radians.
    pub angle: f64,
}

impl SelectionBox {
    /// From a place on the board to the box's coordinates.
    #[must_use]
    pub fn to_own(&self, at: BoardPoint) -> BoardPoint {
        (Affine::rotate_about(-self.angle, self.rect.center()) * Point::from(at)).into()
    }

    /// From the box's coordinates to the board.
    #[must_use]
    pub fn to_board(&self, at: BoardPoint) -> BoardPoint {
        (Affine::rotate_about(self.angle, self.rect.center()) * Point::from(at)).into()
    }

    /// The smallest upright rectangle around the turned box.
    #[must_use]
    pub fn upright(&self) -> BoardRect {
        Affine::rotate_about(self.angle, self.rect.center()).transform_rect_bbox(self.rect)
    }

    /// Whether a place is in the turned box.
    #[must_use]
    pub fn contains(&self, at: BoardPoint) -> bool {
        let own = self.to_own(at);
        // A flat box of a straight line counts too.
        self.rect.x0 <= own.x
            && own.x <= self.rect.x1
            && self.rect.y0 <= own.y
            && own.y <= self.rect.y1
    }
}

/// The kind of a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandleKind {
    /// Stretches: -1, 0 or 1 for the side horizontally and vertically.
    Stretch {
        /// -1 left, 0 middle, 1 right.
        x: i8,
        /// -1 top, 0 middle, 1 bottom.
        y: i8,
    },
    /// Turns.
    Turn,
    /// Moves a point of a line.
    Point(u16),
    /// Makes a new point of a line between two others.
    Middle(u16),
    /// Moves a segment of an elbow line.
    Segment(u16),
    /// Moves the text of a line along it. The text itself is the handle.
    Text,
    /// Changes the roundness of the corners.
    Corner,
    /// Moves edges of the part of a picture that an image shows: -1, 0 or 1 for the side
    /// horizontally and vertically.
    Crop {
        /// -1 left, 0 middle, 1 right.
        x: i8,
        /// -1 top, 0 middle, 1 bottom.
        y: i8,
    },
    /// Moves the picture of an image that is cropped. The image itself is the handle.
    Picture,
}

/// A handle, which can be dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handle {
    /// Its kind.
    pub kind: HandleKind,
    /// Where it is.
    pub at: BoardPoint,
}

/// A guide: a line that shows what an element snapped to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// One end.
    pub from: BoardPoint,
    /// The other.
    pub to: BoardPoint,
}

/// A point of the own laser trail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrailPoint {
    /// Where.
    pub at: BoardPoint,
    /// When it was drawn.
    pub since: Millis,
    /// Whether a new trail begins here.
    pub first: bool,
}

/// Everything that is shown above the board.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// Selected elements, each to be outlined.
    pub selected: Vec<ElementId>,
    /// The transform of the elements in `transformed`, as a preview; it is not on the board yet.
    pub transform: Option<Transform>,
    /// The elements that are being moved, stretched or turned: the selection and the elements that
    /// move with it. It is the same set in each frame, unless it has other elements.
    pub transformed: Rc<BTreeSet<ElementId>>,
    /// The box around the selection, with the handles.
    pub selection_box: Option<SelectionBox>,
    /// The handles.
    pub handles: Vec<Handle>,
    /// The rectangle that is being drawn to select.
    pub marquee: Option<BoardRect>,
    /// The loop that is being drawn to select.
    pub lasso: Vec<BoardPoint>,
    /// The guides.
    pub guides: Vec<Guide>,
    /// Elements that are being made or changed. They replace elements of the same ids on the board.
    pub drafts: Vec<NewElement>,
    /// The ranges of strokes that are being erased.
    pub erased_ranges: Vec<(ElementId, Vec<ErasedRange>)>,
    /// The image that is cropped, with all of its picture, to be painted pale.
    pub whole_picture: Option<NewElement>,
    /// The element that a line would be bound to.
    pub target: Option<ElementId>,
    /// Elements found by a search, outlined.
    pub found: Vec<ElementId>,
    /// The own laser trail.
    pub trail: Vec<TrailPoint>,
    /// The caret and the marked text of the text that is edited.
    pub caret: Option<CaretView>,
}

/// The caret in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct CaretView {
    /// The text's element.
    pub id: ElementId,
    /// The caret's line from top to bottom; `None` while text is marked.
    pub line: Option<[BoardPoint; 2]>,
    /// The marked text as a shape.
    pub marked: BezPath,
    /// The line below the text that an input method composes.
    pub composed: BezPath,
}
