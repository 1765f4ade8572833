//! Pieces of text that a system font draws, and their measures.
//!
//! A piece is a maximal run of clusters of a system font in one style and direction, without a
//! place where UAX #14 lets a line end, and with at most [`MAX_PIECE_CHARS`] characters. Mostly it
//! is a word, an ideograph or an emoji.

use std::collections::BTreeMap;

use super::cluster::{Cluster, Source, paragraphs};
use super::measures::{MAX_PIECE_CHARS, Measures};
use super::{Align, Font, LayoutOptions, Run};

/// A piece of text that can be measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// The estimated widths of its clusters in 1/1000 of the text size.
    pub estimates: Vec<u16>,
}

/// The different pieces of a text.
#[must_use]
pub fn pieces(runs: &[Run<'_>], font: Font) -> Vec<Piece> {
    let text: String = runs.iter().map(|run| run.text).collect();
    let setting = LayoutOptions {
        font,
        size: 1_000.0,
        wrap: None,
        align: Align::Start,
    };
    let mut found = BTreeMap::new();
    for mut paragraph in paragraphs(&text, runs, &setting, &Measures::default()) {
        for piece in split(&mut paragraph.clusters) {
            let Some((words, style)) = piece_text(&text, piece) else {
                continue;
            };
            found
                .entry((words, style.bold, style.italic))
                .or_insert_with(|| Piece {
                    text: words.to_owned(),
                    bold: style.bold,
                    italic: style.italic,
                    // Estimates have whole thousandths.
                    estimates: piece.iter().map(|it| it.width.round() as u16).collect(),
                });
        }
    }
    found.into_values().collect()
}

/// Gives the clusters of measured pieces their widths and breaks.
pub(super) fn apply_measures(text: &str, clusters: &mut [Cluster], size: f64, measures: &Measures) {
    if measures.is_empty() {
        return;
    }
    for piece in split(clusters) {
        let measure = piece_text(text, piece)
            .and_then(|(words, style)| measures.get(words, style.bold, style.italic));
        // Another version of Unicode may have other clusters.
        let Some(measure) = measure.filter(|it| it.advances.len() == piece.len()) else {
            continue;
        };
        for (cluster, advance) in piece.iter_mut().zip(&measure.advances) {
            cluster.width = f64::from(*advance) / 1_000.0 * size;
        }
        let inner = piece.len() - 1;
        for at in &measure.breaks {
            if let Some(cluster) = piece
                .get_mut(..inner)
                .and_then(|it| it.get_mut(usize::from(*at)))
            {
                cluster.may_end_line = true;
            }
        }
    }
}

fn piece_text<'a>(
    text: &'a str,
    piece: &[Cluster],
) -> Option<(&'a str, super::cluster::FaceStyle)> {
    let (first, last) = (piece.first()?, piece.last()?);
    let words = text.get(first.bytes.start..last.bytes.end)?;
    Some((words, first.style))
}

/// The pieces among the clusters of a paragraph.
fn split(clusters: &mut [Cluster]) -> impl Iterator<Item = &mut [Cluster]> {
    let mut chars = 0;
    let together = move |one: &Cluster, next: &Cluster| {
        chars += one.letters.len();
        let joined = one.source == next.source
            && one.style == next.style
            && one.level == next.level
            && !one.may_end_line
            && chars + next.letters.len() <= MAX_PIECE_CHARS;
        if !joined {
            chars = 0;
        }
        joined
    };
    clusters
        .chunk_by_mut(together)
        .filter(|piece| piece.first().is_some_and(|it| it.source == Source::System))
}
