//! The controls above and below the board. Each shows a signal and calls a method of the
//! session.

use editor::{Camera, Command};
use leptos::prelude::*;
use shared::protocol::Role;

use super::chat::ChatEntry;
use super::later::Later;
use super::later_views;
use super::state::{PageState, toggle};
use super::tool_controls::ToolControls;
use crate::session::Session;
use crate::ui::icon::{Icon, IconName};
use crate::ui::{
    BoardTitle, HelpButton, HistoryControls, MainMenu, PeopleList, ShareButton, StatusPill,
    ZoomCommand, ZoomControls, hide_main_menu,
};

/// Menu and title at the left, people and sharing at the right.
#[component]
pub(crate) fn TopRow() -> impl IntoView {
    let session = Session::from_context();
    let page = PageState::from_context();
    let board = session.board_signals();
    let is_menu_needed = RwSignal::new(false);
    let may_rename = Signal::derive(move || board.role.get().is_some_and(Role::may_draw));
    view! {
        <header class="board-top">
            <div class="board-top-start">
                <div class="island">
                    <MainMenu on_press=move |()| is_menu_needed.set(true)>
                        <Later
                            needed=is_menu_needed
                            load=later_views::MAIN_MENU
                            on_failure=move |()| {
                                is_menu_needed.set(false);
                                hide_main_menu();
                            }
                        />
                    </MainMenu>
                    <BoardTitle
                        title=board.title
                        may_rename
                        on_rename=move |text| session.rename_board(text)
                    />
                </div>
            </div>
            <div class="island">
                <StatusPill status=board.status keeping=board.keeping />
                <PeopleList
                    people=board.people
                    on_open=move |()| page.people.is_card_needed.set(true)
                >
                    <Later
                        needed=page.people.is_card_needed
                        load=later_views::PEOPLE
                        on_failure=move |()| page.people.is_card_needed.set(false)
                    />
                </PeopleList>
                <ChatEntry />
                <ShareButton on_press=move |()| page.panels.share.set(true) />
            </div>
        </header>
    }
}

/// History and zoom at the left, tools in the middle, help at the right.
#[component]
pub(crate) fn BottomRow() -> impl IntoView {
    let session = Session::from_context();
    let panels = PageState::from_context().panels;
    let role = session.board_signals().role;
    let camera = session.editor_signals().camera;
    let zoom = Memo::new(move |_| camera.with(Camera::zoom));
    view! {
        <section class="board-bottom" aria-label="Controls">
            <div class="board-bottom-start">
                <Show when=move || role.get().is_none_or(Role::may_draw)>
                    <History />
                </Show>
                <ZoomControls zoom on_zoom=move |command| session.run(zoom_command(command)) />
            </div>
            <div class="board-bottom-centre">
                <ToolControls />
            </div>
            <div class="board-bottom-end">
                <div class="island" role="group" aria-label="Panels">
                    <PanelButton icon=IconName::Search label="Find" shown=panels.find />
                    <PanelButton icon=IconName::List label="Outline" shown=panels.outline />
                    <PanelButton icon=IconName::Map label="Minimap" shown=panels.minimap />
                    <HelpButton on_press=move |()| panels.help.set(true) />
                </div>
            </div>
        </section>
    }
}

const fn zoom_command(command: ZoomCommand) -> &'static Command {
    match command {
        ZoomCommand::In => Command::ZOOM_IN,
        ZoomCommand::Out => Command::ZOOM_OUT,
        ZoomCommand::Reset => Command::ZOOM_TO_100,
        ZoomCommand::Fit => Command::ZOOM_TO_FIT,
    }
}

/// Undo and redo. Viewers do not have them.
#[component]
fn History() -> impl IntoView {
    let session = Session::from_context();
    let signals = session.editor_signals();
    view! {
        <HistoryControls
            can_undo=signals.can_undo
            can_redo=signals.can_redo
            on_undo=move |()| session.run(Command::UNDO)
            on_redo=move |()| session.run(Command::REDO)
        />
    }
}

/// Opens and closes a panel. Phones have this in the menu.
#[component]
fn PanelButton(icon: IconName, label: &'static str, shown: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            class="icon-button panel-button"
            type="button"
            aria-label=label
            title=label
            aria-pressed=move || shown.get().to_string()
            on:click=move |_| toggle(shown)
        >
            <Icon name=icon />
        </button>
    }
}
