//! Layout of elements on the board: outlines, bounds, bindings, hit tests.
//!
//! These are functions of the whole board, because lines follow the elements that they are bound to
//! and boxes grow with their text. Nothing here paints.

mod anchor;
mod bounds;
mod boxes;
mod coordinates;
mod ink;
mod label;
mod lines;
mod touch;

pub use crate::model::lettering::box_size;
pub use anchor::{anchor_at, anchor_point, attracts, can_anchor};
pub use bounds::{bounds, box_of, frame_of, shown_bounds};
pub use boxes::{BoxInPlace, FRAME_LINE, SHADOW, corners, is_hollow, outline_path};
pub use coordinates::own_to_board;
pub use ink::{AlongInk, ink_line, ink_pieces, ink_points, ink_shape};
pub use label::{Label, frame_name, frame_name_box, signature};
pub use lines::{DrawnLine, HeadShape, drawn_line, line_path, line_points};
pub use touch::{covers, hit, touches, within};
