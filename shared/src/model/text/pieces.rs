//! The pieces of a text, in one of two forms.

use std::borrow::Cow;

use super::piece::Piece;
use super::tree::PieceTree;

/// The most pieces of a text in the form of a list.
const MAX_LISTED: usize = 64;

/// The pieces of a text. Most texts are short and never edited after they were loaded, so they are a
/// list, which needs less memory. The first edit makes a tree of it.
#[derive(Clone, Debug)]
pub(super) enum Pieces {
    List(Vec<Piece>),
    Tree(PieceTree),
}

impl Default for Pieces {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl Pieces {
    /// Takes pieces in their order, of which no two neighbours can be joined.
    pub(super) fn new(pieces: Vec<Piece>) -> Self {
        if pieces.len() <= MAX_LISTED {
            Self::List(pieces)
        } else {
            Self::Tree(PieceTree::new(pieces))
        }
    }

    /// All pieces in their order. A tree may hold a long piece in several.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Piece> {
        let (list, tree) = match self {
            Self::List(list) => (list.as_slice(), None),
            Self::Tree(tree) => (&[][..], Some(tree)),
        };
        list.iter()
            .chain(tree.into_iter().flat_map(PieceTree::iter))
    }

    /// The number of characters, deleted or not.
    pub(super) fn chars(&self) -> usize {
        match self {
            Self::List(list) => list.iter().map(|piece| piece.len as usize).sum(),
            Self::Tree(tree) => tree.chars(),
        }
    }

    /// The number of pieces if all that could be one were joined.
    pub(super) fn runs(&self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::Tree(tree) => tree.runs(),
        }
    }

    /// The pieces as a tree, for looking up characters.
    pub(super) fn tree(&self) -> Cow<'_, PieceTree> {
        match self {
            Self::List(list) => Cow::Owned(PieceTree::new(list.iter().cloned())),
            Self::Tree(tree) => Cow::Borrowed(tree),
        }
    }

    /// Lets `edit` change the pieces as a tree.
    pub(super) fn edit<T>(&mut self, edit: impl FnOnce(&mut PieceTree) -> T) -> T {
        match self {
            Self::Tree(tree) => edit(tree),
            Self::List(list) => {
                let mut tree = PieceTree::new(std::mem::take(list));
                let result = edit(&mut tree);
                *self = Self::Tree(tree);
                result
            }
        }
    }
}
