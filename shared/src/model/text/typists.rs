//! The clients that typed or deleted in a text.

use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::ClientId;
use crate::limits::MAX_TYPISTS;

/// A client that typed or deleted in this text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub(super) struct Typist {
    pub(super) by: ClientId,
    /// The number of its next character.
    pub(super) next: u32,
}

/// The typists of a text. Pieces name them by index.
#[derive(Clone, Debug, Default)]
pub(super) struct Typists {
    list: Vec<Typist>,
    /// The indices, sorted by client.
    by_client: Vec<u16>,
}

impl Typists {
    /// Takes at most [`MAX_TYPISTS`] typists, each once.
    pub(super) fn new(list: Vec<Typist>) -> Self {
        let mut typists = Self {
            by_client: (0..).take(list.len()).collect(),
            list,
        };
        let list = &typists.list;
        let client = |index: &u16| list.get(usize::from(*index)).map(|typist| typist.by);
        typists.by_client.sort_unstable_by_key(client);
        typists
    }

    pub(super) fn list(&self) -> &[Typist] {
        &self.list
    }

    pub(super) fn client(&self, index: u16) -> Option<ClientId> {
        let typist = self.list.get(usize::from(index))?;
        Some(typist.by)
    }

    pub(super) fn index(&self, by: ClientId) -> Option<u16> {
        let place = self.place(by).ok()?;
        self.by_client.get(place).copied()
    }

    /// The number of a client's next character.
    pub(super) fn next(&self, by: ClientId) -> u32 {
        let typist = self
            .index(by)
            .and_then(|index| self.list.get(usize::from(index)));
        typist.map_or(0, |typist| typist.next)
    }

    pub(super) fn set_next(&mut self, index: u16, next: u32) {
        if let Some(typist) = self.list.get_mut(usize::from(index)) {
            typist.next = next;
        }
    }

    pub(super) const fn is_full(&self) -> bool {
        self.list.len() >= MAX_TYPISTS
    }

    /// Adds a typist who is not in the list. Returns its index.
    pub(super) fn add(&mut self, by: ClientId) -> Option<u16> {
        let index = u16::try_from(self.list.len()).ok()?;
        let Err(place) = self.place(by) else {
            return None;
        };
        self.list.push(Typist { by, next: 0 });
        self.by_client.insert(place, index);
        Some(index)
    }

    /// Removes the typists that no piece names. `is_named` has a value for each typist. Returns the
    /// new index of each former typist; those that were removed have none.
    pub(super) fn retain(&mut self, is_named: &[bool]) -> Vec<Option<u16>> {
        let mut kept = 0..;
        let named = is_named.iter().copied();
        let moved = named
            .clone()
            .map(|named| named.then(|| kept.next()).flatten());
        let moved = moved.collect();
        let mut named = named;
        let mut list = std::mem::take(&mut self.list);
        list.retain(|_| named.next().unwrap_or(true));
        *self = Self::new(list);
        moved
    }

    /// The place of a client in the sorted indices.
    fn place(&self, by: ClientId) -> Result<usize, usize> {
        self.by_client
            .binary_search_by_key(&Some(by), |index| self.client(*index))
    }
}
