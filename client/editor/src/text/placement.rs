//! The places of the letters of a text on the board.

use kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use shared::geometry::BoardPoint;
use shared::model::layout::{Label, LineText, frame_name, line_text, local_to_board};
use shared::model::text_layout::{TextLayout, text_layout};
use shared::model::{Board, Element};
use shared::typeset::{CaretStop, Layout, LayoutOptions};

use super::{TextEditing, TypingView};
use crate::view::overlay::CaretView;

/// Thickness of the line below composed text, as a part of the text size.
const UNDERLINE: f64 = 0.06;
/// Its distance from the lower edge of the line of text, as a part of the text size.
const UNDERLINE_ABOVE_BOTTOM: f64 = 0.16;

/// The layout of a text, and its place on the board.
pub(super) struct TextPlacement {
    setting: LayoutOptions,
    layout: Layout,
    /// The upper left corner of the layout in the unturned box.
    at: Point,
    /// Presses in this part of the unturned box are for the text.
    room: Rect,
    /// From the layout's coordinates to the board's.
    to_board: Affine,
    /// From the board's coordinates to the unturned box's.
    to_box: Affine,
}

impl TextPlacement {
    /// The placement of the text of an element, or of the name of a frame.
    pub(super) fn of(board: &Board, element: &Element) -> Option<Self> {
        if let Some(line) = line_text(board, element) {
            return Some(Self::on_line(line));
        }
        let of_text = |text: TextLayout| (text.setting, text.layout, text.at, text.size.to_rect());
        let of_name = |name: Label| {
            let room = Rect::from_origin_size(name.at, (name.layout.width, name.layout.height));
            (name.setting, name.layout, name.at, room)
        };
        let (setting, layout, at, room) = text_layout(element)
            .map(of_text)
            .or_else(|| frame_name(element).map(of_name))?;
        let own = local_to_board(element);
        Some(Self {
            setting,
            layout,
            at,
            room,
            to_board: own * Affine::translate(at.to_vec2()),
            to_box: own.inverse(),
        })
    }

    fn on_line(
        LineText {
            text,
            to_board,
            room,
        }: LineText,
    ) -> Self {
        let to_box = to_board.inverse();
        Self {
            setting: text.setting,
            layout: text.layout,
            at: text.at,
            room: to_box.transform_rect_bbox(room),
            to_board,
            to_box,
        }
    }

    pub(super) const fn layout(&self) -> &Layout {
        &self.layout
    }

    pub(super) fn stop_at(&self, at: BoardPoint) -> CaretStop {
        let own = self.to_box * Point::from(at) - self.at;
        self.layout.stop_at(own.x, own.y)
    }

    /// Whether a place is in the text's box, or at most `tolerance` board units beside it.
    pub(super) fn contains(&self, at: BoardPoint, tolerance: f64) -> bool {
        let room = self.room.inflate(tolerance, tolerance);
        room.contains(self.to_box * Point::from(at))
    }
}

impl TextEditing {
    /// The state that the text field must show while a text is edited.
    pub(crate) fn field(&self, board: &Board) -> Option<TypingView> {
        let edited = self.edited.as_ref()?;
        let element = board.get(edited.id)?;
        let TextPlacement {
            setting,
            layout,
            to_board,
            ..
        } = TextPlacement::of(board, element)?;
        let middle = to_board * Point::new(layout.width / 2.0, layout.height / 2.0);
        let text = edited.text(element);
        let (value, version, range) = edited.field(&text);
        let (anchor, focus) = edited.marked.places(&text);
        Some(TypingView {
            id: edited.id,
            is_name: edited.is_naming(),
            value: value.to_owned(),
            range,
            backward: focus < anchor,
            version,
            rect: Rect::from_center_size(middle, (layout.width, layout.height)),
            angle: f64::from(element.props.angle()),
            font: setting.font,
            size: setting.size,
            align: setting.align,
            wraps: setting.wrap.is_some(),
        })
    }

    /// The caret and the marked text, for the overlay.
    pub(crate) fn caret(&self, board: &Board) -> Option<CaretView> {
        let edited = self.edited.as_ref()?;
        let element = board.get(edited.id)?;
        let TextPlacement {
            setting,
            layout,
            to_board,
            ..
        } = TextPlacement::of(board, element)?;
        let text = edited.text(element);
        let range = edited.range(&text);
        let board_point = |x, y| BoardPoint::from(to_board * Point::new(x, y));
        let line = range.is_empty().then(|| {
            let caret = layout.caret(edited.marked.stop(&text));
            [
                board_point(caret.x, caret.top),
                board_point(caret.x, caret.bottom),
            ]
        });
        let boxes = |range| {
            let boxes = layout.marked(range).into_iter();
            boxes.map(|part| Rect::new(part.left, part.top, part.right, part.bottom))
        };
        let composed = edited.composed(&text).map(boxes).into_iter().flatten();
        let composed = composed.map(|part| underline(part, setting.size));
        Some(CaretView {
            id: edited.id,
            line,
            marked: to_board * path(boxes(range)),
            composed: to_board * path(composed),
        })
    }
}

/// The line below composed text in a box.
fn underline(part: Rect, size: f64) -> Rect {
    let y = part.y1 - size * UNDERLINE_ABOVE_BOTTOM;
    Rect::new(part.x0, y, part.x1, y + size * UNDERLINE)
}

fn path(parts: impl Iterator<Item = Rect>) -> BezPath {
    parts.flat_map(|part| part.path_elements(0.1)).collect()
}
