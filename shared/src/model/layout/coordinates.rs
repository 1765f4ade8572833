//! Local coordinates of elements, and their map to the board.

use kurbo::{Affine, Point, Size};

use crate::geometry::BoardRect;
use crate::model::element::{Body, Element};
use crate::model::text_layout::{box_size, overhang};

/// Maps local coordinates of an element to board coordinates. A box has its upper left corner at
/// the origin and is rotated about its middle. A stroke is scaled and rotated about the origin of
/// its points.
#[must_use]
pub fn local_to_board(element: &Element) -> Affine {
    let at = Point::from(element.props.at).to_vec2();
    let angle = f64::from(element.props.angle());
    match &element.body {
        Body::Stroke(_) => {
            let [x, y] = element.props.scale();
            Affine::translate(at)
                * Affine::rotate(angle)
                * Affine::scale_non_uniform(f64::from(x), f64::from(y))
        }
        Body::Line => Affine::translate(at),
        // Without rotation only the size of a written shape matters, so other texts are not laid out.
        Body::Text | Body::Sticky { .. } | Body::Frame | Body::Path(_) | Body::Image
            if angle == 0.0 =>
        {
            Affine::translate(at)
        }
        Body::Shape(_)
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => box_to_board(element, box_size(element)),
    }
}

/// The same for a box of known size.
pub(super) fn box_to_board(element: &Element, size: Size) -> Affine {
    let corner = box_corner(element, size).to_vec2();
    let middle = (size / 2.0).to_vec2().to_point();
    Affine::translate(corner) * Affine::rotate_about(f64::from(element.props.angle()), middle)
}

/// The upper left corner on the board of an unrotated box that is shown with a given size.
pub(super) fn box_corner(element: &Element, shown: Size) -> Point {
    Point::from(element.props.at) - overhang(element, shown)
}

/// The bounds of a path, or a slightly larger rectangle if it is curved.
pub(super) fn bounds_of_path(path: &kurbo::BezPath) -> BoardRect {
    if path.elements().is_empty() {
        BoardRect::ZERO
    } else {
        path.control_box()
    }
}
