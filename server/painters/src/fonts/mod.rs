//! The fonts of texts: the bundled typefaces, and the fonts of the machine for everything else.

mod bundled;
mod face;
mod shape;
mod system;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use shared::model::Font;

pub(crate) use face::Face;
pub(crate) use shape::{PlacedGlyph, Shaped};
use system::{Look, SystemFonts};

/// The fonts of texts. Loading them takes some 100 ms, so a program does it once.
pub struct Fonts {
    /// The faces of each typeface, regular and bold.
    bundled: [[Vec<Arc<Face>>; 2]; 3],
    system: SystemFonts,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").finish_non_exhaustive()
    }
}

impl Fonts {
    /// Unpacks the bundled typefaces and looks for other fonts: in `folder` and its folders, and, for
    /// letters that these lack, in the folders of the system.
    #[must_use]
    pub fn load(folder: Option<&Path>) -> Self {
        Self {
            bundled: Font::ALL.map(|font| [false, true].map(|bold| faces(font, bold))),
            system: SystemFonts::load(folder),
        }
    }

    /// The letters that neither a bundled typeface nor a font of the machine has. A painter draws a
    /// box for each.
    #[must_use]
    pub fn missing(&self, letters: &BTreeSet<char>) -> Vec<char> {
        let is_missing = |letter: &&char| {
            shape::is_visible(**letter) && self.face(**letter, Font::Sans, false).is_none()
        };
        letters.iter().filter(is_missing).copied().collect()
    }

    /// The face that draws a letter: of the typeface, else of the sans-serif one, else of the
    /// machine.
    fn face(&self, letter: char, font: Font, bold: bool) -> Option<Arc<Face>> {
        let own = self.of(font, bold).iter().chain(self.of(Font::Sans, bold));
        let mut own = own.filter(|face| face.glyph(letter).is_some());
        own.next()
            .cloned()
            .or_else(|| self.system.face(letter, Look::of(letter, bold, false)))
    }

    fn of(&self, font: Font, bold: bool) -> &[Arc<Face>] {
        let [hand, sans, mono] = &self.bundled;
        let [regular, heavy] = match font {
            Font::Handwriting => hand,
            Font::Sans => sans,
            Font::Mono => mono,
        };
        if bold { heavy } else { regular }
    }
}

fn faces(font: Font, bold: bool) -> Vec<Arc<Face>> {
    let files = bundled::files(font, bold).iter();
    let faces = files.filter_map(|file| {
        let plain = wuff::decompress_woff2(file).ok()?;
        Face::new(Arc::new(plain), 0).map(Arc::new)
    });
    faces.collect()
}

#[cfg(test)]
mod tests {
    use kurbo::{Affine, Point};
    use shared::model::palette::Rgb;
    use shared::paint::{Blend, Face as TextFace, Fill, PlacedText};
    use shared::typeset::advance;

    use super::*;

    #[test]
    fn every_letter_of_a_bundled_typeface_is_as_wide_as_the_layout_says() {
        let fonts = Fonts::load(None);
        // The layout knows no letter of the monospaced typeface that the sans-serif one lacks; painters
        // stretch such runs.
        let is_known = |font, letter: &char| {
            let mut faces = fonts.of(Font::Sans, false).iter();
            font != Font::Mono || faces.any(|face| face.glyph(*letter).is_some())
        };
        let mut count = 0;
        for font in Font::ALL {
            for bold in [false, true] {
                for face in fonts.of(font, bold) {
                    let letters = face.letters().into_iter();
                    for (letter, glyph) in letters.filter(|(letter, _)| is_known(font, letter)) {
                        let (drawn, laid) = (face.advance(glyph), advance(font, bold, letter));
                        assert!(
                            (drawn - laid).abs() < 1e-3,
                            "{font:?} bold {bold} {letter:?}: {drawn} is not {laid}"
                        );
                        count += 1;
                    }
                }
            }
        }
        assert!(count > 3_000, "{count} letters");
    }

    /// The glyphs of a text that a system font draws.
    fn glyphs(fonts: &Fonts, text: &str, is_rtl: bool) -> Vec<(u32, f64)> {
        let (font, bold, italic) = (Font::Sans, false, false);
        let words = PlacedText {
            text,
            face: TextFace { font, bold, italic },
            size: 1.0,
            at: Point::ORIGIN,
            width: 1.0,
            is_rtl,
            is_forced: false,
            is_system: true,
            place: Affine::IDENTITY,
            fill: Fill {
                rgb: Rgb::from_hex(0),
                alpha: 1.0,
                blend: Blend::Cover,
            },
        };
        let (parts, _) = fonts.shape(&words);
        let glyphs = parts.iter().flat_map(|part| &part.glyphs);
        glyphs.map(|it| (it.id.to_u32(), it.advance)).collect()
    }

    #[test]
    fn scripts_are_shaped_by_their_fonts() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts");
        let fonts = Fonts::load(Some(Path::new(folder)));
        let alone = |letter: char| glyphs(&fonts, &letter.to_string(), true)[0].0;
        // Arabic letters have another form within a word.
        let joined = glyphs(&fonts, "مرحبا", true);
        assert_eq!(joined.len(), 5);
        let lone: Vec<u32> = "مرحبا".chars().rev().map(alone).collect();
        let same = joined.iter().zip(lone).filter(|(it, lone)| it.0 == *lone);
        assert!(same.count() <= 1, "{joined:?}");
        // One glyph for a conjunct, and no width for a vowel sign above or below.
        assert!(glyphs(&fonts, "नमस्ते", false).len() < "नमस्ते".chars().count());
        let thai = glyphs(&fonts, "สวัสดี", false);
        assert_eq!(
            thai.iter().filter(|(_, advance)| *advance == 0.0).count(),
            2
        );
        // One picture for a family, a flag, and a person with a skin and a profession.
        for emoji in ["👨‍👩‍👧‍👦", "🇩🇪", "👩🏽‍🚀"] {
            let drawn = glyphs(&fonts, emoji, false);
            let visible = drawn.iter().filter(|(_, advance)| *advance > 0.0);
            assert_eq!(visible.count(), 1, "{emoji}: {drawn:?}");
        }
    }
}
