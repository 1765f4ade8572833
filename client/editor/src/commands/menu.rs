//! The context menu: which commands it offers, and where it opens.

use shared::geometry::ScreenPoint;

use super::{Command, all};
use crate::document::hit_test::{Passing, Spot};
use crate::document::selection::{Selection, unit};
use crate::editor::Editor;
use crate::output::UiCommand;
use crate::update::Update;

/// How far beside an element a press still means it, in CSS pixels.
const REACH_PX: f64 = 6.0;

/// A part of the context menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MenuPart {
    /// With a selection: clipboard, duplicate, delete.
    Edit,
    /// With a selection: styles.
    Style,
    /// With a selection: groups, arrows, locks.
    Group,
    /// With a selection: the stacking order.
    Order,
    /// With a selection: mirror images.
    Flip,
    /// With a selection: the camera.
    View,
    /// With several elements: alignment and spacing.
    Align,
    /// Without a selection: clipboard, selecting, locks.
    BoardEdit,
    /// Without a selection: the camera.
    BoardView,
    /// Without a selection: grid and snapping.
    BoardGuides,
    /// Without a selection: search and palette.
    BoardMore,
}

impl MenuPart {
    const OF_SELECTION: [Self; 7] = [
        Self::Edit,
        Self::Style,
        Self::Group,
        Self::Order,
        Self::Flip,
        Self::View,
        Self::Align,
    ];
    const OF_BOARD: [Self; 4] = [
        Self::BoardEdit,
        Self::BoardView,
        Self::BoardGuides,
        Self::BoardMore,
    ];

    /// The name, as the menu announces it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Edit | Self::BoardEdit => "Edit",
            Self::Style => "Style",
            Self::Group => "Group",
            Self::Order => "Order",
            Self::Flip => "Flip",
            Self::View | Self::BoardView => "View",
            Self::Align => "Align",
            Self::BoardGuides => "Guides",
            Self::BoardMore => "More",
        }
    }
}

/// The parts of the context menu, with their commands, while so many elements are selected.
#[must_use]
pub fn context_menu(selected: usize) -> Vec<(MenuPart, Vec<&'static Command>)> {
    let parts: &[MenuPart] = match selected {
        0 => &MenuPart::OF_BOARD,
        _ => &MenuPart::OF_SELECTION,
    };
    let shown = parts
        .iter()
        .filter(|part| **part != MenuPart::Align || selected > 1);
    shown
        .map(|part| (*part, all().filter(|it| it.menu.contains(part)).collect()))
        .collect()
}

/// Opens the menu beside what is selected, as far as that is in the view; else in its middle.
pub(super) fn open_menu(editor: &mut Editor, update: &mut Update<'_>) {
    let extent = editor.document.selection_extent(update.board);
    update.ui(UiCommand::ContextMenu(editor.view.middle_of(extent)));
}

/// Opens the menu at a place. The element there is selected first, locked or not.
pub(crate) fn open_menu_at(at: ScreenPoint, editor: &mut Editor, update: &mut Update<'_>) {
    if update.may_edit() {
        let camera = editor.camera();
        let spot = Spot {
            at: camera.to_board(at),
            reach: camera.board_length(REACH_PX),
        };
        match spot.topmost(update.board, editor.index(), Passing::Nothing) {
            Some(id) if editor.selection().has(id) => {}
            Some(id) => {
                let selection = unit(update.board, id, editor.selection().within);
                editor.document.select(selection, update);
            }
            // The press was inside a hollow shape that is selected.
            None if editor.is_in_selection_frame(spot.at, update) => {}
            None => editor.document.select(Selection::none(), update),
        }
    }
    update.ui(UiCommand::ContextMenu(at));
}
