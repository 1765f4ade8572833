//! Checks that the indexes of a board agree with its elements.

use std::collections::BTreeSet;

use super::{Board, leaders};

impl Board {
    /// Checks that the indexes agree with the elements.
    ///
    /// # Errors
    /// A sentence that names the first broken invariant.
    pub fn check_invariants(&self) -> Result<(), String> {
        if self.order.len() != self.live.len() {
            return Err(format!(
                "{} in order, {} live",
                self.order.len(),
                self.live.len()
            ));
        }
        if self.graves.len() != self.dead.len() {
            return Err(format!(
                "{} graves, {} dead",
                self.graves.len(),
                self.dead.len()
            ));
        }
        for (id, element) in &self.live {
            if element.id != *id {
                return Err(format!("{id} holds {}", element.id));
            }
            if !self.order.contains(&(element.props.z.clone(), *id)) {
                return Err(format!("{id} is not in order"));
            }
            if self.dead.contains_key(id) {
                return Err(format!("{id} is both live and dead"));
            }
        }
        self.check_followers()?;
        match self
            .dead
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

    fn check_followers(&self) -> Result<(), String> {
        let known: usize = self.followers.values().map(BTreeSet::len).sum();
        let mut wanted = BTreeSet::new();
        for element in self.live.values() {
            wanted.extend(
                leaders(element)
                    .into_iter()
                    .map(|leader| (leader, element.id)),
            );
        }
        let missing = wanted.iter().find(|(leader, id)| {
            !self
                .followers
                .get(leader)
                .is_some_and(|followers| followers.contains(id))
        });
        match missing {
            Some((leader, id)) => Err(format!("{id} does not follow {leader}")),
            None if known != wanted.len() => {
                Err(format!("{known} follow, {} should", wanted.len()))
            }
            None => Ok(()),
        }
    }
}
