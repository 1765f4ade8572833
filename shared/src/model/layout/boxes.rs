//! Geometry of boxes: shapes, texts, sticky notes, frames, paths and images.

use kurbo::{Affine, BezPath, Point, Shape as _, Size, Vec2};

use super::coordinates::{bounds_of_path, box_to_board};
use super::labels::frame_name_box;
use crate::geometry::polyline::{self, Polylines};
use crate::geometry::route::rounded_polygon;
use crate::geometry::{BoardPoint, BoardRect};
use crate::model::appearance::Filling;
use crate::model::element::{Body, Element, Outline};
use crate::model::text_layout::{TextLayout, text_layout};

/// Extent of a sticky note's shadow, as a part of the note's width.
pub const SHADOW: f64 = 0.04;
/// Width of the line around a frame, as a part of its width property.
pub const FRAME_LINE: f64 = 0.4;
/// Handle length of the Bézier curve that draws a quarter of a circle of radius 1.
const QUARTER_CIRCLE: f64 = 0.552_284_75;
/// Tolerance of flattened outlines, as a part of the box's size.
const OUTLINE_TOLERANCE: f64 = 1.0e-3;
/// Corner radius of a sticky note, as a part of its width.
const STICKY_CORNER: f64 = 0.02;

/// The corners of a rectangle, as the polygon of a rectangular selection.
#[must_use]
pub fn rect_corners(rect: BoardRect) -> [BoardPoint; 4] {
    [
        BoardPoint::new(rect.x0, rect.y0),
        BoardPoint::new(rect.x1, rect.y0),
        BoardPoint::new(rect.x1, rect.y1),
        BoardPoint::new(rect.x0, rect.y1),
    ]
}

/// Whether the inside of the element is transparent: that of a frame, or of a shape without filling
/// and text.
#[must_use]
pub fn is_hollow(element: &Element) -> bool {
    match &element.body {
        Body::Frame => true,
        Body::Shape(_) | Body::Path(_) => {
            element.props.filling() == Filling::None && element.text.is_empty()
        }
        Body::Stroke(_) | Body::Line | Body::Text | Body::Sticky { .. } | Body::Image => false,
    }
}

/// The outline of a box in board coordinates. `None` for strokes and lines.
#[must_use]
pub fn outline_path(element: &Element) -> Option<BezPath> {
    Some(BoxLayout::of(element)?.outline())
}

/// A box together with the layout of its text. Computing it is costly, so callers that need several
/// facts about one box make it once.
#[derive(Clone, Debug)]
pub struct BoxLayout<'a> {
    element: &'a Element,
    /// The size, as large as the text needs.
    pub size: Size,
    /// Maps local coordinates to board coordinates.
    pub to_board: Affine,
    /// The layout of its text. `None` if it has none.
    pub text_layout: Option<TextLayout>,
}

impl<'a> BoxLayout<'a> {
    /// Computes the layout of a box. `None` for strokes and lines.
    #[must_use]
    pub fn of(element: &'a Element) -> Option<Self> {
        if !element.body.is_box() {
            return None;
        }
        let is_written = !element.text.is_empty() || matches!(element.body, Body::Text);
        let text_layout = is_written.then(|| text_layout(element)).flatten();
        let [width, height] = element.props.size().map(f64::from);
        let plain = Size::new(width, height);
        let size = text_layout.as_ref().map_or(plain, |text| text.size);
        Some(Self {
            element,
            size,
            to_board: box_to_board(element, size),
            text_layout,
        })
    }

    /// The element that was laid out.
    #[must_use]
    pub const fn element(&self) -> &'a Element {
        self.element
    }

    /// The outline in board coordinates.
    #[must_use]
    pub fn outline(&self) -> BezPath {
        let local = local_outline(self.element, self.size).unwrap_or_default();
        self.to_board * local
    }

    /// Maps the box to board coordinates as [`Self::to_board`] does, after its content was mirrored.
    #[must_use]
    pub fn mirrored_to_board(&self) -> Affine {
        self.to_board * mirror(self.element, self.size)
    }

    /// The outline as polylines.
    pub(super) fn outline_polylines(&self) -> Polylines {
        let fineness = self.size.width.max(self.size.height) * OUTLINE_TOLERANCE;
        polyline::flatten(&self.outline(), fineness)
    }

    /// The point on the board that is given as parts of the unrotated box's size.
    pub(super) fn point_at(&self, at: [f32; 2]) -> Point {
        let [x, y] = at.map(f64::from);
        self.to_board * Point::new(x * self.size.width, y * self.size.height)
    }

    /// The rectangle that the box and its line cover when painted.
    pub(super) fn bounds(&self) -> BoardRect {
        let around = match &self.element.body {
            // A sticky note has a soft edge, and a frame has a thin line of its own.
            Body::Sticky { .. } => self.size.width * SHADOW,
            Body::Frame => f64::from(self.element.props.width) * FRAME_LINE,
            Body::Stroke(_)
            | Body::Shape(_)
            | Body::Line
            | Body::Text
            | Body::Path(_)
            | Body::Image => half_line_width(self.element),
        };
        let outline = match &self.element.body {
            // Control points of a path may lie far outside.
            Body::Path(_) => self.outline().bounding_box(),
            Body::Stroke(_)
            | Body::Shape(_)
            | Body::Line
            | Body::Text
            | Body::Sticky { .. }
            | Body::Frame
            | Body::Image => bounds_of_path(&self.outline()),
        };
        let own = outline.inflate(around, around);
        match &self.element.body {
            Body::Frame => own.union(frame_name_box(self.element)),
            Body::Stroke(_)
            | Body::Shape(_)
            | Body::Line
            | Body::Text
            | Body::Sticky { .. }
            | Body::Path(_)
            | Body::Image => own,
        }
    }
}

/// The outline in local coordinates.
fn local_outline(element: &Element, size: Size) -> Option<BezPath> {
    let corner = f64::from(element.props.corner());
    match &element.body {
        Body::Stroke(_) | Body::Line => None,
        Body::Shape(Outline::Ellipse) => Some(ellipse(size)),
        Body::Shape(outline @ (Outline::Rectangle | Outline::Diamond | Outline::Triangle)) => {
            Some(rounded_polygon(&outline_corners(*outline, size), corner))
        }
        Body::Text | Body::Frame => Some(rounded_polygon(
            &outline_corners(Outline::Rectangle, size),
            0.0,
        )),
        Body::Image => Some(rounded_polygon(
            &outline_corners(Outline::Rectangle, size),
            corner,
        )),
        Body::Sticky { .. } => Some(rounded_polygon(
            &outline_corners(Outline::Rectangle, size),
            size.width * STICKY_CORNER,
        )),
        Body::Path(path) => Some(mirror(element, size) * path.outline.to_path(size)),
    }
}

/// The map by which the signs of its scale mirror a path or an image within its box.
fn mirror(element: &Element, size: Size) -> Affine {
    let [x, y] = element.props.scale().map(|by| f64::from(by).signum());
    let middle = (size / 2.0).to_vec2();
    Affine::translate(middle) * Affine::scale_non_uniform(x, y) * Affine::translate(-middle)
}

fn outline_corners(outline: Outline, size: Size) -> Vec<Point> {
    let parts: &[(f64, f64)] = match outline {
        // An ellipse has no corners; these are the corners of its box.
        Outline::Rectangle | Outline::Ellipse => &[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
        Outline::Diamond => &[(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)],
        Outline::Triangle => &[(0.5, 0.0), (1.0, 1.0), (0.0, 1.0)],
    };
    parts
        .iter()
        .map(|(x, y)| Point::new(x * size.width, y * size.height))
        .collect()
}

fn ellipse(size: Size) -> BezPath {
    let middle = Point::new(size.width / 2.0, size.height / 2.0);
    let (right, down) = (Vec2::new(middle.x, 0.0), Vec2::new(0.0, middle.y));
    let mut path = BezPath::new();
    path.move_to(middle + right);
    for (from, to) in [
        (right, down),
        (down, -right),
        (-right, -down),
        (-down, right),
    ] {
        path.curve_to(
            middle + from + to * QUARTER_CIRCLE,
            middle + to + from * QUARTER_CIRCLE,
            middle + to,
        );
    }
    path.close_path();
    path
}

/// Half the width of the line around a box.
pub(super) fn half_line_width(element: &Element) -> f64 {
    match &element.body {
        Body::Shape(_) | Body::Path(_) if element.props.outlined() => {
            f64::from(element.props.width) / 2.0
        }
        Body::Shape(_)
        | Body::Path(_)
        | Body::Image
        | Body::Stroke(_)
        | Body::Line
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame => 0.0,
    }
}
