//! All commands, in the order of the lists.

use super::command::Command;
use super::menu_part::MenuPart;
use super::{
    align, assistant, clipboard, file, group, help, nudge, order, people, pictures, place, select,
    style, text, tools, undo, view,
};

/// The families of commands, in the order of the lists.
const FAMILIES: [&[&Command]; 16] = [
    tools::COMMANDS,
    place::COMMANDS,
    undo::COMMANDS,
    clipboard::COMMANDS,
    pictures::COMMANDS,
    style::COMMANDS,
    select::COMMANDS,
    group::COMMANDS,
    order::COMMANDS,
    align::COMMANDS,
    nudge::COMMANDS,
    text::COMMANDS,
    view::COMMANDS,
    people::COMMANDS,
    file::COMMANDS,
    help::COMMANDS,
];

/// The commands that can have keys, also those that lists leave out.
pub fn all() -> impl Iterator<Item = &'static Command> {
    FAMILIES.into_iter().flatten().copied()
}

impl Command {
    /// The commands that lists show, section by section.
    pub fn listed() -> impl Iterator<Item = &'static Self> {
        let listed = all().filter(|command| command.section.is_some());
        listed.chain(assistant::COMMANDS.iter().copied())
    }
}

/// The parts of the context menu and their commands, for this number of selected elements.
#[must_use]
pub fn context_menu(selected: usize) -> Vec<(MenuPart, Vec<&'static Command>)> {
    let parts: &[MenuPart] = match selected {
        0 => &MenuPart::OF_BOARD,
        _ => &MenuPart::OF_SELECTION,
    };
    let shown = parts
        .iter()
        .filter(|part| **part != MenuPart::Align || selected > 1);
    let of_part = |part: &MenuPart| {
        let commands = all().chain(assistant::COMMANDS.iter().copied());
        commands.filter(|it| it.menu.contains(part)).collect()
    };
    shown.map(|part| (*part, of_part(part))).collect()
}
