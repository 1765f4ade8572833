//! The fonts of pictures: the bundled typefaces, and the fonts of the machine for everything else.

mod bundled;
mod face;
mod shape;
mod system;

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::model::Font;

pub(crate) use face::Face;
pub(crate) use shape::{PlacedGlyph, Shaped};
use system::SystemFonts;

/// The fonts of pictures. Loading them takes some 100 ms, so a program does it once.
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
    /// Unpacks the bundled typefaces and looks for the fonts of the machine.
    #[must_use]
    pub fn load() -> Self {
        Self {
            bundled: Font::ALL.map(|font| [false, true].map(|bold| faces(font, bold))),
            system: SystemFonts::load(),
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
            .or_else(|| self.system.face(letter, bold))
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
    use shared::typeset::advance;

    use super::*;

    #[test]
    fn every_letter_of_a_bundled_typeface_is_as_wide_as_the_layout_says() {
        let fonts = Fonts::load();
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
}
