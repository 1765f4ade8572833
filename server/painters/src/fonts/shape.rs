//! Runs of text as glyphs at their places.

use std::ops::Range;
use std::sync::Arc;

use harfrust::{Direction, ShapeOptions, ShaperData, UnicodeBuffer};
use kurbo::{Affine, BezPath, Rect, Shape as _, Vec2};
use shared::paint::PlacedText;
use skrifa::GlyphId;
use unicode_segmentation::UnicodeSegmentation as _;

use super::system::Look;
use super::{Face, Fonts};

/// How far the tops of slanted letters lean to the right, as a part of their height. Chromium slants
/// as much.
const SLANT: f64 = 0.25;
/// The width of the box for a letter that no font has, as a part of the text size.
const BOX_WIDTH: f64 = 0.6;
/// The height of that box.
const BOX_HEIGHT: f64 = 0.7;
/// The line around that box.
const BOX_LINE: f64 = 0.05;

/// A glyph of a run. Lengths are parts of the text size.
#[derive(Clone, Debug)]
pub(crate) struct PlacedGlyph {
    /// The glyph in its face.
    pub(crate) id: GlyphId,
    /// How far the next glyph is.
    pub(crate) advance: f64,
    /// Where it is drawn, from the place where it begins; y downwards.
    pub(crate) offset: Vec2,
    /// Its letters in the text of the run.
    pub(crate) letters: Range<usize>,
}

impl PlacedGlyph {
    /// The box that is drawn for letters that no font has, filled by the even-odd rule.
    pub(crate) fn missing_box(&self) -> BezPath {
        let right = (self.advance - BOX_LINE).max(2.0 * BOX_LINE);
        let around = Rect::new(BOX_LINE, -BOX_HEIGHT, right, 0.0);
        let mut path = around.to_path(0.1);
        path.extend(around.inset(-BOX_LINE).to_path(0.1));
        path
    }
}

/// Neighbouring glyphs of one face; `None` for letters that no font has.
pub(crate) struct Shaped {
    /// The face.
    pub(crate) face: Option<Arc<Face>>,
    /// The glyphs from left to right.
    pub(crate) glyphs: Vec<PlacedGlyph>,
    /// Where it begins, as a part of the text size.
    pub(crate) start: f64,
}

impl Fonts {
    /// The glyphs of a run from left to right, and the map from text size 1 at the beginning of the
    /// baseline to the board. Runs of system fonts are stretched to their width.
    pub(crate) fn shape(&self, words: &PlacedText<'_>) -> (Vec<Shaped>, Affine) {
        let mut parts = self.itemised(words);
        if words.is_rtl {
            parts.reverse();
        }
        let mut shaped = Vec::with_capacity(parts.len());
        let mut at = 0.0;
        for (face, range) in parts {
            let text = words.text.get(range.clone()).unwrap_or_default();
            let glyphs = match &face {
                Some(face) if words.is_system => with_shaper(face, text, range.start, words.is_rtl),
                Some(face) => letter_by_letter(face, text, range.start),
                None => boxes(text, range.start),
            };
            let width: f64 = glyphs.iter().map(|glyph| glyph.advance).sum();
            shaped.push(Shaped {
                face,
                glyphs,
                start: at,
            });
            at += width;
        }
        let natural = at * words.size;
        let stretch = if words.is_system && natural > 0.0 {
            words.width / natural
        } else {
            1.0
        };
        let slant = if words.face.italic { -SLANT } else { 0.0 };
        let own = Affine::new([
            words.size * stretch,
            0.0,
            words.size * slant,
            words.size,
            0.0,
            0.0,
        ]);
        (
            shaped,
            words.place * Affine::translate(words.at.to_vec2()) * own,
        )
    }

    /// The parts of a run that one face draws, in the order of reading.
    fn itemised(&self, words: &PlacedText<'_>) -> Vec<(Option<Arc<Face>>, Range<usize>)> {
        let mut parts: Vec<(Option<Arc<Face>>, Range<usize>)> = Vec::new();
        for (start, cluster) in words.text.grapheme_indices(true) {
            let end = start + cluster.len();
            let face = self.face_of(
                cluster,
                words,
                parts.last().and_then(|(face, _)| face.as_ref()),
            );
            let is_same = |other: &Option<Arc<Face>>| match (other, &face) {
                (Some(one), Some(other)) => Arc::ptr_eq(one, other),
                (None, None) => true,
                _ => false,
            };
            match parts.last_mut() {
                Some((last, range)) if is_same(last) => range.end = end,
                _ => parts.push((face, start..end)),
            }
        }
        parts
    }

    /// The face of a cluster: the one before if it has all letters, so that a space does not divide
    /// a phrase.
    fn face_of(
        &self,
        cluster: &str,
        words: &PlacedText<'_>,
        before: Option<&Arc<Face>>,
    ) -> Option<Arc<Face>> {
        let has_all = |face: &Arc<Face>| {
            let mut visible = cluster.chars().filter(|letter| is_visible(*letter));
            visible.all(|letter| face.glyph(letter).is_some())
        };
        let is_emoji = cluster.contains('\u{fe0f}');
        if let Some(face) = before.filter(|face| words.is_system && !is_emoji && has_all(face)) {
            return Some(Arc::clone(face));
        }
        let (font, bold) = (words.face.font, words.face.bold);
        let first = cluster.chars().find(|letter| is_visible(*letter))?;
        if words.is_system && !first.is_whitespace() {
            // A letter that a bundled typeface has may stand in a cluster that it lacks.
            let system = self.system.face(first, Look::of(first, bold, is_emoji));
            return system.or_else(|| self.face(first, font, bold));
        }
        self.face(first, font, bold)
    }
}

/// Whether a letter may be seen: no joiner, variation selector or mark of direction.
pub(super) fn is_visible(letter: char) -> bool {
    !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
        && !letter.is_control()
}

fn with_shaper(face: &Face, text: &str, start: usize, is_rtl: bool) -> Vec<PlacedGlyph> {
    let Some(font) = face.font() else {
        return Vec::new();
    };
    let data = ShaperData::new(&font);
    let shaper = data.shaper(&font).build();
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(if is_rtl {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    });
    let shaped = shaper.shape(buffer, ShapeOptions::default());
    let part = |units: i32| f64::from(units) / face.units();
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
    let mut glyphs: Vec<PlacedGlyph> = glyphs
        .map(|(info, at)| {
            let cluster = info.cluster as usize;
            PlacedGlyph {
                id: GlyphId::new(info.glyph_id),
                advance: part(at.x_advance),
                offset: Vec2::new(part(at.x_offset), -part(at.y_offset)),
                letters: start + cluster..start + cluster,
            }
        })
        .collect();
    set_ends(&mut glyphs, start + text.len());
    glyphs
}

/// Each cluster of letters ends where the next one in the order of reading begins.
fn set_ends(glyphs: &mut [PlacedGlyph], end: usize) {
    let mut starts: Vec<usize> = glyphs.iter().map(|glyph| glyph.letters.start).collect();
    starts.push(end);
    starts.sort_unstable();
    starts.dedup();
    for glyph in glyphs {
        let next = starts.partition_point(|start| *start <= glyph.letters.start);
        glyph.letters.end = starts.get(next).copied().unwrap_or(end);
    }
}

/// The glyphs of a bundled typeface, without kerning and ligatures.
fn letter_by_letter(face: &Face, text: &str, start: usize) -> Vec<PlacedGlyph> {
    let glyphs = text.char_indices().filter_map(|(at, letter)| {
        let id = face.glyph(letter)?;
        Some(PlacedGlyph {
            id,
            advance: face.advance(id),
            offset: Vec2::ZERO,
            letters: start + at..start + at + letter.len_utf8(),
        })
    });
    glyphs.collect()
}

fn boxes(text: &str, start: usize) -> Vec<PlacedGlyph> {
    let clusters = text.grapheme_indices(true);
    let boxes = clusters.map(|(at, cluster)| PlacedGlyph {
        id: GlyphId::NOTDEF,
        advance: BOX_WIDTH,
        offset: Vec2::ZERO,
        letters: start + at..start + at + cluster.len(),
    });
    boxes.collect()
}
