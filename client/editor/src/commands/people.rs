//! Commands that show something to the other people on the board.

use super::availability::has_selection;
use super::command::Section;
use super::menu_part::MenuPart;
use crate::output::{PeopleCommand, UiCommand};
use crate::update::Update;

commands! { Section::People;
    /// Shows the conversation of the board, or hides it.
    TOGGLE_CHAT {
        label: "Chat",
        keys: &["Shift+C"],
        run: |_, update| update.ui(UiCommand::ToggleChat),
    }
    /// Opens a field beside the cursor; others see the typed words there.
    SAY {
        label: "Say at the cursor",
        keys: &["/", "Shift+/"],
        run: |_, update| ask(PeopleCommand::Say, update),
    }
    /// Shows emoji to choose from. The chosen one floats up at the cursor, for all to see.
    REACT {
        label: "React",
        keys: &["Shift+E"],
        run: |_, update| ask(PeopleCommand::React, update),
    }
    /// Raises the hand of this person, or lowers it.
    TOGGLE_HAND {
        label: "Raise or lower hand",
        keys: &["Shift+R"],
        run: |_, update| ask(PeopleCommand::ToggleHand, update),
    }
    /// Says who drew the selection, and who changed it last.
    WHO_DREW {
        label: "Who drew this?",
        menu: &[MenuPart::View],
        when: has_selection,
        run: |editor, update| {
            let ids = editor.document.selection().ids.iter().copied().collect();
            update.ui(UiCommand::WhoDrew(ids));
        },
    }
    /// Asks all others to look at this part of the board.
    GATHER {
        label: "Bring everyone to me",
        run: |_, update| ask(PeopleCommand::Gather, update),
    }
    /// Lets only owners change the board, or all editors again.
    TOGGLE_FREEZE {
        label: "Freeze or unfreeze board",
        run: |_, update| ask(PeopleCommand::ToggleFreeze, update),
    }
}

fn ask(command: PeopleCommand, update: &mut Update<'_>) {
    update.ui(UiCommand::People(command));
}
