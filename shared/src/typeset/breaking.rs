//! Line breaking.
//!
//! A line takes as many words as fit. A word that is longer than a line is broken anywhere, and a
//! line may end at any East Asian letter or emoji. Spaces at the end of a line hang over the edge.
//! A paragraph that begins with a list mark has its further lines indented behind that mark.
//!
//! The rules are ours, not those of `unicode-linebreak`: stored boards were laid out by them, and
//! other breaks would change the sizes of their notes and labels.

use std::ops::Range;

use super::char_width::is_wide;
use super::layout::Glyph;
use super::{Align, LayoutOptions};

/// The characters of one line.
pub(super) struct LineSpan {
    pub(super) letters: Range<usize>,
    /// Whether the paragraph continues on the next line.
    pub(super) broken: bool,
    pub(super) indent: f64,
    /// The width, including the indent.
    pub(super) width: f64,
}

pub(super) fn spans(glyphs: &[Glyph], setting: &LayoutOptions) -> Vec<LineSpan> {
    let mut spans = Vec::new();
    let mut start = 0;
    for paragraph in glyphs.split(|glyph| glyph.letter == '\n') {
        let hanging = match setting.align {
            Align::Start => list_mark_width(paragraph),
            // Centred and right-aligned lines have no common left edge, so they are not indented.
            Align::Center | Align::End => 0.0,
        };
        break_paragraph(paragraph, start, hanging, setting, &mut spans);
        start += paragraph.len() + 1;
    }
    spans
}

fn break_paragraph(
    paragraph: &[Glyph],
    start: usize,
    hanging: f64,
    setting: &LayoutOptions,
    spans: &mut Vec<LineSpan>,
) {
    let mut from = 0;
    let mut indent = 0.0;
    loop {
        let rest = paragraph.get(from..).unwrap_or_default();
        let room = setting.wrap.map(|wrap| wrap - indent);
        let count = room.map_or(rest.len(), |room| count_fitting(rest, room));
        let shown = rest.get(..count).unwrap_or_default();
        let broken = count < rest.len();
        // Without wrapping, spaces at the end make the box wider, because the caret stands behind
        // them.
        let inked = if broken { trimmed(shown) } else { shown };
        spans.push(LineSpan {
            letters: start + from..start + from + count,
            broken,
            indent,
            width: indent + width_of(inked),
        });
        if !broken {
            return;
        }
        from += count;
        // An indent of more than half of the line would leave no room.
        indent = match setting.wrap {
            Some(wrap) if hanging <= wrap / 2.0 => hanging,
            _ => 0.0,
        };
    }
}

/// The number of characters that fit; at least one, unless there is none.
fn count_fitting(glyphs: &[Glyph], room: f64) -> usize {
    // A sum of widths has rounding errors.
    let room = room * (1.0 + 1.0e-9);
    let mut width = 0.0;
    let mut words_end = 0;
    for (index, glyph) in glyphs.iter().enumerate() {
        let is_space = is_space(glyph.letter);
        if !is_space && width + glyph.width > room {
            return if words_end > 0 {
                words_end
            } else {
                index.max(1)
            };
        }
        width += glyph.width;
        let next = glyphs.get(index + 1).map_or(' ', |next| next.letter);
        if can_break_between(glyph.letter, next) {
            words_end = index + 1;
        }
    }
    glyphs.len()
}

const fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\u{3000}')
}

/// Whether a line may end between two characters.
fn can_break_between(letter: char, next: char) -> bool {
    if is_space(next) {
        return false;
    }
    let wide = |letter: char| is_wide(u32::from(letter));
    is_space(letter)
        || matches!(letter, '-' | '–' | '—' | '/')
        || (wide(letter) && !attaches_to_previous(next))
        || (wide(next) && !attaches_to_previous(next))
}

/// Punctuation that never begins a line, and characters that belong to the one before.
const fn attaches_to_previous(letter: char) -> bool {
    matches!(
        letter,
        '、' | '。'
            | '，'
            | '．'
            | '）'
            | '」'
            | '』'
            | '】'
            | '！'
            | '？'
            | '：'
            | '；'
            | 'ー'
            | ')'
            | ']'
            | '.'
            | ','
            | '!'
            | '?'
            | ':'
            | ';'
            | '\u{200d}'
            | '\u{fe0f}'
            | '\u{1f3fb}'..='\u{1f3ff}'
    )
}

pub(super) fn trimmed(glyphs: &[Glyph]) -> &[Glyph] {
    let last = glyphs.iter().rposition(|glyph| !is_space(glyph.letter));
    glyphs
        .get(..last.map_or(0, |last| last + 1))
        .unwrap_or_default()
}

pub(super) fn width_of(glyphs: &[Glyph]) -> f64 {
    glyphs.iter().map(|glyph| glyph.width).sum()
}

/// The width of a list mark such as `• ` or `12. ` at the start of a paragraph; 0 without one.
fn list_mark_width(paragraph: &[Glyph]) -> f64 {
    // The longest number with its dot and space has this length.
    let start: String = paragraph.iter().take(8).map(|glyph| glyph.letter).collect();
    let letters = list_mark(&start).map_or(0, |mark| mark.chars().count());
    width_of(paragraph.get(..letters).unwrap_or_default())
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
