//! The fonts of the machine, for letters that no bundled typeface has.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use fontdb::{Database, ID, Style};

use super::face::Face;

/// Letters whose face is remembered. Beyond it everything is forgotten, so hostile boards cannot fill
/// the memory.
const MAX_REMEMBERED: usize = 20_000;
/// Faces that are kept in memory. A font of Chinese has some 20 MB.
const MAX_FACES: usize = 64;

/// The fonts of the machine.
pub(super) struct SystemFonts {
    database: Database,
    /// The faces in the order in which they are asked, for regular and for bold text.
    order: [Vec<ID>; 2],
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    faces: HashMap<ID, Option<Arc<Face>>>,
    letters: HashMap<(char, bool), Option<ID>>,
}

impl SystemFonts {
    /// Looks for fonts in the folders of the system.
    pub(super) fn load() -> Self {
        let mut database = Database::new();
        database.load_system_fonts();
        Self::of(database)
    }

    fn of(database: Database) -> Self {
        let order = [false, true].map(|bold| {
            let mut faces: Vec<_> = database.faces().collect();
            faces.sort_by_key(|face| {
                let family = face.families.first().map_or("", |(name, _)| name.as_str());
                let is_bold = face.weight.0 >= 600;
                let is_plain =
                    face.style == Style::Normal && face.stretch == fontdb::Stretch::Normal;
                (!is_plain, is_bold != bold, kind(family), family.to_owned())
            });
            faces.into_iter().map(|face| face.id).collect()
        });
        let known = Mutex::default();
        Self {
            database,
            order,
            known,
        }
    }

    /// The face that draws a letter.
    pub(super) fn face(&self, letter: char, bold: bool) -> Option<Arc<Face>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.letters.get(&(letter, bold)).copied() {
            return found.and_then(|id| self.loaded(id, &mut known));
        }
        let [regular, heavy] = &self.order;
        let mut order = if bold { heavy } else { regular }.iter().copied();
        let found = order.find(|id| self.has(*id, letter));
        if known.letters.len() >= MAX_REMEMBERED {
            known.letters.clear();
        }
        known.letters.insert((letter, bold), found);
        found.and_then(|id| self.loaded(id, &mut known))
    }

    /// Whether a face has a letter. The file is mapped, not read as a whole.
    fn has(&self, id: ID, letter: char) -> bool {
        use skrifa::MetadataProvider as _;
        let has = self.database.with_face_data(id, |data, index| {
            let font = skrifa::FontRef::from_index(data, index).ok()?;
            font.charmap().map(letter)
        });
        has.flatten().is_some()
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

/// The order of families: plain sans-serif ones first, symbols and decorative ones last.
fn kind(family: &str) -> u8 {
    let has = |word: &str| family.contains(word);
    if has("Emoji") {
        2
    } else if has("Mono") || has("Symbol") || has("Math") || has("Last Resort") {
        3
    } else if has("Sans") {
        0
    } else {
        1
    }
}
