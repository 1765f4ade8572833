//! The words of the status pill, of roles and of refusals.

use shared::protocol::{Refusal, Role};
use shared::sync::{self, Progress};

use crate::view_model::{Durability, Status};

/// Whether messages can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Connectivity {
    /// The socket is open.
    Online,
    /// The connection is being made.
    Offline,
}

/// The status to show. While a board is on its way, that is what the user waits for.
pub(super) fn shown(
    status: sync::Status,
    progress: Option<Progress>,
    connectivity: Connectivity,
) -> Status {
    match (progress, connectivity) {
        (Some(Progress::Opening { percent }), Connectivity::Online) => Status::Opening { percent },
        (Some(Progress::Receiving { percent }), Connectivity::Online) => Status::Loading {
            percent,
            unsaved: unsaved(status),
        },
        (None, _) | (_, Connectivity::Offline) => without_progress(status, connectivity),
    }
}

/// The status while pictures are uploaded, so far in percent: the board is not saved before.
pub(super) const fn with_upload(status: Status, percent: Option<u8>) -> Status {
    match (status, percent) {
        (Status::Saved(_) | Status::Saving, Some(percent)) => Status::Uploading { percent },
        (status, _) => status,
    }
}

const fn unsaved(status: sync::Status) -> usize {
    match status {
        sync::Status::NotSaved { changes } => changes,
        sync::Status::Connecting
        | sync::Status::Reconnecting
        | sync::Status::Saving
        | sync::Status::Saved { .. }
        | sync::Status::ReadOnly => 0,
    }
}

fn without_progress(status: sync::Status, connectivity: Connectivity) -> Status {
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
             needed, or continue on a new board."
        }
        Refusal::TooCostly => {
            "Your last change would have slowed the board down, so it was taken back."
        }
        Refusal::TooFast => "Too many changes at once. The last one was taken back.",
        Refusal::Frozen => "The board was frozen, so your last change was taken back.",
        Refusal::Muted => "The owner muted you, so your last change was taken back.",
        Refusal::Forbidden => "You cannot do that in the chat of this board.",
        Refusal::Protected => {
            "An owner protects what you changed, so your last change was taken back."
        }
        Refusal::ProposalsOnly => "Programs only propose changes on this board.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsaved_changes_are_counted_online_and_offline() {
        let status = sync::Status::NotSaved { changes: 3 };
        assert_eq!(
            shown(status, None, Connectivity::Online),
            Status::NotSaved { unsaved: 3 }
        );
        assert_eq!(
            shown(status, None, Connectivity::Offline),
            Status::Reconnecting { unsaved: 3 }
        );
    }

    #[test]
    fn a_board_on_its_way_is_shown_with_its_progress_while_the_connection_lasts() {
        let progress = Some(Progress::Receiving { percent: 40 });
        let status = sync::Status::NotSaved { changes: 2 };
        assert_eq!(
            shown(status, progress, Connectivity::Online),
            Status::Loading {
                percent: 40,
                unsaved: 2
            }
        );
        assert_eq!(
            shown(status, progress, Connectivity::Offline),
            Status::Reconnecting { unsaved: 2 }
        );
        let opening = Some(Progress::Opening { percent: 7 });
        assert_eq!(
            shown(sync::Status::Connecting, opening, Connectivity::Online),
            Status::Opening { percent: 7 }
        );
    }

    #[test]
    fn a_board_is_saved_when_its_pictures_are() {
        let uploading = Status::Uploading { percent: 7 };
        assert_eq!(
            with_upload(Status::Saved(Durability::OnDisk), Some(7)),
            uploading
        );
        assert_eq!(with_upload(Status::Saving, Some(7)), uploading);
        assert_eq!(with_upload(Status::Saving, None), Status::Saving);
        let offline = Status::Reconnecting { unsaved: 1 };
        assert_eq!(with_upload(offline, Some(7)), offline);
    }

    #[test]
    fn only_durable_changes_are_shown_as_on_disk() {
        let durable = |durable| shown(sync::Status::Saved { durable }, None, Connectivity::Online);
        assert_eq!(durable(true), Status::Saved(Durability::OnDisk));
        assert_eq!(durable(false), Status::Saved(Durability::Accepted));
    }
}
