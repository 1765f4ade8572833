//! What the pill says.
//!
//! Pure: from what the replica knows and whether the connection is open.

use shared::protocol::{Refusal, Role};
use shared::sync;

use crate::ui::{Durability, Status};

/// Whether messages can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// They can, or so it seems.
    Open,
    /// The connection is being made.
    Closed,
}

pub(super) fn shown(status: sync::Status, reach: Reach) -> Status {
    match (status, reach) {
        (sync::Status::Connecting, _) => Status::Connecting,
        (sync::Status::Reconnecting, _) => Status::Reconnecting { unsaved: 0 },
        (sync::Status::NotSaved { changes }, Reach::Closed) => {
            Status::Reconnecting { unsaved: changes }
        }
        (sync::Status::NotSaved { changes }, Reach::Open) => Status::NotSaved { unsaved: changes },
        (sync::Status::Saving, _) => Status::Saving,
        (sync::Status::Saved { durable: true }, _) => Status::Saved(Durability::OnDisk),
        (sync::Status::Saved { durable: false }, _) => Status::Saved(Durability::Accepted),
        (sync::Status::ReadOnly, _) => Status::ReadOnly,
    }
}

/// What a link allows, in words.
#[must_use]
pub const fn role_words(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Owner) => "Owner",
        Some(Role::Edit) => "Can edit",
        Some(Role::View) => "Can view",
        None => "Not opened yet",
    }
}

/// Why a change was taken back, in words.
pub(super) const fn refusal_words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::ViewOnly => "Your link is for viewing, so your changes were taken back.",
        Refusal::Invalid => "The server could not take your last change, so it was taken back.",
        Refusal::BoardFull => "This board is full. Your last change was taken back.",
        Refusal::TooFast => "Too many changes at once. The last one was taken back.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsaved_changes_are_named_whether_or_not_the_line_is_open() {
        let status = sync::Status::NotSaved { changes: 3 };
        assert_eq!(shown(status, Reach::Open), Status::NotSaved { unsaved: 3 });
        assert_eq!(
            shown(status, Reach::Closed),
            Status::Reconnecting { unsaved: 3 }
        );
    }

    #[test]
    fn only_what_survives_power_loss_is_shown_as_such() {
        let durable = |durable| shown(sync::Status::Saved { durable }, Reach::Open);
        assert_eq!(durable(true), Status::Saved(Durability::OnDisk));
        assert_eq!(durable(false), Status::Saved(Durability::Accepted));
    }
}
