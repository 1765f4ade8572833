//! The text of a line: its place along the line, and the gap that the line leaves for it.

use kurbo::{Affine, BezPath, Point, Rect};

use crate::geometry::BoardPoint;
use crate::geometry::cut_out::{part_at, point_at};
use crate::model::board::Board;
use crate::model::element::{Body, Element};
use crate::model::text_layout::{TextLayout, text_layout};

use super::lines::line_path;

/// Space between the text and the ends of the line beside it, as a multiple of the text size.
const GAP: f64 = 0.3;

/// The text of a line on the board.
#[derive(Clone, Debug, PartialEq)]
pub struct LineText {
    /// The text, laid out.
    pub text: TextLayout,
    /// Maps coordinates of the layout to board coordinates. The text is never rotated.
    pub to_board: Affine,
    /// The rectangle on the board in which the line is interrupted: the letters, with some space
    /// around them.
    pub room: Rect,
}

/// The text of a line, at its place. It may be empty. `None` for other elements.
#[must_use]
pub fn line_text(board: &Board, element: &Element) -> Option<LineText> {
    match &element.body {
        Body::Line => line_text_on(element, &line_path(board, element)),
        Body::Stroke(_)
        | Body::Shape(_)
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image => None,
    }
}

/// The text of a line whose path is known.
pub(super) fn line_text_on(element: &Element, path: &BezPath) -> Option<LineText> {
    let text = text_layout(element)?;
    let part = f64::from(element.props.text_position());
    let middle = point_at(path, part)?;
    let layout = &text.layout;
    let at = middle.to_vec2() - kurbo::Vec2::new(layout.width, layout.height) / 2.0;
    let runs = layout.lines.iter().flat_map(|line| &line.runs);
    let letters = runs.fold(
        Rect::from_center_size(Point::ORIGIN, (0.0, 0.0)),
        |all, run| {
            let half = layout.width / 2.0;
            all.union(Rect::new(run.x - half, 0.0, run.end - half, 0.0))
        },
    );
    let size = (letters.width(), layout.height);
    let room = Rect::from_center_size(middle, size) + letters.center().to_vec2();
    let gap = GAP * text.setting.size;
    Some(LineText {
        to_board: Affine::translate(at),
        room: room.inflate(gap, gap / 2.0),
        text,
    })
}

/// The place along a line that is nearest to a point, as a part of the line's length, 0 to 1.
#[must_use]
pub fn text_position_at(board: &Board, line: &Element, point: BoardPoint) -> f32 {
    part_at(&line_path(board, line), point.into()) as f32
}
