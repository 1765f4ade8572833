//! What the editor shows above the board: handles, guides, what is being made.
//!
//! Plain values in board units; whoever paints them decides how they look. It is
//! made anew for each frame and must not know pixels.

use kurbo::{Affine, BezPath, Point};
use shared::geometry::{BoardPoint, BoardRect};
use shared::id::{ElementId, Millis};
use shared::model::{CutSpan, NewElement, Transform};

/// A frame around what is selected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SelectionBox {
    /// The box before it is turned.
    pub rect: BoardRect,
    /// How it is turned about its middle, clockwise, in radians.
    pub angle: f64,
}

impl SelectionBox {
    /// A place as seen from the box: turned back about its middle.
    #[must_use]
    pub fn to_own(&self, at: BoardPoint) -> BoardPoint {
        (Affine::rotate_about(-self.angle, self.rect.center()) * Point::from(at)).into()
    }

    /// The way back.
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

/// What a handle does when it is dragged.
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
    /// Changes how round the corners are.
    Corner,
}

/// Something that can be dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handle {
    /// What it does.
    pub kind: HandleKind,
    /// Where it is.
    pub at: BoardPoint,
}

/// A line that shows what something keeps to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// One end.
    pub from: BoardPoint,
    /// The other.
    pub to: BoardPoint,
}

/// A point of one's own laser trail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrailPoint {
    /// Where.
    pub at: BoardPoint,
    /// When it was drawn.
    pub since: Millis,
    /// Whether a new trail begins here.
    pub first: bool,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// Selected elements, each to be outlined.
    pub selected: Vec<ElementId>,
    /// What is done to all that is in `lifted` at present; not on the board yet.
    pub transform: Option<Transform>,
    /// What is being moved, stretched or turned: what is selected and what goes along
    /// with it.
    pub lifted: Vec<ElementId>,
    /// The frame around all of them.
    pub frame: Option<SelectionBox>,
    /// What can be dragged.
    pub handles: Vec<Handle>,
    /// The rectangle that selects.
    pub marquee: Option<BoardRect>,
    /// The loop that selects.
    pub lasso: Vec<BoardPoint>,
    /// What something keeps to.
    pub guides: Vec<Guide>,
    /// Elements that are being made or changed; those of ids that are on the board
    /// are shown instead of them.
    pub drafts: Vec<NewElement>,
    /// What is being rubbed out of strokes.
    pub cuts: Vec<(ElementId, Vec<CutSpan>)>,
    /// What a line would hold on to.
    pub target: Option<ElementId>,
    /// Elements found by a search, outlined.
    pub found: Vec<ElementId>,
    /// One's own laser.
    pub trail: Vec<TrailPoint>,
    /// The caret, and marked text behind it, of the text that is typed into.
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
}
