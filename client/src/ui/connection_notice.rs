//! The notice that says why the page does not reach its server.

use leptos::prelude::*;
use shared::limits::MAX_PEOPLE;

use super::icon::{Icon, IconName};
use crate::view_model::Trouble;

impl Trouble {
    const fn key(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::ServerUnreachable => "server-unreachable",
            Self::NoWebSocket => "no-websocket",
            Self::Gateway { .. } => "gateway",
            Self::WrongStatus { .. } => "wrong-status",
            Self::ForeignAnswer => "foreign-answer",
            Self::NoWelcome => "no-welcome",
            Self::BoardUnavailable => "board-unavailable",
            Self::BoardCrowded => "board-crowded",
        }
    }

    /// What is wrong, and what a host or a person at this device can do about it.
    fn words(self) -> String {
        match self {
            Self::Offline => "This device is offline. The page connects again when the network is \
                              back."
                .to_owned(),
            Self::ServerUnreachable => "The server cannot be reached. It may be down, or the \
                                        network between it and this device is interrupted."
                .to_owned(),
            Self::NoWebSocket => {
                "The server answers, but WebSocket connections do not get through. \
                                  A proxy in front of it must pass the headers Upgrade and \
                                  Connection."
                    .to_owned()
            }
            Self::Gateway { status } => format!(
                "A proxy answers with status {status}: it does not reach the server behind it."
            ),
            Self::WrongStatus { status } => format!(
                "Something answers with status {status} in place of the server. A proxy or a login \
                 page may stand in front of it."
            ),
            Self::ForeignAnswer => {
                "Something else answers in place of the server, perhaps a proxy \
                                    or the login page of this network."
                    .to_owned()
            }
            Self::NoWelcome => "The server accepts connections, but does not answer. It may be \
                                overloaded, or a proxy in front of it holds messages back."
                .to_owned(),
            Self::BoardUnavailable => {
                "The server cannot open this board at present. Its store may \
                                       be down; the log of the server says more."
                    .to_owned()
            }
            Self::BoardCrowded => format!(
                "This board has {MAX_PEOPLE} people already, and more cannot join. The page tries \
                 again by itself until a person leaves."
            ),
        }
    }
}

/// The notice. Screen readers announce it.
#[component]
pub(crate) fn ConnectionNotice(
    /// What keeps the page from its server.
    #[prop(into)]
    trouble: Signal<Option<Trouble>>,
) -> impl IntoView {
    view! {
        <div class="connection" role="status" aria-live="polite">
            {move || {
                trouble.get().map(|trouble| view! {
                    <div class="connection-notice" data-trouble=trouble.key()>
                        <Icon name=IconName::CloudOff />
                        <p>{trouble.words()}</p>
                    </div>
                })
            }}
        </div>
    }
}
