//! Commands that ask the assistant. The page writes the question into the chat.
//!
//! They have no keys, so the keymap leaves them out, and the page loads them after the start.

use shared::model::Board;

use super::availability::{Availability, has_selection, has_unlocked, needs_units};
use super::command::Section;
use super::menu_part::MenuPart;
use crate::editor::Editor;
use crate::local_user::Access;
use crate::output::{AssistantTask, UiCommand};
use crate::update::Update;

commands! { Section::Assistant;
    /// Begins a question to the assistant.
    ASK {
        label: "Ask the assistant",
        run: |_, update| ask(AssistantTask::Ask, update),
    }
    /// Lets the assistant put the selection in order.
    TIDY_UP {
        label: "Tidy up",
        menu: &[MenuPart::Assistant],
        access: Access::Edit,
        when: has_unlocked,
        run: |_, update| ask(AssistantTask::TidyUp, update),
    }
    /// Lets the assistant move elements with common words together.
    CLUSTER {
        label: "Cluster by words",
        menu: &[MenuPart::Assistant],
        access: Access::Edit,
        when: has_several,
        run: |_, update| ask(AssistantTask::Cluster, update),
    }
    /// Lets the assistant draw a diagram of the selection.
    DIAGRAM {
        label: "Turn into a diagram",
        menu: &[MenuPart::Assistant],
        access: Access::Edit,
        when: has_selection,
        run: |_, update| ask(AssistantTask::Diagram, update),
    }
    /// Lets the assistant explain the selection in the chat.
    EXPLAIN {
        label: "Explain",
        menu: &[MenuPart::Assistant],
        when: has_selection,
        run: |_, update| ask(AssistantTask::Explain, update),
    }
    /// Lets the assistant summarise the selection in the chat.
    SUMMARISE {
        label: "Summarise",
        menu: &[MenuPart::Assistant],
        when: has_selection,
        run: |_, update| ask(AssistantTask::Summarise, update),
    }
    /// Lets the assistant go on with what the selection begins.
    CONTINUE {
        label: "Continue",
        menu: &[MenuPart::Assistant],
        access: Access::Edit,
        when: has_selection,
        run: |_, update| ask(AssistantTask::Continue, update),
    }
    /// Lets the assistant translate the selection to the language of the browser.
    TRANSLATE {
        label: "Translate to my language",
        menu: &[MenuPart::Assistant],
        access: Access::Edit,
        when: has_selection,
        run: |_, update| ask(AssistantTask::Translate, update),
    }
    /// Lets the assistant make a picture of the selection.
    MAKE_PICTURE {
        label: "Make a picture",
        menu: &[MenuPart::Assistant],
        access: Access::Edit,
        when: has_selection,
        run: |_, update| ask(AssistantTask::Picture, update),
    }
}

fn has_several(editor: &Editor, board: &Board) -> Availability {
    needs_units(editor, board, 2, "Select at least two elements first.")
}

fn ask(task: AssistantTask, update: &mut Update<'_>) {
    update.ui(UiCommand::Assistant(task));
}
