//! Search, command palette and help.

use super::availability::has_elements;
use super::command::Section;
use super::menu_part::MenuPart;
use crate::output::UiCommand;

commands! { Section::Help;
    /// Searches for text on the board.
    FIND {
        label: "Find",
        keys: &["Ctrl+F"],
        menu: &[MenuPart::BoardMore],
        when: has_elements,
        run: |_, update| update.ui(UiCommand::Find),
    }
    /// Shows all commands.
    PALETTE {
        label: "Commands",
        keys: &["Ctrl+K", "Ctrl+/", "Ctrl+Shift+P", "Ctrl+Shift+/"],
        menu: &[MenuPart::BoardMore],
        run: |_, update| update.ui(UiCommand::TogglePalette),
    }
    /// Shows or hides the help.
    HELP {
        label: "Help",
        keys: &["?", "Shift+?"],
        run: |_, update| update.ui(UiCommand::ToggleHelp),
    }
}
