//! Position and size of the text field, as CSS.

use editor::{Camera, TypingView};
use shared::model::Align;
use shared::typeset::LINE_HEIGHT;

/// The least size of letters in CSS pixels. Phones zoom the whole page when a field has smaller
/// ones.
const MIN_FONT_PX: f64 = 16.0;
/// Extra width of the field in CSS pixels. Sums of widths are not exact, and a line that just
/// fits must not wrap.
const EXTRA_WIDTH_PX: f64 = 1.0;

/// The style of the field for a text and a camera.
pub(super) fn css_placement(view: &TypingView, camera: &Camera) -> String {
    let at = camera.to_screen(view.rect.origin().into());
    // The field has letters of the least size or larger and is scaled down if necessary.
    let size = (view.size * camera.zoom()).max(MIN_FONT_PX);
    let per_unit = size / view.size;
    let scale = camera.zoom() / per_unit;
    let (width, height) = (view.rect.width() * per_unit, view.rect.height() * per_unit);
    let align = match view.align {
        Align::Start => "start",
        Align::Center => "center",
        Align::End => "end",
    };
    let families = view.font.families();
    let width = width + EXTRA_WIDTH_PX / scale;
    let space = if view.wraps { "pre-wrap" } else { "pre" };
    // Room for one line more than the text has.
    let field_height = height + size;
    let (x, y, angle) = (at.x, at.y, view.angle);
    let (middle_x, middle_y) = (width / 2.0, height / 2.0);
    [
        format!("left:{x}px;top:{y}px;width:{width}px;height:{field_height}px;"),
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
        css_placement(&view, &camera)
    }

    #[test]
    fn small_text_has_a_field_with_larger_letters_that_is_scaled_down() {
        let near = placed(2.0);
        assert!(near.contains("width:201px;") && near.contains("font:40px/"));
        assert!(near.contains("scale(1)"), "{near}");
        // The field is twice as wide as it looks and scaled to half its size.
        let far = placed(0.4);
        assert!(
            far.contains("width:82px;") && far.contains("font:16px/"),
            "{far}"
        );
        assert!(far.contains("scale(0.5)"), "{far}");
    }
}
