//! The name of a frame, edited like a text.
//!
//! A name is a single property without character ids. So it is edited as a text of its own, which
//! is made anew when another user changes the name.

use shared::id::{ClientId, ElementId};
use shared::limits::MAX_TITLE_CHARS;
use shared::model::{Marks, RichText, TextEdit, replacement};
use shared::typeset::CaretStop;

use super::caret::TextRange;
use super::edited_text::EditedText;
use super::field_units::characters;
use crate::input::FieldState;

/// A name that is edited.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Naming {
    pub(super) text: RichText,
    by: ClientId,
    /// The name before the editing.
    pub(super) before: String,
    /// The revision of the history that the first change made; `None` before it.
    pub(super) step: Option<u64>,
}

impl Naming {
    fn new(by: ClientId, name: &str) -> Self {
        let mut naming = Self {
            text: RichText::default(),
            by,
            before: name.to_owned(),
            step: None,
        };
        naming.rewrite(name);
        naming
    }

    fn rewrite(&mut self, name: &str) {
        let gone = self.text.spans(0..self.text.chars().count());
        self.edit(&TextEdit::Delete(gone));
        self.edit(&TextEdit::Insert {
            after: None,
            from: self.text.next_of(self.by),
            text: name.to_owned(),
            marks: Marks::NONE,
        });
    }

    fn edit(&mut self, edit: &TextEdit) {
        self.text.edit(self.by, edit);
    }

    /// Shortens the name to its limit.
    fn cut(&mut self) {
        let letters = self.text.chars().count();
        if letters > MAX_TITLE_CHARS {
            let gone = self.text.spans(MAX_TITLE_CHARS..letters);
            self.edit(&TextEdit::Delete(gone));
        }
    }
}

impl EditedText {
    /// Starts editing a name, with all of it marked, so that typing replaces it.
    pub(super) fn naming(id: ElementId, me: ClientId, name: &str) -> Self {
        let naming = Naming::new(me, name);
        let text = naming.text.clone();
        let mut edited = Self::new(id, Some(&text));
        edited.marked = TextRange::between(&text, 0, CaretStop::upstream(text.chars().count()));
        edited.name = Some(naming);
        edited
    }

    /// Whether a name is edited.
    pub(super) const fn is_naming(&self) -> bool {
        self.name.is_some()
    }

    /// Whether Enter was typed. It ends the editing of a name, which has one line.
    pub(super) fn is_enter_typed(&self, state: &FieldState) -> bool {
        let known = self.known(state.version);
        let caret = characters(&state.value, state.range.1);
        let changed = known.and_then(|known| replacement(known, &state.value, caret));
        !state.composing && changed.is_some_and(|changed| changed.new == "\n")
    }

    /// The name that the field holds now, if a name is edited.
    pub(super) fn take_name(&mut self, state: &FieldState) -> Option<String> {
        let naming = self.name.as_ref()?;
        let (text, by) = (naming.text.clone(), naming.by);
        let line = FieldState {
            value: state.value.replace(['\n', '\r', '\t'], " "),
            ..state.clone()
        };
        let written = self.take_field(&line, &text, by);
        let naming = self.name.as_mut()?;
        for edit in &written.edits {
            naming.edit(edit);
        }
        naming.cut();
        let text = naming.text.clone();
        if line.value == state.value || state.composing {
            self.follow(&text);
        } else {
            self.offer(&text);
        }
        Some(text.plain())
    }

    /// The name changed, by this user or another one.
    pub(super) fn follow_name(&mut self, name: &str) {
        let Some(naming) = &mut self.name else { return };
        if naming.text.plain() != name {
            naming.rewrite(name);
        }
    }
}
