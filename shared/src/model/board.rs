//! All elements of a board, their order, and the tombstones of deleted elements.
//!
//! The board only holds state; `op::apply` alone decides how an op changes it. [`Board::set_state`]
//! writes everything that the board knows about one element id and returns the previous state, so
//! that a caller can take the change back exactly.

mod check;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{ClientId, ElementId, ProposalId};
use crate::limits::MAX_TOMBSTONES;

use super::element::Element;
use super::order::OrderKey;
use super::prop::PropKey;

/// The record that a deleted element leaves behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Tombstone {
    /// The author of the element.
    pub author: ClientId,
    /// The client that deleted it.
    pub by: ClientId,
    /// The number of deletions on this board before this one. When there are too many tombstones,
    /// the one with the lowest number goes first.
    pub number: u64,
    /// The last writers of the properties that others than the author had set. Restoring the
    /// element gives these properties back to them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub writers: BTreeMap<PropKey, ClientId>,
}

/// The state of one element id on a board.
#[derive(Clone, Debug, PartialEq)]
pub enum ElementState {
    /// The id was never used, or its tombstone was dropped.
    Absent,
    /// The element is on the board.
    Present(Arc<Element>),
    /// The element was deleted.
    Deleted(Tombstone),
}

/// All elements of a board. Two boards are equal if all their elements are equal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Board {
    elements: BTreeMap<ElementId, Arc<Element>>,
    order: BTreeSet<(OrderKey, ElementId)>,
    /// For each element the elements that depend on it: lines anchored to it, or members of a
    /// frame.
    dependents: BTreeMap<ElementId, BTreeSet<ElementId>>,
    /// The elements of each proposal.
    proposals: BTreeMap<ProposalId, BTreeSet<ElementId>>,
    tombstones: BTreeMap<ElementId, Tombstone>,
    by_deletion: BTreeMap<u64, ElementId>,
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
        self.elements.len()
    }

    /// Whether the board has no element.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// An element on the board.
    #[must_use]
    pub fn get(&self, id: ElementId) -> Option<&Arc<Element>> {
        self.elements.get(&id)
    }

    /// The state of an id.
    #[must_use]
    pub fn state(&self, id: ElementId) -> ElementState {
        match (self.elements.get(&id), self.tombstones.get(&id)) {
            (Some(element), _) => ElementState::Present(Arc::clone(element)),
            (None, Some(tombstone)) => ElementState::Deleted(tombstone.clone()),
            (None, None) => ElementState::Absent,
        }
    }

    /// The elements that depend on an element: the lines anchored to it, and the members if it is a
    /// frame. The element itself need not be on the board.
    pub fn dependents(&self, id: ElementId) -> impl Iterator<Item = &Arc<Element>> {
        let dependents = self.dependents.get(&id).unwrap_or(NO_DEPENDENTS);
        dependents
            .iter()
            .filter_map(|dependent| self.elements.get(dependent))
    }

    /// All elements by id.
    pub fn elements(&self) -> impl Iterator<Item = &Arc<Element>> {
        self.elements.values()
    }

    /// All elements from the bottom of the stack to the top.
    pub fn in_order(&self) -> impl Iterator<Item = &Arc<Element>> {
        self.order
            .iter()
            .filter_map(|(_, id)| self.elements.get(id))
    }

    /// All elements above one, from there to the top of the stack. `below` is the place of that one,
    /// which need not be on the board any more.
    pub fn above(&self, below: (OrderKey, ElementId)) -> impl Iterator<Item = &Arc<Element>> {
        let above = (Bound::Excluded(below), Bound::Unbounded);
        let above = self.order.range(above);
        above.filter_map(|(_, id)| self.elements.get(id))
    }

    /// All elements from the top of the stack to the bottom.
    pub fn from_top(&self) -> impl Iterator<Item = &Arc<Element>> {
        self.order
            .iter()
            .rev()
            .filter_map(|(_, id)| self.elements.get(id))
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

    /// The number of deletions so far, including those of elements that were restored.
    #[must_use]
    pub const fn deletions(&self) -> u64 {
        self.deletions
    }

    /// All tombstones by id.
    pub fn tombstones(&self) -> impl Iterator<Item = (ElementId, &Tombstone)> {
        self.tombstones
            .iter()
            .map(|(id, tombstone)| (*id, tombstone))
    }

    /// The oldest tombstone, if there are more than [`MAX_TOMBSTONES`].
    #[must_use]
    pub fn oldest_excess_tombstone(&self) -> Option<ElementId> {
        let (_, oldest) = self.by_deletion.first_key_value()?;
        (self.by_deletion.len() > MAX_TOMBSTONES).then_some(*oldest)
    }

    /// Sets the state of an id and returns the state before.
    pub fn set_state(&mut self, id: ElementId, state: ElementState) -> ElementState {
        let before = self.state(id);
        if let ElementState::Present(element) = &before {
            self.order.remove(&(element.props.z.clone(), id));
            self.remove_dependent(element);
            self.remove_proposed(element);
            self.elements.remove(&id);
        }
        if let ElementState::Deleted(tombstone) = &before {
            self.by_deletion.remove(&tombstone.number);
            self.tombstones.remove(&id);
        }
        match state {
            ElementState::Absent => {}
            ElementState::Present(element) => {
                self.order.insert((element.props.z.clone(), id));
                for dependency in dependencies(&element) {
                    self.dependents.entry(dependency).or_default().insert(id);
                }
                if let Some(proposal) = element.props.proposal() {
                    self.proposals.entry(proposal).or_default().insert(id);
                }
                self.elements.insert(id, element);
            }
            ElementState::Deleted(tombstone) => {
                self.by_deletion.insert(tombstone.number, id);
                self.tombstones.insert(id, tombstone);
            }
        }
        before
    }

    fn remove_dependent(&mut self, element: &Element) {
        for dependency in dependencies(element) {
            if let Some(dependents) = self.dependents.get_mut(&dependency) {
                dependents.remove(&element.id);
                if dependents.is_empty() {
                    self.dependents.remove(&dependency);
                }
            }
        }
    }

    fn remove_proposed(&mut self, element: &Element) {
        let Some(proposal) = element.props.proposal() else {
            return;
        };
        if let Some(proposed) = self.proposals.get_mut(&proposal) {
            proposed.remove(&element.id);
            if proposed.is_empty() {
                self.proposals.remove(&proposal);
            }
        }
    }

    /// The proposals that are neither accepted nor discarded, with their elements.
    pub fn proposals(&self) -> impl Iterator<Item = (ProposalId, &BTreeSet<ElementId>)> {
        self.proposals.iter().map(|(id, proposed)| (*id, proposed))
    }

    /// Sets the number of deletions. A delete adds one; rolling it back subtracts one.
    pub fn set_deletions(&mut self, deletions: u64) {
        self.deletions = deletions;
    }
}

/// The dependents of an element that has none.
const NO_DEPENDENTS: &BTreeSet<ElementId> = &BTreeSet::new();

/// The elements that an element depends on: its two anchors and its frame.
fn dependencies(element: &Element) -> Vec<ElementId> {
    let props = &element.props;
    let mut dependencies = Vec::new();
    // Most elements have only the five basic properties, so this check saves three look-ups.
    if !props.more.is_empty() {
        dependencies.extend(props.start().map(|anchor| anchor.to));
        dependencies.extend(props.end().map(|anchor| anchor.to));
        dependencies.extend(props.frame());
    }
    dependencies
}

/// The form in which a board is stored and sent.
#[derive(Serialize)]
struct BoardRef<'a> {
    elements: Vec<&'a Element>,
    tombstones: Vec<(ElementId, &'a Tombstone)>,
    deletions: u64,
}

/// The same form, owned, for reading.
#[derive(Deserialize)]
struct StoredBoard {
    elements: Vec<Element>,
    tombstones: Vec<(ElementId, Tombstone)>,
    deletions: u64,
}

impl Serialize for Board {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        BoardRef {
            elements: self.elements.values().map(AsRef::as_ref).collect(),
            tombstones: self.tombstones().collect(),
            deletions: self.deletions,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Board {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = StoredBoard::deserialize(deserializer)?;
        let mut board = Self {
            deletions: stored.deletions,
            ..Self::default()
        };
        for element in stored.elements {
            board.set_state(element.id, ElementState::Present(Arc::new(element)));
        }
        for (id, tombstone) in stored.tombstones {
            board.set_state(id, ElementState::Deleted(tombstone));
        }
        board.check_invariants().map_err(serde::de::Error::custom)?;
        Ok(board)
    }
}
