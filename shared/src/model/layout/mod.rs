//! Layout of elements on the board: outlines, bounds, anchors, hit tests.
//!
//! These are functions of the whole board, because lines follow the elements that they are anchored to
//! and boxes grow with their text. Nothing here paints.

mod anchors;
mod arrowheads;
mod bounds;
mod boxes;
mod coordinates;
mod elbow_segments;
mod elbows;
mod frames;
mod hit_test;
mod ink;
mod labels;
mod line_text;
mod lines;

pub use crate::model::text_layout::box_size;
pub use anchors::{accepts_anchor, anchor_at, anchor_point, can_anchor, is_near_outline};
pub use arrowheads::ArrowheadShape;
pub use bounds::{bounds, frame_of, oriented_box, visible_bounds};
pub use boxes::{BoxLayout, FRAME_LINE, SHADOW, is_hollow, outline_path, rect_corners};
pub use coordinates::local_to_board;
pub use elbow_segments::ElbowSegment;
pub use frames::{can_join, is_within_frame, topmost_frame};
pub use hit_test::{hit_by_click, hit_by_swept_circle, intersects_polygon, is_inside_polygon};
pub use ink::{InkSample, ink_points, ink_samples, ink_shape, visible_ink};
pub use labels::{Label, frame_name, frame_name_box, signature};
pub use line_text::{LineText, line_text, text_position_at};
pub use lines::{
    LineLayout, elbow_segments, interrupted_line_path, line_layout, line_path, line_points,
};
