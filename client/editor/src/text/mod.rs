//! Editing a text that others edit too.
//!
//! A text field of the browser takes the keys, so that input methods, dictation and spelling
//! work. Its content is compared with its content before, and the difference becomes an edit of
//! characters by their ids, so text that others typed meanwhile stays in place.

mod burst;
mod caret;
mod deleted;
mod deletion;
mod edited_text;
mod edits;
mod field;
mod field_units;
mod lists;
mod name;
mod placement;
mod pointer;
mod scroll;
mod typed;

use shared::geometry::BoardPoint;
use shared::id::{ClientId, ElementId, Millis};
use shared::model::{Board, Body, Element, Marks};
use shared::typeset::{CaretStop, is_blank};

use crate::document::History;
use crate::input::Key;
use crate::output::Changed;
use crate::update::Update;
pub(crate) use caret::Step;
use caret::{TextRange, end_toward, stepped};
use deleted::DeletedText;
pub use deletion::deleted_range;
use edited_text::EditedText;
pub use field::TypingView;
use name::Naming;
use placement::TextPlacement;
use typed::Joining;

/// The text that is edited, if one is.
#[derive(Debug, Default)]
pub(crate) struct TextEditing {
    edited: Option<EditedText>,
    /// The next animation frame scrolls the caret into view.
    scrolls: bool,
    /// Controls cover the view from this height down, in CSS pixels.
    covered_from: Option<f64>,
    deleted: DeletedText,
}

/// Whether text can be edited on an element: its text, or the name of a frame.
pub(crate) fn takes_text(element: &Element) -> bool {
    element.body.has_text() || matches!(element.body, Body::Frame)
}

impl TextEditing {
    /// The element whose text is edited.
    pub(crate) fn element(&self) -> Option<ElementId> {
        self.edited.as_ref().map(|edited| edited.id)
    }

    pub(crate) const fn is_active(&self) -> bool {
        self.edited.is_some()
    }

    /// Whether the text of an element is edited, and not the name of a frame.
    pub(crate) fn edits_text(&self) -> bool {
        let edited = self.edited.as_ref();
        edited.is_some_and(|edited| !edited.is_naming())
    }

    /// Starts editing the text of an element, with the caret at its end. The element may still be
    /// on its way to the board.
    pub(crate) fn begin(&mut self, id: ElementId, history: &mut History, update: &mut Update<'_>) {
        self.end(history, update);
        if !update.may_edit() {
            return;
        }
        let edited = match update.board.get(id) {
            None => EditedText::new(id, None),
            Some(element) if element.body.has_text() => EditedText::new(id, Some(&element.text)),
            Some(element) if takes_text(element) => {
                EditedText::naming(id, update.me, &element.props.name())
            }
            Some(_) => return,
        };
        self.edited = Some(edited);
        text_changed(update);
    }

    /// Starts editing as [`Self::begin`] does, with the caret at the pointer. A name stays marked
    /// as a whole.
    pub(crate) fn begin_at(
        &mut self,
        id: ElementId,
        at: Option<BoardPoint>,
        history: &mut History,
        update: &mut Update<'_>,
    ) {
        self.begin(id, history, update);
        let element = update.board.get(id);
        let placement = element.and_then(|element| TextPlacement::of(update.board, element));
        let (Some(at), Some(placement)) = (at, placement) else {
            return;
        };
        let is_name = self.edited.as_ref().is_some_and(EditedText::is_naming);
        if placement.contains(at, 0.0) && !is_name {
            let stop = placement.stop_at(at);
            self.put_caret(stop.index, stop, update);
        }
    }

    /// Stops editing. A text element without visible text is deleted.
    pub(crate) fn end(&mut self, history: &mut History, update: &mut Update<'_>) {
        let Some(edited) = self.edited.take() else {
            return;
        };
        text_changed(update);
        if let Some(naming) = &edited.name {
            return typed::end_naming(edited.id, naming, history, update);
        }
        if let Some(element) = update.board.get(edited.id)
            && matches!(element.body, Body::Text)
            && is_blank(&element.text.plain())
            && update.may_edit()
        {
            typed::delete_empty(element, history, update);
        }
    }

    /// Takes over changes of the text by others or by undo.
    pub(crate) fn follow(&mut self, board: &Board, me: ClientId) {
        if let Some((edited, element)) = self.edited_on(board) {
            if edited.is_naming() {
                edited.follow_name(&element.props.name());
            }
            edited.follow(&edited.text(element));
        } else if let Some(edited) = self.edited.take_if(|edited| edited.was_ever_on_board()) {
            self.deleted.lost(edited.id, board, me);
        }
    }

    /// The edited text with its element, if that is on the board.
    fn edited_on<'a>(&mut self, board: &'a Board) -> Option<(&mut EditedText, &'a Element)> {
        let edited = self.edited.as_mut()?;
        let element = board.get(edited.id)?;
        Some((edited, element))
    }

    /// The next typed text is an undo step of its own.
    pub(crate) fn start_undo_step(&mut self) {
        self.edited.iter_mut().for_each(EditedText::end_burst);
    }

    /// The marks of the marked text, or of the text that is typed next; `None` for names.
    pub(crate) fn marks(&self, board: &Board) -> Option<Marks> {
        let edited = self.edited.as_ref().filter(|edited| !edited.is_naming())?;
        Some(edited.marks(&board.get(edited.id)?.text))
    }

    /// Sets or clears a mark of the marked text, or of the text that is typed next. Names have no
    /// marks.
    pub(crate) fn toggle_mark(
        &mut self,
        mark: Marks,
        history: &mut History,
        update: &mut Update<'_>,
    ) {
        if let Some((edited, element)) = self.edited_on(update.board)
            && !edited.is_naming()
        {
            let edits = Vec::from_iter(edited.toggle(mark, &element.text));
            self.submit_edits(element, &edits, Joining::Never, history, update);
            update.changed(Changed::Text);
        }
    }

    /// Moves the caret; with `marks`, its other end stays.
    pub(crate) fn step_caret(&mut self, step: Step, marks: bool, update: &mut Update<'_>) {
        let Some((edited, element)) = self.edited_on(update.board) else {
            return;
        };
        let Some(placement) = TextPlacement::of(update.board, element) else {
            return;
        };
        let text = edited.text(element);
        let (anchor, range) = (edited.marked.places(&text).0, edited.range(&text));
        let (to, goal) = match step {
            Step::Cluster(side) if !marks && !range.is_empty() => {
                (end_toward(placement.layout(), &range, side), None)
            }
            _ => stepped(
                placement.layout(),
                edited.marked.stop(&text),
                edited.goal,
                step,
            ),
        };
        self.put_caret(if marks { anchor } else { to.index }, to, update);
        if let Some(edited) = &mut self.edited {
            edited.goal = goal;
        }
        self.scroll_to_caret();
    }

    /// Marks the text from one letter to another, or puts the caret there.
    fn put_caret(&mut self, anchor: usize, focus: CaretStop, update: &mut Update<'_>) {
        if let Some((edited, element)) = self.edited_on(update.board) {
            let text = edited.text(element);
            edited.mark(TextRange::between(&text, anchor, focus), &text);
            text_changed(update);
        }
    }

    /// A pointer was pressed: keys are shortcuts again, even if the text was just deleted.
    pub(crate) fn pressed(&mut self) {
        self.deleted = DeletedText::default();
    }

    /// Notifies the user once that another user deleted the text.
    pub(crate) fn announce_deletion(&mut self, update: &mut Update<'_>) {
        self.deleted.announce(update);
    }

    /// Whether a key was typed for a text that another user has just deleted.
    pub(crate) fn is_for_deleted_text(&mut self, key: &Key, now: Millis) -> bool {
        self.deleted.ignores(key, now)
    }
}

/// The text field and the caret must be shown again.
fn text_changed(update: &mut Update<'_>) {
    update.changed(Changed::Text);
    update.changed(Changed::Overlay);
}
