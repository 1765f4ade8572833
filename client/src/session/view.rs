//! What the canvas may see of a session.
//!
//! Knows what is to be painted, and what of it anew. It must not know how.

use editor::{Camera, Index, Overlay, OwnInk};
use shared::geometry::BoardRect;
use shared::id::{ClientId, ElementId, Millis};
use shared::model::Board;
use shared::model::palette::Theme;
use shared::sync::{Change, Peers};
use std::collections::BTreeSet;

/// Everything that can be painted, as it is now.
#[derive(Debug)]
pub(crate) struct View<'a> {
    /// The board.
    pub(crate) board: &'a Board,
    /// Where its elements are.
    pub(crate) index: &'a Index,
    /// What part of it is seen.
    pub(crate) camera: &'a Camera,
    /// One's own ink that is being drawn.
    pub(crate) own_ink: Option<OwnInk<'a>>,
    /// What others do right now.
    pub(crate) peers: &'a Peers,
    /// Who this person is.
    pub(crate) me: ClientId,
    /// Elements that the eraser has touched and that go when it is lifted.
    pub(crate) erasing: &'a BTreeSet<ElementId>,
    /// What is shown above the board.
    pub(crate) overlay: Overlay,
    /// Whether the grid that things keep to is shown.
    pub(crate) has_grid: bool,
    /// In which look to paint.
    pub(crate) theme: Theme,
    /// The time, on the page's clock.
    pub(crate) now: Millis,
}

/// What lies where, for those who need no more of a [`View`].
#[derive(Debug)]
pub(crate) struct Survey<'a> {
    /// The board.
    pub(crate) board: &'a Board,
    /// Where its elements are.
    pub(crate) index: &'a Index,
    /// What part of it is seen.
    pub(crate) camera: &'a Camera,
    /// In which look to paint.
    pub(crate) theme: Theme,
}

/// What must be painted again.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Damage {
    /// The whole board is another one.
    pub(crate) everything: bool,
    /// Elements that came, and were in no tile before.
    pub(crate) fresh: Vec<ElementId>,
    /// Elements that changed in another way.
    pub(crate) changed: Vec<ElementId>,
    /// Where tiles no longer show what is there.
    pub(crate) spoilt: Vec<BoardRect>,
    /// The camera moved.
    pub(crate) camera: bool,
    /// Ink in progress, cursors, or what is shown above the board changed.
    pub(crate) live: bool,
}

/// Changes that are worth telling one by one. A page in the background paints no
/// frames, and what gathers there is cheaper to paint as a whole.
const MOST_CHANGES: usize = 2_000;

impl Damage {
    /// Notes changed elements, those that came, and where tiles were spoilt.
    pub(crate) fn add(
        &mut self,
        changed: impl IntoIterator<Item = ElementId>,
        fresh: impl IntoIterator<Item = ElementId>,
        spoilt: impl IntoIterator<Item = BoardRect>,
    ) {
        self.changed.extend(changed);
        self.fresh.extend(fresh);
        self.spoilt.extend(spoilt);
        let most = self.changed.len().max(self.fresh.len());
        if most.max(self.spoilt.len() / 2) > MOST_CHANGES {
            self.all();
        }
    }

    /// Notes that nothing is as it was.
    pub(crate) fn all(&mut self) {
        self.everything = true;
        self.changed.clear();
        self.fresh.clear();
        self.spoilt.clear();
    }

    /// Whether tiles need not be looked at.
    #[must_use]
    pub(crate) fn spares_tiles(&self) -> bool {
        !self.everything && self.fresh.is_empty() && self.spoilt.is_empty()
    }
}

/// How an element changed for those who keep pictures of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It is still being drawn; no tile shows it.
    Growing,
    /// No tile has shown it, and nothing else depends on it.
    Fresh,
    /// Anything else.
    Changed,
}

/// How an element changed.
pub(super) fn way_of(change: &Change, board: &Board) -> Way {
    let was_shown = change
        .before
        .as_ref()
        .is_some_and(|before| !before.is_open());
    match &change.after {
        Some(after) if !was_shown && after.is_open() => Way::Growing,
        // Lines may wait for what they hold on to, and members for their frame.
        Some(_) if !was_shown && board.followers(change.id).next().is_none() => Way::Fresh,
        Some(_) | None => Way::Changed,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use shared::geometry::BoardPoint;
    use shared::model::{Anchor, Body, Color, Element, NewElement, OrderKey, Prop, Props, Slot};

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
    fn only_what_was_in_no_tile_and_leads_nothing_is_fresh() {
        let shape = element(1, Body::Text);
        let mut board = Board::new();
        assert_eq!(way_of(&change(None, Some(&shape)), &board), Way::Fresh);
        assert_eq!(
            way_of(&change(Some(&shape), Some(&shape)), &board),
            Way::Changed
        );
        assert_eq!(way_of(&change(Some(&shape), None), &board), Way::Changed);
        let mut line = element(2, Body::Line);
        let anchor = Anchor {
            to: shape.id,
            at: [0.5, 0.5],
        };
        line.props.set(Prop::End(Some(anchor)));
        board.put_slot(line.id, Slot::Live(Arc::new(line)));
        assert_eq!(way_of(&change(None, Some(&shape)), &board), Way::Changed);
    }

    #[test]
    fn what_gathers_is_painted_as_a_whole_in_the_end() {
        let mut damage = Damage::default();
        let id = element(1, Body::Line).id;
        damage.add([id], [], [BoardRect::ZERO]);
        assert!(!damage.everything && !damage.spares_tiles());
        damage.add(vec![id; MOST_CHANGES], [], []);
        assert!(damage.everything && damage.changed.is_empty() && damage.spoilt.is_empty());
    }
}
