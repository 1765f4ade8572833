//! Applying an edit to a text, and computing its inverse.
//!
//! Every edit is total: it skips characters that the text does not have, so an edit from any source
//! is harmless. Edits refer to ids of characters, never to positions.

use super::piece::Piece;
use super::pieces::Pieces;
use super::rich::RichText;
use super::tree::PieceTree;
use super::{CharId, CharSpan, Marks, TextEdit};
use crate::id::ClientId;
use crate::limits::{MAX_TEXT_CHARS, MAX_TEXT_PIECES, MAX_TEXT_SPANS};

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
        self.edit_for(author, &[author], edit)
    }

    /// As [`Self::edit`]; an edit that restores brings back what `deleters` deleted.
    pub(crate) fn edit_for(
        &mut self,
        author: ClientId,
        deleters: &[ClientId],
        edit: &TextEdit,
    ) -> bool {
        // An edit adds at most two pieces at each place, because it splits one into three.
        if self.pieces() + 2 * split_points(edit) <= MAX_TEXT_PIECES {
            return self.apply(author, deleters, edit);
        }
        let most = MAX_TEXT_PIECES.max(self.pieces());
        let mut after = self.clone();
        let mut changed = after.apply(author, deleters, edit);
        if after.pieces() > most && matches!(edit, TextEdit::Delete(_)) {
            // Characters that were deleted earlier are dropped first: this edit may still be
            // undone.
            after.clone_from(self);
            after.drop_deleted();
            changed = after.apply(author, deleters, edit);
        }
        if after.pieces() > most {
            after.drop_deleted();
            changed &= after.pieces() <= most;
        }
        if changed {
            *self = after;
        }
        changed
    }

    fn apply(&mut self, author: ClientId, deleters: &[ClientId], edit: &TextEdit) -> bool {
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
            TextEdit::Restore(spans) => self.restore(deleters, spans),
            TextEdit::Mark { spans, marks, on } => self.mark(spans, marks.known(), *on),
        }
    }

    /// The edits that undo an edit of `author` if that edit is applied to this text now, in the
    /// order to apply them. Each takes back only those effects that still exist. If `edit` is
    /// valid, so are they. The edit restores what `deleters` deleted.
    #[must_use]
    pub fn inverse(
        &self,
        author: ClientId,
        deleters: &[ClientId],
        edit: &TextEdit,
    ) -> Vec<TextEdit> {
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
                let is_theirs = self.is_deleted_by(deleters);
                let back = self.matching_spans(spans, &is_theirs);
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
        let Some(index) = self.index_of_typist(author) else {
            return false;
        };
        self.typists.set_next(index, next);
        let after = typed.after.map(|id| (self.typists.index(id.by), id.no));
        let piece = Piece::new(index, typed.from, typed.text, typed.marks.known());
        self.pieces.edit(|tree| insert_behind(tree, after, piece));
        true
    }

    /// Returns whether the text has room for `count` more characters. Drops deleted characters if
    /// necessary and sufficient.
    fn make_room(&mut self, count: usize) -> bool {
        if self.len() + count <= MAX_TEXT_CHARS {
            return true;
        }
        let fits = self.pieces.edit(|tree| tree.shown()) + count <= MAX_TEXT_CHARS;
        if fits {
            self.drop_deleted();
        }
        fits
    }

    fn drop_deleted(&mut self) {
        self.pieces.edit(|tree| {
            while let Some(label) = tree.first_deleted() {
                tree.replace(label, Vec::new());
            }
        });
    }

    /// The index of a typist, who is added if new. If the list is full, typists without any piece
    /// are removed first, then those without visible characters.
    fn index_of_typist(&mut self, by: ClientId) -> Option<u16> {
        if let Some(index) = self.typists.index(by) {
            return Some(index);
        }
        if self.typists.is_full() {
            self.remove_unused_typists();
        }
        if self.typists.is_full() {
            self.drop_deleted();
            self.remove_unused_typists();
        }
        if self.typists.is_full() {
            return None;
        }
        self.typists.add(by)
    }

    /// Whether the list of typists is full, so that a new one has to look for a place in it.
    #[must_use]
    pub fn has_all_typists(&self) -> bool {
        self.typists.is_full()
    }

    /// Whether a client is in the list of typists.
    #[must_use]
    pub fn has_typist(&self, client: ClientId) -> bool {
        self.typists.index(client).is_some()
    }

    /// Removes typists without any piece. The others keep their order.
    fn remove_unused_typists(&mut self) {
        let mut named = vec![false; self.typists.list().len()];
        for piece in self.pieces.iter() {
            for index in std::iter::once(piece.author).chain(piece.deleted_by) {
                if let Some(named) = named.get_mut(usize::from(index)) {
                    *named = true;
                }
            }
        }
        if named.iter().all(|named| *named) {
            return;
        }
        let moved = self.typists.retain(&named);
        let new_index = |index: u16| moved.get(usize::from(index)).copied().flatten();
        let renamed = self.pieces.iter().filter_map(|piece| {
            Some(Piece {
                author: new_index(piece.author)?,
                deleted_by: piece.deleted_by.and_then(new_index),
                ..piece.clone()
            })
        });
        self.pieces = Pieces::Tree(PieceTree::new(renamed));
    }

    fn delete(&mut self, author: ClientId, spans: &[CharSpan]) -> bool {
        let is_shown = |piece: &Piece| piece.deleted_by.is_none();
        if self.matching_spans(spans, &is_shown).is_empty() {
            return false;
        }
        let Some(me) = self.index_of_typist(author) else {
            return false;
        };
        let deleted = |piece: &Piece| is_shown(piece).then_some((piece.marks, Some(me)));
        self.change_pieces(spans, &deleted)
    }

    /// Shows characters in the spans again that one of these clients deleted. Returns whether there
    /// were any.
    fn restore(&mut self, deleters: &[ClientId], spans: &[CharSpan]) -> bool {
        let is_theirs = self.is_deleted_by(deleters);
        let restored = |piece: &Piece| is_theirs(piece).then_some((piece.marks, None));
        self.change_pieces(spans, &restored)
    }

    /// A test for pieces that one of these clients deleted.
    fn is_deleted_by(&self, deleters: &[ClientId]) -> impl Fn(&Piece) -> bool + use<> {
        let indices = deleters
            .iter()
            .filter_map(|client| self.typists.index(*client));
        let indices: Vec<u16> = indices.collect();
        move |piece| piece.deleted_by.is_some_and(|by| indices.contains(&by))
    }

    fn mark(&mut self, spans: &[CharSpan], marks: Marks, on: bool) -> bool {
        let marked = |piece: &Piece| {
            let set = piece.marks.set(marks, on);
            (set != piece.marks).then_some((set, piece.deleted_by))
        };
        self.change_pieces(spans, &marked)
    }
}

/// Inserts a piece behind a character, given by the index of its typist and its number, or at the
/// beginning. If the text has dropped the character, the piece comes last.
fn insert_behind(tree: &mut PieceTree, after: Option<(Option<u16>, u32)>, piece: Piece) {
    let Some((author, no)) = after else {
        tree.insert_behind(None, piece.chunks().collect());
        return;
    };
    let found = author.and_then(|author| tree.find(author, no));
    let Some((label, holder)) = found.and_then(|label| Some((label, tree.get(label)?))) else {
        tree.insert_behind(tree.last(), piece.chunks().collect());
        return;
    };
    let (left, right) = holder.cut(no.saturating_add(1));
    let parts = left.into_iter().chain(piece.chunks()).chain(right);
    tree.replace(label, parts.collect());
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
pub(super) fn chunks(spans: &[CharSpan]) -> impl Iterator<Item = Vec<CharSpan>> + '_ {
    spans.chunks(MAX_TEXT_SPANS).map(<[CharSpan]>::to_vec)
}
