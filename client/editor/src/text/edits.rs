//! Turns a change of the text field into edits of characters.

use shared::id::ClientId;
use shared::model::{CharId, CharSpan, Marks, Replacement, RichText, TextEdit};

use super::caret::TextRange;
use super::edited_text::EditedText;
use super::lists::{FollowUp, follow_up};

impl EditedText {
    /// Turns a change of the field into edits of characters.
    pub(super) fn replace(
        &mut self,
        change: &Replacement,
        text: &mut RichText,
        me: ClientId,
    ) -> Vec<TextEdit> {
        let gone = self
            .reported
            .ids
            .get(change.gone.clone())
            .unwrap_or_default();
        let marks = self.marks_for(gone.first().copied(), change.gone.start, text);
        let mut edits = Vec::new();
        let spans = spans_of(gone);
        if !spans.is_empty() {
            edits.push(TextEdit::Delete(spans));
        }
        let from = text.next_of(me);
        if !change.new.is_empty() {
            let before = change.gone.start.checked_sub(1);
            edits.push(TextEdit::Insert {
                after: before.and_then(|before| self.reported.ids.get(before).copied()),
                from,
                text: change.new.clone(),
                marks,
            });
            self.next_marks = None;
        }
        for edit in &edits {
            text.edit(me, edit);
        }
        let new = (from..)
            .zip(change.new.chars())
            .map(|(no, _)| CharId { by: me, no });
        self.reported.ids.splice(change.gone.clone(), new);
        edits
    }

    /// The marks of typed characters: the chosen ones, else those of the replaced text, else those
    /// of the character before.
    fn marks_for(&self, replaced: Option<CharId>, place: usize, text: &RichText) -> Marks {
        let left = place.checked_sub(1);
        let left = left.and_then(|left| self.reported.ids.get(left).copied());
        let like = replaced.or(left).or(self.reported.ids.first().copied());
        self.next_marks.unwrap_or_else(|| {
            let found = text.chars().find(|letter| Some(letter.id) == like);
            found.map_or(Marks::NONE, |letter| letter.marks)
        })
    }

    pub(super) fn lists(
        &mut self,
        typed: &str,
        text: &mut RichText,
        me: ClientId,
    ) -> Vec<TextEdit> {
        let caret = self.range(text).end;
        let Some(follow_up) = follow_up(&text.plain(), caret, typed) else {
            return Vec::new();
        };
        let marks = marks_at(text, caret);
        let insert = |at: usize, typed: String| TextEdit::Insert {
            after: text.id_before(at),
            from: text.next_of(me),
            text: typed,
            marks,
        };
        let edits = match follow_up {
            FollowUp::Mark(mark) => vec![insert(caret, mark)],
            FollowUp::End(range) => vec![TextEdit::Delete(text.spans(range))],
            FollowUp::Bullet(range) => vec![
                insert(range.end, "•".to_owned()),
                TextEdit::Delete(text.spans(range)),
            ],
        };
        for edit in &edits {
            text.edit(me, edit);
            if let TextEdit::Insert {
                from, text: mark, ..
            } = edit
                && mark != "•"
            {
                let last = u32::try_from(mark.chars().count()).unwrap_or(1);
                let no = from + last.saturating_sub(1);
                self.marked = TextRange::at(Some(CharId { by: me, no }));
            }
        }
        edits
    }
}

/// The marks of the character before a place; at the beginning, of the character after it.
pub(super) fn marks_at(text: &RichText, place: usize) -> Marks {
    let letter = text.chars().nth(place.saturating_sub(1));
    letter.map_or(Marks::NONE, |letter| letter.marks)
}

/// Characters as spans.
fn spans_of(ids: &[CharId]) -> Vec<CharSpan> {
    let mut spans: Vec<CharSpan> = Vec::new();
    for id in ids {
        match spans.last_mut() {
            Some(last) if last.by == id.by && last.from + last.len == id.no => last.len += 1,
            _ => spans.push(CharSpan {
                by: id.by,
                from: id.no,
                len: 1,
            }),
        }
    }
    spans
}
