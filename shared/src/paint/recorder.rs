//! A painter that records its commands, so that tests can compare them.

use kurbo::{Affine, BezPath, Point, Size};

use crate::model::{Crop, Picture};

use super::{Face, Fill, LineStyle, Painter, PlacedPicture, PlacedText};

/// A drawing command with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A filled path.
    Fill(BezPath, Fill),
    /// A path filled by the even-odd rule.
    FillEvenOdd(BezPath, Fill),
    /// A line along a path.
    Line(BezPath, LineStyle),
    /// A run of text.
    Text {
        /// The text.
        text: String,
        /// The face.
        face: Face,
        /// Text size in units of `place`.
        size: f64,
        /// The left end of the baseline.
        at: Point,
        /// The width.
        width: f64,
        /// Whether it runs from right to left.
        is_rtl: bool,
        /// Maps those units to board units.
        place: Affine,
        /// Colour and opacity.
        fill: Fill,
    },
    /// A picture.
    Picture {
        /// The picture.
        picture: Picture,
        /// The part of it that fills the box.
        crop: Crop,
        /// The size of the box, in units of `place`.
        size: Size,
        /// The radius of the box's corners.
        corner: f64,
        /// Maps the box to board units.
        place: Affine,
        /// Opacity.
        alpha: f32,
        /// The description for users who do not see it.
        alternative_text: String,
    },
    /// A clip begins.
    Clip(BezPath),
    /// A clip ends.
    Unclip,
}

/// Records drawing commands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recorder {
    commands: Vec<Command>,
}

impl Recorder {
    /// The recorded commands, in order.
    #[must_use]
    pub fn commands(&self) -> &[Command] {
        &self.commands
    }

    /// The filled paths, in order.
    pub fn fills(&self) -> impl Iterator<Item = (&BezPath, &Fill)> {
        self.commands.iter().filter_map(|command| match command {
            Command::Fill(path, fill) | Command::FillEvenOdd(path, fill) => Some((path, fill)),
            Command::Line(..)
            | Command::Text { .. }
            | Command::Picture { .. }
            | Command::Clip(_)
            | Command::Unclip => None,
        })
    }
}

impl Painter for Recorder {
    fn fill(&mut self, path: &BezPath, fill: &Fill) {
        self.commands.push(Command::Fill(path.clone(), *fill));
    }

    fn fill_even_odd(&mut self, path: &BezPath, fill: &Fill) {
        self.commands
            .push(Command::FillEvenOdd(path.clone(), *fill));
    }

    fn line(&mut self, path: &BezPath, line: &LineStyle) {
        self.commands.push(Command::Line(path.clone(), *line));
    }

    fn words(&mut self, words: &PlacedText<'_>) {
        self.commands.push(Command::Text {
            text: words.text.to_owned(),
            face: words.face,
            size: words.size,
            at: words.at,
            width: words.width,
            is_rtl: words.is_rtl,
            place: words.place,
            fill: words.fill,
        });
    }

    fn picture(&mut self, placed: &PlacedPicture<'_>) {
        self.commands.push(Command::Picture {
            picture: placed.picture.clone(),
            crop: placed.crop,
            size: placed.size,
            corner: placed.corner,
            place: placed.place,
            alpha: placed.alpha,
            alternative_text: placed.alternative_text.to_owned(),
        });
    }

    fn clip(&mut self, path: &BezPath) {
        self.commands.push(Command::Clip(path.clone()));
    }

    fn unclip(&mut self) {
        self.commands.push(Command::Unclip);
    }
}
