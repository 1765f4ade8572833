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
    pub(super) fn all(&self) -> impl Iterator<Item = &LiveUpdate> {
        self.0.iter()
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
        let told: Vec<_> = signals.all().cloned().collect();
        assert_eq!(
            told,
            [
                LiveUpdate::Hand(Some(7)),
                LiveUpdate::Cursor(Some([3.0, 4.0]))
            ]
        );
        assert_eq!(signals.hand(), Some(7));
        signals.record(&LiveUpdate::Hand(None));
        signals.record(&LiveUpdate::Cursor(None));
        assert_eq!(signals.all().count(), 0);
    }
}
