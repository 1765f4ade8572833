//! Commands that bring the board, or a part of it, out of the page, and files in.

use super::availability::has_elements;
use super::command::{KeyAction, Section};
use super::menu_part::MenuPart;
use crate::output::{PictureFormat, UiCommand};

commands! { Section::File;
    /// Opens the export dialog.
    EXPORT {
        label: "Export",
        keys: &["Ctrl+Shift+E"],
        menu: &[MenuPart::Export, MenuPart::BoardExport],
        when: has_elements,
        run: |_, update| update.ui(UiCommand::Export),
    }
    /// Copies the selection as a picture, or the whole board if nothing is selected.
    COPY_AS_PNG {
        label: "Copy as PNG",
        keys: &["Alt+Shift+C"],
        menu: &[MenuPart::Export, MenuPart::BoardExport],
        when: has_elements,
        run: |_, update| update.ui(UiCommand::CopyPicture(PictureFormat::Png)),
    }
    /// Copies the selection as a drawing, or the whole board if nothing is selected.
    COPY_AS_SVG {
        label: "Copy as SVG",
        menu: &[MenuPart::Export, MenuPart::BoardExport],
        when: has_elements,
        run: |_, update| update.ui(UiCommand::CopyPicture(PictureFormat::Svg)),
    }
    /// Prints the board: a page for each frame, or one page if there are no frames.
    PRINT {
        label: "Print",
        keys: &["Ctrl+P"],
        // The browser prints by this key, and the page prepares for that.
        key_action: KeyAction::HandledElsewhere,
        when: has_elements,
        run: |_, update| update.ui(UiCommand::Print),
    }
    /// Saves the board to a file.
    SAVE_FILE {
        label: "Save to file",
        keys: &["Ctrl+S"],
        when: has_elements,
        run: |_, update| update.ui(UiCommand::SaveFile),
    }
    /// Opens a file as a new board.
    OPEN_FILE {
        label: "Open file",
        keys: &["Ctrl+O"],
        run: |_, update| update.ui(UiCommand::OpenFile),
    }
}
