//! What is in somebody's hand: shown as it would be after their gesture, which the
//! board does not know yet.
//!
//! A small board of its own, of what is moved, made or cut, of what follows it and
//! of what that holds on to, so that lines and frames look as on the real one.
//! It must not know how anything is painted.

use std::sync::Arc;

use editor::Overlay;
use editor::document::transform_closure::{affected_by, transformed_props};
use shared::id::{ClientId, ElementId};
use shared::model::{Board, Body, Cut, CutSpan, Element, NewElement, Slot, Transform};
use shared::sync::Peers;
use std::collections::{BTreeMap, BTreeSet};

use crate::session::View;

/// So many elements are shown one by one; more as a picture of all of them.
const MOST_SINGLE: usize = 48;

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Lifted {
    board: Board,
    shown: BTreeSet<ElementId>,
    hidden: BTreeSet<ElementId>,
    bundles: Vec<(BTreeSet<ElementId>, Transform)>,
}

impl Lifted {
    /// What is in anybody's hand now.
    pub(crate) fn of(view: &View<'_>) -> Self {
        let mut hand = Hand::new(view.board);
        hand.take_of_others(view.peers, view.me);
        // Last, so that one's own hand counts where two have the same thing.
        hand.take_own(&view.overlay, view.me);
        hand.lift()
    }

    /// A board with all of it, and what it holds on to.
    pub(crate) const fn board(&self) -> &Board {
        &self.board
    }

    /// What must be left out elsewhere.
    pub(crate) const fn hidden(&self) -> &BTreeSet<ElementId> {
        &self.hidden
    }

    /// What is to be shown as a picture of many, and what is done to it.
    pub(crate) fn bundles(&self) -> &[(BTreeSet<ElementId>, Transform)] {
        &self.bundles
    }

    /// What is to be painted, from the bottom of the stack to the top.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = &Arc<Element>> {
        let all = self.board.in_order();
        all.filter(|element| self.shown.contains(&element.id))
    }
}

/// What is being taken up.
struct Hand<'a> {
    board: &'a Board,
    changed: BTreeMap<ElementId, Arc<Element>>,
    /// What is in a bundle and leads something that is not.
    leading: BTreeMap<ElementId, Arc<Element>>,
    bundles: Vec<(BTreeSet<ElementId>, Transform)>,
}

impl<'a> Hand<'a> {
    const fn new(board: &'a Board) -> Self {
        Self {
            board,
            changed: BTreeMap::new(),
            leading: BTreeMap::new(),
            bundles: Vec::new(),
        }
    }

    fn take_of_others(&mut self, peers: &Peers, me: ClientId) {
        for held in peers.held(me) {
            if let Some(transform) = held.transform {
                let affected = affected_by(self.board, held.ids, transform);
                self.transform(affected, transform);
            }
        }
        for (person, draft) in peers.drafts(me) {
            self.draft(draft, person.client);
        }
    }

    fn take_own(&mut self, overlay: &Overlay, me: ClientId) {
        if let Some(transform) = &overlay.transform {
            // What goes along is among it already.
            self.transform(overlay.lifted.iter().copied().collect(), transform);
        }
        for (id, spans) in &overlay.cuts {
            self.cut(*id, spans, me);
        }
        for draft in &overlay.drafts {
            self.draft(draft, me);
        }
    }

    fn transform(&mut self, mut affected: BTreeSet<ElementId>, transform: &Transform) {
        affected.retain(|id| self.board.get(*id).is_some_and(|it| !it.is_open()));
        let moved = |element: &Arc<Element>| {
            let mut moved = Element::clone(element);
            for prop in transformed_props(self.board, element, &affected, transform) {
                moved.props.set(prop);
            }
            (element.id, Arc::new(moved))
        };
        let elements = affected.iter().filter_map(|id| self.board.get(*id));
        if affected.len() <= MOST_SINGLE {
            self.changed.extend(elements.map(moved));
            return;
        }
        let leads = |element: &&Arc<Element>| {
            let mut followers = self.board.followers(element.id);
            followers.any(|follower| !affected.contains(&follower.id))
        };
        self.leading.extend(elements.filter(leads).map(moved));
        self.bundles.push((affected, *transform));
    }

    /// A stroke without what is being rubbed out of it.
    fn cut(&mut self, id: ElementId, spans: &[CutSpan], by: ClientId) {
        let Some(mut element) = self.board.get(id).map(|it| Element::clone(it)) else {
            return;
        };
        if let Body::Stroke(stroke) = &mut element.body {
            stroke
                .cuts
                .extend(spans.iter().map(|span| Cut { by, span: *span }));
            self.changed.insert(id, Arc::new(element));
        }
    }

    /// Drafts come without the text of what is on the board.
    fn draft(&mut self, draft: &NewElement, author: ClientId) {
        let before = self.board.get(draft.id);
        let author = before.map_or(author, |before| before.author);
        let mut element = Element::new(draft.clone(), author);
        if let Some(before) = before.filter(|_| draft.text.is_untouched()) {
            element.text = before.text.clone();
        }
        self.changed.insert(draft.id, Arc::new(element));
    }

    fn lift(self) -> Lifted {
        let bundled = self.bundles.iter().flat_map(|(ids, _)| ids).copied();
        let mut hidden: BTreeSet<ElementId> = self.changed.keys().copied().collect();
        let mut shown = hidden.clone();
        hidden.extend(bundled);
        // What follows may lead others in turn.
        let mut leaders: Vec<ElementId> = shown.iter().copied().collect();
        leaders.extend(self.leading.keys());
        while let Some(leader) = leaders.pop() {
            for follower in self.board.followers(leader) {
                if !follower.is_open() && hidden.insert(follower.id) {
                    shown.insert(follower.id);
                    leaders.push(follower.id);
                }
            }
        }
        Lifted {
            board: self.excerpt(&shown),
            shown,
            hidden,
            bundles: self.bundles,
        }
    }

    /// A board of these elements and of all that they depend on.
    fn excerpt(&self, shown: &BTreeSet<ElementId>) -> Board {
        let mut board = Board::new();
        let mut wanted: Vec<ElementId> = shown.iter().copied().collect();
        while let Some(id) = wanted.pop() {
            let changed = self.changed.get(&id).or_else(|| self.leading.get(&id));
            let element = changed.or_else(|| self.board.get(id));
            let Some(element) = element.filter(|_| board.get(id).is_none()) else {
                continue;
            };
            wanted.extend(holds(element));
            board.put_slot(id, Slot::Live(Arc::clone(element)));
        }
        board
    }
}

/// What an element looks like depends on these too.
fn holds(element: &Element) -> impl Iterator<Item = ElementId> + use<> {
    let props = &element.props;
    let (start, end) = (props.start(), props.end());
    let anchors = [start, end].map(|anchor| anchor.map(|anchor| anchor.to));
    anchors.into_iter().chain([props.frame()]).flatten()
}

#[cfg(test)]
mod tests;
