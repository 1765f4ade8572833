//! The status pill: whether the board is connected and saved.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::view_model::{Durability, Keeping, Status};

impl Status {
    const fn key(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Saved(_) => "saved",
            Self::Saving => "saving",
            Self::Reconnecting { .. } => "reconnecting",
            Self::NotSaved { .. } => "not-saved",
            Self::ReadOnly => "read-only",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Connecting => "Connecting",
            Self::Saved(_) => "Saved",
            Self::Saving => "Saving",
            Self::Reconnecting { .. } => "Reconnecting",
            Self::NotSaved { .. } => "Not saved",
            Self::ReadOnly => "Read only",
        }
    }

    /// The text after the word, with a space before it; often empty.
    fn detail(self) -> String {
        match self {
            Self::Reconnecting { unsaved: 0 } | Self::NotSaved { unsaved: 0 } => String::new(),
            Self::Reconnecting { unsaved } => format!(" ({} not saved)", changes(unsaved)),
            Self::NotSaved { unsaved } => format!(" ({})", changes(unsaved)),
            Self::Connecting | Self::Saved(_) | Self::Saving | Self::ReadOnly => String::new(),
        }
    }

    /// A sentence or two for people who want to know more.
    fn explanation(self, keeping: Keeping) -> String {
        let state = match self {
            Self::Connecting => "Opening the board",
            Self::Saved(Durability::Accepted) => "The server has everything you drew",
            Self::Saved(Durability::OnDisk) => "Safe on disk",
            Self::Saving => "Your latest changes are on their way",
            Self::Reconnecting { .. } => "The connection is being made again",
            Self::NotSaved { unsaved: 0 } => "The server cannot save at present",
            Self::NotSaved { .. } => "The server has not saved your latest changes",
            Self::ReadOnly => "Your link is for viewing",
        };
        let is_interrupted = matches!(self, Self::Reconnecting { .. } | Self::NotSaved { .. });
        let more = match (is_interrupted, keeping) {
            (true, Keeping::InBrowser) => {
                ". You can go on drawing; your changes are kept in this browser and sent as soon as possible"
            }
            (true, Keeping::InPage) => {
                ". You can go on drawing, but this browser does not keep unsaved changes: leave the page open until they are saved"
            }
            (true, Keeping::Nothing) => ". The board may not be up to date",
            (false, Keeping::InPage) => ". This browser does not keep unsaved changes",
            (false, Keeping::InBrowser | Keeping::Nothing) => "",
        };
        format!("{state}{more}")
    }

    const fn icon(self) -> IconName {
        match self {
            Self::Connecting | Self::Saving | Self::Reconnecting { .. } => IconName::Sync,
            Self::Saved(Durability::Accepted) => IconName::Check,
            Self::Saved(Durability::OnDisk) => IconName::CheckDouble,
            Self::NotSaved { .. } => IconName::CloudOff,
            Self::ReadOnly => IconName::Eye,
        }
    }

    const fn is_durable(self) -> bool {
        matches!(self, Self::Saved(Durability::OnDisk))
    }
}

fn changes(count: usize) -> String {
    if count == 1 {
        "1 change".to_owned()
    } else {
        format!("{count} changes")
    }
}

/// The pill. Screen readers announce its changes.
#[component]
pub(crate) fn StatusPill(
    /// The status.
    #[prop(into)]
    status: Signal<Status>,
    /// What happens to unsaved changes if the page ends.
    #[prop(into)]
    keeping: Signal<Keeping>,
) -> impl IntoView {
    view! {
        <div
            class="status"
            role="status"
            aria-live="polite"
            data-status=move || status.get().key()
            data-durable=move || status.get().is_durable().to_string()
            title=move || status.get().explanation(keeping.get())
        >
            <Icon name=Signal::derive(move || status.get().icon()) />
            <span class="status-text">
                {move || status.get().word()}
                <span class="status-detail">{move || status.get().detail()}</span>
            </span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsaved_changes_are_counted() {
        assert_eq!(Status::NotSaved { unsaved: 1 }.detail(), " (1 change)");
        assert_eq!(
            Status::Reconnecting { unsaved: 3 }.detail(),
            " (3 changes not saved)"
        );
        assert_eq!(Status::Reconnecting { unsaved: 0 }.detail(), "");
    }

    #[test]
    fn the_explanation_says_whether_unsaved_changes_are_kept() {
        let every = [
            Status::Connecting,
            Status::Saved(Durability::OnDisk),
            Status::Saving,
            Status::Reconnecting { unsaved: 1 },
            Status::NotSaved { unsaved: 0 },
        ];
        for status in every {
            let says = |keeping| {
                status
                    .explanation(keeping)
                    .contains("does not keep unsaved")
            };
            assert!(says(Keeping::InPage), "{status:?}");
            assert!(
                !says(Keeping::InBrowser) && !says(Keeping::Nothing),
                "{status:?}"
            );
        }
    }

    #[test]
    fn nobody_who_may_only_look_is_told_to_draw() {
        for status in [
            Status::Reconnecting { unsaved: 0 },
            Status::NotSaved { unsaved: 0 },
            Status::ReadOnly,
        ] {
            let explanation = status.explanation(Keeping::Nothing);
            assert!(!explanation.contains("draw"), "{explanation}");
        }
    }
}
