//! All elements of a board, their order, and the tombstones of the deleted.
//!
//! The board is a plain state; `op::apply` is the only place that decides how
//! an op changes it. Each element lives in a slot, and writing a slot hands
//! back what was in it, which is all that taking a change back needs.

mod check;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{ClientId, ElementId};
use crate::limits::MAX_TOMBSTONES;

use super::element::Element;
use super::order::OrderKey;
use super::prop::PropKey;

/// What remains of a deleted element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Tombstone {
    /// Who had put the element on the board.
    pub author: ClientId,
    /// Who deleted it.
    pub by: ClientId,
    /// How many deletions the board had seen before; the oldest tombstone goes
    /// first when there are too many.
    pub number: u64,
    /// Who other than the author had last set which property, so that it is still
    /// theirs when the element is restored.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub writers: BTreeMap<PropKey, ClientId>,
}

/// What the board knows about one element id.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot {
    /// Nothing: never seen, or its tombstone is gone.
    Vacant,
    /// It is on the board.
    Live(Arc<Element>),
    /// It was deleted.
    Dead(Tombstone),
}

/// All elements of a board. Equal boards are equal element for element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Board {
    live: BTreeMap<ElementId, Arc<Element>>,
    order: BTreeSet<(OrderKey, ElementId)>,
    /// Which elements depend on an element: lines on what they hold on to, members
    /// on their frame.
    followers: BTreeMap<ElementId, BTreeSet<ElementId>>,
    dead: BTreeMap<ElementId, Tombstone>,
    graves: BTreeMap<u64, ElementId>,
    deletions: u64,
}

impl Board {
    /// An empty board.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of elements on the board.
    #[must_use]
    pub fn len(&self) -> usize {
        self.live.len()
    }

    /// Whether nothing is on the board.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.live.is_empty()
    }

    /// An element on the board.
    #[must_use]
    pub fn get(&self, id: ElementId) -> Option<&Arc<Element>> {
        self.live.get(&id)
    }

    /// What is known about an id.
    #[must_use]
    pub fn slot(&self, id: ElementId) -> Slot {
        match (self.live.get(&id), self.dead.get(&id)) {
            (Some(element), _) => Slot::Live(Arc::clone(element)),
            (None, Some(tombstone)) => Slot::Dead(tombstone.clone()),
            (None, None) => Slot::Vacant,
        }
    }

    /// Elements that depend on an element: lines that hold on to it, and what is in
    /// it if it is a frame. The element itself need not be on the board.
    pub fn followers(&self, id: ElementId) -> impl Iterator<Item = &Arc<Element>> {
        let followers = self.followers.get(&id).unwrap_or(NOBODY);
        followers
            .iter()
            .filter_map(|follower| self.live.get(follower))
    }

    /// All elements by id.
    pub fn elements(&self) -> impl Iterator<Item = &Arc<Element>> {
        self.live.values()
    }

    /// All elements from the bottom of the stack to the top.
    pub fn in_order(&self) -> impl Iterator<Item = &Arc<Element>> {
        self.order.iter().filter_map(|(_, id)| self.live.get(id))
    }

    /// All elements from the top of the stack to the bottom.
    pub fn from_top(&self) -> impl Iterator<Item = &Arc<Element>> {
        self.order
            .iter()
            .rev()
            .filter_map(|(_, id)| self.live.get(id))
    }

    /// The order key of the topmost element.
    #[must_use]
    pub fn top(&self) -> Option<&OrderKey> {
        self.order.last().map(|(key, _)| key)
    }

    /// The order key of the lowest element.
    #[must_use]
    pub fn bottom(&self) -> Option<&OrderKey> {
        self.order.first().map(|(key, _)| key)
    }

    /// Deletions that the board has seen.
    #[must_use]
    pub const fn deletions(&self) -> u64 {
        self.deletions
    }

    /// All tombstones by id.
    pub fn tombstones(&self) -> impl Iterator<Item = (ElementId, &Tombstone)> {
        self.dead.iter().map(|(id, tombstone)| (*id, tombstone))
    }

    /// The tombstone that must go before another is made, if there are too many.
    #[must_use]
    pub fn oldest_excess_tombstone(&self) -> Option<ElementId> {
        let (_, oldest) = self.graves.first_key_value()?;
        (self.graves.len() > MAX_TOMBSTONES).then_some(*oldest)
    }

    /// Writes a slot and returns what was in it.
    pub fn put_slot(&mut self, id: ElementId, slot: Slot) -> Slot {
        let before = self.slot(id);
        if let Slot::Live(element) = &before {
            self.order.remove(&(element.props.z.clone(), id));
            self.unfollow(element);
            self.live.remove(&id);
        }
        if let Slot::Dead(tombstone) = &before {
            self.graves.remove(&tombstone.number);
            self.dead.remove(&id);
        }
        match slot {
            Slot::Vacant => {}
            Slot::Live(element) => {
                self.order.insert((element.props.z.clone(), id));
                for leader in leaders(&element) {
                    self.followers.entry(leader).or_default().insert(id);
                }
                self.live.insert(id, element);
            }
            Slot::Dead(tombstone) => {
                self.graves.insert(tombstone.number, id);
                self.dead.insert(id, tombstone);
            }
        }
        before
    }

    fn unfollow(&mut self, element: &Element) {
        for leader in leaders(element) {
            if let Some(followers) = self.followers.get_mut(&leader) {
                followers.remove(&element.id);
                if followers.is_empty() {
                    self.followers.remove(&leader);
                }
            }
        }
    }

    /// Sets the count of deletions: one more for a delete, one less when it is
    /// taken back.
    pub fn set_deletions(&mut self, deletions: u64) {
        self.deletions = deletions;
    }
}

/// The followers of what has none.
const NOBODY: &BTreeSet<ElementId> = &BTreeSet::new();

/// What an element depends on, at most one of each kind.
fn leaders(element: &Element) -> Vec<ElementId> {
    let props = &element.props;
    let mut leaders = Vec::new();
    // Most elements have nothing but the five properties.
    if !props.more.is_empty() {
        leaders.extend(props.start().map(|anchor| anchor.to));
        leaders.extend(props.end().map(|anchor| anchor.to));
        leaders.extend(props.frame());
    }
    leaders
}

/// The board as it is stored and sent.
#[derive(Serialize)]
struct Storable<'a> {
    elements: Vec<&'a Element>,
    tombstones: Vec<(ElementId, &'a Tombstone)>,
    deletions: u64,
}

/// The same as it is read.
#[derive(Deserialize)]
struct Stored {
    elements: Vec<Element>,
    tombstones: Vec<(ElementId, Tombstone)>,
    deletions: u64,
}

impl Serialize for Board {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Storable {
            elements: self.live.values().map(AsRef::as_ref).collect(),
            tombstones: self.tombstones().collect(),
            deletions: self.deletions,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Board {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Stored::deserialize(deserializer)?;
        let mut board = Self {
            deletions: stored.deletions,
            ..Self::default()
        };
        for element in stored.elements {
            board.put_slot(element.id, Slot::Live(Arc::new(element)));
        }
        for (id, tombstone) in stored.tombstones {
            board.put_slot(id, Slot::Dead(tombstone));
        }
        board.check_invariants().map_err(serde::de::Error::custom)?;
        Ok(board)
    }
}
