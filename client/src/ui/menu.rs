//! The main menu.

use editor::{Command, Prefs};
use leptos::prelude::*;
use leptos::{html, wasm_bindgen::JsCast, web_sys};

use super::{
    icon::{Icon, IconName},
    platform::Platform,
    roving::{Arrows, rove},
};
use crate::view_model::ThemeChoice;

const MENU: &str = "main-menu";
/// The first entry of the menu, while it is open.
const OPEN_FIRST_ENTRY: &str = "#main-menu:popover-open [autofocus]";

/// A command of the menu.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum MenuCommand {
    /// Create a board and open it.
    NewBoard,
    /// Open the list of boards.
    YourBoards,
    /// Change the theme.
    Theme(ThemeChoice),
    /// Carry out a command.
    Run(&'static Command),
    /// Change the preferences.
    Prefs(Prefs),
}

/// The menu button and the menu under it.
#[component]
pub(crate) fn MainMenu(
    /// The button was pressed.
    #[prop(into)]
    on_press: Callback<()>,
    /// The content of the menu: [`MenuEntries`], as soon as they are there.
    children: Children,
) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    let on_key = move |event| {
        if let Some(menu) = menu.get_untracked() {
            rove(&event, &menu, Arrows::Focus);
        }
    };
    view! {
        <button
            class="icon-button"
            type="button"
            aria-label="Menu"
            aria-haspopup="menu"
            title="Menu"
            popovertarget=MENU
            on:click=move |_| on_press.run(())
        >
            <Icon name=IconName::Menu />
        </button>
        <div class="menu" id=MENU role="menu" aria-label="Menu" popover="auto" node_ref=menu on:keydown=on_key>
            {children()}
        </div>
    }
}

/// Hides the menu, because its content is not there.
pub(crate) fn hide_main_menu() {
    let menu = document().get_element_by_id(MENU);
    if let Some(menu) = menu.and_then(|menu| menu.dyn_into::<web_sys::HtmlElement>().ok()) {
        // The menu can be hidden already.
        let _ = menu.hide_popover();
    }
}

/// The content of the menu.
#[component]
pub(crate) fn MenuEntries(
    /// The chosen theme.
    #[prop(into)]
    theme: Signal<ThemeChoice>,
    /// The preferences.
    #[prop(into)]
    prefs: Signal<Prefs>,
    /// An entry was chosen.
    #[prop(into)]
    on_command: Callback<MenuCommand>,
    /// The keyboard whose key labels the shortcuts show.
    platform: Platform,
) -> impl IntoView {
    let entry = move |command, icon, label| {
        view! { <MenuEntry command icon label keys=String::new() on_command /> }
    };
    let act = move |command: &'static Command, icon| {
        let keys = platform.words(command.shortcut());
        view! { <MenuEntry command=MenuCommand::Run(command) icon label=command.label keys on_command /> }
    };
    focus_first_entry();
    view! {
        {entry(MenuCommand::NewBoard, IconName::Plus, "New board")}
        {entry(MenuCommand::YourBoards, IconName::Boards, "Your boards")}
        <hr class="menu-line" />
        {act(Command::PALETTE, IconName::Command)}
        {act(Command::FIND, IconName::Search)}
        {act(Command::TOGGLE_OUTLINE, IconName::List)}
        {act(Command::TOGGLE_MINIMAP, IconName::Map)}
        {act(Command::TOGGLE_CHAT, IconName::Chat)}
        {act(Command::COPY_PLACE_LINK, IconName::Link)}
        <hr class="menu-line" />
        {act(Command::OPEN_FILE, IconName::Folder)}
        {act(Command::SAVE_FILE, IconName::Save)}
        {act(Command::EXPORT, IconName::Download)}
        {act(Command::PRINT, IconName::Printer)}
        <hr class="menu-line" />
        <Preferences prefs on_command />
        <hr class="menu-line" />
        <ThemePicker theme on_command />
        <hr class="menu-line" />
        {act(Command::HELP, IconName::Help)}
    }
}

/// Gives the focus to the first entry, if the menu was opened before its content was there. Later the
/// browser does so by `autofocus`.
fn focus_first_entry() {
    Effect::new(|| {
        let first = document().query_selector(OPEN_FIRST_ENTRY).ok().flatten();
        if let Some(first) = first.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A browser that refuses leaves the focus on the button.
            let _ = first.focus();
        }
    });
}

/// An entry that closes the menu.
#[component]
fn MenuEntry(
    command: MenuCommand,
    icon: IconName,
    label: &'static str,
    keys: String,
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
            <kbd class="menu-key" aria-hidden="true">{keys}</kbd>
        </button>
    }
}

/// The label of a preference and its place in the preferences.
type Preference = (&'static str, fn(&mut Prefs) -> &mut bool);

const PREFERENCES: [Preference; 4] = [
    ("Show grid", |prefs| &mut prefs.grid),
    ("Snap to elements", |prefs| &mut prefs.snap),
    ("Keep tool after use", |prefs| &mut prefs.tool_lock),
    ("Wheel zooms", |prefs| &mut prefs.wheel_zooms),
];

/// Preferences that are on or off. The menu stays open, so that several can be changed.
#[component]
fn Preferences(prefs: Signal<Prefs>, on_command: Callback<MenuCommand>) -> impl IntoView {
    let entry = move |(label, part): Preference| {
        let is_on = move || *part(&mut prefs.get());
        let toggle = move |_| {
            let mut changed = prefs.get_untracked();
            let value = part(&mut changed);
            *value = !*value;
            on_command.run(MenuCommand::Prefs(changed));
        };
        view! {
            <button
                class="menu-entry menu-check roving"
                type="button"
                role="menuitemcheckbox"
                aria-checked=move || is_on().to_string()
                on:click=toggle
            >
                <Icon name=IconName::Check />
                <span class="menu-label">{label}</span>
            </button>
        }
    };
    view! {
        <div role="group" aria-label="Preferences">{PREFERENCES.map(entry).collect_view()}</div>
    }
}

/// The themes in a row. The menu stays open, so that the change can be seen.
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
