//! Points, ink, and the shapes of ink and lines.
//!
//! - [`point`]: points on the board and on the screen, as different types
//! - [`ink`]: the points of a stroke in the compact form that is stored and sent
//! - [`speed`]: filters for input while drawing: pressure from speed, steadying the hand
//! - `spline`: the Catmull-Rom spline
//! - [`smooth`]: the centre line: a smooth curve through the points of a stroke
//! - [`simplify`]: fewer points that give the same curve
//! - [`outline`]: the filled shape of a stroke, finished or growing
//! - [`stretch`]: parts of a stroke
//! - [`hit`]: hit test of a stroke against the eraser
//! - [`polygon`]: paths as polylines: distance, containment, intersections
//! - [`route`], [`elbow`]: lines through points, and around the boxes they connect
//!
//! Everything here works on numbers alone, so that the model, the tools and the painters share it.

pub mod elbow;
pub mod hit;
pub mod ink;
pub mod outline;
pub mod point;
pub mod polygon;
pub mod route;
pub mod simplify;
pub mod smooth;
pub mod speed;
mod spline;
pub mod stretch;

#[cfg(test)]
mod tests;

pub use hit::{bounds_of, stroke_hit};
pub use ink::{Ink, InkError, InkPoint, Quantum};
pub use outline::{Cap, InkShape, OutlineBuilder, outline};
pub use point::{BoardPoint, BoardRect, ScreenPoint};
pub use simplify::simplify;
pub use speed::{SpeedPressure, Streamline};
