//! A board as drawing commands, for any painter.
//!
//! One scene, several painters: Canvas2D in the browser, [`SvgPainter`] here,
//! [`Recorder`] for tests. Coordinates are board units; the painter's owner sets
//! up the camera. Knows model and geometry only.

pub mod record;
pub mod scene;
pub mod shade;
pub mod svg;

use kurbo::{Affine, BezPath, Point};

use crate::model::Font;
use crate::model::palette::Rgb;

pub use record::Recorder;
pub use scene::{paint_element, paint_region};
pub use shade::ink_fill;
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

/// A line of even width, with round ends and corners.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Colour, opacity, blending.
    pub fill: Fill,
    /// Width in board units.
    pub width: f64,
    /// Lengths of dash and gap in board units; a dot is a dash of almost 0.
    pub dash: Option<[f64; 2]>,
}

/// A typeface as painters name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Face {
    /// Which one.
    pub font: Font,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

/// A few words in one face on one line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Words<'a> {
    /// The words.
    pub text: &'a str,
    /// How they are set.
    pub face: Face,
    /// Size in units of `place`.
    pub size: f64,
    /// Where the first letter stands on its line, in units of `place`.
    pub at: Point,
    /// Turns those units into board units.
    pub place: Affine,
    /// Colour and opacity.
    pub fill: Fill,
}

/// Takes drawing commands in board units.
pub trait Painter {
    /// Fills a path by the nonzero rule.
    fn fill(&mut self, path: &BezPath, fill: &Fill);

    /// Draws along a path.
    fn line(&mut self, path: &BezPath, line: &Line);

    /// Writes words. Kerning and ligatures are off, so words are as wide as measured.
    fn words(&mut self, words: &Words<'_>);

    /// Until the matching [`Self::unclip`], only what lies within the path shows.
    fn clip(&mut self, path: &BezPath);

    /// Ends the last clip.
    fn unclip(&mut self);
}
