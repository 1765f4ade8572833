//! Ids of elements and groups. The ids of the board are kept; any other word is hashed, so that the
//! same word always becomes the same id.

use std::collections::HashSet;

use sha2::{Digest as _, Sha256};
use shared::id::{ElementId, GroupId};

/// The longest id in bytes.
const MAX_ID_BYTES: usize = 64;

/// The ids of a file that is being read.
#[derive(Debug, Default)]
pub(super) struct Ids {
    defined: HashSet<ElementId>,
    /// Words that elements refer to, with the places of the references.
    mentioned: Vec<(ElementId, Place)>,
    /// The place that is being read.
    place: Place,
}

/// A property of an element of the file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// The number of the element, from 0.
    pub(super) element: usize,
    /// The name of the property; empty for the element itself.
    pub(super) field: &'static str,
}

impl Place {
    /// The path of the place in the JSON.
    pub(super) fn path(self) -> String {
        let dot = if self.field.is_empty() { "" } else { "." };
        format!("elements[{}]{dot}{}", self.element, self.field)
    }
}

impl Ids {
    /// Goes on to the next element.
    pub(super) const fn at(&mut self, element: usize) {
        let field = "";
        self.place = Place { element, field };
    }

    /// Goes on to a property of the element.
    pub(super) const fn at_field(&mut self, field: &'static str) {
        self.place.field = field;
    }

    /// The place that is being read.
    pub(super) const fn place(&self) -> Place {
        self.place
    }

    /// The id of the element; one without a name gets an id by its number.
    pub(super) fn define(&mut self, word: Option<&str>) -> Result<ElementId, String> {
        self.at_field("id");
        let number = self.place.element;
        let id = match word {
            Some(word) => element_id(word)?,
            None => hashed(b"unnamed element", &number.to_be_bytes()),
        };
        if !self.defined.insert(id) {
            return Err("two elements have this id".to_owned());
        }
        Ok(id)
    }

    /// The element that a word refers to.
    pub(super) fn refer(&mut self, word: &str) -> Result<ElementId, String> {
        let id = element_id(word)?;
        // An id of a board may name an element that is not part of the file.
        if word.parse::<ElementId>().is_err() {
            self.mentioned.push((id, self.place));
        }
        Ok(id)
    }

    /// The first reference to an element that the file does not have.
    pub(super) fn undefined(&self) -> Option<Place> {
        let mut mentioned = self.mentioned.iter();
        let missing = mentioned.find(|(id, _)| !self.defined.contains(id));
        missing.map(|(_, place)| *place)
    }
}

fn element_id(word: &str) -> Result<ElementId, String> {
    check(word)?;
    let known = word.parse().ok();
    Ok(known.unwrap_or_else(|| hashed(b"element", word.as_bytes())))
}

/// The group that a word names.
pub(super) fn group_id(word: &str) -> Result<GroupId, String> {
    check(word)?;
    let hash = || GroupId::from_bytes(*hashed(b"group", word.as_bytes()).as_bytes());
    Ok(word.parse().unwrap_or_else(|_| hash()))
}

fn check(word: &str) -> Result<(), String> {
    if word.is_empty() || word.len() > MAX_ID_BYTES {
        return Err(format!("an id has 1 to {MAX_ID_BYTES} bytes"));
    }
    Ok(())
}

fn hashed(kind: &[u8], word: &[u8]) -> ElementId {
    let hash = Sha256::new_with_prefix(kind).chain_update([0]);
    let mut bytes = [0; 16];
    let hash = hash.chain_update(word).finalize();
    bytes.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    ElementId::from_bytes(bytes)
}
