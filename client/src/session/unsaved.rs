//! Changes that would be lost if the page ended now.

use shared::protocol::Role;

use crate::outbox::Availability;
use crate::view_model::Keeping;

/// Counts changes that would be lost, and remembers failed writes of the outbox.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Unsaved {
    has_failed: bool,
    has_warned: bool,
}

impl Unsaved {
    /// A write to the outbox failed.
    pub(super) fn write_failed(&mut self) {
        self.has_failed = true;
    }

    /// Whether to warn that a change is not kept. This is true only once.
    pub(super) fn should_warn(&mut self, outbox: Availability) -> bool {
        !self.is_kept(outbox) && !std::mem::replace(&mut self.has_warned, true)
    }

    /// Number of pending changes that would be lost. The outbox keeps changes whose writes have
    /// ended.
    pub(super) fn at_stake(self, pending: usize, outbox: Availability) -> usize {
        match outbox {
            Availability::Available { unfinished_writes } if !self.has_failed => {
                pending.min(unfinished_writes)
            }
            Availability::Available { .. } | Availability::Unavailable => pending,
        }
    }

    /// What happens to unsaved changes if the page ends.
    pub(super) fn keeping(self, outbox: Availability, role: Option<Role>) -> Keeping {
        if role == Some(Role::View) {
            Keeping::Nothing
        } else if self.is_kept(outbox) {
            Keeping::InBrowser
        } else {
            Keeping::InPage
        }
    }

    fn is_kept(self, outbox: Availability) -> bool {
        matches!(outbox, Availability::Available { .. }) && !self.has_failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn writing(unfinished_writes: usize) -> Availability {
        Availability::Available { unfinished_writes }
    }

    #[test]
    fn only_changes_whose_writes_have_not_ended_are_at_stake() {
        let unsaved = Unsaved::default();
        assert_eq!(unsaved.at_stake(5, writing(2)), 2);
        assert_eq!(unsaved.at_stake(1, writing(9)), 1, "the others are durable");
        assert_eq!(unsaved.at_stake(5, writing(0)), 0);
    }

    #[test]
    fn every_pending_change_is_at_stake_without_an_outbox_or_after_a_failed_write() {
        let mut unsaved = Unsaved::default();
        assert_eq!(unsaved.at_stake(5, Availability::Unavailable), 5);
        unsaved.write_failed();
        assert_eq!(unsaved.at_stake(5, writing(0)), 5);
    }

    #[test]
    fn unsaved_changes_are_kept_by_an_outbox_that_works() {
        let mut unsaved = Unsaved::default();
        let keeping = |unsaved: Unsaved, outbox| unsaved.keeping(outbox, Some(Role::Edit));
        assert_eq!(keeping(unsaved, writing(1)), Keeping::InBrowser);
        assert_eq!(keeping(unsaved, Availability::Unavailable), Keeping::InPage);
        unsaved.write_failed();
        assert_eq!(keeping(unsaved, writing(1)), Keeping::InPage);
        let viewer = unsaved.keeping(writing(1), Some(Role::View));
        assert_eq!(viewer, Keeping::Nothing);
    }

    #[test]
    fn the_warning_is_given_once_and_only_if_changes_are_not_kept() {
        let mut unsaved = Unsaved::default();
        assert!(!unsaved.should_warn(writing(1)));
        unsaved.write_failed();
        assert!(unsaved.should_warn(writing(0)));
        assert!(!unsaved.should_warn(writing(0)));
        assert!(Unsaved::default().should_warn(Availability::Unavailable));
    }
}
