//! The words and ids by which a request names elements.
//!
//! A word names an entry of the same request. Its element gets an id that is derived from the seed
//! of the request, because two requests may use the same word for different elements. Any other
//! name is the id of an element of the board, or the end of one: at least [`MIN_SHORT_CHARS`]
//! characters with which no other id of the board ends. Ids end in random bits, but often begin
//! with the same time.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use shared::id::{ElementId, GroupId};
use shared::model::Board;

use crate::error::{WorkError, place};

/// The least length of a short id: 32 random bits.
pub(crate) const MIN_SHORT_CHARS: usize = 6;
/// The characters of a whole id.
const ID_CHARS: usize = 22;
/// The longest word in bytes, as in the format.
const MAX_WORD_BYTES: usize = 64;

/// What the words of a request mean on a board.
#[derive(Debug)]
pub(crate) struct Names<'a> {
    board: &'a Board,
    seed: [u8; 16],
    words: BTreeMap<String, ElementId>,
    /// Elements that the request deletes.
    deleted: BTreeSet<ElementId>,
    endings: OnceCell<Endings>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(board: &'a Board, seed: [u8; 16]) -> Self {
        Self {
            board,
            seed,
            words: BTreeMap::new(),
            deleted: BTreeSet::new(),
            endings: OnceCell::new(),
        }
    }

    /// Makes the id of a new entry. An entry without a word is known by its place in the request.
    pub(crate) fn define(
        &mut self,
        word: Option<&str>,
        path: &str,
    ) -> Result<ElementId, WorkError> {
        let Some(word) = word else {
            return Ok(ElementId::from_bytes(self.hash("place", path)));
        };
        check(word).map_err(|reason| WorkError::at(path, "id", reason))?;
        let id = ElementId::from_bytes(self.hash("word", word));
        if self.words.insert(word.to_owned(), id).is_some() {
            return Err(WorkError::at(path, "id", "two entries have this id"));
        }
        Ok(id)
    }

    /// The elements that the words of the request name.
    pub(crate) const fn words(&self) -> &BTreeMap<String, ElementId> {
        &self.words
    }

    /// Remembers elements that are gone when others refer to them.
    pub(crate) fn forget(&mut self, gone: &BTreeSet<ElementId>) {
        self.deleted.extend(gone);
    }

    /// The element of the request or the board that a name at `path` means.
    pub(crate) fn refer(&self, name: &str, path: &str) -> Result<ElementId, WorkError> {
        match self.words.get(name) {
            Some(id) => Ok(*id),
            None => self.on_board(name, path),
        }
    }

    /// The element of the board that a name at `path` means.
    pub(crate) fn on_board(&self, name: &str, path: &str) -> Result<ElementId, WorkError> {
        let missing = || WorkError::Missing {
            path: path.to_owned(),
            id: name.chars().take(MAX_WORD_BYTES).collect(),
        };
        let id = match name.parse::<ElementId>() {
            Ok(id) => Some(id).filter(|id| self.board.get(*id).is_some()),
            Err(_) => self.by_ending(name).map_err(|()| {
                let reason = format!("several elements have an id that ends with `{name}`");
                WorkError::invalid(path, reason)
            })?,
        };
        let id = id.filter(|id| !self.deleted.contains(id));
        id.ok_or_else(missing)
    }

    fn by_ending(&self, ending: &str) -> Result<Option<ElementId>, ()> {
        if !(MIN_SHORT_CHARS..ID_CHARS).contains(&ending.len()) {
            return Ok(None);
        }
        let endings = self.endings.get_or_init(|| Endings::of(self.board));
        endings.find(ending)
    }

    /// Replaces the names of elements and groups in the fields of an element by ids.
    pub(crate) fn resolve(
        &self,
        fields: &mut serde_json::Map<String, Value>,
        path: &str,
    ) -> Result<(), WorkError> {
        for end in ["start", "end"] {
            if let Some(Value::String(to)) = fields.get_mut(end).and_then(|it| it.get_mut("to")) {
                *to = self
                    .refer(to, &place(path, &format!("{end}.to")))?
                    .to_string();
            }
        }
        if let Some(Value::String(frame)) = fields.get_mut("frame") {
            *frame = self.refer(frame, &place(path, "frame"))?.to_string();
        }
        if let Some(Value::Array(groups)) = fields.get_mut("groups") {
            for (number, group) in groups.iter_mut().enumerate() {
                if let Value::String(word) = group {
                    let at = || place(path, &format!("groups[{number}]"));
                    check(word).map_err(|reason| WorkError::invalid(at(), reason))?;
                    *word = self.group(word).to_string();
                }
            }
        }
        Ok(())
    }

    /// The group that a word names: an id of a board, or a group of this request.
    pub(crate) fn group(&self, word: &str) -> GroupId {
        let new = || GroupId::from_bytes(self.hash("group", word));
        word.parse().unwrap_or_else(|_| new())
    }

    /// The group that a request makes.
    pub(crate) fn new_group(&self) -> GroupId {
        GroupId::from_bytes(self.hash("new group", ""))
    }

    fn hash(&self, kind: &str, word: &str) -> [u8; 16] {
        let hash = Sha256::new_with_prefix(b"commonslate authoring ");
        let hash = hash.chain_update(kind).chain_update(self.seed);
        let hash = hash.chain_update(word).finalize();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        bytes
    }
}

/// The ids of a board by their characters from the last to the first.
#[derive(Debug)]
pub(crate) struct Endings(BTreeMap<String, ElementId>);

impl Endings {
    pub(crate) fn of(board: &Board) -> Self {
        let ids = board.elements().map(|element| element.id);
        Self(ids.map(|id| (reversed(&id.to_string()), id)).collect())
    }

    /// The short id of each element: the shortest end of its id that no other id has.
    pub(crate) fn short(&self) -> BTreeMap<ElementId, String> {
        let common = |one: &str, other: Option<&str>| {
            let letters = one.chars().zip(other.unwrap_or_default().chars());
            letters.take_while(|(a, b)| a == b).count()
        };
        let next = self.0.keys().skip(1).map(|id| Some(id.as_str()));
        let mut before = 0;
        let pairs = self.0.iter().zip(next.chain([None]));
        let short = pairs.map(|((id, element), next)| {
            let behind = common(id, next);
            let chars = (before.max(behind) + 1).max(MIN_SHORT_CHARS);
            before = behind;
            let start: String = id.chars().take(chars).collect();
            (*element, reversed(&start))
        });
        short.collect()
    }

    /// The only element whose id ends with these characters; an error if there are several.
    fn find(&self, ending: &str) -> Result<Option<ElementId>, ()> {
        let start = reversed(ending);
        let mut found = self.0.range(start.clone()..);
        let mut next = || found.next().filter(|(id, _)| id.starts_with(&start));
        match (next(), next()) {
            (Some(_), Some(_)) => Err(()),
            (first, _) => Ok(first.map(|(_, id)| *id)),
        }
    }
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

fn check(word: &str) -> Result<(), String> {
    if word.is_empty() || word.len() > MAX_WORD_BYTES {
        return Err(format!("a name has 1 to {MAX_WORD_BYTES} bytes"));
    }
    Ok(())
}
