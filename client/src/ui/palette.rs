//! The command palette: all commands by their names, and why some are not available.
//!
//! It is a combobox whose list is always open.

use editor::Command;
use leptos::prelude::*;
use leptos::{ev, html};

use super::dialog::Dialog;
use super::fuzzy::rank;
use super::icon::{Icon, IconName};
use super::platform::Platform;

const LIST: &str = "command-list";

/// A command in the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PaletteEntry {
    /// The command.
    pub(crate) command: &'static Command,
    /// Why the command is not available now, if it is not.
    pub(crate) refusal: Option<&'static str>,
}

/// The dialog.
#[component]
pub(crate) fn CommandPalette(
    /// Whether the dialog is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The person closed the dialog.
    #[prop(into)]
    on_close: Callback<()>,
    /// The commands, when the dialog opens.
    #[prop(into)]
    commands: Callback<(), Vec<PaletteEntry>>,
    /// A command was chosen. The dialog is closed by then.
    #[prop(into)]
    on_run: Callback<&'static Command>,
    /// The keyboard whose key labels the shortcuts show.
    platform: Platform,
) -> impl IntoView {
    view! {
        <Dialog label="Commands" kind="palette" open on_close>
            <Search commands=commands.run(()) on_close on_run platform />
        </Dialog>
    }
}

/// The field and the list under it.
#[component]
fn Search(
    commands: Vec<PaletteEntry>,
    on_close: Callback<()>,
    on_run: Callback<&'static Command>,
    platform: Platform,
) -> impl IntoView {
    let commands = StoredValue::new(commands);
    let query = RwSignal::new(String::new());
    let found =
        Memo::new(move |_| query.with(|query| commands.with_value(|all| ranked(query, all))));
    let active = RwSignal::new(0_usize);
    let run = Callback::new(move |entry: PaletteEntry| {
        if entry.refusal.is_none() {
            on_close.run(());
            on_run.run(entry.command);
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let count = found.with_untracked(Vec::len);
        let at = active.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" if at + 1 < count => at + 1,
            "ArrowDown" => 0,
            "ArrowUp" => at.checked_sub(1).unwrap_or(count.saturating_sub(1)),
            "Enter" => {
                event.prevent_default();
                let chosen = found.with_untracked(|found| found.get(at).copied());
                if let Some(entry) = chosen {
                    run.run(entry);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        active.set(next);
        scroll_to(next);
    };
    let any = Signal::derive(move || !found.with(Vec::is_empty));
    let on_input = move |event| {
        query.set(event_target_value(&event));
        active.set(0);
        scroll_to(0);
    };
    view! {
        <Field any active on_input=Callback::new(on_input) on_key=Callback::new(on_key) />
        <ul class="command-list" id=LIST role="listbox" aria-label="Commands">
            {move || {
                let list = found.get();
                list.into_iter()
                    .enumerate()
                    .map(|(at, entry)| view! { <CommandRow entry at active run platform /> })
                    .collect_view()
            }}
        </ul>
        <Show when=move || !any.get()>
            <p class="command-none" role="status">"Nothing is called that."</p>
        </Show>
    }
}

/// The text field.
#[component]
fn Field(
    /// Whether the list has an option.
    any: Signal<bool>,
    active: RwSignal<usize>,
    on_input: Callback<ev::Event>,
    on_key: Callback<ev::KeyboardEvent>,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            // A new element on the page can have the focus.
            let _ = field.focus();
        }
    });
    view! {
        <label class="command-search">
            <Icon name=IconName::Search />
            <input
                class="command-field"
                type="text"
                role="combobox"
                aria-label="Search commands"
                aria-expanded=move || if any.get() { "true" } else { "false" }
                aria-controls=LIST
                aria-autocomplete="list"
                aria-activedescendant=move || any.get().then(|| option_id(active.get()))
                placeholder="What do you want to do?"
                autocomplete="off"
                spellcheck="false"
                node_ref=field
                on:input=move |event| on_input.run(event)
                on:keydown=move |event| on_key.run(event)
            />
        </label>
    }
}

/// A command in the list.
#[component]
fn CommandRow(
    entry: PaletteEntry,
    at: usize,
    active: RwSignal<usize>,
    run: Callback<PaletteEntry>,
    platform: Platform,
) -> impl IntoView {
    let PaletteEntry { command, refusal } = entry;
    let keys = platform.words(command.shortcut());
    view! {
        <li
            class="command"
            id=option_id(at)
            role="option"
            aria-selected=move || (active.get() == at).to_string()
            aria-disabled=refusal.map(|_| "true")
            on:click=move |_| run.run(entry)
        >
            <span class="command-words">
                <span class="command-label">{command.label}</span>
                <span class="command-why">{refusal.unwrap_or(command.section())}</span>
            </span>
            <kbd class="menu-key">{keys}</kbd>
        </li>
    }
}

fn option_id(at: usize) -> String {
    format!("command-{at}")
}

fn scroll_to(at: usize) {
    if let Some(line) = document().get_element_by_id(&option_id(at)) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        line.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The commands that match a query, best first. Of equal matches, available ones come first.
fn ranked(query: &str, all: &[PaletteEntry]) -> Vec<PaletteEntry> {
    let ranked = |entry: &PaletteEntry| {
        let by_section = || rank_section(query, entry.command.section());
        let rank = rank(query, entry.command.label).or_else(by_section)?;
        Some((rank, *entry))
    };
    let mut found: Vec<_> = all.iter().filter_map(ranked).collect();
    // Without a query the commands keep the order of the catalogue.
    if !query.trim().is_empty() {
        found.sort_by_key(|(rank, entry)| (*rank, entry.refusal.is_some()));
    }
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// The rank of a command whose section has a name that begins with the query: after those whose own
/// names match.
fn rank_section(query: &str, section: &str) -> Option<u32> {
    let [query, section] = [query.trim(), section].map(str::to_lowercase);
    section.starts_with(&query).then_some(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn available_commands_come_before_others() {
        let entry = |command, refusal| PaletteEntry { command, refusal };
        let all = [
            entry(Command::ZOOM_TO_SELECTION, Some("Select something first.")),
            entry(Command::ZOOM_IN, None),
            entry(Command::UNDO, None),
        ];
        let found = ranked("zoom", &all);
        let found_commands: Vec<_> = found.iter().map(|entry| entry.command).collect();
        assert_eq!(
            found_commands,
            [Command::ZOOM_IN, Command::ZOOM_TO_SELECTION]
        );
        assert_eq!(ranked("", &all), all);
    }

    #[test]
    fn the_name_of_a_section_finds_its_commands() {
        let entry = |command| PaletteEntry {
            command,
            refusal: None,
        };
        let all = [Command::UNDO, Command::EXPLAIN, Command::ASK].map(entry);
        let found = ranked("assistant", &all);
        assert_eq!(found, [Command::ASK, Command::EXPLAIN].map(entry));
    }
}
