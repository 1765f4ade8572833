//! Cropping an image: while it is cropped, handles on its box choose the part of the picture that
//! the box shows, and a drag inside moves the picture behind the box.
//!
//! Rectangles are in the coordinates of the image's box before it is turned.

use kurbo::{Affine, Point, Rect, Vec2};
use shared::limits::MIN_CROP;
use shared::model::{Body, Crop, Element, NewElement, Prop};

use super::handles::only;
use super::stretch::Side;
use crate::tools::context::ToolCtx;

/// The image that the user crops, if they do.
pub(super) fn cropped<'a>(ctx: &ToolCtx<'a>) -> Option<&'a Element> {
    let id = ctx.cropping?;
    only(ctx.board, ctx.selection).filter(|element| element.id == id && can_crop(element))
}

/// Whether an element shows a picture that can be cropped.
pub(crate) fn can_crop(element: &Element) -> bool {
    let has_picture = matches!(element.body, Body::Image) && element.props.picture().is_some();
    let [width, height] = element.props.size();
    has_picture && !element.props.locked() && width > 0.0 && height > 0.0
}

fn box_of(element: &Element) -> Rect {
    let [width, height] = element.props.size().map(f64::from);
    Rect::from_origin_size(element.props.at, (width, height))
}

/// The crop as it lies in the box: on the other side if the image is mirrored.
fn shown(element: &Element) -> Rect {
    mirrored(element.props.crop().rect(), element)
}

fn mirrored(crop: Rect, element: &Element) -> Rect {
    let [x, y] = element.props.scale();
    let (x0, x1) = if x < 0.0 {
        (1.0 - crop.x1, 1.0 - crop.x0)
    } else {
        (crop.x0, crop.x1)
    };
    let (y0, y1) = if y < 0.0 {
        (1.0 - crop.y1, 1.0 - crop.y0)
    } else {
        (crop.y0, crop.y1)
    };
    Rect::new(x0, y0, x1, y1)
}

/// Where the whole picture would be.
fn whole(element: &Element) -> Rect {
    let (rect, part) = (box_of(element), shown(element));
    let (width, height) = (rect.width() / part.width(), rect.height() / part.height());
    let origin = rect.origin() - Vec2::new(part.x0 * width, part.y0 * height);
    Rect::from_origin_size(origin, (width, height))
}

/// The image with all of its picture, to be shown behind the part that it shows.
pub(super) fn with_whole_picture(element: &Element) -> NewElement {
    let mut new = element.to_new();
    let changes = to_part(element, whole(element));
    changes.into_iter().for_each(|prop| new.props.set(prop));
    new.props.set(Prop::Frame(None));
    new.props.set(Prop::Corner(0.0));
    new
}

/// The properties by which an image shows this part of its picture, where the part lies now.
fn to_part(element: &Element, part: Rect) -> Vec<Prop> {
    let whole = whole(element);
    let fractions = Affine::scale_non_uniform(1.0 / whole.width(), 1.0 / whole.height())
        * Affine::translate(-whole.origin().to_vec2());
    let crop = mirrored(fractions.transform_rect_bbox(part), element);
    let turn = turn(element);
    // The box turns about its middle, which moves with the part.
    let middle = turn * part.center();
    let corner = middle - part.size().to_vec2() / 2.0;
    vec![
        Prop::Crop(rounded(crop)),
        Prop::Size([part.width() as f32, part.height() as f32]),
        Prop::At(corner.into()),
    ]
}

/// From the coordinates of the box to the board.
fn turn(element: &Element) -> Affine {
    Affine::rotate_about(f64::from(element.props.angle()), box_of(element).center())
}

/// A crop within the limits of the board.
fn rounded(crop: Rect) -> Crop {
    let edges = |low: f64, high: f64| {
        let low = (low as f32).clamp(0.0, 1.0 - MIN_CROP);
        (low, (high as f32).clamp(low + MIN_CROP, 1.0))
    };
    let ((left, right), (top, bottom)) = (edges(crop.x0, crop.x1), edges(crop.y0, crop.y1));
    Crop {
        left,
        top,
        right,
        bottom,
    }
}

/// The change of a drag from one place on the board to another, by a handle of the crop.
pub(super) fn stretched(
    element: &Element,
    side: Side,
    (from, to): (Point, Point),
    least: f64,
) -> Vec<Prop> {
    let way = own_way(element, from, to);
    let (rect, whole) = (box_of(element), whole(element));
    let axis = |side: i8, (low, high): (f64, f64), (first, last): (f64, f64), way: f64| {
        // An image that is smaller already does not jump.
        let least = least
            .min(high - low)
            .max((last - first) * f64::from(MIN_CROP));
        match side {
            -1 => ((low + way).clamp(first, (high - least).max(first)), high),
            1 => (low, (high + way).clamp((low + least).min(last), last)),
            _ => (low, high),
        }
    };
    let (x0, x1) = axis(side.x, (rect.x0, rect.x1), (whole.x0, whole.x1), way.x);
    let (y0, y1) = axis(side.y, (rect.y0, rect.y1), (whole.y0, whole.y1), way.y);
    to_part(element, Rect::new(x0, y0, x1, y1))
}

/// The change of a drag that moves the picture behind the box. It does not move beyond its edges.
pub(super) fn panned(element: &Element, (from, to): (Point, Point)) -> Vec<Prop> {
    moved_within(element, own_way(element, from, to))
}

fn moved_within(element: &Element, way: Vec2) -> Vec<Prop> {
    let (rect, whole) = (box_of(element), whole(element));
    let by = Vec2::new(
        way.x.clamp(
            rect.x1 - whole.x1,
            (rect.x0 - whole.x0).max(rect.x1 - whole.x1),
        ),
        way.y.clamp(
            rect.y1 - whole.y1,
            (rect.y0 - whole.y0).max(rect.y1 - whole.y1),
        ),
    );
    let mut props = to_part(element, rect - by);
    // Only the picture moves.
    props.retain(|prop| matches!(prop, Prop::Crop(_)));
    props
}

/// The change of an arrow key while an image is cropped: the picture moves behind the box, or the
/// right and lower edges of the box move over the picture.
pub(crate) fn nudged(element: &Element, [x, y]: [f64; 2], moves_edges: bool) -> Vec<Prop> {
    if !moves_edges {
        return moved_within(element, Vec2::new(x, y));
    }
    let to = Affine::rotate(f64::from(element.props.angle())) * Point::new(x, y);
    let side = Side {
        x: i8::from(x != 0.0),
        y: i8::from(y != 0.0),
    };
    stretched(element, side, (Point::ORIGIN, to), 0.0)
}

/// A way on the board in the directions of the box.
fn own_way(element: &Element, from: Point, to: Point) -> Vec2 {
    let turned = Affine::rotate(-f64::from(element.props.angle()));
    (turned * (to - from).to_point()).to_vec2()
}
