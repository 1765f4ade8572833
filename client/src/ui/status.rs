//! The status pill: whether the board is connected and saved.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::view_model::{Durability, Keeping, Status};

impl Status {
    const fn key(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Opening { .. } | Self::Loading { .. } => "loading",
            Self::Saved(_) => "saved",
            Self::Saving | Self::Uploading { .. } => "saving",
            Self::Reconnecting { .. } => "reconnecting",
            Self::NotSaved { .. } => "not-saved",
            Self::ReadOnly => "read-only",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Connecting => "Connecting",
            Self::Opening { .. } => "Opening",
            Self::Loading { .. } => "Loading",
            Self::Saved(_) => "Saved",
            Self::Saving | Self::Uploading { .. } => "Saving",
            Self::Reconnecting { .. } => "Reconnecting",
            Self::NotSaved { .. } => "Not saved",
            Self::ReadOnly => "Read only",
        }
    }

    /// The text after the word, with a space before it; often empty.
    fn detail(self) -> String {
        match self {
            Self::Reconnecting { unsaved: 0 } | Self::NotSaved { unsaved: 0 } => String::new(),
            Self::Loading { unsaved: 0, .. } => String::new(),
            Self::Reconnecting { unsaved } | Self::Loading { unsaved, .. } => {
                format!(" ({} not saved)", changes(unsaved))
            }
            Self::NotSaved { unsaved } => format!(" ({})", changes(unsaved)),
            Self::Connecting
            | Self::Opening { .. }
            | Self::Saved(_)
            | Self::Saving
            | Self::Uploading { .. }
            | Self::ReadOnly => String::new(),
        }
    }

    /// How far the board is on its way, in percent.
    const fn progress(self) -> Option<u8> {
        match self {
            Self::Opening { percent }
            | Self::Loading { percent, .. }
            | Self::Uploading { percent } => Some(percent),
            Self::Connecting
            | Self::Saved(_)
            | Self::Saving
            | Self::Reconnecting { .. }
            | Self::NotSaved { .. }
            | Self::ReadOnly => None,
        }
    }

    /// A sentence or two for people who want to know more.
    fn explanation(self, keeping: Keeping) -> String {
        let state = match self {
            Self::Connecting => "Connecting to the server",
            Self::Opening { .. } => "The server is opening this board",
            Self::Loading { .. } => {
                "The board is arriving; what you draw meanwhile is kept and sent"
            }
            Self::Saved(Durability::Accepted) => "The server has everything you drew",
            Self::Saved(Durability::OnDisk) => "Safe on disk",
            Self::Saving => "Your latest changes are on their way",
            Self::Uploading { .. } => "Your pictures are on their way",
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
            Self::Connecting
            | Self::Opening { .. }
            | Self::Loading { .. }
            | Self::Saving
            | Self::Uploading { .. }
            | Self::Reconnecting { .. } => IconName::Sync,
            Self::Saved(Durability::Accepted) => IconName::Check,
            Self::Saved(Durability::OnDisk) => IconName::CheckDouble,
            Self::NotSaved { .. } => IconName::CloudOff,
            Self::ReadOnly => IconName::Eye,
        }
    }

    /// What the progress is about.
    const fn progress_label(self) -> &'static str {
        match self {
            Self::Uploading { .. } => "Part of the pictures that is uploaded",
            Self::Connecting
            | Self::Opening { .. }
            | Self::Loading { .. }
            | Self::Saved(_)
            | Self::Saving
            | Self::Reconnecting { .. }
            | Self::NotSaved { .. }
            | Self::ReadOnly => "Part of the board that is loaded",
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

/// The pill. Screen readers announce its changes, but not each percent: they read the progress bar
/// on request.
#[component]
pub(crate) fn StatusPill(
    /// The status.
    #[prop(into)]
    status: Signal<Status>,
    /// What happens to unsaved changes if the page ends.
    #[prop(into)]
    keeping: Signal<Keeping>,
) -> impl IntoView {
    let progress = Memo::new(move |_| status.get().progress());
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
                <Show when=move || progress.get().is_some()>
                    <span class="status-detail" aria-hidden="true">
                        {move || format!(" {} %", progress.get().unwrap_or(0))}
                    </span>
                </Show>
                <span class="status-detail">{move || status.get().detail()}</span>
            </span>
            <Show when=move || progress.get().is_some()>
                <progress
                    class="status-progress"
                    aria-label=move || status.get().progress_label()
                    max="100"
                    value=move || progress.get().unwrap_or(0).to_string()
                />
            </Show>
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
        let loading = |unsaved| Status::Loading {
            percent: 40,
            unsaved,
        };
        assert_eq!(loading(2).detail(), " (2 changes not saved)");
        assert_eq!(loading(0).detail(), "");
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
