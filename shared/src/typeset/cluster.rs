//! Paragraphs as clusters: what a reader takes for one character, with everything that the layout
//! needs of it.

use std::ops::Range;

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation as _;

use super::char_width::cluster_advance;
use super::direction::Directions;
use super::measures::Measures;
use super::piece::apply_measures;
use super::{LayoutOptions, Run};

/// An extended grapheme cluster.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cluster {
    /// Its bytes in the whole text.
    pub(super) bytes: Range<usize>,
    /// Its characters in the whole text.
    pub(super) letters: Range<usize>,
    pub(super) width: f64,
    /// The embedding level of UAX #9, before the rules for line ends. Odd levels run to the left.
    pub(super) level: u8,
    pub(super) style: FaceStyle,
    pub(super) source: Source,
    /// White space that hangs over the end of a line.
    pub(super) is_space: bool,
    /// Whether the end of a line gives it the level of the paragraph.
    pub(super) is_reset_at_end: bool,
    /// Whether a line may end after it.
    pub(super) may_end_line: bool,
}

/// The style of characters that selects a face of a typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FaceStyle {
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// The font that draws a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A letter or digit of a bundled typeface.
    Letter,
    /// White space, punctuation or a symbol of a bundled typeface. It does not interrupt a run of a
    /// system font.
    Neutral,
    /// A system font.
    System,
}

/// A paragraph of a text.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub(super) clusters: Vec<Cluster>,
    /// The place of its first character.
    pub(super) start: usize,
    /// Whether its base direction is from right to left.
    pub(super) is_rtl: bool,
}

/// Takes a text apart. There is always at least one paragraph.
pub(super) fn paragraphs(
    text: &str,
    runs: &[Run<'_>],
    setting: &LayoutOptions,
    measures: &Measures,
) -> Vec<Paragraph> {
    let mut styles = Styles::new(runs);
    let (mut byte, mut letter) = (0, 0);
    let mut paragraphs = Vec::new();
    for content in text.split('\n') {
        let mut paragraph = paragraph(content, (byte, letter), setting, &mut styles);
        apply_measures(text, &mut paragraph.clusters, setting.size, measures);
        let end = paragraph.clusters.last();
        letter = end.map_or(letter, |last| last.letters.end) + 1;
        byte += content.len() + 1;
        paragraphs.push(paragraph);
    }
    paragraphs
}

fn paragraph(
    content: &str,
    (first_byte, first_letter): (usize, usize),
    setting: &LayoutOptions,
    styles: &mut Styles<'_>,
) -> Paragraph {
    let directions = Directions::of(content);
    let mut breaks = linebreaks(content).map(|(at, _)| at).peekable();
    let mut letter = first_letter;
    let mut clusters = Vec::new();
    for (at, grapheme) in content.grapheme_indices(true) {
        let end = at + grapheme.len();
        while breaks.next_if(|place| *place < end).is_some() {}
        let style = styles.at(first_byte + at);
        let advance = cluster_advance(setting.font, style.bold, grapheme);
        let count = grapheme.chars().count();
        clusters.push(Cluster {
            bytes: first_byte + at..first_byte + end,
            letters: letter..letter + count,
            width: advance.sizes * setting.size,
            level: directions.level(at),
            style,
            source: match grapheme.chars().any(char::is_alphanumeric) {
                _ if !advance.known => Source::System,
                true => Source::Letter,
                false => Source::Neutral,
            },
            is_space: matches!(grapheme, " " | "\t" | "\u{3000}"),
            is_reset_at_end: directions.is_reset_at_end(at),
            // The end of the paragraph is in the list too.
            may_end_line: end < content.len() && breaks.peek() == Some(&end),
        });
        letter += count;
    }
    Paragraph {
        clusters,
        start: first_letter,
        is_rtl: directions.is_rtl(),
    }
}

/// The styles of a text by place. The pieces of an element's text end anywhere, also within a
/// cluster; a cluster has the style of its first character.
struct Styles<'a> {
    runs: std::slice::Iter<'a, Run<'a>>,
    style: FaceStyle,
    end: usize,
}

impl<'a> Styles<'a> {
    fn new(runs: &'a [Run<'a>]) -> Self {
        Self {
            runs: runs.iter(),
            style: FaceStyle {
                bold: false,
                italic: false,
            },
            end: 0,
        }
    }

    /// The style at a byte. The bytes of successive calls must not decrease.
    fn at(&mut self, byte: usize) -> FaceStyle {
        while byte >= self.end
            && let Some(run) = self.runs.next()
        {
            self.end += run.text.len();
            self.style = FaceStyle {
                bold: run.bold,
                italic: run.italic,
            };
        }
        self.style
    }
}
