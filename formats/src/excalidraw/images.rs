//! Images, and the files of their pictures.

use serde_json::json;
use shared::model::layout::BoxLayout;
use shared::model::{Element, Picture};

use super::base::{drawn, number, set, set_bound};
use super::boxes::rect_of;
use super::drawing::Drawing;
use super::not_kept::NotKept;

/// The beginning of an address that holds a file itself.
const DATA: &str = "data:";

/// An image. A picture whose file is not at hand shows as a placeholder.
pub(super) fn add(element: &Element, drawing: &mut Drawing<'_>) {
    let Some(place) = BoxLayout::of(element) else {
        return;
    };
    let (rect, angle) = rect_of(&place);
    let props = &element.props;
    let mut image = drawn(element, &element.id.to_string(), "image", rect, angle);
    set(&mut image, "scale", json!(props.scale().map(f32::signum)));
    set(&mut image, "status", "saved");
    let mut file = json!(null);
    match props.picture() {
        Some(picture) => {
            add_file(&picture, drawing);
            file = json!(picture.sha256.to_string());
            let part = props.crop().rect();
            let (width, height) = (f64::from(picture.width), f64::from(picture.height));
            if part.area() < 1.0 {
                let crop = json!({
                    "x": number(part.x0 * width),
                    "y": number(part.y0 * height),
                    "width": number(part.width() * width),
                    "height": number(part.height() * height),
                    "naturalWidth": picture.width,
                    "naturalHeight": picture.height,
                });
                set(&mut image, "crop", crop);
            }
        }
        None => drawing.lacks(NotKept::Pictures),
    }
    set(&mut image, "fileId", file);
    if props.corner() > 0.0 {
        let value = number(f64::from(props.corner()));
        set(
            &mut image,
            "roundness",
            json!({ "type": 3, "value": value }),
        );
    }
    if !props.alternative_text().is_empty() {
        drawing.lacks(NotKept::AlternativeTexts);
    }
    set_bound(&mut image, None, drawing.lines_at(element.id));
    drawing.push(image);
}

fn add_file(picture: &Picture, drawing: &mut Drawing<'_>) {
    let id = picture.sha256.to_string();
    if drawing.has_file(&id) {
        return;
    }
    let address = drawing.address(picture);
    let Some(address) = address.filter(|address| address.starts_with(DATA)) else {
        return drawing.lacks(NotKept::Pictures);
    };
    let file = json!({
        "id": id,
        "mimeType": picture.media_type.name(),
        "dataURL": address,
        "created": 1,
    });
    drawing.add_file(id, file);
}
