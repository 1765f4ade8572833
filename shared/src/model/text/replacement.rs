//! The difference between two texts as the replacement of one part, and the edits that lead from a
//! text to another one.

use std::ops::Range;

use super::edit::chunks;
use super::rich::RichText;
use super::{Marks, TextEdit};
use crate::id::ClientId;

/// A part of a text that was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The characters of the old text that were deleted.
    pub gone: Range<usize>,
    /// The new text in their place.
    pub new: String,
}

/// The difference of two texts, if there is one. If it could be in several places, as in `ab|b`,
/// its end is at the caret, which is a
/// place in the new text, counted in characters.
#[must_use]
pub fn replacement(old: &str, new: &str, caret: usize) -> Option<Replacement> {
    if old == new {
        return None;
    }
    let old: Vec<char> = old.chars().collect();
    let new: Vec<char> = new.chars().collect();
    let behind_caret = new.len().saturating_sub(caret);
    let shorter = old.len().min(new.len());
    let common = |pairs: &mut dyn Iterator<Item = (&char, &char)>, most: usize| {
        pairs.take(most).take_while(|(a, b)| a == b).count()
    };
    let most = behind_caret.min(shorter);
    let tail = common(&mut old.iter().rev().zip(new.iter().rev()), most);
    let head = common(&mut old.iter().zip(&new), shorter - tail);
    // The reported caret may be wrong; then the rest of the text decides.
    let tail = tail.max(common(
        &mut old.iter().rev().zip(new.iter().rev()),
        shorter - head,
    ));
    Some(Replacement {
        gone: head..old.len() - tail,
        new: new
            .get(head..new.len() - tail)
            .unwrap_or_default()
            .iter()
            .collect(),
    })
}

impl RichText {
    /// The edits of `me` that lead from the visible text to that of `wanted`, in the order to apply
    /// them. Characters that both texts have at their beginning and at their end stay.
    #[must_use]
    pub fn edits_to(&self, me: ClientId, wanted: &Self) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        let (old, new) = (self.plain(), wanted.plain());
        if let Some(change) = replacement(&old, &new, new.chars().count()) {
            if !change.new.is_empty() {
                edits.push(TextEdit::Insert {
                    after: self.id_before(change.gone.start),
                    from: self.next_of(me),
                    text: change.new,
                    marks: Marks::NONE,
                });
            }
            if !change.gone.is_empty() {
                edits.push(TextEdit::Delete(self.spans(change.gone)));
            }
        }
        let mut after = self.clone();
        for edit in &edits {
            after.edit(me, edit);
        }
        edits.extend(after.marks_to(wanted));
        edits
    }

    /// The edits that give the visible characters the styles of those of `wanted`.
    fn marks_to(&self, wanted: &Self) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        for mark in Marks::EACH {
            for on in [true, false] {
                let pairs = self.chars().zip(wanted.chars()).enumerate();
                let differ = pairs
                    .filter(|(_, (is, to))| is.marks.has(mark) != on && to.marks.has(mark) == on);
                let mut ranges: Vec<Range<usize>> = Vec::new();
                for (place, _) in differ {
                    match ranges.last_mut() {
                        Some(last) if last.end == place => last.end += 1,
                        _ => ranges.push(place..place + 1),
                    }
                }
                let spans = ranges.into_iter().flat_map(|range| self.spans(range));
                let spans: Vec<_> = spans.collect();
                edits.extend(chunks(&spans).map(|spans| TextEdit::Mark {
                    spans,
                    marks: mark,
                    on,
                }));
            }
        }
        edits
    }
}
