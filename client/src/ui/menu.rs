//! The main menu.

use leptos::{html, prelude::*};

use super::{
    icon::{Icon, IconName},
    roving::{Arrows, rove},
    theme::ThemeChoice,
};

const MENU: &str = "main-menu";

/// What the menu asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuCommand {
    /// Make a board and go there.
    NewBoard,
    /// Go to the list of boards.
    YourBoards,
    /// Show the page in this theme.
    Theme(ThemeChoice),
    /// Open the help dialog.
    Help,
}

/// The menu button and the menu under it.
#[component]
pub fn MainMenu(
    /// The chosen theme.
    #[prop(into)]
    theme: Signal<ThemeChoice>,
    /// An entry was chosen.
    #[prop(into)]
    on_command: Callback<MenuCommand>,
) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    let on_key = move |event| {
        if let Some(menu) = menu.get_untracked() {
            rove(&event, &menu, Arrows::Focus);
        }
    };
    let entry = move |command, icon, label, shortcut| {
        view! { <MenuEntry command icon label shortcut on_command /> }
    };
    view! {
        <button
            class="icon-button"
            type="button"
            aria-label="Menu"
            aria-haspopup="menu"
            title="Menu"
            popovertarget=MENU
        >
            <Icon name=IconName::Menu />
        </button>
        <div class="menu" id=MENU role="menu" aria-label="Menu" popover="auto" node_ref=menu on:keydown=on_key>
            {entry(MenuCommand::NewBoard, IconName::Plus, "New board", "")}
            {entry(MenuCommand::YourBoards, IconName::Boards, "Your boards", "")}
            <hr class="menu-line" />
            <ThemePicker theme on_command />
            <hr class="menu-line" />
            {entry(MenuCommand::Help, IconName::Help, "Help", "?")}
        </div>
    }
}

/// One entry; choosing it closes the menu.
#[component]
fn MenuEntry(
    command: MenuCommand,
    icon: IconName,
    label: &'static str,
    shortcut: &'static str,
    on_command: Callback<MenuCommand>,
) -> impl IntoView {
    view! {
        <button
            class="menu-entry roving"
            type="button"
            role="menuitem"
            autofocus=command == MenuCommand::NewBoard
            popovertarget=MENU
            popovertargetaction="hide"
            on:click=move |_| on_command.run(command)
        >
            <Icon name=icon />
            <span class="menu-label">{label}</span>
            {(!shortcut.is_empty()).then(|| view! { <kbd class="menu-key" aria-hidden="true">{shortcut}</kbd> })}
        </button>
    }
}

/// Light, Dark, System side by side; the menu stays open, so the change can be seen.
#[component]
fn ThemePicker(theme: Signal<ThemeChoice>, on_command: Callback<MenuCommand>) -> impl IntoView {
    let choice = move |each: ThemeChoice| {
        let icon = match each {
            ThemeChoice::Light => IconName::Sun,
            ThemeChoice::Dark => IconName::Moon,
            ThemeChoice::System => IconName::Screen,
        };
        view! {
            <button
                class="theme-choice roving"
                type="button"
                role="menuitemradio"
                aria-checked=move || (theme.get() == each).to_string()
                on:click=move |_| on_command.run(MenuCommand::Theme(each))
            >
                <Icon name=icon />
                {each.label()}
            </button>
        }
    };
    view! {
        <div class="theme-picker" role="group" aria-label="Theme">
            {ThemeChoice::ALL.map(choice).collect_view()}
        </div>
    }
}
