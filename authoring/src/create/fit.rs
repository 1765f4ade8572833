//! Sizes of new boxes: as the tools of the editor make them, and large enough for their texts.

use kurbo::Size;
use shared::model::layout::box_size;
use shared::model::prop::DEFAULT_TEXT_SIZE;
use shared::model::{Body, Element, Prop};

use super::entry::Entry;

/// The widths of shapes that are tried, from that of the editor on. The last one is as wide as some
/// sentences; a shape with more text becomes higher.
const SHAPE_WIDTHS: [f64; 9] = [
    120.0, 160.0, 200.0, 240.0, 320.0, 400.0, 480.0, 640.0, 800.0,
];
/// The height of a shape as a part of its width.
const SHAPE_HEIGHT: f64 = 2.0 / 3.0;
/// The sides of sticky notes that are tried, from that of the editor on.
const STICKY_SIDES: [f64; 4] = [200.0, 260.0, 320.0, 400.0];
/// A text without a size wraps at this width, at the default text size: lines of some 50 letters.
const TEXT_WRAP: f64 = 600.0;
/// The longer side of an image without a size at most: a part of a screen.
const IMAGE_SIDE: f64 = 480.0;
/// Radius of round corners, and as a share of the shorter side, as in the editor.
const CORNER: f64 = 16.0;
const CORNER_SHARE: f64 = 0.25;

/// Gives a box without a size one that fits its text, and a shape round corners.
pub(super) fn fit(element: &mut Element, entry: &Entry) {
    match &element.body {
        Body::Shape(_) => {
            let tried = SHAPE_WIDTHS.map(|width| Size::new(width, (width * SHAPE_HEIGHT).round()));
            if entry.has_size {
                round(element, entry);
            } else {
                first_fitting(element, entry, &tried);
            }
        }
        Body::Sticky { .. } if !entry.has_size => {
            let tried = STICKY_SIDES.map(|side| Size::new(side, side));
            first_fitting(element, entry, &tried);
        }
        Body::Text if !entry.has_size => wrap(element),
        Body::Image if !entry.has_size => {
            let size = image_size(element);
            set_size(element, size);
        }
        Body::Sticky { .. }
        | Body::Text
        | Body::Image
        | Body::Stroke(_)
        | Body::Line
        | Body::Frame
        | Body::Path(_) => {}
    }
}

/// Takes the first size in which the text has room, or lets the last one grow.
fn first_fitting(element: &mut Element, entry: &Entry, tried: &[Size]) {
    for size in tried {
        set_size(element, *size);
        round(element, entry);
        let shown = box_size(element);
        if shown.width <= size.width && shown.height <= size.height {
            return;
        }
    }
    let shown = box_size(element).ceil();
    set_size(element, shown);
    round(element, entry);
}

/// Rounds the corners of a shape, unless the entry says how.
fn round(element: &mut Element, entry: &Entry) {
    if matches!(element.body, Body::Shape(_)) && !entry.has_corner {
        let [width, height] = element.props.size().map(f64::from);
        let corner = CORNER.min(width.min(height) * CORNER_SHARE);
        element.props.set(Prop::Corner(corner as f32));
    }
}

/// Lets the lines of a long text break.
fn wrap(element: &mut Element) {
    let widest = TEXT_WRAP * f64::from(element.props.text_size() / DEFAULT_TEXT_SIZE);
    if box_size(element).width > widest {
        set_size(element, Size::new(widest, 0.0));
    }
}

/// The size of an image: that of the shown part of its picture, made smaller if it is large.
fn image_size(element: &Element) -> Size {
    let Some(picture) = element.props.picture() else {
        let [width, ..] = SHAPE_WIDTHS;
        return Size::new(width, (width * SHAPE_HEIGHT).round());
    };
    let crop = element.props.crop();
    let shown = Size::new(
        f64::from(picture.width) * f64::from(crop.right - crop.left),
        f64::from(picture.height) * f64::from(crop.bottom - crop.top),
    );
    let scale = (IMAGE_SIDE / shown.max_side()).min(1.0);
    (shown * scale).round().expand()
}

fn set_size(element: &mut Element, size: Size) {
    let size = [size.width as f32, size.height as f32];
    element.props.set(Prop::Size(size));
}
