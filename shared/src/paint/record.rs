//! A painter that remembers: for tests that compare what painters were told.

use kurbo::{Affine, BezPath, Point};

use super::{Face, Fill, Line, Painter, Words};

/// One command, with all that it was given.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A filled path.
    Fill(BezPath, Fill),
    /// A line along a path.
    Line(BezPath, Line),
    /// Words: text, face, size, where, in which coordinates, with what.
    Words {
        /// The words.
        text: String,
        /// How they are set.
        face: Face,
        /// Size in units of `place`.
        size: f64,
        /// Where the first letter stands.
        at: Point,
        /// Turns those units into board units.
        place: Affine,
        /// Colour and opacity.
        fill: Fill,
    },
    /// A clip begins.
    Clip(BezPath),
    /// It ends.
    Unclip,
}

/// The commands it was given, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recorder {
    commands: Vec<Command>,
}

impl Recorder {
    /// The commands, in order.
    #[must_use]
    pub fn commands(&self) -> &[Command] {
        &self.commands
    }

    /// The filled paths, in order.
    pub fn fills(&self) -> impl Iterator<Item = (&BezPath, &Fill)> {
        self.commands.iter().filter_map(|command| match command {
            Command::Fill(path, fill) => Some((path, fill)),
            Command::Line(..) | Command::Words { .. } | Command::Clip(_) | Command::Unclip => None,
        })
    }
}

impl Painter for Recorder {
    fn fill(&mut self, path: &BezPath, fill: &Fill) {
        self.commands.push(Command::Fill(path.clone(), *fill));
    }

    fn line(&mut self, path: &BezPath, line: &Line) {
        self.commands.push(Command::Line(path.clone(), *line));
    }

    fn words(&mut self, words: &Words<'_>) {
        self.commands.push(Command::Words {
            text: words.text.to_owned(),
            face: words.face,
            size: words.size,
            at: words.at,
            place: words.place,
            fill: words.fill,
        });
    }

    fn clip(&mut self, path: &BezPath) {
        self.commands.push(Command::Clip(path.clone()));
    }

    fn unclip(&mut self) {
        self.commands.push(Command::Unclip);
    }
}
