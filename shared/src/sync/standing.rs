//! The live updates of one person that hold until they change: the cursor, the selection, the raised
//! hand and the person that is followed. They are sent once, so people who join later need them
//! again.

use std::mem::discriminant;

use crate::protocol::LiveUpdate;

/// The latest live update of each kind that holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StandingUpdates(Vec<LiveUpdate>);

impl StandingUpdates {
    /// Keeps an update, if it holds until it changes. One that says that nothing holds any more, such
    /// as a lowered hand, removes the one before.
    pub fn record(&mut self, item: &LiveUpdate) {
        let is_over = match item {
            LiveUpdate::Cursor(at) => at.is_none(),
            LiveUpdate::Select(ids) => ids.is_empty(),
            LiveUpdate::Hand(since) => since.is_none(),
            LiveUpdate::Follow(client) => client.is_none(),
            // These are gone soon, or are sent again and again.
            LiveUpdate::Begin { .. }
            | LiveUpdate::Ink { .. }
            | LiveUpdate::End { .. }
            | LiveUpdate::Transform(_)
            | LiveUpdate::Draft(_)
            | LiveUpdate::Laser(_)
            | LiveUpdate::Say(_)
            | LiveUpdate::React { .. }
            | LiveUpdate::Writing(_)
            | LiveUpdate::View(_)
            | LiveUpdate::Gather { .. } => return,
        };
        self.0.retain(|it| discriminant(it) != discriminant(item));
        if !is_over {
            self.0.push(item.clone());
        }
    }

    /// Whether nothing holds.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What holds.
    pub fn iter(&self) -> impl Iterator<Item = &LiveUpdate> {
        self.0.iter()
    }

    /// What must be told on a new connection: what holds, and what may have held before the page was
    /// loaded again.
    #[must_use]
    pub fn told_anew(&self) -> Vec<LiveUpdate> {
        let over = [LiveUpdate::Hand(None), LiveUpdate::Follow(None)];
        let is_missing = |item: &LiveUpdate| {
            let mut holding = self.iter();
            holding.all(|it| discriminant(it) != discriminant(item))
        };
        let over = over.into_iter().filter(is_missing);
        self.iter().cloned().chain(over).collect()
    }

    /// Since when the hand is raised, in milliseconds since 1970.
    #[must_use]
    pub fn hand(&self) -> Option<u64> {
        self.iter().find_map(|item| match item {
            LiveUpdate::Hand(since) => *since,
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(items: &[LiveUpdate]) -> StandingUpdates {
        let mut standing = StandingUpdates::default();
        items.iter().for_each(|item| standing.record(item));
        standing
    }

    #[test]
    fn the_latest_of_each_kind_holds_until_it_is_over() {
        let mut standing = recorded(&[
            LiveUpdate::Cursor(Some([1.0, 2.0])),
            LiveUpdate::Hand(Some(7)),
            LiveUpdate::Say("hello".to_owned()),
            LiveUpdate::Cursor(Some([3.0, 4.0])),
        ]);
        let holds = [
            LiveUpdate::Hand(Some(7)),
            LiveUpdate::Cursor(Some([3.0, 4.0])),
        ];
        assert!(standing.iter().eq(&holds));
        assert_eq!(standing.hand(), Some(7));
        standing.record(&LiveUpdate::Hand(None));
        standing.record(&LiveUpdate::Cursor(None));
        assert!(standing.is_empty());
    }

    #[test]
    fn a_new_connection_takes_back_what_no_longer_holds() {
        let standing = recorded(&[LiveUpdate::Hand(Some(7))]);
        let told = [LiveUpdate::Hand(Some(7)), LiveUpdate::Follow(None)];
        assert_eq!(standing.told_anew(), told);
    }
}
