//! What this page has told others once and newcomers do not know: its cursor, its raised hand and
//! the person that it follows.

use std::mem::discriminant;

use shared::protocol::LiveUpdate;

/// The latest live update of each kind that holds until it changes.
#[derive(Debug, Default)]
pub(super) struct StandingSignals(Vec<LiveUpdate>);

impl StandingSignals {
    /// Keeps an update that was sent, if it holds until it changes.
    pub(super) fn record(&mut self, item: &LiveUpdate) {
        let is_over = match item {
            LiveUpdate::Cursor(at) => at.is_none(),
            LiveUpdate::Hand(since) => since.is_none(),
            LiveUpdate::Follow(client) => client.is_none(),
            // The core repeats the selection. The rest is gone soon.
            _ => return,
        };
        self.0.retain(|it| discriminant(it) != discriminant(item));
        if !is_over {
            self.0.push(item.clone());
        }
    }

    /// What newcomers must be told.
    pub(super) fn for_newcomers(&self) -> Vec<LiveUpdate> {
        self.0.clone()
    }

    /// What all must be told on a new connection. Others may know of a hand that was raised, or of a
    /// person that was followed, before this page was loaded again.
    pub(super) fn for_everyone(&self) -> Vec<LiveUpdate> {
        let over = [LiveUpdate::Hand(None), LiveUpdate::Follow(None)];
        let is_missing = |item: &LiveUpdate| {
            let mut holding = self.0.iter();
            holding.all(|it| discriminant(it) != discriminant(item))
        };
        let over = over.into_iter().filter(is_missing);
        self.0.iter().cloned().chain(over).collect()
    }

    /// Since when the hand is raised, in milliseconds since 1970.
    pub(super) fn hand(&self) -> Option<u64> {
        self.0.iter().find_map(|item| match item {
            LiveUpdate::Hand(since) => *since,
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newcomers_are_told_the_latest_of_each_kind_that_still_holds() {
        let mut signals = StandingSignals::default();
        for item in [
            LiveUpdate::Cursor(Some([1.0, 2.0])),
            LiveUpdate::Hand(Some(7)),
            LiveUpdate::Say("hello".to_owned()),
            LiveUpdate::Cursor(Some([3.0, 4.0])),
        ] {
            signals.record(&item);
        }
        assert_eq!(
            signals.for_newcomers(),
            [
                LiveUpdate::Hand(Some(7)),
                LiveUpdate::Cursor(Some([3.0, 4.0]))
            ]
        );
        assert_eq!(signals.hand(), Some(7));
        signals.record(&LiveUpdate::Hand(None));
        signals.record(&LiveUpdate::Cursor(None));
        assert_eq!(signals.for_newcomers(), []);
    }

    #[test]
    fn a_new_connection_takes_back_what_no_longer_holds() {
        let mut signals = StandingSignals::default();
        signals.record(&LiveUpdate::Hand(Some(7)));
        let told = [LiveUpdate::Hand(Some(7)), LiveUpdate::Follow(None)];
        assert_eq!(signals.for_everyone(), told);
    }
}
