//! Checks that the indexes of a board agree with its elements.

use std::collections::BTreeSet;

use super::{Board, dependencies};

impl Board {
    /// Checks that the indexes agree with the elements.
    ///
    /// # Errors
    /// A sentence that names the first broken invariant.
    pub fn check_invariants(&self) -> Result<(), String> {
        if self.order.len() != self.elements.len() {
            return Err(format!(
                "{} in the order, {} elements",
                self.order.len(),
                self.elements.len()
            ));
        }
        if self.by_deletion.len() != self.tombstones.len() {
            return Err(format!(
                "{} deletion numbers, {} tombstones",
                self.by_deletion.len(),
                self.tombstones.len()
            ));
        }
        // There are as many entries in the order as elements, so none is missing if each is right.
        for (z, id) in &self.order {
            let element = self.elements.get(id);
            if element.is_none_or(|element| element.props.z != *z) {
                return Err(format!("{id} is missing in the order"));
            }
        }
        for (id, element) in &self.elements {
            if element.id != *id {
                return Err(format!("{id} holds {}", element.id));
            }
            if self.tombstones.contains_key(id) {
                return Err(format!("{id} is both an element and a tombstone"));
            }
        }
        self.check_dependents()?;
        match self
            .tombstones
            .values()
            .find(|tombstone| tombstone.number >= self.deletions)
        {
            Some(tombstone) => Err(format!(
                "tombstone {} of {}",
                tombstone.number, self.deletions
            )),
            None => Ok(()),
        }
    }

    fn check_dependents(&self) -> Result<(), String> {
        let known: usize = self.dependents.values().map(BTreeSet::len).sum();
        let mut wanted = BTreeSet::new();
        for element in self.elements.values() {
            wanted.extend(
                dependencies(element)
                    .into_iter()
                    .map(|dependency| (dependency, element.id)),
            );
        }
        let missing = wanted.iter().find(|(dependency, id)| {
            !self
                .dependents
                .get(dependency)
                .is_some_and(|dependents| dependents.contains(id))
        });
        match missing {
            Some((dependency, id)) => {
                Err(format!("{id} is not listed as a dependent of {dependency}"))
            }
            None if known != wanted.len() => {
                Err(format!("{known} dependents, {} expected", wanted.len()))
            }
            None => Ok(()),
        }
    }
}
