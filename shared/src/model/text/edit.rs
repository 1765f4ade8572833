//! Applying an edit to a text, and computing its inverse.
//!
//! Every edit is total: it skips characters that the text does not have, so an edit from any source
//! is harmless. Edits refer to ids of characters, never to positions.

use super::rich::{Piece, RichText, Typist};
use super::{CharId, CharSpan, Marks, TextEdit};
use crate::id::ClientId;
use crate::limits::{MAX_TEXT_CHARS, MAX_TEXT_PIECES, MAX_TEXT_SPANS, MAX_TYPISTS};

/// The characters of an insert.
struct Insertion<'a> {
    after: Option<CharId>,
    from: u32,
    text: &'a str,
    marks: Marks,
}

impl RichText {
    /// Applies an edit of `author` and returns whether the text changed. If the edit would leave
    /// the text in more than [`MAX_TEXT_PIECES`] pieces, and in more than before, deleted
    /// characters are dropped. If that does not suffice, the text stays as it is.
    pub fn edit(&mut self, author: ClientId, edit: &TextEdit) -> bool {
        // An edit adds at most two pieces at each place, because it splits one into three.
        if self.pieces.len() + 2 * split_points(edit) <= MAX_TEXT_PIECES {
            return self.apply(author, edit);
        }
        let most = MAX_TEXT_PIECES.max(self.pieces.len());
        let mut after = self.clone();
        let mut changed = after.apply(author, edit);
        if after.pieces.len() > most && matches!(edit, TextEdit::Delete(_)) {
            // Characters that were deleted earlier are dropped first: this edit may still be
            // undone.
            after.clone_from(self);
            after.drop_deleted();
            changed = after.apply(author, edit);
        }
        if after.pieces.len() > most {
            after.drop_deleted();
            changed &= after.pieces.len() <= most;
        }
        if changed {
            *self = after;
        }
        changed
    }

    fn apply(&mut self, author: ClientId, edit: &TextEdit) -> bool {
        match edit {
            TextEdit::Insert {
                after,
                from,
                text,
                marks,
            } => self.insert(
                author,
                &Insertion {
                    after: *after,
                    from: *from,
                    text,
                    marks: *marks,
                },
            ),
            TextEdit::Delete(spans) => self.delete(author, spans),
            TextEdit::Restore(spans) => self.restore(author, spans),
            TextEdit::Mark { spans, marks, on } => self.mark(spans, marks.known(), *on),
        }
    }

    /// The edits that undo an edit of `author` if that edit is applied to this text now, in the
    /// order to apply them. Each takes back only those effects that still exist. If `edit` is
    /// valid, so are they.
    #[must_use]
    pub fn inverse(&self, author: ClientId, edit: &TextEdit) -> Vec<TextEdit> {
        match edit {
            TextEdit::Insert { from, text, .. } => {
                let len = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
                let span = CharSpan {
                    by: author,
                    from: *from,
                    len,
                };
                let is_new = *from >= self.next_of(author) && len > 0;
                Vec::from_iter(is_new.then(|| TextEdit::Delete(vec![span])))
            }
            TextEdit::Delete(spans) => {
                let gone = self.matching_spans(spans, &|piece| piece.deleted_by.is_none());
                chunks(&gone).map(TextEdit::Restore).collect()
            }
            TextEdit::Restore(spans) => {
                let me = self.typist_index(author);
                let back = self.matching_spans(spans, &|piece| {
                    piece.deleted_by.is_some() && piece.deleted_by == me
                });
                chunks(&back).map(TextEdit::Delete).collect()
            }
            TextEdit::Mark { spans, marks, on } => self.inverse_of_mark(spans, *marks, *on),
        }
    }

    /// Handles each mark separately, since a character may have had one of them before and not the
    /// other.
    fn inverse_of_mark(&self, spans: &[CharSpan], marks: Marks, on: bool) -> Vec<TextEdit> {
        let mut back = Vec::new();
        for mark in Marks::EACH.into_iter().filter(|mark| marks.has(*mark)) {
            let changed = self.matching_spans(spans, &|piece| piece.marks.has(mark) != on);
            back.extend(chunks(&changed).map(|spans| TextEdit::Mark {
                spans,
                marks: mark,
                on: !on,
            }));
        }
        back
    }

    fn insert(&mut self, author: ClientId, typed: &Insertion<'_>) -> bool {
        let count = typed.text.chars().count();
        let Some(next) = u32::try_from(count)
            .ok()
            .and_then(|len| typed.from.checked_add(len))
        else {
            return false;
        };
        if count == 0 || typed.from < self.next_of(author) || !self.make_room(count) {
            return false;
        }
        let Some(place) = self.index_of_typist(author) else {
            return false;
        };
        if let Some(typist) = self.typists.get_mut(usize::from(place)) {
            typist.next = next;
        }
        let at = self.insertion_index(typed.after);
        let piece = Piece {
            author: place,
            from: typed.from,
            text: typed.text.to_owned(),
            marks: typed.marks.known(),
            deleted_by: None,
        };
        self.pieces.insert(at, piece);
        self.merge_pieces();
        true
    }

    /// Splits the piece with the character `after` behind that character, and returns the index for
    /// a new piece. If the text has dropped the character, the new piece comes last.
    fn insertion_index(&mut self, after: Option<CharId>) -> usize {
        let Some(id) = after else { return 0 };
        let found = self.typist_index(id.by).and_then(|author| {
            self.split_before(author, id.no.saturating_add(1));
            let ends_with = |piece: &Piece| {
                piece.author == author && piece.from <= id.no && id.no < piece.end()
            };
            self.pieces.iter().position(ends_with)
        });
        found.map_or(self.pieces.len(), |at| at + 1)
    }

    /// Returns whether the text has room for `count` more characters. Drops deleted characters if
    /// necessary and sufficient.
    fn make_room(&mut self, count: usize) -> bool {
        if self.len() + count <= MAX_TEXT_CHARS {
            return true;
        }
        let shown: usize = self.shown().map(|piece| piece.len() as usize).sum();
        let fits = shown + count <= MAX_TEXT_CHARS;
        if fits {
            self.drop_deleted();
        }
        fits
    }

    fn drop_deleted(&mut self) {
        self.pieces.retain(|piece| piece.deleted_by.is_none());
        self.merge_pieces();
    }

    /// The index of a typist, who is added if new. If the list is full, typists without any piece
    /// are removed first, then those without visible characters.
    fn index_of_typist(&mut self, by: ClientId) -> Option<u16> {
        if let Some(place) = self.typist_index(by) {
            return Some(place);
        }
        if self.typists.len() >= MAX_TYPISTS {
            self.remove_unused_typists();
        }
        if self.typists.len() >= MAX_TYPISTS {
            self.drop_deleted();
            self.remove_unused_typists();
        }
        if self.typists.len() >= MAX_TYPISTS {
            return None;
        }
        self.typists.push(Typist { by, next: 0 });
        self.typist_index(by)
    }

    /// Removes typists without any piece. The others keep their order.
    fn remove_unused_typists(&mut self) {
        let mut named = vec![false; self.typists.len()];
        for piece in &self.pieces {
            for place in std::iter::once(piece.author).chain(piece.deleted_by) {
                if let Some(named) = named.get_mut(usize::from(place)) {
                    *named = true;
                }
            }
        }
        let mut kept = 0_u16;
        let new_indices: Vec<u16> = named
            .iter()
            .map(|named| {
                let place = kept;
                kept += u16::from(*named);
                place
            })
            .collect();
        let mut named = named.into_iter();
        self.typists.retain(|_| named.next().unwrap_or(true));
        let moved = |place: u16| {
            new_indices
                .get(usize::from(place))
                .copied()
                .unwrap_or(place)
        };
        for piece in &mut self.pieces {
            piece.author = moved(piece.author);
            piece.deleted_by = piece.deleted_by.map(moved);
        }
    }

    fn delete(&mut self, author: ClientId, spans: &[CharSpan]) -> bool {
        if self
            .matching_spans(spans, &|piece| piece.deleted_by.is_none())
            .is_empty()
        {
            return false;
        }
        let Some(me) = self.index_of_typist(author) else {
            return false;
        };
        self.for_each_piece_in(spans, &mut |piece| {
            piece.deleted_by = piece.deleted_by.or(Some(me))
        });
        self.merge_pieces();
        true
    }

    fn restore(&mut self, author: ClientId, spans: &[CharSpan]) -> bool {
        let Some(me) = self.typist_index(author) else {
            return false;
        };
        let mut changed = false;
        self.for_each_piece_in(spans, &mut |piece| {
            if piece.deleted_by == Some(me) {
                piece.deleted_by = None;
                changed = true;
            }
        });
        self.merge_pieces();
        changed
    }

    fn mark(&mut self, spans: &[CharSpan], marks: Marks, on: bool) -> bool {
        let mut changed = false;
        self.for_each_piece_in(spans, &mut |piece| {
            let set = piece.marks.set(marks, on);
            changed |= set != piece.marks;
            piece.marks = set;
        });
        self.merge_pieces();
        changed
    }
}

/// The number of places at which an edit may split pieces.
const fn split_points(edit: &TextEdit) -> usize {
    match edit {
        TextEdit::Insert { .. } => 1,
        TextEdit::Delete(spans) | TextEdit::Restore(spans) | TextEdit::Mark { spans, .. } => {
            spans.len()
        }
    }
}

/// Splits a list of spans into lists that one edit may hold.
fn chunks(spans: &[CharSpan]) -> impl Iterator<Item = Vec<CharSpan>> + '_ {
    spans.chunks(MAX_TEXT_SPANS).map(<[CharSpan]>::to_vec)
}
