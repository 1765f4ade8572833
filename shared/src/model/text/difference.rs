//! The edits that take back what some clients did to a text.

use std::collections::BTreeMap;

use super::edit::chunks;
use super::piece::Piece;
use super::rich::RichText;
use super::spans::push_span;
use super::{CharId, CharSpan, Marks, TextEdit};
use crate::id::ClientId;

impl RichText {
    /// The edits that lead from this text to `wanted`, as far as these clients, in ascending order,
    /// made the difference: what they typed is deleted, and what they deleted is restored. If
    /// `may_mark`, styles become those of `wanted`.
    pub(crate) fn edits_towards(
        &self,
        wanted: &Self,
        clients: &[ClientId],
        may_mark: bool,
    ) -> Vec<TextEdit> {
        let is_theirs = |client: Option<ClientId>| {
            client.is_some_and(|client| clients.binary_search(&client).is_ok())
        };
        let shown: BTreeMap<CharId, Marks> =
            wanted.chars().map(|one| (one.id, one.marks)).collect();
        let wanted_marks = |id: CharId| shown.get(&id).copied();
        let typed = self.spans_where(&|piece, id| {
            piece.deleted_by.is_none() && is_theirs(Some(id.by)) && wanted_marks(id).is_none()
        });
        let deleted = self.spans_where(&|piece, id| {
            let deleter = piece.deleted_by.and_then(|by| self.typists.client(by));
            is_theirs(deleter) && wanted_marks(id).is_some()
        });
        let mut edits = Vec::new();
        for mark in Marks::EACH.into_iter().filter(|_| may_mark) {
            for on in [true, false] {
                let marked = self.spans_where(&|piece, id| {
                    let wanted = wanted_marks(id).map(|marks| marks.has(mark));
                    piece.marks.has(mark) != on && wanted == Some(on)
                });
                edits.extend(chunks(&marked).map(|spans| TextEdit::Mark {
                    spans,
                    marks: mark,
                    on,
                }));
            }
        }
        edits.extend(chunks(&deleted).map(TextEdit::Restore));
        edits.extend(chunks(&typed).map(TextEdit::Delete));
        edits
    }

    /// The characters that pass a test, in the order of the text.
    fn spans_where(&self, test: &dyn Fn(&Piece, CharId) -> bool) -> Vec<CharSpan> {
        let mut spans = Vec::new();
        for piece in self.pieces.iter() {
            let Some(by) = self.typists.client(piece.author) else {
                continue;
            };
            for no in piece.from..piece.end() {
                if test(piece, CharId { by, no }) {
                    let (from, len) = (no, 1);
                    push_span(&mut spans, CharSpan { by, from, len });
                }
            }
        }
        spans
    }
}
