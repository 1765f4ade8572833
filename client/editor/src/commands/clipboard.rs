//! Cut, copy, paste, duplicate and delete.

use kurbo::Vec2;
use shared::geometry::{BoardRect, ScreenPoint};
use shared::id::ElementId;
use shared::limits::MAX_ELEMENTS;
use shared::model::palette::Theme;
use shared::model::{Board, Body, NewElement, Prop, Scope};
use shared::op::removal;
use std::collections::BTreeSet;

use super::availability::{has_selection, has_unlocked};
use super::command::{KeyAction, Section};
use super::menu_part::MenuPart;
use super::put::put;
use crate::document::copies::{self, CopyOptions};
use crate::document::frames::frame_at;
use crate::document::history::UndoStep;
use crate::editor::Editor;
use crate::input::Pasted;
use crate::io::{self, PasteOptions};
use crate::local_user::Access;
use crate::output::{Copied, UiCommand};
use crate::selection::Selection;
use crate::tool_kind::ToolKind;
use crate::update::Update;

/// How far a copy is from its original, in CSS pixels.
const OFFSET_PX: f64 = 20.0;
/// How many times a paste is moved at most, so that it does not cover elements.
const MAX_STEPS: usize = 50;
/// Elements whose middles are nearer to each other than this, in CSS pixels, cover each other.
const SAME_PLACE_PX: f64 = 0.5;

commands! { Section::Edit;
    /// Copies the selection to the clipboard and deletes it.
    CUT {
        label: "Cut",
        keys: &["Ctrl+X"],
        key_action: KeyAction::HandledElsewhere,
        menu: &[MenuPart::Edit],
        access: Access::Edit,
        when: has_unlocked,
        run: |editor, update| {
            copy(editor, update);
            delete(editor, update);
        },
    }
    /// Copies the selection to the clipboard.
    COPY {
        label: "Copy",
        keys: &["Ctrl+C"],
        key_action: KeyAction::HandledElsewhere,
        menu: &[MenuPart::Edit],
        when: has_selection,
        run: copy,
    }
    /// Puts the content of the clipboard on the board.
    PASTE {
        label: "Paste",
        keys: &["Ctrl+V"],
        key_action: KeyAction::HandledElsewhere,
        menu: &[MenuPart::Edit, MenuPart::BoardEdit],
        access: Access::Edit,
        run: |_, update| update.ui(UiCommand::Paste),
    }
    /// Puts the drawing or picture on the clipboard on the board as a picture.
    PASTE_AS_PICTURE {
        label: "Paste as picture",
        menu: &[MenuPart::BoardEdit],
        access: Access::Edit,
        run: |_, update| update.ui(UiCommand::PasteAsPicture),
    }
    /// Makes a copy of the selection, beside it.
    DUPLICATE {
        label: "Duplicate",
        keys: &["Ctrl+D"],
        menu: &[MenuPart::Edit],
        access: Access::Edit,
        when: has_unlocked,
        run: duplicate,
    }
    /// Deletes the selected elements that are not locked.
    DELETE {
        label: "Delete",
        keys: &["Delete", "Backspace", "Shift+Delete", "Shift+Backspace"],
        menu: &[MenuPart::Edit],
        access: Access::Edit,
        when: has_unlocked,
        run: delete,
    }
}

/// The selected elements in the forms for the clipboard; `None` if nothing is selected.
pub(crate) fn copied(editor: &Editor, board: &Board) -> Option<Copied> {
    let elements = Scope::Elements(editor.selection().ids.clone()).extract(board);
    if elements.is_empty() {
        return None;
    }
    Some(Copied {
        elements: io::elements::write(&elements),
        text: io::text::write(&elements),
        svg: io::svg_of(&elements, editor.user.me, Theme::Light),
    })
}

fn copy(editor: &mut Editor, update: &mut Update<'_>) {
    if let Some(copied) = copied(editor, update.board) {
        update.ui(UiCommand::Copy(copied));
    }
}

fn delete(editor: &mut Editor, update: &mut Update<'_>) {
    let ops = removal::ops(update.board, &editor.document.unlocked_ids(update.board));
    editor.history.submit(ops, UndoStep::New, update);
}

fn duplicate(editor: &mut Editor, update: &mut Update<'_>) {
    let ids = editor.document.unlocked_ids(update.board);
    let originals = Scope::Elements(ids).extract(update.board);
    let beside = editor.camera().board_length(OFFSET_PX);
    put_copies(&originals, [beside, beside], editor, update);
}

/// Puts content from the clipboard on the board: at `at`, else at the pointer, else in the middle
/// of the view.
pub(crate) fn paste(
    content: &Pasted,
    at: Option<ScreenPoint>,
    editor: &mut Editor,
    update: &mut Update<'_>,
) {
    if !update.may_edit() {
        return;
    }
    let options = PasteOptions {
        me: update.me,
        zoom: editor.camera().zoom(),
        style: *editor.styles().of(ToolKind::Text),
    };
    let elements = match content {
        Pasted::Elements(text) => io::elements::read(text),
        Pasted::Imported(elements) => io::valid(elements.clone()),
        Pasted::Text(text) => io::text::read(text, &options, update.ids),
        Pasted::Pictures(pictures) => super::pictures::in_rows(pictures, editor, update),
    };
    if elements.is_empty() {
        return update.notify("There is nothing on the clipboard that could be pasted.");
    }
    let left_out = match content {
        Pasted::Elements(_) | Pasted::Imported(_) | Pasted::Pictures(_) => 0,
        Pasted::Text(text) => io::text::left_out(text),
    };
    if left_out > 0 {
        update.notify_left_out(left_out);
    }
    let Some(extent) = copies::extent(&elements, update.me) else {
        return;
    };
    let by = way_of_paste(extent, at, editor);
    editor.pick_tool(ToolKind::Select, update);
    editor.document.close_group();
    put_copies(
        &without_outer_frames(elements),
        [by.x, by.y],
        editor,
        update,
    );
}

/// How far pasted elements are moved, in board units, so that they do not lie exactly on other
/// elements.
fn way_of_paste(extent: BoardRect, at: Option<ScreenPoint>, editor: &Editor) -> Vec2 {
    let camera = editor.camera();
    let visible = camera.visible();
    let pointed_at = editor.view.pointed_at();
    let pointed_at = pointed_at.filter(|at| visible.contains(kurbo::Point::from(*at)));
    let to = match at {
        Some(at) => camera.to_board(at),
        None => pointed_at.unwrap_or_else(|| camera.centre()),
    };
    let mut by = kurbo::Point::from(to) - extent.center();
    let offset = camera.board_length(OFFSET_PX);
    let tolerance = camera.board_length(SAME_PLACE_PX);
    for _ in 0..MAX_STEPS {
        if !editor
            .document
            .has_middle_near((extent + by).center().into(), tolerance)
        {
            break;
        }
        by += Vec2::new(offset, offset);
    }
    by
}

/// Elements from another board belong to no frame of this one.
fn without_outer_frames(mut elements: Vec<NewElement>) -> Vec<NewElement> {
    let ids: BTreeSet<_> = elements.iter().map(|new| new.id).collect();
    for new in &mut elements {
        let frame = new.props.frame().filter(|frame| ids.contains(frame));
        new.props.set(Prop::Frame(frame));
    }
    elements
}

/// Puts copies of elements on the board and selects them.
fn put_copies(
    originals: &[NewElement],
    by: [f64; 2],
    editor: &mut Editor,
    update: &mut Update<'_>,
) {
    if originals.is_empty() {
        return;
    }
    if originals.len() + update.board.len() > MAX_ELEMENTS {
        return update.notify("There is no room for so much on this board.");
    }
    let within = editor.selection().within;
    let mut copies = copies::make_copies(
        originals,
        CopyOptions {
            me: update.me,
            ids: &mut *update.ids,
            by,
            board: update.board,
            within,
        },
    );
    put_into_frames(&mut copies, editor, update);
    let ids = copies.iter().map(|copy| copy.id).collect();
    put(copies, Selection { ids, within }, editor, update);
}

/// A copy belongs to the frame that it lies in, unless its own frame was copied too.
fn put_into_frames(copies: &mut [NewElement], editor: &Editor, update: &Update<'_>) {
    let copied: BTreeSet<ElementId> = copies.iter().map(|copy| copy.id).collect();
    for copy in copies {
        let frame = copy.props.frame();
        let has_own_frame = frame.is_some_and(|frame| copied.contains(&frame));
        if has_own_frame || matches!(copy.body, Body::Frame) {
            continue;
        }
        let extent = copies::extent(std::slice::from_ref(copy), update.me);
        let frame = extent.and_then(|extent| {
            let middle = extent.center().into();
            frame_at(update.board, editor.index(), middle, &|_| false)
        });
        copy.props.set(Prop::Frame(frame));
    }
}
