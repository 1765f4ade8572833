//! A board as drawing commands, for any painter.
//!
//! One scene, several painters: Canvas2D in the browser, [`SvgPainter`] here,
//! [`Recorder`] for tests. Coordinates are board units; the painter's owner sets
//! up the camera. Knows model and geometry only.

pub mod record;
pub mod scene;
pub mod svg;

use kurbo::BezPath;

use crate::model::palette::Rgb;

pub use record::Recorder;
pub use scene::{ink_fill, paint_element, paint_region};
pub use svg::{SvgPainter, board_to_svg};

/// How paint meets what is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Blend {
    /// It covers.
    Cover,
    /// It darkens, as a marker on paper: what is below stays readable.
    Multiply,
    /// It lightens: the same on a dark board.
    Screen,
}

/// What a shape is filled with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Colour.
    pub rgb: Rgb,
    /// Opacity, 0.0 ..= 1.0.
    pub alpha: f32,
    /// How it meets what is there.
    pub blend: Blend,
}

/// Takes drawing commands in board units.
pub trait Painter {
    /// Fills a path by the nonzero rule.
    fn fill(&mut self, path: &BezPath, fill: &Fill);
}
