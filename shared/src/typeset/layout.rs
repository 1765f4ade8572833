//! Layout of a text: its lines, and the position of each character on them.

use std::ops::Range;

use super::breaking::{LineSpan, spans, trimmed, width_of};
use super::char_width::{measured, vertical_metrics};
use super::{Align, LINE_HEIGHT, LayoutOptions, Run};

/// A text in lines. Lengths have the unit of the text size; the origin is the upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    text: String,
    /// The lines from top to bottom; at least one.
    pub lines: Vec<TextLine>,
    /// The width within which lines are aligned: the wrapping width, or the width of the longest
    /// line.
    pub width: f64,
    /// The height of all lines.
    pub height: f64,
}

/// One line of a layout.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// Its characters, counted from the beginning of the text, without the `
    /// `.
    pub letters: Range<usize>,
    /// Whether the paragraph continues on the next line.
    pub broken: bool,
    /// Upper edge.
    pub top: f64,
    /// The baseline.
    pub baseline: f64,
    /// Lower edge.
    pub bottom: f64,
    /// The runs to paint, from left to right.
    pub runs: Vec<LineRun>,
    /// The left edge of each character, and the right edge of the last.
    pub(super) edges: Vec<f64>,
}

/// Characters of one line in one face.
#[derive(Clone, Debug, PartialEq)]
pub struct LineRun {
    /// Left edge.
    pub x: f64,
    /// Right edge.
    pub end: f64,
    /// The range of its text in [`Layout::text`].
    bytes: Range<usize>,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

impl Layout {
    /// The text of a run of this layout.
    #[must_use]
    pub fn words(&self, segment: &LineRun) -> &str {
        self.text.get(segment.bytes.clone()).unwrap_or_default()
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A character with everything that the layout needs of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) letter: char,
    /// Its offset in the text.
    byte: usize,
    pub(super) width: f64,
    style: RunStyle,
}

/// The attributes that all characters of a run share.
#[derive(Clone, Copy, Debug, PartialEq)]
struct RunStyle {
    bold: bool,
    italic: bool,
    /// Whether the width of the character before is known. A new run begins after a guessed width,
    /// so that errors do not add up.
    known: bool,
}

/// Lays out a text.
#[must_use]
pub fn layout(runs: &[Run<'_>], setting: &LayoutOptions) -> Layout {
    #[cfg(test)]
    crate::tally::record(crate::tally::CostlyWork::Layout);
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

fn glyphs(runs: &[Run<'_>], setting: &LayoutOptions) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    let mut byte = 0;
    for run in runs {
        for letter in run.text.chars() {
            let advance = measured(setting.font, run.bold, letter);
            glyphs.push(Glyph {
                letter,
                byte,
                width: advance.sizes * setting.size,
                style: RunStyle {
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

fn line(
    span: &LineSpan,
    glyphs: &[Glyph],
    setting: &LayoutOptions,
    width: f64,
    top: f64,
) -> TextLine {
    let own = glyphs.get(span.letters.clone()).unwrap_or_default();
    let free = (width - span.indent - width_of(trimmed(own))).max(0.0);
    let start = span.indent
        + match setting.align {
            Align::Start => 0.0,
            Align::Center => free / 2.0,
            Align::End => free,
        };
    let mut edges = vec![start];
    let mut segments: Vec<(LineRun, RunStyle)> = Vec::new();
    let mut x = start;
    for glyph in own {
        let bytes = glyph.byte..glyph.byte + glyph.letter.len_utf8();
        match segments.last_mut() {
            Some((last, style)) if *style == glyph.style => {
                last.bytes.end = bytes.end;
                last.end = x + glyph.width;
            }
            _ => segments.push((segment(x, bytes, glyph), glyph.style)),
        }
        x += glyph.width;
        edges.push(x);
    }
    let (up, down) = vertical_metrics(setting.font);
    let lead = (LINE_HEIGHT - up - down) / 2.0;
    TextLine {
        letters: span.letters.clone(),
        broken: span.broken,
        top,
        baseline: top + (lead + up) * setting.size,
        bottom: top + LINE_HEIGHT * setting.size,
        runs: segments.into_iter().map(|(segment, _)| segment).collect(),
        edges,
    }
}

fn segment(x: f64, bytes: Range<usize>, glyph: &Glyph) -> LineRun {
    LineRun {
        x,
        end: x + glyph.width,
        bytes,
        bold: glyph.style.bold,
        italic: glyph.style.italic,
    }
}
