//! The controls around the board, each tied to its signal and its intent.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::protocol::Role;

use super::creation::{create, go_to};
use super::tools::ToolPill;
use crate::session::Session;
use crate::ui::icon::{Icon, IconName};
use crate::ui::{
    BoardTitle, HelpButton, HistoryControls, MainMenu, MenuCommand, PeopleList, Platform,
    ShareButton, StatusPill, ToastTone, ZoomControls,
};

/// Menu and title at the left, people and sharing at the right.
#[component]
pub(crate) fn TopRow() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    let may_rename = Signal::derive(move || signals.role.get().is_some_and(Role::may_draw));
    view! {
        <header class="board-top">
            <div class="board-top-start">
                <div class="island">
                    <MainMenu
                        theme=signals.theme
                        prefs=signals.prefs
                        on_command=move |command| obey(session, command)
                        platform=Platform::detect()
                    />
                    <BoardTitle
                        title=signals.title
                        may_rename
                        on_rename=move |text| session.rename(text)
                    />
                </div>
            </div>
            <div class="board-top-end island">
                <StatusPill status=signals.status />
                <PeopleList
                    people=signals.people
                    on_rename=move |name| session.rename_myself(name)
                />
                <ShareButton on_press=move |()| signals.share.set(true) />
            </div>
        </header>
    }
}

/// Does what the menu asks for.
fn obey(session: Session, command: MenuCommand) {
    match command {
        MenuCommand::NewBoard => {
            spawn_local(async move {
                if let Err(error) = create().await {
                    session.toast(ToastTone::Warning, &format!("No board was made: {error}."));
                }
            });
        }
        MenuCommand::YourBoards => go_to("/"),
        MenuCommand::Theme(theme) => session.choose_theme(theme),
        MenuCommand::Run(action) => session.run(action),
        MenuCommand::Prefs(prefs) => session.set_prefs(prefs),
    }
}

/// History and zoom at the left, tools in the middle, help at the right.
#[component]
pub(crate) fn BottomRow() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    view! {
        <section class="board-bottom" aria-label="Controls">
            <div class="board-bottom-start">
                <Show when=move || signals.role.get().is_none_or(Role::may_draw)>
                    <History />
                </Show>
                <ZoomControls zoom=signals.zoom on_zoom=move |command| session.zoom(command) />
            </div>
            <div class="board-bottom-centre">
                <ToolPill />
            </div>
            <div class="board-bottom-end">
                <div class="island" role="group" aria-label="Panels">
                    <PanelButton icon=IconName::Search label="Find" shown=signals.find />
                    <PanelButton icon=IconName::List label="Outline" shown=signals.outline />
                    <PanelButton icon=IconName::Map label="Minimap" shown=signals.minimap />
                    <HelpButton on_press=move |()| signals.help.set(true) />
                </div>
            </div>
        </section>
    }
}

/// Undo and redo, for those who can do something.
#[component]
fn History() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.signals();
    view! {
        <HistoryControls
            can_undo=signals.can_undo
            can_redo=signals.can_redo
            on_undo=move |()| session.undo()
            on_redo=move |()| session.redo()
        />
    }
}

/// Shows and hides a panel; phones have it in the menu.
#[component]
fn PanelButton(icon: IconName, label: &'static str, shown: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            class="icon-button panel-button"
            type="button"
            aria-label=label
            title=label
            aria-pressed=move || shown.get().to_string()
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            <Icon name=icon />
        </button>
    }
}
