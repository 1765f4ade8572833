//! The words of the status pill, of roles and of refusals.

use shared::protocol::{Refusal, Role};
use shared::sync;

use crate::view_model::{Durability, Status};

/// Whether messages can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Connectivity {
    /// The socket is open.
    Online,
    /// The connection is being made.
    Offline,
}

pub(super) fn shown(status: sync::Status, connectivity: Connectivity) -> Status {
    match (status, connectivity) {
        (sync::Status::Connecting, _) => Status::Connecting,
        (sync::Status::Reconnecting, _) => Status::Reconnecting { unsaved: 0 },
        (sync::Status::NotSaved { changes }, Connectivity::Offline) => {
            Status::Reconnecting { unsaved: changes }
        }
        (sync::Status::NotSaved { changes }, Connectivity::Online) => {
            Status::NotSaved { unsaved: changes }
        }
        (sync::Status::Saving, _) => Status::Saving,
        (sync::Status::Saved { durable: true }, _) => Status::Saved(Durability::OnDisk),
        (sync::Status::Saved { durable: false }, _) => Status::Saved(Durability::Accepted),
        (sync::Status::ReadOnly, _) => Status::ReadOnly,
    }
}

/// The words for the role of a link.
#[must_use]
pub(crate) const fn role_words(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Owner) => "Owner",
        Some(Role::Edit) => "Can edit",
        Some(Role::View) => "Can view",
        None => "Not opened yet",
    }
}

/// The words for a change that was taken back.
pub(super) const fn refusal_words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::ViewOnly => "Your link is for viewing, so your changes were taken back.",
        Refusal::Invalid => "The server could not take your last change, so it was taken back.",
        Refusal::BoardFull => {
            "This board is full, so your last change was taken back. Delete what is no longer \
             needed, or go on on a new board."
        }
        Refusal::TooCostly => {
            "Your last change would have slowed the board down, so it was taken back."
        }
        Refusal::TooFast => "Too many changes at once. The last one was taken back.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsaved_changes_are_counted_online_and_offline() {
        let status = sync::Status::NotSaved { changes: 3 };
        assert_eq!(
            shown(status, Connectivity::Online),
            Status::NotSaved { unsaved: 3 }
        );
        assert_eq!(
            shown(status, Connectivity::Offline),
            Status::Reconnecting { unsaved: 3 }
        );
    }

    #[test]
    fn only_durable_changes_are_shown_as_on_disk() {
        let durable = |durable| shown(sync::Status::Saved { durable }, Connectivity::Online);
        assert_eq!(durable(true), Status::Saved(Durability::OnDisk));
        assert_eq!(durable(false), Status::Saved(Durability::Accepted));
    }
}
