//! A board as drawing commands, for any painter.
//!
//! One scene serves several painters: Canvas2D in the browser, [`SvgPainter`] in this module, and
//! [`Recorder`] in tests. Coordinates are board units; the owner of the painter sets up the camera.

pub mod colors;
pub mod picture;
pub mod recorder;
pub mod rendering;
pub mod scene;
pub mod svg;

use kurbo::{Affine, BezPath, Point};

use crate::geometry::BoardRect;
use crate::model::Font;
use crate::model::palette::Rgb;

pub use colors::ink_fill;
pub use picture::{PlacedPicture, Preview, paint_preview};
pub use recorder::Recorder;
pub use rendering::{Background, Rendering, RenderingOptions, SvgDetails};
pub use scene::{paint_element, paint_layout};
pub use svg::{PictureAddresses, SvgPainter, board_to_svg, data_address};

/// How paint combines with the paint below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Blend {
    /// It covers the paint below.
    Cover,
    /// It darkens like a marker on paper, so that the paint below stays readable.
    Multiply,
    /// It lightens: the counterpart of `Multiply` on a dark board.
    Screen,
}

/// The paint that fills a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Colour.
    pub rgb: Rgb,
    /// Opacity, 0.0 ..= 1.0.
    pub alpha: f32,
    /// How it combines with the paint below.
    pub blend: Blend,
}

/// The style of a line of constant width with round ends and corners.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineStyle {
    /// Its colour, opacity and blending.
    pub fill: Fill,
    /// Width in board units.
    pub width: f64,
    /// Lengths of dashes and gaps in board units. A dot is a dash of length nearly 0.
    pub dash: Option<[f64; 2]>,
}

/// A face of a typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Face {
    /// The typeface.
    pub font: Font,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

/// A run of text in one face on one line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedText<'a> {
    /// The text.
    pub text: &'a str,
    /// The face.
    pub face: Face,
    /// Text size in units of `place`.
    pub size: f64,
    /// The left end of the baseline, in units of `place`.
    pub at: Point,
    /// The width, in units of `place`.
    pub width: f64,
    /// Whether it runs from right to left.
    pub is_rtl: bool,
    /// Whether the painter must override the order of the characters, so that all of them run in
    /// this direction.
    pub is_forced: bool,
    /// Whether a system font draws it. Then the painter lets the font shape it, and stretches it to
    /// its width.
    pub is_system: bool,
    /// Maps those units to board units.
    pub place: Affine,
    /// Colour and opacity.
    pub fill: Fill,
}

/// A receiver of drawing commands in board units.
pub trait Painter {
    /// The part of the board that the painter shows, in board units; `None` if it shows all of it.
    /// Ink outside of it need not be painted.
    fn region(&self) -> Option<BoardRect> {
        None
    }

    /// Whether the rendering is not wanted any more, so that the rest need not be painted.
    fn is_abandoned(&self) -> bool {
        false
    }

    /// Fills a path by the nonzero rule.
    fn fill(&mut self, path: &BezPath, fill: &Fill);

    /// Fills a path by the even-odd rule.
    fn fill_even_odd(&mut self, path: &BezPath, fill: &Fill);

    /// Draws a line along a path.
    fn line(&mut self, path: &BezPath, line: &LineStyle);

    /// Draws a run of text. In bundled typefaces, kerning and ligatures are off, so the text is as
    /// wide as the layout says.
    fn words(&mut self, words: &PlacedText<'_>);

    /// Draws a picture. Painters without its pixels draw its preview, as this one does.
    fn picture(&mut self, picture: &PlacedPicture<'_>) {
        paint_preview(picture, self);
    }

    /// Begins a clip: until the matching [`Self::unclip`], only paint within the path is visible.
    fn clip(&mut self, path: &BezPath);

    /// Ends the innermost clip.
    fn unclip(&mut self);
}
