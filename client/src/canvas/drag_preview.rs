//! Elements as they will look after the gestures that are under way, of this person and of
//! others. The board itself does not know these gestures yet.
//!
//! The preview is a small board of its own: the elements that are moved, created or cut, those
//! that follow them, and those that they depend on. So lines and frames look as they will on the
//! real board.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use editor::Overlay;
use editor::document::affected_elements::affected_by_transform;
use shared::id::{ClientId, ElementId};
use shared::model::affected::changed_props;
use shared::model::{
    Board, Body, Element, ElementState, ErasedRange, Erasure, NewElement, Transform,
};
use shared::sync::Presence;

use crate::scene::Scene;

/// A drag of more elements than this is shown as one image.
const MAX_SINGLE: usize = 48;

/// The elements as they would be if all gestures ended now.
#[derive(Debug, Default)]
pub(super) struct DragPreview {
    board: Board,
    painted: BTreeSet<ElementId>,
    replaced: BTreeSet<ElementId>,
    groups: Vec<(BTreeSet<ElementId>, Transform)>,
}

impl DragPreview {
    /// The preview of all gestures that are under way.
    pub(super) fn of(scene: &Scene<'_>) -> Self {
        let mut builder = Builder::new(scene.board);
        builder.add_remote(scene.presence, scene.me);
        // The own gesture comes last, so that it wins where two people drag one element.
        builder.add_own(&scene.overlay, scene.me);
        builder.build()
    }

    /// A board with the elements of the preview and those that they depend on.
    pub(super) const fn board(&self) -> &Board {
        &self.board
    }

    /// The elements that the preview shows in place of the tiles.
    pub(super) const fn replaced(&self) -> &BTreeSet<ElementId> {
        &self.replaced
    }

    /// Groups of elements that are shown as one image, and how each is transformed.
    pub(super) fn groups(&self) -> &[(BTreeSet<ElementId>, Transform)] {
        &self.groups
    }

    /// The elements to paint one by one, from the bottom of the stack to the top.
    pub(super) fn in_order(&self) -> impl Iterator<Item = &Arc<Element>> {
        let all = self.board.in_order();
        all.filter(|element| self.painted.contains(&element.id))
    }
}

/// Collects the elements that the gestures change.
struct Builder<'a> {
    board: &'a Board,
    changed: BTreeMap<ElementId, Arc<Element>>,
    /// Elements of groups that lead elements outside of their group.
    leaders: BTreeMap<ElementId, Arc<Element>>,
    groups: Vec<(BTreeSet<ElementId>, Transform)>,
}

impl<'a> Builder<'a> {
    const fn new(board: &'a Board) -> Self {
        Self {
            board,
            changed: BTreeMap::new(),
            leaders: BTreeMap::new(),
            groups: Vec::new(),
        }
    }

    fn add_remote(&mut self, presence: &Presence, me: ClientId) {
        for selection in presence.selections(me) {
            if let Some(transform) = selection.transform {
                let moved = affected_by_transform(self.board, selection.ids, transform);
                self.transform(moved, transform);
            }
        }
        for (person, draft) in presence.drafts(me) {
            self.add_draft(draft, person.client);
        }
    }

    fn add_own(&mut self, overlay: &Overlay, me: ClientId) {
        if let Some(transform) = &overlay.transform {
            // These include the elements that follow.
            self.transform(overlay.transformed.iter().copied().collect(), transform);
        }
        for (id, spans) in &overlay.erased_ranges {
            self.cut(*id, spans, me);
        }
        for draft in &overlay.drafts {
            self.add_draft(draft, me);
        }
    }

    fn transform(&mut self, mut ids: BTreeSet<ElementId>, transform: &Transform) {
        ids.retain(|id| self.board.get(*id).is_some_and(|it| !it.is_open()));
        let transformed = |element: &Arc<Element>| {
            let mut after = Element::clone(element);
            for prop in changed_props(self.board, element, &ids, transform) {
                after.props.set(prop);
            }
            (element.id, Arc::new(after))
        };
        let elements = ids.iter().filter_map(|id| self.board.get(*id));
        if ids.len() <= MAX_SINGLE {
            self.changed.extend(elements.map(transformed));
            return;
        }
        let leads_others = |element: &&Arc<Element>| {
            let mut followers = self.board.dependents(element.id);
            followers.any(|follower| !ids.contains(&follower.id))
        };
        self.leaders
            .extend(elements.filter(leads_others).map(transformed));
        self.groups.push((ids, *transform));
    }

    /// Shows a stroke without the parts that are being erased.
    fn cut(&mut self, id: ElementId, spans: &[ErasedRange], by: ClientId) {
        let Some(mut element) = self.board.get(id).map(|it| Element::clone(it)) else {
            return;
        };
        if let Body::Stroke(stroke) = &mut element.body {
            stroke
                .erased
                .extend(spans.iter().map(|span| Erasure { by, span: *span }));
            self.changed.insert(id, Arc::new(element));
        }
    }

    /// Shows an element that is being created or reshaped. The draft of an element that is on
    /// the board has no text, so the text on the board is shown.
    fn add_draft(&mut self, draft: &NewElement, author: ClientId) {
        let before = self.board.get(draft.id);
        let author = before.map_or(author, |before| before.author);
        let mut element = Element::new(draft.clone(), author);
        if let Some(before) = before.filter(|_| draft.text.is_untouched()) {
            element.text = before.text.clone();
        }
        self.changed.insert(draft.id, Arc::new(element));
    }

    fn build(self) -> DragPreview {
        let grouped = self.groups.iter().flat_map(|(ids, _)| ids).copied();
        let mut replaced: BTreeSet<ElementId> = self.changed.keys().copied().collect();
        let mut painted = replaced.clone();
        replaced.extend(grouped);
        // A follower can lead other elements in turn.
        let mut leaders: Vec<ElementId> = painted.iter().copied().collect();
        leaders.extend(self.leaders.keys());
        while let Some(leader) = leaders.pop() {
            for follower in self.board.dependents(leader) {
                if !follower.is_open() && replaced.insert(follower.id) {
                    painted.insert(follower.id);
                    leaders.push(follower.id);
                }
            }
        }
        DragPreview {
            board: self.excerpt(&painted),
            painted,
            replaced,
            groups: self.groups,
        }
    }

    /// A board of some elements and of all that they depend on.
    fn excerpt(&self, ids: &BTreeSet<ElementId>) -> Board {
        let mut board = Board::new();
        let mut wanted: Vec<ElementId> = ids.iter().copied().collect();
        while let Some(id) = wanted.pop() {
            let changed = self.changed.get(&id).or_else(|| self.leaders.get(&id));
            let element = changed.or_else(|| self.board.get(id));
            let Some(element) = element.filter(|_| board.get(id).is_none()) else {
                continue;
            };
            wanted.extend(dependencies(element));
            board.set_state(id, ElementState::Present(Arc::clone(element)));
        }
        board
    }
}

/// The elements that the look of an element depends on: its anchors and its frame.
fn dependencies(element: &Element) -> impl Iterator<Item = ElementId> + use<> {
    let props = &element.props;
    let (start, end) = (props.start(), props.end());
    let anchors = [start, end].map(|anchor| anchor.map(|anchor| anchor.to));
    anchors.into_iter().chain([props.frame()]).flatten()
}

#[cfg(test)]
mod tests;
