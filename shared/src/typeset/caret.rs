//! The caret in a laid-out text: its position for a character, and the character at a point.
//!
//! At a line break within a paragraph, the caret stands on the lower line.

use std::ops::Range;

use super::layout::{Layout, TextLine};

/// The caret as a vertical line, in the layout's coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Caret {
    /// Distance from the left edge.
    pub x: f64,
    /// Upper end.
    pub top: f64,
    /// Lower end.
    pub bottom: f64,
}

/// The selected part of one line, in the layout's coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SelectionBox {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl TextLine {
    fn edge(&self, letter: usize) -> f64 {
        let index = letter.saturating_sub(self.letters.start);
        let edge = self.edges.get(index).or(self.edges.last());
        edge.copied().unwrap_or_default()
    }

    /// The last caret index that belongs to this line.
    fn last(&self) -> usize {
        if self.broken {
            self.letters.end.saturating_sub(1).max(self.letters.start)
        } else {
            self.letters.end
        }
    }

    fn nearest(&self, x: f64) -> usize {
        let middles = self
            .edges
            .windows(2)
            .map(|pair| pair.iter().sum::<f64>() / 2.0);
        let before = middles.take_while(|middle| *middle < x).count();
        (self.letters.start + before).min(self.last())
    }
}

impl Layout {
    fn line_of(&self, letter: usize) -> usize {
        self.lines
            .partition_point(|line| line.letters.start <= letter)
            .saturating_sub(1)
    }

    /// The caret before the character with this index.
    #[must_use]
    pub fn caret(&self, letter: usize) -> Caret {
        let line = self.lines.get(self.line_of(letter));
        line.map_or(
            Caret {
                x: 0.0,
                top: 0.0,
                bottom: self.height,
            },
            |line| Caret {
                x: line.edge(letter),
                top: line.top,
                bottom: line.bottom,
            },
        )
    }

    /// The caret index that is nearest to a point.
    #[must_use]
    pub fn index_at(&self, x: f64, y: f64) -> usize {
        let below = self.lines.partition_point(|line| line.bottom <= y);
        let line = self.lines.get(below).or(self.lines.last());
        line.map_or(0, |line| line.nearest(x))
    }

    /// The caret index nearest to `x` on the line that is `lines` below (above, if negative).
    /// Beyond the first and the last line, it is the beginning or the end of the text.
    #[must_use]
    pub fn index_below(&self, letter: usize, x: f64, lines: isize) -> usize {
        let to = self.line_of(letter).checked_add_signed(lines);
        match to.map(|to| self.lines.get(to)) {
            None => 0,
            Some(None) => self.lines.last().map_or(0, |line| line.letters.end),
            Some(Some(line)) => line.nearest(x),
        }
    }

    /// The first and the last caret index of the line that holds this index.
    #[must_use]
    pub fn line_ends(&self, letter: usize) -> (usize, usize) {
        let line = self.lines.get(self.line_of(letter));
        line.map_or((0, 0), |line| (line.letters.start, line.last()))
    }

    /// The boxes of a range of characters, line by line.
    #[must_use]
    pub fn marked(&self, letters: Range<usize>) -> Vec<SelectionBox> {
        let mut boxes = Vec::new();
        for line in &self.lines {
            let from = letters.start.max(line.letters.start);
            let to = letters.end.min(line.letters.end);
            // The end of a paragraph appears as a narrow box.
            let ends = !line.broken && letters.contains(&line.letters.end);
            if from < to || (ends && from <= to) {
                let sliver = if ends {
                    (line.bottom - line.top) / 4.0
                } else {
                    0.0
                };
                boxes.push(SelectionBox {
                    left: line.edge(from),
                    top: line.top,
                    right: line.edge(to) + sliver,
                    bottom: line.bottom,
                });
            }
        }
        boxes
    }
}
