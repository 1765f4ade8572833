//! From text to lines, and to the places of letters on them.
//!
//! Knows widths. Where lines are broken is decided next door.

use std::ops::Range;

use super::breaking::{Span, spans, trimmed, width_of};
use super::face::{heights, measured};
use super::{Align, LINE_HEIGHT, Run, Setting};

/// A text in lines. Lengths are in the unit of the size; the origin is the upper left
/// corner of the box.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    text: String,
    /// The lines from top to bottom; at least one.
    pub lines: Vec<Line>,
    /// The width that the lines stand in: where they are broken, or the longest one.
    pub width: f64,
    /// The height of all lines.
    pub height: f64,
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its letters, counted from the beginning of the text, without the `\n`.
    pub letters: Range<usize>,
    /// Whether the paragraph goes on in the next line.
    pub broken: bool,
    /// Upper edge.
    pub top: f64,
    /// Where letters stand.
    pub baseline: f64,
    /// Lower edge.
    pub bottom: f64,
    /// What is painted, from left to right.
    pub segments: Vec<Segment>,
    /// Left edge of each letter, and the right edge of the last.
    pub(super) edges: Vec<f64>,
}

/// Letters on one line in one face.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Left edge.
    pub x: f64,
    /// Right edge.
    pub end: f64,
    /// Where its text is: see [`Layout::words`].
    bytes: Range<usize>,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

impl Layout {
    /// The text of a segment of this layout.
    #[must_use]
    pub fn words(&self, segment: &Segment) -> &str {
        self.text.get(segment.bytes.clone()).unwrap_or_default()
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A letter with all that matters for setting it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) letter: char,
    /// Where it begins in the text.
    byte: usize,
    pub(super) width: f64,
    look: Look,
}

/// What must be alike within a segment.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Look {
    bold: bool,
    italic: bool,
    /// Behind a letter whose width is a guess, a segment begins anew, so that the
    /// error does not add up.
    known: bool,
}

/// Sets a text.
#[must_use]
pub fn layout(runs: &[Run<'_>], setting: &Setting) -> Layout {
    #[cfg(test)]
    crate::tally::note(crate::tally::Costly::Layout);
    let text: String = runs.iter().map(|run| run.text).collect();
    let glyphs = glyphs(runs, setting);
    let spans = spans(&glyphs, setting);
    let longest = spans.iter().map(|span| span.width).fold(0.0, f64::max);
    let width = setting.wrap.unwrap_or(longest);
    let height = setting.size * LINE_HEIGHT;
    let mut lines = Vec::with_capacity(spans.len());
    let mut top = 0.0;
    for span in &spans {
        lines.push(line(span, &glyphs, setting, width, top));
        top += height;
    }
    Layout {
        text,
        lines,
        width,
        height: top,
    }
}

fn glyphs(runs: &[Run<'_>], setting: &Setting) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    let mut byte = 0;
    for run in runs {
        for letter in run.text.chars() {
            let advance = measured(setting.font, run.bold, letter);
            glyphs.push(Glyph {
                letter,
                byte,
                width: advance.sizes * setting.size,
                look: Look {
                    bold: run.bold,
                    italic: run.italic,
                    known: advance.known,
                },
            });
            byte += letter.len_utf8();
        }
    }
    glyphs
}

fn line(span: &Span, glyphs: &[Glyph], setting: &Setting, width: f64, top: f64) -> Line {
    let own = glyphs.get(span.letters.clone()).unwrap_or_default();
    let free = (width - span.indent - width_of(trimmed(own))).max(0.0);
    let start = span.indent
        + match setting.align {
            Align::Start => 0.0,
            Align::Center => free / 2.0,
            Align::End => free,
        };
    let mut edges = vec![start];
    let mut segments: Vec<(Segment, Look)> = Vec::new();
    let mut x = start;
    for glyph in own {
        let bytes = glyph.byte..glyph.byte + glyph.letter.len_utf8();
        match segments.last_mut() {
            Some((last, look)) if *look == glyph.look => {
                last.bytes.end = bytes.end;
                last.end = x + glyph.width;
            }
            _ => segments.push((segment(x, bytes, glyph), glyph.look)),
        }
        x += glyph.width;
        edges.push(x);
    }
    let (up, down) = heights(setting.font);
    let lead = (LINE_HEIGHT - up - down) / 2.0;
    Line {
        letters: span.letters.clone(),
        broken: span.broken,
        top,
        baseline: top + (lead + up) * setting.size,
        bottom: top + LINE_HEIGHT * setting.size,
        segments: segments.into_iter().map(|(segment, _)| segment).collect(),
        edges,
    }
}

fn segment(x: f64, bytes: Range<usize>, glyph: &Glyph) -> Segment {
    Segment {
        x,
        end: x + glyph.width,
        bytes,
        bold: glyph.look.bold,
        italic: glyph.look.italic,
    }
}
