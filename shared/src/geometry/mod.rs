//! Points, ink, and the shapes of ink and lines.
//!
//! - [`point`]: points on the board and on the screen, as different types
//! - [`ink`]: the points of a stroke in the compact form that is stored and sent
//! - [`input_filter`]: filters for input while drawing: pressure from speed, steadying the hand
//! - `spline`: the Catmull-Rom spline
//! - [`centre_line`]: the centre line: a smooth curve through the points of a stroke
//! - `near_line`: the parts of it near a rectangle
//! - [`simplify`]: fewer points that give the same curve
//! - [`outline`]: the filled shape of a stroke, finished or growing
//! - [`stroke_ranges`]: parts of a stroke
//! - [`stroke_hit`]: hit test of a stroke against the eraser
//! - [`packed_path`]: paths of lines and curves in a compact form
//! - [`polyline`]: paths as polylines: distance, containment, intersections
//! - [`cut_out`]: places along a path, and the parts of it outside of a rectangle
//! - [`route`], [`elbow`]: lines through points, and around the boxes they connect
//!
//! Everything here works on numbers alone, so that the model, the tools and the painters share it.

pub mod centre_line;
pub mod cut_out;
pub mod elbow;
pub mod ink;
pub mod input_filter;
mod near_line;
pub mod outline;
pub mod packed_path;
pub mod point;
pub mod polyline;
pub mod route;
pub mod simplify;
mod spline;
pub mod stroke_hit;
pub mod stroke_ranges;
mod varint;

#[cfg(test)]
mod tests;

pub use ink::{Ink, InkError, InkPoint, Quantum};
pub use input_filter::{SpeedPressure, Streamline};
pub use outline::{Cap, InkShape, OutlineBuilder, middle_in, outline, outline_in};
pub use packed_path::{PackedPath, PathError};
pub use point::{BoardPoint, BoardRect, ScreenPoint};
pub use polyline::FillRule;
pub use simplify::simplify;
pub use stroke_hit::{bounds_of, stroke_hit};
