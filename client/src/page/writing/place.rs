//! Where the text field lies, and how large it is.
//!
//! Pure: from the text and the camera to a style.

use editor::{Camera, TypingView};
use shared::model::Align;
use shared::typeset::LINE_HEIGHT;

/// Phones zoom the whole page in on a field with smaller letters, in CSS pixels.
const LEAST_FONT_PX: f64 = 16.0;
/// Room beside the text in CSS pixels.
const HAIR_PX: f64 = 1.0;
/// Where the field lies on the screen.
pub(super) fn place(view: &TypingView, camera: &Camera) -> String {
    let at = camera.to_screen(view.rect.origin().into());
    // The field is laid out with letters that are large enough, then made smaller.
    let size = (view.size * camera.zoom()).max(LEAST_FONT_PX);
    let per_unit = size / view.size;
    let scale = camera.zoom() / per_unit;
    let (width, height) = (view.rect.width() * per_unit, view.rect.height() * per_unit);
    let align = match view.align {
        Align::Start => "start",
        Align::Center => "center",
        Align::End => "end",
    };
    let families = view.font.families();
    // Sums of widths are not exact: a line that just fits must not be broken.
    let width = width + HAIR_PX / scale;
    let space = if view.wraps { "pre-wrap" } else { "pre" };
    let deep = height + size;
    let (x, y, angle) = (at.x, at.y, view.angle);
    let (middle_x, middle_y) = (width / 2.0, height / 2.0);
    [
        format!("left:{x}px;top:{y}px;width:{width}px;height:{deep}px;"),
        format!("font:{size}px/{LINE_HEIGHT} {families};text-align:{align};white-space:{space};"),
        "transform-origin:0 0;".to_owned(),
        format!("transform:scale({scale}) translate({middle_x}px,{middle_y}px) "),
        format!("rotate({angle}rad) translate(-{middle_x}px,-{middle_y}px)"),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use editor::ScreenSize;
    use shared::geometry::BoardRect;
    use shared::id::ElementId;
    use shared::model::Font;

    use super::*;

    fn placed(zoom: f64) -> String {
        let size = ScreenSize::new(800.0, 600.0);
        let camera = Camera::new(size).zoomed_about(size.middle(), zoom);
        let view = TypingView {
            id: ElementId::from_bytes([1; 16]),
            is_name: false,
            value: String::new(),
            range: (0, 0),
            backward: false,
            version: 1,
            rect: BoardRect::new(0.0, 0.0, 100.0, 50.0),
            angle: 0.0,
            font: Font::default(),
            size: 20.0,
            align: Align::Start,
            wraps: true,
        };
        place(&view, &camera)
    }

    #[test]
    fn letters_of_the_field_are_never_so_small_that_a_phone_zooms_in() {
        let near = placed(2.0);
        assert!(near.contains("width:201px;") && near.contains("font:40px/"));
        assert!(near.contains("scale(1)"), "{near}");
        // Twice as wide as it looks, and shown at half its size.
        let far = placed(0.4);
        assert!(
            far.contains("width:82px;") && far.contains("font:16px/"),
            "{far}"
        );
        assert!(far.contains("scale(0.5)"), "{far}");
    }
}
