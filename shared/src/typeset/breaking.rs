//! Line breaking.
//!
//! A line takes as many clusters as fit, and ends where UAX #14 or a measure allows it. A word that
//! is longer than a line is broken between two clusters. Spaces at the end of a line hang over the
//! edge. A paragraph that begins with a list mark has its further lines indented behind that mark.

use std::ops::Range;

use super::cluster::{Cluster, Paragraph};
use super::{Align, LayoutOptions};

/// The clusters of one line.
pub(super) struct LineSpan {
    /// Its clusters in the paragraph.
    pub(super) clusters: Range<usize>,
    /// Whether the paragraph continues on the next line.
    pub(super) broken: bool,
    pub(super) indent: f64,
    /// The width, including the indent.
    pub(super) width: f64,
}

/// Breaks a paragraph into lines, of which it has at least one.
pub(super) fn lines<'a>(
    text: &str,
    paragraph: &'a Paragraph,
    setting: &LayoutOptions,
) -> impl Iterator<Item = LineSpan> + use<'a> {
    LineBreaker {
        clusters: &paragraph.clusters,
        wrap: setting.wrap,
        hanging: hanging_indent(text, paragraph, setting.align),
        indent: 0.0,
        from: Some(0),
    }
}

/// The width of the widest piece of a paragraph that no line may break, without the spaces behind
/// it. On further lines the indent stands before it.
pub(super) fn widest_word(text: &str, paragraph: &Paragraph, align: Align) -> f64 {
    let hanging = hanging_indent(text, paragraph, align);
    let pieces = paragraph
        .clusters
        .split_inclusive(|cluster| cluster.may_end_line);
    let widths = pieces.enumerate().map(|(index, piece)| {
        let indent = if index == 0 { 0.0 } else { hanging };
        indent + width_of(trimmed(piece))
    });
    widths.fold(0.0, f64::max)
}

/// The indent of the further lines of a paragraph.
fn hanging_indent(text: &str, paragraph: &Paragraph, align: Align) -> f64 {
    match align {
        Align::Start => list_mark_width(text, &paragraph.clusters),
        // Centred and right-aligned lines have no common left edge, so they are not indented.
        Align::Center | Align::End => 0.0,
    }
}

/// Gives the lines of a paragraph, one after the other.
struct LineBreaker<'a> {
    clusters: &'a [Cluster],
    wrap: Option<f64>,
    hanging: f64,
    indent: f64,
    /// The first cluster of the next line. `None` after the last line.
    from: Option<usize>,
}

impl Iterator for LineBreaker<'_> {
    type Item = LineSpan;

    fn next(&mut self) -> Option<LineSpan> {
        let from = self.from?;
        let indent = self.indent;
        let rest = self.clusters.get(from..).unwrap_or_default();
        let room = self.wrap.map(|wrap| wrap - indent);
        let count = room.map_or(rest.len(), |room| count_fitting(rest, room));
        let shown = rest.get(..count).unwrap_or_default();
        let broken = count < rest.len();
        // Without wrapping, spaces at the end make the box wider, because the caret stands behind
        // them.
        let inked = if broken { trimmed(shown) } else { shown };
        self.from = broken.then_some(from + count);
        // An indent of more than half of the line would leave no room.
        self.indent = match self.wrap {
            Some(wrap) if self.hanging <= wrap / 2.0 => self.hanging,
            _ => 0.0,
        };
        Some(LineSpan {
            clusters: from..from + count,
            broken,
            indent,
            width: indent + width_of(inked),
        })
    }
}

/// The number of clusters that fit; at least one, unless there is none.
fn count_fitting(clusters: &[Cluster], room: f64) -> usize {
    // A sum of widths has rounding errors.
    let room = room * (1.0 + 1.0e-9);
    let mut width = 0.0;
    let mut line_end = 0;
    for (index, cluster) in clusters.iter().enumerate() {
        if !cluster.is_space && width + cluster.width > room {
            return if line_end > 0 { line_end } else { index.max(1) };
        }
        width += cluster.width;
        if cluster.may_end_line {
            line_end = index + 1;
        }
    }
    clusters.len()
}

pub(super) fn trimmed(clusters: &[Cluster]) -> &[Cluster] {
    let last = clusters.iter().rposition(|cluster| !cluster.is_space);
    clusters
        .get(..last.map_or(0, |last| last + 1))
        .unwrap_or_default()
}

pub(super) fn width_of(clusters: &[Cluster]) -> f64 {
    clusters.iter().map(|cluster| cluster.width).sum()
}

/// The width of a list mark such as `• ` or `12. ` at the start of a paragraph; 0 without one.
fn list_mark_width(text: &str, clusters: &[Cluster]) -> f64 {
    let start = clusters.first().map_or(0, |first| first.bytes.start);
    let letters = list_mark(text.get(start..).unwrap_or_default());
    let letters = letters.map_or(0, |mark| mark.chars().count());
    width_of(clusters.get(..letters).unwrap_or_default())
}

/// The list mark at the start of a paragraph, if it has one.
#[must_use]
pub fn list_mark(paragraph: &str) -> Option<&str> {
    if paragraph.starts_with("• ") {
        return paragraph.get(.."• ".len());
    }
    let digits = paragraph.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = (1..=3).contains(&digits) && paragraph.get(digits..)?.starts_with(". ");
    is_number.then(|| paragraph.get(..digits + 2)).flatten()
}
