//! Commands that move the camera, and that show or hide the grid and the panels.

use shared::geometry::BoardRect;

use super::availability::{has_elements, has_selection};
use super::command::Section;
use super::menu_part::MenuPart;
use crate::editor::Editor;
use crate::input::gesture::SpaceBar;
use crate::output::{Changed, UiCommand};
use crate::prefs::Prefs;
use crate::update::Update;

commands! { Section::View;
    /// Zooms in by one step.
    ZOOM_IN {
        label: "Zoom in",
        keys: &["Ctrl++", "Ctrl+=", "Ctrl+Shift++", "Ctrl+Shift+="],
        run: |editor, update| editor.view.move_camera(editor.view.camera().zoomed_in(), update),
    }
    /// Zooms out by one step.
    ZOOM_OUT {
        label: "Zoom out",
        keys: &["Ctrl+-", "Ctrl+_", "Ctrl+Shift+-", "Ctrl+Shift+_"],
        run: |editor, update| editor.view.move_camera(editor.view.camera().zoomed_out(), update),
    }
    /// Zooms so that the whole board is in the view.
    ZOOM_TO_FIT {
        label: "Zoom to fit",
        keys: &["Shift+1"],
        menu: &[MenuPart::BoardView],
        when: has_elements,
        run: |editor, update| {
            if let Some(all) = editor.document.index().extent() {
                editor.view.fit(all, update);
            }
        },
    }
    /// Zooms to 100 %.
    ZOOM_TO_100 {
        label: "Zoom to 100%",
        keys: &["Ctrl+0", "Shift+0"],
        menu: &[MenuPart::BoardView],
        run: |editor, update| editor.view.move_camera(editor.view.camera().at_100(), update),
    }
    /// Zooms so that the whole selection is in the view.
    ZOOM_TO_SELECTION {
        label: "Zoom to selection",
        keys: &["Shift+2"],
        menu: &[MenuPart::View],
        when: has_selection,
        run: |editor, update| {
            if let Some(extent) = editor.document.selection_extent(update.board) {
                editor.view.fit(extent, update);
            }
        },
    }
    /// Shows the element that is nearest to the middle of the view.
    BACK_TO_CONTENT {
        label: "Back to content",
        menu: &[MenuPart::BoardView],
        when: has_elements,
        run: back_to_content,
    }
    /// Shows a grid that drawn and moved elements snap to, or hides it.
    TOGGLE_GRID {
        label: "Grid",
        keys: &["Ctrl+'", "Ctrl+Shift+'"],
        menu: &[MenuPart::BoardGuides],
        run: |editor, update| prefer(|prefs| prefs.grid = !prefs.grid, editor, update),
    }
    /// Makes moved elements snap to the edges and middles of elements near them, or no longer.
    TOGGLE_SNAP {
        label: "Snap to elements nearby",
        menu: &[MenuPart::BoardGuides],
        run: |editor, update| prefer(|prefs| prefs.snap = !prefs.snap, editor, update),
    }
    /// Shows or hides the minimap.
    TOGGLE_MINIMAP {
        label: "Minimap",
        run: |_, update| update.ui(UiCommand::ToggleMinimap),
    }
    /// Shows or hides the outline of the board.
    TOGGLE_OUTLINE {
        label: "Outline",
        run: |_, update| update.ui(UiCommand::ToggleOutline),
    }
    /// Switches between the light and the dark theme.
    TOGGLE_THEME {
        label: "Light or dark",
        keys: &["Alt+Shift+D"],
        run: |_, update| update.ui(UiCommand::ToggleTheme),
    }
    /// Copies a link to this part of the board.
    COPY_PLACE_LINK {
        label: "Copy link to this place",
        menu: &[MenuPart::BoardView],
        run: |_, update| update.ui(UiCommand::CopyPlaceLink),
    }
    /// While the key is held, dragging moves the view.
    HOLD_TO_PAN {
        label: "Move the view",
        section: None,
        keys: &["Space", "Shift+Space"],
        run: |editor, _| editor.gestures.set_space(SpaceBar::Held),
    }
}

/// Changes a preference.
pub(super) fn prefer(
    change: impl FnOnce(&mut Prefs),
    editor: &mut Editor,
    update: &mut Update<'_>,
) {
    change(&mut editor.user.prefs);
    update.changed(Changed::Overlay);
}

fn back_to_content(editor: &mut Editor, update: &mut Update<'_>) {
    let eye = kurbo::Point::from(editor.camera().centre());
    let distance = |rect: BoardRect| {
        let x = (rect.x0 - eye.x).max(eye.x - rect.x1).max(0.0);
        let y = (rect.y0 - eye.y).max(eye.y - rect.y1).max(0.0);
        x * x + y * y
    };
    let ids = update.board.elements().map(|element| element.id);
    let boxes = ids.filter_map(|id| editor.index().bounds_of(id));
    let nearest = boxes.min_by(|a, b| distance(*a).total_cmp(&distance(*b)));
    if let Some(nearest) = nearest {
        editor.view.centre_on(nearest, update);
    }
}
