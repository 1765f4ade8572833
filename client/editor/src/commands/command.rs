//! The table of commands.

use shared::model::Board;
use std::fmt;

use super::availability::{Availability, always};
use super::menu_part::MenuPart;
use crate::document::reading::Direction;
use crate::editor::Editor;
use crate::local_user::Access;
use crate::update::Update;

const VIEWER: Availability = Availability::Not("You can look at this board, but not change it.");
const NO_OWNER: Availability = Availability::Not("Only owners of the board can do that.");

/// An action that the user can run by key, button, menu or palette.
pub struct Command {
    /// Its name in the code, which no other command has.
    pub id: &'static str,
    /// Its name, as lists show it.
    pub label: &'static str,
    /// The section of palette and help that lists it; `None` hides it there.
    pub(super) section: Option<Section>,
    /// The chords that run it, such as `Ctrl+Shift+Z`. Lists show the first one.
    pub(super) keys: &'static [&'static str],
    /// What its keys do.
    pub(crate) key_action: KeyAction,
    /// Where its keys work.
    pub(super) scope: KeyScope,
    /// Where the context menu offers it.
    pub(super) menu: &'static [MenuPart],
    /// The access that it needs.
    pub(super) access: Access,
    /// Whether it can be run now, if the user has the access.
    pub(super) when: fn(&Editor, &Board) -> Availability,
    pub(super) run: fn(&mut Editor, &mut Update<'_>),
}

/// A part of the lists of commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// Tools.
    Tools,
    /// Undo, clipboard and styles.
    Edit,
    /// Selecting.
    Select,
    /// Groups, order, alignment.
    Arrange,
    /// Text.
    Text,
    /// The camera, the grid and the panels.
    View,
    /// The other people on the board.
    People,
    /// Questions to the assistant.
    Assistant,
    /// Files, pictures and printing.
    File,
    /// Search and help.
    Help,
}

impl Section {
    /// The name, as lists show it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tools => "Tools",
            Self::Edit => "Edit",
            Self::Select => "Select",
            Self::Arrange => "Arrange",
            Self::Text => "Text",
            Self::View => "View",
            Self::People => "People",
            Self::Assistant => "Assistant",
            Self::File => "File",
            Self::Help => "Help",
        }
    }
}

/// What the keys of a command do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyAction {
    /// They run the command.
    RunCommand,
    /// They go to the next or previous element, or leave the board after the last one.
    GoToElement(Direction),
    /// The browser, or another command, handles them.
    HandledElsewhere,
}

/// Where the keys of a command work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyScope {
    /// On the board.
    Board,
    /// On the board, and while a text is edited.
    BoardAndText,
}

impl Command {
    /// A command with default fields: it has no keys, is always available and needs no access to
    /// edit.
    pub(super) const fn of(section: Section) -> Self {
        Self {
            id: "",
            label: "",
            section: Some(section),
            keys: &[],
            key_action: KeyAction::RunCommand,
            scope: KeyScope::Board,
            menu: &[],
            access: Access::View,
            when: always,
            run: |_, _| {},
        }
    }

    /// The chord that lists show, such as `Ctrl+Shift+Z`; empty if it has none. On a Mac, Ctrl is
    /// Cmd.
    #[must_use]
    pub fn shortcut(&self) -> &'static str {
        self.keys.first().copied().unwrap_or_default()
    }

    /// The name of its part of the lists; empty if lists leave it out.
    #[must_use]
    pub fn section(&self) -> &'static str {
        self.section.map_or("", Section::name)
    }
}

impl Command {
    /// Whether it can be run now, and if not, why.
    pub(crate) fn availability(&self, editor: &Editor, board: &Board) -> Availability {
        if editor.access() < self.access {
            return match self.access {
                Access::View | Access::Edit => VIEWER,
                Access::Own => NO_OWNER,
            };
        }
        (self.when)(editor, board)
    }
}

/// Two commands are the same if they have the same id.
impl PartialEq for Command {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Command {}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// Declares the commands of one family: a constant of [`Command`] for each, and `COMMANDS`, the
/// list of them all.
macro_rules! commands {
    ($section:expr; $($(#[$doc:meta])* $name:ident { $($field:ident: $value:expr),+ $(,)? })+) => {
        impl $crate::commands::command::Command {
            $($(#[$doc])* pub const $name: &'static Self = &Self {
                id: stringify!($name),
                $($field: $value,)+
                ..Self::of($section)
            };)+
        }

        /// The commands of this family, in the order of the lists.
        pub(super) const COMMANDS: &[&$crate::commands::command::Command] =
            &[$($crate::commands::command::Command::$name),+];
    };
}

/// Runs a command, if it is available.
pub(crate) fn run(command: &Command, editor: &mut Editor, update: &mut Update<'_>) {
    if command.availability(editor, update.board) == Availability::Ready {
        (command.run)(editor, update);
    }
}
