//! The damage: the parts of a scene that must be painted again after a change.

use shared::geometry::BoardRect;
use shared::id::ElementId;
use shared::model::Board;
use shared::sync::Change;

/// The parts of a scene that must be painted again.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Damage {
    /// The whole board was replaced.
    pub(crate) everything: bool,
    /// Elements that are new, so that no tile shows them yet.
    pub(crate) fresh: Vec<ElementId>,
    /// Elements that changed in another way.
    pub(crate) changed: Vec<ElementId>,
    /// Areas whose tiles are out of date.
    pub(crate) stale_areas: Vec<BoardRect>,
    /// Areas with elements of a board that is being loaded. More are likely to follow soon.
    pub(crate) loaded: Vec<BoardRect>,
    /// The camera moved.
    pub(crate) camera: bool,
    /// Ink in progress, cursors or the overlay changed.
    pub(crate) live: bool,
}

/// Above this number of changes everything is painted again. A page in the background paints
/// no frames, and painting everything is cheaper than painting many collected changes.
const MAX_CHANGES: usize = 2_000;

impl Damage {
    /// Adds changed elements, new elements, and areas whose tiles are out of date.
    pub(crate) fn add(
        &mut self,
        changed: impl IntoIterator<Item = ElementId>,
        fresh: impl IntoIterator<Item = ElementId>,
        stale_areas: impl IntoIterator<Item = BoardRect>,
    ) {
        self.changed.extend(changed);
        self.fresh.extend(fresh);
        self.stale_areas.extend(stale_areas);
        let most = self.changed.len().max(self.fresh.len());
        if most.max(self.stale_areas.len() / 2) > MAX_CHANGES {
            self.all();
        }
    }

    /// Marks everything.
    pub(crate) fn all(&mut self) {
        self.everything = true;
        self.changed.clear();
        self.fresh.clear();
        self.stale_areas.clear();
        self.loaded.clear();
    }
}

/// The tiles that the change of an element affects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TileImpact {
    /// None: the stroke is still being drawn, and only the live layer shows it.
    LiveLayer,
    /// None so far: the element is new, and no other element depends on it.
    NewElement,
    /// The tiles that show the element or an element that depends on it.
    Tiles,
}

impl TileImpact {
    /// The impact of a change.
    pub(crate) fn after(change: &Change, board: &Board) -> Self {
        let was_shown = change
            .before
            .as_ref()
            .is_some_and(|before| !before.is_open());
        match &change.after {
            Some(after) if !was_shown && after.is_open() => Self::LiveLayer,
            // A line can arrive before the shape it is attached to, and a member before its frame.
            Some(_) if !was_shown && board.dependents(change.id).next().is_none() => {
                Self::NewElement
            }
            Some(_) | None => Self::Tiles,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use shared::geometry::BoardPoint;
    use shared::id::ClientId;
    use shared::model::{
        Anchor, Body, Color, Element, ElementState, NewElement, OrderKey, Prop, Props,
    };

    fn element(number: u8, body: Body) -> Element {
        let props = Props::plain(
            OrderKey::first(),
            BoardPoint::new(0.0, 0.0),
            Color::Black,
            4.0,
            255,
        );
        let id = ElementId::from_bytes([number; 16]);
        let me = ClientId::from_bytes([9; 16]);
        Element::new(NewElement::new(id, props, body), me)
    }

    fn change(before: Option<&Element>, after: Option<&Element>) -> Change {
        let id = after.or(before).unwrap().id;
        let arc = |element: &Element| Arc::new(element.clone());
        Change {
            id,
            before: before.map(arc),
            after: after.map(arc),
        }
    }

    #[test]
    fn only_an_element_without_followers_counts_as_new() {
        let shape = element(1, Body::Text);
        let mut board = Board::new();
        assert_eq!(
            TileImpact::after(&change(None, Some(&shape)), &board),
            TileImpact::NewElement
        );
        assert_eq!(
            TileImpact::after(&change(Some(&shape), Some(&shape)), &board),
            TileImpact::Tiles
        );
        assert_eq!(
            TileImpact::after(&change(Some(&shape), None), &board),
            TileImpact::Tiles
        );
        let mut line = element(2, Body::Line);
        let anchor = Anchor {
            to: shape.id,
            at: [0.5, 0.5],
        };
        line.props.set(Prop::End(Some(anchor)));
        board.set_state(line.id, ElementState::Present(Arc::new(line)));
        assert_eq!(
            TileImpact::after(&change(None, Some(&shape)), &board),
            TileImpact::Tiles
        );
    }

    #[test]
    fn many_changes_repaint_everything() {
        let mut damage = Damage::default();
        let id = element(1, Body::Line).id;
        damage.add([id], [], [BoardRect::ZERO]);
        assert!(!damage.everything && !damage.stale_areas.is_empty());
        damage.add(vec![id; MAX_CHANGES], [], []);
        assert!(damage.everything && damage.changed.is_empty() && damage.stale_areas.is_empty());
    }
}
