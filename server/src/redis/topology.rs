//! The masters, and which of them has which slots.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::node::Node;
use super::slots::{Slot, word_of};

/// The masters and their slots.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Topology {
    masters: Vec<Master>,
    /// The index of the master of each slot; `None` if one server has everything.
    owners: Option<HashMap<Slot, usize>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Master {
    node: Node,
    slots: Vec<Slot>,
}

impl Topology {
    /// One server has everything.
    pub(super) fn single(node: Node) -> Self {
        let slots = Vec::new();
        Self {
            masters: vec![Master { node, slots }],
            owners: None,
        }
    }

    /// A cluster, by the slots of its masters.
    pub(super) fn cluster(ranges: Vec<(RangeInclusive<u16>, Node)>) -> Self {
        let mut topology = Self {
            masters: Vec::new(),
            owners: Some(HashMap::new()),
        };
        for (range, node) in ranges {
            for slot in range.filter_map(Slot::new) {
                topology.give(slot, &node);
            }
        }
        topology
    }

    /// The same cluster after a slot has moved.
    pub(super) fn moved(&self, slot: Slot, node: &Node) -> Self {
        let mut topology = self.clone();
        for master in &mut topology.masters {
            master.slots.retain(|owned| *owned != slot);
        }
        topology.give(slot, node);
        topology
    }

    fn give(&mut self, slot: Slot, node: &Node) {
        let known = self.masters.iter().position(|it| it.node == *node);
        let index = known.unwrap_or(self.masters.len());
        match self.masters.get_mut(index) {
            Some(master) => master.slots.push(slot),
            None => self.masters.push(Master {
                node: node.clone(),
                slots: vec![slot],
            }),
        }
        if let Some(owners) = &mut self.owners {
            owners.insert(slot, index);
        }
    }

    /// Whether it is a cluster.
    pub(crate) const fn is_cluster(&self) -> bool {
        self.owners.is_some()
    }

    /// All masters.
    pub(crate) fn masters(&self) -> impl Iterator<Item = &Node> {
        self.masters.iter().map(|master| &master.node)
    }

    /// The master that has a slot; `None` if no master has it at present.
    pub(crate) fn owner(&self, slot: Slot) -> Option<&Node> {
        let index = match &self.owners {
            None => 0,
            Some(owners) => *owners.get(&slot)?,
        };
        self.masters.get(index).map(|master| &master.node)
    }

    /// A word in braces that makes a name belong to a master of a cluster; `None` outside of
    /// clusters, where no name needs one. Different numbers give words of different slots.
    pub(crate) fn word(&self, node: &Node, number: usize) -> Option<u32> {
        let master = self.masters.iter().find(|master| master.node == *node)?;
        let index = number.checked_rem(master.slots.len())?;
        master.slots.get(index).copied().map(word_of)
    }
}

#[cfg(test)]
mod tests {
    use redis::Client;

    use super::super::node::Membership;
    use super::*;

    fn node(port: u16) -> Node {
        let client = Client::open(format!("redis://127.0.0.1:{port}")).unwrap();
        Node::new(client, Membership::InCluster)
    }

    fn slot(number: u16) -> Slot {
        Slot::new(number).unwrap()
    }

    #[test]
    fn a_slot_belongs_to_its_master_until_it_has_moved() {
        let before = Topology::cluster(vec![(0..=9, node(1)), (10..=19, node(2))]);
        assert_eq!(before.owner(slot(9)), Some(&node(1)));
        assert_eq!(before.owner(slot(20)), None);
        let after = before.moved(slot(9), &node(3));
        assert_eq!(after.owner(slot(9)), Some(&node(3)));
        assert_eq!(after.owner(slot(8)), Some(&node(1)));
        assert_eq!(after.masters().count(), 3);
    }

    #[test]
    fn the_words_of_a_master_belong_to_its_slots() {
        let topology = Topology::cluster(vec![(0..=9, node(1)), (10..=16_383, node(2))]);
        for number in 0..40 {
            let word = topology.word(&node(1), number).unwrap();
            let owner = topology.owner(Slot::for_key(format!("{{{word}}}")));
            assert_eq!(owner, Some(&node(1)));
        }
        assert_eq!(topology.word(&node(3), 0), None);
    }
}
