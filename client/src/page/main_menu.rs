//! The content of the main menu, whose code is in the chunk (`chunk`).

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::protocol::Role;

use super::creation::{create, go_to};
use super::manage;
use super::state::PageState;
use crate::session::Session;
use crate::ui::icon::{Icon, IconName};
use crate::ui::{MenuCommand, MenuEntries, Platform};
use crate::view_model::ToastTone;

/// The entries.
#[component]
pub(super) fn MainMenuEntries() -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let board = session.board_signals();
    let is_frozen = move || board.rights.get().is_some_and(|rights| rights.frozen);
    view! {
        <MenuEntries
            theme=page.theme.choice
            prefs=session.editor_signals().prefs
            on_command=move |command| obey(command, session, page)
            platform=Platform::detect()
        />
        <Show when=move || board.role.get() == Some(Role::Owner)>
            <button
                class="menu-entry menu-check roving"
                type="button"
                role="menuitemcheckbox"
                aria-checked=move || is_frozen().to_string()
                on:click=move |_| manage::toggle_freeze(session, page)
            >
                <Icon name=IconName::Check />
                <span class="menu-label">"Freeze"</span>
            </button>
        </Show>
    }
}

/// Carries out a command of the main menu.
fn obey(command: MenuCommand, session: Session, page: PageState) {
    match command {
        MenuCommand::NewBoard => {
            spawn_local(async move {
                match create(None).await {
                    Ok((_, address)) => go_to(&address),
                    Err(error) => {
                        let text = format!("No board was made: {error}.");
                        page.toasts.show(ToastTone::Warning, &text);
                    }
                }
            });
        }
        MenuCommand::YourBoards => go_to("/"),
        MenuCommand::Theme(theme) => page.theme.choose(theme),
        MenuCommand::Run(command) => session.run(command),
        MenuCommand::Prefs(prefs) => session.set_prefs(prefs),
    }
}
