//! The pieces of a text in two search trees: by their order, and by their characters.
//!
//! Every change costs O(log n) for each piece that it adds, removes or changes. A copy shares all
//! nodes with its original, so that copying costs nothing until one of both changes.

use std::ops::Bound::{Excluded, Unbounded};

use rpds::RedBlackTreeMapSync;

use super::labels::{Label, between};
use super::piece::{Piece, join};

/// Neighbours on each side that get new labels if there is no label left between two pieces. If
/// their range is too narrow, the number is doubled.
const RELABELLED: usize = 32;
/// The least distance of new labels, so that new labels are not needed again soon.
const MIN_SPACING: Label = 1 << 16;

/// Whether a piece is deleted, its author, and the number of its first character.
type CharKey = (bool, u16, u32);

/// The pieces of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct PieceTree {
    in_order: RedBlackTreeMapSync<Label, Piece>,
    /// The labels of the pieces.
    by_char: RedBlackTreeMapSync<CharKey, Label>,
    /// The number of characters, deleted or not.
    chars: usize,
    /// The number of visible characters.
    shown: usize,
    /// The number of pieces that continue the piece before them.
    joints: usize,
}

impl PieceTree {
    /// Takes pieces in their order.
    pub(super) fn new(pieces: impl IntoIterator<Item = Piece>) -> Self {
        let mut tree = Self::default();
        let pieces = join(pieces.into_iter().flat_map(Piece::chunks));
        tree.joints = joints(&pieces);
        let labels = between(None, None, pieces.len()).unwrap_or_default();
        for (label, piece) in labels.into_iter().zip(pieces) {
            tree.add(label, piece);
        }
        tree
    }

    /// The number of characters, deleted or not.
    pub(super) const fn chars(&self) -> usize {
        self.chars
    }

    /// The number of visible characters.
    pub(super) const fn shown(&self) -> usize {
        self.shown
    }

    /// The number of pieces if all that could be one were joined.
    pub(super) fn runs(&self) -> usize {
        self.in_order.size() - self.joints
    }

    /// All pieces in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Piece> {
        self.in_order.values()
    }

    /// A piece.
    pub(super) fn get(&self, label: Label) -> Option<&Piece> {
        self.in_order.get(&label)
    }

    /// The last piece.
    pub(super) fn last(&self) -> Option<Label> {
        self.in_order.last().map(|(label, _)| *label)
    }

    /// The first deleted piece in the order of authors and numbers.
    pub(super) fn first_deleted(&self) -> Option<Label> {
        let mut deleted = self.by_char.range((true, 0, 0)..);
        deleted.next().map(|(_, label)| *label)
    }

    /// The piece with a character.
    pub(super) fn find(&self, author: u16, no: u32) -> Option<Label> {
        [false, true]
            .into_iter()
            .find_map(|deleted| self.find_among(deleted, author, no))
    }

    fn find_among(&self, deleted: bool, author: u16, no: u32) -> Option<Label> {
        let mut before = self
            .by_char
            .range((deleted, author, 0)..=(deleted, author, no));
        let (_, label) = before.next_back()?;
        let piece = self.get(*label)?;
        piece.contains(author, no).then_some(*label)
    }

    /// The first piece by number that holds any of the characters `from..end` of an author.
    pub(super) fn first_within(&self, author: u16, from: u32, end: u32) -> Option<Label> {
        if let Some(label) = self.find(author, from) {
            return Some(label);
        }
        let next = |deleted: bool| {
            let mut behind = self
                .by_char
                .range((deleted, author, from)..(deleted, author, end));
            behind.next().map(|((_, _, no), label)| (*no, *label))
        };
        let first = [false, true].into_iter().filter_map(next).min();
        first.map(|(_, label)| label)
    }

    /// Replaces one piece by others, or deletes it if there are none.
    pub(super) fn replace(&mut self, label: Label, pieces: Vec<Piece>) {
        let before = self.before(label);
        self.splice(before, Some(label), pieces);
    }

    /// Inserts pieces behind another, or at the beginning.
    pub(super) fn insert_behind(&mut self, before: Option<Label>, pieces: Vec<Piece>) {
        self.splice(before, None, pieces);
    }

    /// Replaces the piece `old` behind the piece `before` by others, and joins them with their
    /// neighbours where possible.
    fn splice(&mut self, before: Option<Label>, old: Option<Label>, pieces: Vec<Piece>) {
        let last = old.or(before);
        let after = last.map_or_else(|| self.first(), |label| self.after(label));
        let labels: Vec<Label> = before.into_iter().chain(old).chain(after).collect();
        let head = before.and_then(|label| self.get(label)).cloned();
        let tail = after.and_then(|label| self.get(label)).cloned();
        let pieces = join(head.into_iter().chain(pieces).chain(tail));
        let at_end = usize::from(after.is_some());
        let missing = pieces.len().saturating_sub(labels.len());
        let free = (labels.len() - at_end).min(pieces.len().saturating_sub(at_end));
        let free = labels.get(..free).unwrap_or_default();
        match between(free.last().copied(), after, missing) {
            Some(more) => {
                let new: Vec<Label> = (free.iter().copied()).chain(more).chain(after).collect();
                self.rewrite(&labels, &new, pieces);
            }
            None => self.relabel(&labels, &pieces),
        }
    }

    /// Rewrites neighbours, and gives them and more pieces around them new labels.
    fn relabel(&mut self, labels: &[Label], pieces: &[Piece]) {
        let mut count = RELABELLED;
        loop {
            let before = self.labels_before(labels.first().copied(), count);
            let after = self.labels_behind(labels.last().copied(), count);
            let wide = [before.as_slice(), labels, after.as_slice()].concat();
            let low = wide.first().and_then(|first| self.before(*first));
            let high = wide.last().and_then(|last| self.after(*last));
            let piece = |label: &Label| self.get(*label).cloned();
            let pieces: Vec<Piece> = (before.iter().filter_map(piece))
                .chain(pieces.iter().cloned())
                .chain(after.iter().filter_map(piece))
                .collect();
            if let Some(new) = between(low, high, pieces.len()).filter(|new| is_spaced(new)) {
                self.rewrite(&wide, &new, pieces);
                return;
            }
            count *= 2;
        }
    }

    /// Replaces neighbours with the labels `old` by pieces with the labels `new`.
    fn rewrite(&mut self, old: &[Label], new: &[Label], pieces: Vec<Piece>) {
        let replaced: Vec<Piece> = (old.iter())
            .filter_map(|label| self.get(*label))
            .cloned()
            .collect();
        self.joints += joints(&pieces);
        self.joints -= joints(&replaced);
        let is_kept = |label: &Label, piece: &Piece| {
            let is_at = |(other, same): (&Label, &Piece)| other == label && same.is_same(piece);
            new.iter().zip(&pieces).any(is_at)
        };
        let (kept, gone): (Vec<_>, Vec<_>) =
            (old.iter().zip(replaced)).partition(|(label, piece)| is_kept(label, piece));
        for (label, piece) in gone {
            self.remove(*label, &piece);
        }
        for (label, piece) in new.iter().zip(pieces) {
            if !kept.iter().any(|(other, _)| *other == label) {
                self.add(*label, piece);
            }
        }
    }

    fn add(&mut self, label: Label, piece: Piece) {
        self.chars += piece.len as usize;
        self.shown += piece.shown();
        self.by_char.insert_mut(key(&piece), label);
        self.in_order.insert_mut(label, piece);
    }

    fn remove(&mut self, label: Label, piece: &Piece) {
        self.chars -= piece.len as usize;
        self.shown -= piece.shown();
        self.by_char.remove_mut(&key(piece));
        self.in_order.remove_mut(&label);
    }

    fn first(&self) -> Option<Label> {
        self.in_order.first().map(|(label, _)| *label)
    }

    /// The piece before another.
    fn before(&self, label: Label) -> Option<Label> {
        self.labels_before(Some(label), 1).first().copied()
    }

    /// The piece behind another.
    fn after(&self, label: Label) -> Option<Label> {
        self.labels_behind(Some(label), 1).first().copied()
    }

    /// Up to `count` pieces before another, in their order.
    fn labels_before(&self, label: Option<Label>, count: usize) -> Vec<Label> {
        let before = label.map(|label| self.in_order.range(..label).rev().take(count));
        let mut labels: Vec<Label> = before
            .into_iter()
            .flatten()
            .map(|(label, _)| *label)
            .collect();
        labels.reverse();
        labels
    }

    /// Up to `count` pieces behind another, in their order.
    fn labels_behind(&self, label: Option<Label>, count: usize) -> Vec<Label> {
        let range = |label: Label| {
            self.in_order
                .range((Excluded(label), Unbounded))
                .take(count)
        };
        let behind = label.map(range);
        behind
            .into_iter()
            .flatten()
            .map(|(label, _)| *label)
            .collect()
    }
}

const fn key(piece: &Piece) -> CharKey {
    (piece.deleted_by.is_some(), piece.author, piece.from)
}

/// The number of pieces that continue the piece before them.
fn joints(pieces: &[Piece]) -> usize {
    let pairs = pieces.iter().zip(pieces.iter().skip(1));
    pairs
        .filter(|(piece, next)| piece.is_continued_by(next))
        .count()
}

fn is_spaced(labels: &[Label]) -> bool {
    let mut pairs = labels.iter().zip(labels.iter().skip(1));
    pairs.all(|(label, next)| next - label >= MIN_SPACING)
}
