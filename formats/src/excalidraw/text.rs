//! Texts: free ones, labels of shapes and lines, and names on notes.

use kurbo::{Affine, Point, Rect};
use serde_json::json;
use shared::model::layout::{BoxLayout, Label, LineText};
use shared::model::palette::Theme;
use shared::model::text_layout::TextLayout;
use shared::model::{Align, Element, Font};
use shared::paint::colors;
use shared::typeset::{LINE_HEIGHT, Layout};

use super::base::{self, Drawn, drawn, set, set_bound, set_stroke};
use super::drawing::Drawing;
use super::not_kept::NotKept;

/// The place of a text on the board.
pub(super) struct Place {
    rect: Rect,
    angle: f64,
}

impl Place {
    /// The place of a laid-out text in a box.
    pub(super) fn of(text: &TextLayout, to_board: Affine, angle: f64) -> Self {
        Self::around(text.at, &text.layout, to_board, angle)
    }

    /// The place of a label in a box.
    pub(super) fn of_label(label: &Label, to_board: Affine, angle: f64) -> Self {
        Self::around(label.at, &label.layout, to_board, angle)
    }

    /// The place of the text of a line. It is as wide as the letters, because Excalidraw interrupts the
    /// line there.
    pub(super) fn of_line_text(placed: &LineText) -> Self {
        let layout = &placed.text.layout;
        let runs = layout.lines.iter().flat_map(|line| &line.runs);
        let ends = runs.map(|run| (run.x, run.end));
        let ends = ends.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        let width = ends.map_or(0.0, |(start, end)| end - start);
        let rect = Rect::from_center_size(placed.room.center(), (width, layout.height));
        Self { rect, angle: 0.0 }
    }

    /// Excalidraw rotates each text about its own middle.
    fn around(at: Point, layout: &Layout, to_board: Affine, angle: f64) -> Self {
        let own = Rect::from_origin_size(at, (layout.width, layout.height));
        let middle = to_board * own.center();
        let rect = Rect::from_center_size(middle, own.size());
        Self { rect, angle }
    }
}

/// A text without a shape around it.
pub(super) fn add_free(element: &Element, drawing: &mut Drawing<'_>) {
    let place = BoxLayout::of(element);
    let Some((place, text)) = place
        .as_ref()
        .zip(place.as_ref().and_then(|it| it.text_layout.as_ref()))
    else {
        return;
    };
    // Excalidraw drops empty texts.
    if element.text.is_empty() {
        return;
    }
    let at = Place::of(text, place.to_board, f64::from(element.props.angle()));
    let id = element.id.to_string();
    let mut written = drawn_text(element, &id, text, &at, drawing);
    set(&mut written, "containerId", json!(null));
    set(&mut written, "verticalAlign", "top");
    let [width, _] = element.props.size();
    set(&mut written, "autoResize", width <= 0.0);
    set_bound(&mut written, None, drawing.lines_at(element.id));
    drawing.push(written);
}

/// The text of an element, as it is laid out.
pub(super) fn drawn_text(
    element: &Element,
    id: &str,
    text: &TextLayout,
    at: &Place,
    drawing: &mut Drawing<'_>,
) -> Drawn {
    if element
        .text
        .runs()
        .any(|run| run.marks != shared::model::Marks::NONE)
    {
        drawing.lacks(NotKept::TextStyles);
    }
    let align = match text.setting.align {
        Align::Start => "left",
        Align::Center => "center",
        Align::End => "right",
    };
    let mut written = written(element, id, &text.layout, at, text.setting.size);
    set(&mut written, "textAlign", align);
    set(&mut written, "fontFamily", family(text.setting.font));
    written
}

/// A label of one line, such as the name on a note.
pub(super) fn drawn_label(element: &Element, id: &str, label: &Label, at: &Place) -> Drawn {
    let mut written = written(element, id, &label.layout, at, label.setting.size);
    set(&mut written, "textAlign", "left");
    set(&mut written, "verticalAlign", "top");
    set(&mut written, "fontFamily", family(label.setting.font));
    set(&mut written, "containerId", json!(null));
    set(&mut written, "autoResize", true);
    written
}

fn written(element: &Element, id: &str, layout: &Layout, at: &Place, size: f64) -> Drawn {
    let mut written = drawn(element, id, "text", at.rect, at.angle);
    set_stroke(
        &mut written,
        Some(colors::text_color(element, Theme::Light)),
    );
    set(&mut written, "strokeStyle", "solid");
    set(&mut written, "fontSize", base::number(size));
    set(&mut written, "lineHeight", LINE_HEIGHT);
    set(&mut written, "text", in_lines(layout));
    set(&mut written, "originalText", layout.text());
    written
}

/// The text with the line breaks of its layout.
fn in_lines(layout: &Layout) -> String {
    let letters: Vec<char> = layout.text().chars().collect();
    let lines = layout.lines.iter().map(|line| {
        let letters = letters.get(line.letters.clone()).unwrap_or_default();
        letters.iter().collect::<String>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The numbers of Excalidraw's typefaces Excalifont, Nunito and Comic Shanns.
const fn family(font: Font) -> u8 {
    match font {
        Font::Handwriting => 5,
        Font::Sans => 6,
        Font::Mono => 8,
    }
}
