//! Which people came by which link.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::{LinkId, PersonId};

/// The people on a board and the links by which they came. A person with several tabs counts once
/// for each link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleByLink(BTreeMap<LinkId, BTreeSet<PersonId>>);

impl PeopleByLink {
    /// How many people came by a link.
    #[must_use]
    pub fn count(&self, link: LinkId) -> u32 {
        let people = self.0.get(&link).map_or(0, BTreeSet::len);
        u32::try_from(people).unwrap_or(u32::MAX)
    }

    /// How many others than this person came by a link.
    #[must_use]
    pub fn count_others(&self, link: LinkId, person: PersonId) -> u32 {
        let is_here = self.0.get(&link).is_some_and(|all| all.contains(&person));
        self.count(link) - u32::from(is_here)
    }

    /// A link by which a person came.
    #[must_use]
    pub fn link_of(&self, person: PersonId) -> Option<LinkId> {
        let mut links = self.0.iter();
        let (link, _) = links.find(|(_, people)| people.contains(&person))?;
        Some(*link)
    }
}

impl FromIterator<(PersonId, LinkId)> for PeopleByLink {
    fn from_iter<T: IntoIterator<Item = (PersonId, LinkId)>>(people: T) -> Self {
        people.into_iter().fold(Self::default(), |mut all, one| {
            let (person, link) = one;
            all.0.entry(link).or_default().insert(person);
            all
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_with_several_tabs_count_once() {
        let [ann, ben] = [1, 2].map(|person| PersonId::from_bytes([person; 16]));
        let (one, two) = (LinkId(1), LinkId(2));
        let people: PeopleByLink = [(ann, one), (ann, one), (ben, one), (ben, two)]
            .into_iter()
            .collect();
        assert_eq!(
            [one, two, LinkId(3)].map(|link| people.count(link)),
            [2, 1, 0]
        );
        assert_eq!(people.count_others(one, ann), 1);
        assert_eq!(people.count_others(two, ann), 1);
        assert_eq!(
            (people.link_of(ann), people.link_of(ben)),
            (Some(one), Some(one))
        );
    }
}
