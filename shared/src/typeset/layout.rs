//! Layout of a text: its lines, and the position of each cluster on them.

use std::ops::Range;

use super::breaking::{LineSpan, lines, trimmed, widest_word, width_of};
use super::char_width::vertical_metrics;
use super::cluster::{Cluster, FaceStyle, Paragraph, Source, paragraphs};
use super::measures::Measures;
use super::visual::in_visual_order;
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
    /// Whether the base direction of its paragraph is from right to left.
    pub is_rtl: bool,
    /// Upper edge.
    pub top: f64,
    /// The baseline.
    pub baseline: f64,
    /// Lower edge.
    pub bottom: f64,
    /// The runs to paint, from left to right.
    pub runs: Vec<LineRun>,
    /// Left and right edge, with the spaces that hang over.
    pub(super) edges: [f64; 2],
    /// Its clusters from left to right.
    pub(super) clusters: Vec<PlacedCluster>,
}

/// A cluster with its place on a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlacedCluster {
    pub(super) letters: Range<usize>,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) is_rtl: bool,
}

/// Neighbouring clusters of one line in one face and one direction.
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
    /// Whether it runs from right to left.
    pub is_rtl: bool,
    /// Whether a system font draws it, which shapes it and may be wider or narrower.
    pub is_system: bool,
}

impl Layout {
    /// The text of a run of this layout, in the order in which it is read.
    #[must_use]
    pub fn words(&self, run: &LineRun) -> &str {
        self.text.get(run.bytes.clone()).unwrap_or_default()
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Lays out a text without measures.
#[must_use]
pub fn layout(runs: &[Run<'_>], setting: &LayoutOptions) -> Layout {
    layout_measured(runs, setting, &Measures::default())
}

/// Lays out a text with the measures of its pieces.
#[must_use]
pub fn layout_measured(runs: &[Run<'_>], setting: &LayoutOptions, measures: &Measures) -> Layout {
    MeasuredText::new(runs, setting, measures).layout(setting.wrap)
}

/// A text that was taken apart into clusters, whose widths are known. It can be laid out at several
/// widths.
#[derive(Debug)]
pub struct MeasuredText {
    text: String,
    paragraphs: Vec<Paragraph>,
    setting: LayoutOptions,
}

impl MeasuredText {
    /// Takes a text apart. The wrapping width of `setting` does not matter.
    #[must_use]
    pub fn new(runs: &[Run<'_>], setting: &LayoutOptions, measures: &Measures) -> Self {
        let text: String = runs.iter().map(|run| run.text).collect();
        Self {
            paragraphs: paragraphs(&text, runs, setting, measures),
            text,
            setting: *setting,
        }
    }

    /// The wrapping width that the widest word needs so that no line ends within it.
    #[must_use]
    pub fn widest_word(&self) -> f64 {
        let words = self.paragraphs.iter();
        let widths = words.map(|words| widest_word(&self.text, words, self.setting.align));
        widths.fold(0.0, f64::max)
    }

    /// The number of lines at a wrapping width.
    #[must_use]
    pub fn line_count(&self, wrap: f64) -> usize {
        let setting = LayoutOptions {
            wrap: Some(wrap),
            ..self.setting
        };
        let paragraphs = self.paragraphs.iter();
        paragraphs
            .map(|paragraph| lines(&self.text, paragraph, &setting).count())
            .sum()
    }

    /// Lays out the text. See [`LayoutOptions::wrap`].
    #[must_use]
    pub fn layout(self, wrap: Option<f64>) -> Layout {
        #[cfg(test)]
        crate::tally::record(crate::tally::CostlyWork::Layout);
        let Self {
            text, paragraphs, ..
        } = self;
        let setting = LayoutOptions {
            wrap,
            ..self.setting
        };
        let spans: Vec<Vec<LineSpan>> = paragraphs
            .iter()
            .map(|paragraph| lines(&text, paragraph, &setting).collect())
            .collect();
        let all = spans.iter().flatten();
        let longest = all.map(|span| span.width).fold(0.0, f64::max);
        let width = wrap.unwrap_or(longest);
        let mut layout = Layout {
            text,
            lines: Vec::new(),
            width,
            height: 0.0,
        };
        for (paragraph, spans) in paragraphs.iter().zip(&spans) {
            for span in spans {
                let line = line(paragraph, span, &setting, width, layout.height);
                layout.lines.push(line);
                layout.height += setting.size * LINE_HEIGHT;
            }
        }
        layout
    }
}

fn line(
    paragraph: &Paragraph,
    span: &LineSpan,
    setting: &LayoutOptions,
    width: f64,
    top: f64,
) -> TextLine {
    let own = paragraph.clusters.get(span.clusters.clone());
    let own = own.unwrap_or_default();
    let left = left_edge(own, paragraph.is_rtl, span.indent, setting.align, width);
    let mut placed = Vec::with_capacity(own.len());
    let mut right = left;
    for (cluster, level) in in_visual_order(own, paragraph.is_rtl) {
        placed.push((cluster, level, right));
        right += cluster.width;
    }
    let start = own.first().map_or(paragraph.start, |it| it.letters.start);
    let (up, down) = vertical_metrics(setting.font);
    let lead = (LINE_HEIGHT - up - down) / 2.0;
    TextLine {
        letters: start..own.last().map_or(start, |it| it.letters.end),
        broken: span.broken,
        is_rtl: paragraph.is_rtl,
        top,
        baseline: top + (lead + up) * setting.size,
        bottom: top + LINE_HEIGHT * setting.size,
        runs: runs(&placed),
        edges: [left, right],
        clusters: placed
            .iter()
            .map(|(cluster, level, left)| PlacedCluster {
                letters: cluster.letters.clone(),
                left: *left,
                right: left + cluster.width,
                is_rtl: level % 2 == 1,
            })
            .collect(),
    }
}

/// The left edge of a line. Spaces at its end hang over the edge of the box, on the right or, in a
/// paragraph from right to left, on the left.
fn left_edge(own: &[Cluster], is_rtl: bool, indent: f64, align: Align, width: f64) -> f64 {
    let free = (width - indent - width_of(trimmed(own))).max(0.0);
    let lead = indent
        + match align {
            Align::Start => 0.0,
            Align::Center => free / 2.0,
            Align::End => free,
        };
    if is_rtl {
        width - lead - width_of(own)
    } else {
        lead
    }
}

/// A cluster with its level and its left edge.
type Placed<'a> = (&'a Cluster, u8, f64);

/// What the clusters of one run have in common.
type RunKind = (FaceStyle, u8, bool);

/// The runs of a line. A run begins where style, direction or font change, and behind a width that
/// is not known from tables, so that differences between fonts do not add up.
fn runs(placed: &[Placed<'_>]) -> Vec<LineRun> {
    let mut runs: Vec<(LineRun, RunKind)> = Vec::new();
    let kinds = kinds(placed);
    for ((cluster, _, left), kind) in placed.iter().zip(kinds) {
        let right = left + cluster.width;
        match runs.last_mut() {
            Some((last, same)) if *same == kind => {
                last.bytes.start = last.bytes.start.min(cluster.bytes.start);
                last.bytes.end = last.bytes.end.max(cluster.bytes.end);
                last.end = right;
            }
            _ => runs.push((
                LineRun {
                    x: *left,
                    end: right,
                    bytes: cluster.bytes.clone(),
                    bold: kind.0.bold,
                    italic: kind.0.italic,
                    is_rtl: kind.1 % 2 == 1,
                    is_system: kind.2,
                },
                kind,
            )),
        }
    }
    runs.into_iter().map(|(run, _)| run).collect()
}

/// The kind of each cluster. White space and punctuation between two clusters of a system font
/// belong to the same run, so that whole phrases are painted at once.
fn kinds(placed: &[Placed<'_>]) -> Vec<RunKind> {
    let kind = |(cluster, level, _): &Placed<'_>| {
        (cluster.style, *level, cluster.source == Source::System)
    };
    let mut kinds: Vec<RunKind> = placed.iter().map(kind).collect();
    let mut last_system: Option<usize> = None;
    for (at, placed) in placed.iter().enumerate() {
        let own = kind(placed);
        if own.2 {
            let between = last_system.and_then(|last| kinds.get_mut(last + 1..at));
            between
                .unwrap_or_default()
                .iter_mut()
                .for_each(|it| it.2 = true);
            last_system = Some(at);
        } else if placed.0.source == Source::Letter {
            last_system = None;
        }
        let next = kinds.get(at + 1);
        if next.is_some_and(|next| (next.0, next.1) != (own.0, own.1)) {
            last_system = None;
        }
    }
    kinds
}
