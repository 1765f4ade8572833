//! The fonts of the machine, for letters that no bundled typeface has.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use fontdb::{Database, FaceInfo, ID, Style};
use skrifa::{FontRef, MetadataProvider as _};

use super::face::Face;

/// Letters whose face is remembered. Beyond it everything is forgotten, so hostile boards cannot fill
/// the memory.
const MAX_REMEMBERED: usize = 20_000;
/// Faces that are kept in memory. A font of Chinese has some 20 MB.
const MAX_FACES: usize = 64;
/// The code points of pictographs, which emoji are made of.
const PICTOGRAPHS: RangeInclusive<char> = '\u{1f000}'..='\u{1faff}';

/// The look of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Look {
    /// Plain text.
    Regular,
    /// Bold text.
    Bold,
    /// A small picture in colours.
    Emoji,
}

impl Look {
    /// The look of a letter of a text. `is_emoji` says whether the text asks for an emoji.
    pub(super) fn of(letter: char, bold: bool, is_emoji: bool) -> Self {
        if is_emoji || PICTOGRAPHS.contains(&letter) {
            Self::Emoji
        } else if bold {
            Self::Bold
        } else {
            Self::Regular
        }
    }
}

/// The fonts of the machine.
pub(super) struct SystemFonts {
    database: Database,
    /// The faces in the order in which they are asked, for each look.
    orders: [(Look, Vec<ID>); 3],
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    faces: HashMap<ID, Option<Arc<Face>>>,
    /// The code points of each face that was asked.
    coverage: HashMap<ID, Vec<RangeInclusive<u32>>>,
    letters: HashMap<(char, Look), Option<ID>>,
}

impl SystemFonts {
    /// Looks for fonts in a folder and, after that, in the folders of the system.
    pub(super) fn load(folder: Option<&Path>) -> Self {
        let mut database = Database::new();
        if let Some(folder) = folder {
            database.load_fonts_dir(folder);
        }
        let own: Vec<ID> = database.faces().map(|face| face.id).collect();
        database.load_system_fonts();
        let orders = [Look::Regular, Look::Bold, Look::Emoji].map(|look| {
            let mut faces: Vec<_> = database.faces().collect();
            faces.sort_by(|one, other| {
                let is_foreign = |face: &FaceInfo| !own.contains(&face.id);
                let by_folder = is_foreign(one).cmp(&is_foreign(other));
                by_folder.then_with(|| preference(one, other, look))
            });
            (look, faces.into_iter().map(|face| face.id).collect())
        });
        let known = Mutex::default();
        Self {
            database,
            orders,
            known,
        }
    }

    /// The face that draws a letter.
    pub(super) fn face(&self, letter: char, look: Look) -> Option<Arc<Face>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.letters.get(&(letter, look)).copied() {
            return found.and_then(|id| self.loaded(id, &mut known));
        }
        let order = self.orders.iter().find(|(it, _)| *it == look);
        let mut order = order.into_iter().flat_map(|(_, ids)| ids);
        let found = order.find(|id| self.has(**id, letter, &mut known)).copied();
        if known.letters.len() >= MAX_REMEMBERED {
            known.letters.clear();
        }
        known.letters.insert((letter, look), found);
        found.and_then(|id| self.loaded(id, &mut known))
    }

    /// Whether a face has a letter.
    fn has(&self, id: ID, letter: char, known: &mut Known) -> bool {
        let coverage = known.coverage.entry(id).or_insert_with(|| {
            // The file is mapped, not read as a whole.
            let ranges = self.database.with_face_data(id, coverage);
            ranges.unwrap_or_default()
        });
        let code = u32::from(letter);
        let place = coverage.partition_point(|range| *range.end() < code);
        coverage
            .get(place)
            .is_some_and(|range| range.contains(&code))
    }

    fn loaded(&self, id: ID, known: &mut Known) -> Option<Arc<Face>> {
        if known.faces.len() >= MAX_FACES && !known.faces.contains_key(&id) {
            known.faces.clear();
        }
        let load = || {
            let face = self.database.with_face_data(id, |data, index| {
                Face::new(Arc::new(data.to_vec()), index).map(Arc::new)
            });
            face.flatten()
        };
        known.faces.entry(id).or_insert_with(load).clone()
    }
}

/// The code points for which a face has glyphs, in order.
fn coverage(data: &[u8], index: u32) -> Vec<RangeInclusive<u32>> {
    let Ok(font) = FontRef::from_index(data, index) else {
        return Vec::new();
    };
    let mut codes: Vec<u32> = font.charmap().mappings().map(|(code, _)| code).collect();
    codes.sort_unstable();
    let mut ranges: Vec<RangeInclusive<u32>> = Vec::new();
    for code in codes {
        match ranges.last_mut() {
            Some(last) if code <= last.end().saturating_add(1) => *last = *last.start()..=code,
            _ => ranges.push(code..=code),
        }
    }
    ranges
}

/// Which of two faces is asked first.
fn preference(one: &FaceInfo, other: &FaceInfo, look: Look) -> Ordering {
    let key = |face: &FaceInfo| {
        let family = family(face);
        let is_plain = face.style == Style::Normal && face.stretch == fontdb::Stretch::Normal;
        let is_bold = face.weight.0 >= 600;
        (
            (look == Look::Emoji) != family.contains("Emoji"),
            !is_plain,
            is_bold != (look == Look::Bold),
            kind(family),
        )
    };
    let by_key = key(one).cmp(&key(other));
    by_key.then_with(|| family(one).cmp(family(other)))
}

fn family(face: &FaceInfo) -> &str {
    face.families.first().map_or("", |(name, _)| name.as_str())
}

/// The order of families: plain sans-serif ones first, symbols and decorative ones last. Of the fonts
/// with Chinese characters in the forms of one region, those of Japan come first, as in fontconfig.
fn kind(family: &str) -> u8 {
    let has = |word: &str| family.contains(word);
    if has("Mono") || has("Symbol") || has("Math") || has("Last Resort") {
        3
    } else if !has("Sans") {
        2
    } else {
        u8::from(has("CJK") && !has("JP"))
    }
}
