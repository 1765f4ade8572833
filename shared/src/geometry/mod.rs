//! Points, ink and the shapes that ink makes.
//!
//! - [`point`]: places on the board and on the screen, never mixed up
//! - [`ink`]: the points of a stroke in the compact form that is stored and sent
//! - [`speed`]: what a pointer without pressure needs: pressure from speed, a steady hand
//! - `spline`: curves through points
//! - [`smooth`]: the centre line: a smooth curve through the points
//! - [`simplify`]: the few points that give the same curve
//! - [`outline`]: the filled shape of a stroke, whole or growing
//! - [`stretch`]: parts of a stroke
//! - [`hit`]: what an eraser touches
//! - [`polygon`]: paths as straight lines: near, inside, across
//! - [`route`], [`elbow`]: lines through points, and around what they connect
//!
//! It must not know elements, boards, colours or painters.

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
