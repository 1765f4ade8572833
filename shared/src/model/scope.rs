//! The part of a board that is exported or copied.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::board::Board;
use super::element::{Body, Element, NewElement, sort_from_bottom};
use super::layout::{outline_path, visible_bounds};
use super::line_points::unbind_props;
use crate::geometry::BoardRect;
use crate::id::ElementId;

/// The part of a board that is exported or copied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The whole board.
    #[default]
    Board,
    /// A frame with its members.
    Frame(ElementId),
    /// These elements, and the members of the frames among them. Ids that are not on the board are
    /// skipped.
    Elements(BTreeSet<ElementId>),
}

impl Scope {
    /// The elements, from the bottom of the stack to the top.
    #[must_use]
    pub fn elements<'a>(&self, board: &'a Board) -> Vec<&'a Arc<Element>> {
        let ids = match self {
            Self::Board => return board.in_order().collect(),
            Self::Frame(frame) => BTreeSet::from([*frame]),
            Self::Elements(ids) => ids.clone(),
        };
        let members = ids.iter().flat_map(|id| {
            let dependents = board.dependents(*id);
            dependents.filter(move |it| it.props.frame() == Some(*id))
        });
        let members: Vec<ElementId> = members.map(|it| it.id).collect();
        let all: BTreeSet<ElementId> = ids.into_iter().chain(members).collect();
        let mut elements: Vec<_> = all.iter().filter_map(|id| board.get(*id)).collect();
        sort_from_bottom(&mut elements);
        elements
    }

    /// The elements in the form in which they can be put on a board. A line that is anchored to an
    /// element outside of the scope is unbound from it and ends where it is shown.
    #[must_use]
    pub fn extract(&self, board: &Board) -> Vec<NewElement> {
        let elements = self.elements(board);
        let known: BTreeSet<ElementId> = elements.iter().map(|element| element.id).collect();
        let alone = |element: &&Arc<Element>| {
            let mut new = element.to_new();
            let lost = unbind_props(board, element, &|to| !known.contains(&to));
            lost.into_iter().for_each(|prop| new.props.set(prop));
            new
        };
        elements.iter().map(alone).collect()
    }

    /// The rectangle that these elements of the scope cover when painted: for a frame its box.
    /// `None` if there are no elements.
    #[must_use]
    pub fn region(&self, board: &Board, elements: &[&Arc<Element>]) -> Option<BoardRect> {
        let frame = match self {
            Self::Frame(id) => board.get(*id).filter(|it| matches!(it.body, Body::Frame)),
            Self::Board | Self::Elements(_) => None,
        };
        if let Some(outline) = frame.and_then(|frame| outline_path(frame)) {
            return Some(kurbo::Shape::bounding_box(&outline));
        }
        let all = elements.iter().map(|it| visible_bounds(board, it));
        all.reduce(|all, one| all.union(one))
    }
}
