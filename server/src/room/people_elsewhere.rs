//! Which people came by which link on other servers. Each server announces its people again and again,
//! as a lease that expires, so nothing has to be cleaned up after a server that died.

use std::collections::BTreeMap;

use shared::id::{LinkId, Millis, NodeId, PersonId};
use shared::limits::MAX_PEOPLE;

/// How often a server announces its people, in milliseconds.
const ANNOUNCE_EVERY_MS: Millis = 3_000;
/// How long an announcement holds, in milliseconds: for three announcements and a little.
const LEASE_MS: Millis = 9_500;

/// The people on other servers, and what this server announced last.
#[derive(Debug, Default)]
pub(super) struct PeopleElsewhere {
    by_node: BTreeMap<NodeId, (Vec<(PersonId, LinkId)>, Millis)>,
    announced: Vec<(PersonId, LinkId)>,
    next_announcement: Millis,
}

impl PeopleElsewhere {
    /// Another server announced its people.
    pub(super) fn announced_by(
        &mut self,
        node: NodeId,
        mut people: Vec<(PersonId, LinkId)>,
        now: Millis,
    ) {
        people.truncate(MAX_PEOPLE);
        self.by_node.retain(|_, (_, until)| *until > now);
        if people.is_empty() {
            self.by_node.remove(&node);
        } else {
            self.by_node.insert(node, (people, now + LEASE_MS));
        }
    }

    /// The people on other servers.
    pub(super) fn at(&self, now: Millis) -> impl Iterator<Item = (PersonId, LinkId)> {
        let held = self.by_node.values().filter(move |(_, until)| *until > now);
        held.flat_map(|(people, _)| people).copied()
    }

    /// When the people of this server must be announced again although they are the same.
    pub(super) const fn due(&self) -> Millis {
        if self.announced.is_empty() {
            Millis::MAX
        } else {
            self.next_announcement
        }
    }

    /// The people of this server, if it is time to announce them: on every change, and regularly
    /// while there are any.
    pub(super) fn announcement(
        &mut self,
        people: Vec<(PersonId, LinkId)>,
        now: Millis,
    ) -> Option<Vec<(PersonId, LinkId)>> {
        let is_time = !people.is_empty() && now >= self.next_announcement;
        if !is_time && people == self.announced {
            return None;
        }
        self.next_announcement = now + ANNOUNCE_EVERY_MS;
        self.announced.clone_from(&people);
        Some(people)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: (PersonId, LinkId) = (PersonId::from_bytes([1; 16]), LinkId(1));
    const OTHER: NodeId = NodeId::from_bytes([2; 16]);

    #[test]
    fn people_elsewhere_are_forgotten_unless_they_are_announced_again() {
        let mut people = PeopleElsewhere::default();
        people.announced_by(OTHER, vec![ANN], 0);
        people.announced_by(OTHER, vec![ANN], 3_000);
        assert_eq!(people.at(12_499).count(), 1);
        assert_eq!(people.at(12_500).count(), 0);
        people.announced_by(OTHER, Vec::new(), 4_000);
        assert_eq!(people.at(4_000).count(), 0);
    }

    #[test]
    fn people_are_announced_on_every_change_and_every_three_seconds() {
        let mut people = PeopleElsewhere::default();
        let mut announced = |here: &[(PersonId, LinkId)], now| {
            let here = here.to_vec();
            people.announcement(here, now).map(|people| people.len())
        };
        assert_eq!(announced(&[], 0), None);
        assert_eq!(announced(&[ANN], 10), Some(1));
        assert_eq!(announced(&[ANN], 3_009), None);
        assert_eq!(announced(&[ANN], 3_010), Some(1));
        assert_eq!(announced(&[], 3_020), Some(0));
        assert_eq!(announced(&[], 9_000), None);
    }
}
