//! Elements as they will look after the gestures that are under way, of this person and of
//! others. The board itself does not know these gestures yet.
//!
//! The preview is a small board of its own: the elements that are moved, created or cut, those
//! that follow them, and those that they depend on. So lines and frames look as they will on the
//! real board.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
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

/// Elements of a drag that are shown as one image. The set is shared by all frames of the drag.
pub(crate) type Group = Rc<BTreeSet<ElementId>>;

/// The elements as they would be if all gestures ended now.
#[derive(Debug, Default)]
pub(super) struct DragPreview {
    board: Board,
    painted: BTreeSet<ElementId>,
    replaced: Replaced,
    groups: Vec<(Group, Transform)>,
}

/// The elements that a preview shows in place of the tiles.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Replaced {
    single: BTreeSet<ElementId>,
    groups: Vec<Group>,
}

impl Replaced {
    /// Whether an element is one of them.
    pub(super) fn has(&self, id: ElementId) -> bool {
        self.single.contains(&id) || self.groups.iter().any(|group| group.contains(&id))
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.single.is_empty() && self.groups.is_empty()
    }

    /// All of them. An element of two groups comes twice.
    pub(super) fn ids(&self) -> impl Iterator<Item = ElementId> + '_ {
        let groups = self.groups.iter().flat_map(|group| group.iter());
        self.single.iter().chain(groups).copied()
    }
}

/// The group that the own gesture drags, known from the frame before.
#[derive(Debug, Default)]
pub(super) struct KnownGroup {
    /// The elements of the gesture.
    dragged: Group,
    /// Those of them that are finished.
    group: Group,
    /// Those that lead elements outside of the group.
    leaders: Vec<ElementId>,
}

impl KnownGroup {
    /// The board changed, so nothing is known any more.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    fn renew(&mut self, dragged: &Group, board: &Board) {
        if Rc::ptr_eq(&self.dragged, dragged) {
            return;
        }
        let is_finished = |id: &&ElementId| board.get(**id).is_some_and(|it| !it.is_open());
        let group = if dragged.iter().all(|id| is_finished(&id)) {
            Rc::clone(dragged)
        } else {
            Rc::new(dragged.iter().filter(is_finished).copied().collect())
        };
        let leads_others = |id: &&ElementId| {
            let mut followers = board.dependents(**id);
            followers.any(|follower| !group.contains(&follower.id))
        };
        self.leaders = group.iter().filter(leads_others).copied().collect();
        self.group = group;
        self.dragged = Rc::clone(dragged);
    }
}

impl DragPreview {
    /// The preview of all gestures that are under way.
    pub(super) fn of(scene: &Scene<'_>, known: &mut KnownGroup) -> Self {
        let mut builder = Builder::new(scene.board, known);
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
    pub(super) const fn replaced(&self) -> &Replaced {
        &self.replaced
    }

    /// Groups of elements that are shown as one image, and how each is transformed.
    pub(super) fn groups(&self) -> &[(Group, Transform)] {
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
    groups: Vec<(Group, Transform)>,
    known: &'a mut KnownGroup,
}

impl<'a> Builder<'a> {
    const fn new(board: &'a Board, known: &'a mut KnownGroup) -> Self {
        Self {
            known,
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
                let mut found = KnownGroup::default();
                found.renew(&Rc::new(moved), self.board);
                self.transform(&found, transform);
            }
        }
        for (person, draft) in presence.drafts(me) {
            self.add_draft(draft, person.client);
        }
    }

    fn add_own(&mut self, overlay: &Overlay, me: ClientId) {
        if let Some(transform) = &overlay.transform {
            // These include the elements that follow.
            let mut known = std::mem::take(self.known);
            known.renew(&overlay.transformed, self.board);
            self.transform(&known, transform);
            *self.known = known;
        }
        for (id, spans) in &overlay.erased_ranges {
            self.cut(*id, spans, me);
        }
        for draft in &overlay.drafts {
            self.add_draft(draft, me);
        }
    }

    fn transform(&mut self, known: &KnownGroup, transform: &Transform) {
        let ids = &known.group;
        let transformed = |element: &Arc<Element>| {
            let mut after = Element::clone(element);
            for prop in changed_props(self.board, element, ids, transform) {
                after.props.set(prop);
            }
            (element.id, Arc::new(after))
        };
        let on_board = |id: &ElementId| self.board.get(*id);
        if ids.len() <= MAX_SINGLE {
            let elements = ids.iter().filter_map(on_board);
            self.changed.extend(elements.map(transformed));
            return;
        }
        let leaders = known.leaders.iter().filter_map(on_board);
        self.leaders.extend(leaders.map(transformed));
        self.groups.push((Rc::clone(ids), *transform));
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
        let mut painted: BTreeSet<ElementId> = self.changed.keys().copied().collect();
        let mut replaced = Replaced {
            single: painted.clone(),
            groups: self.groups.iter().map(|(ids, _)| Rc::clone(ids)).collect(),
        };
        // A follower can lead other elements in turn.
        let mut leaders: Vec<ElementId> = painted.iter().copied().collect();
        leaders.extend(self.leaders.keys());
        while let Some(leader) = leaders.pop() {
            for follower in self.board.dependents(leader) {
                if !follower.is_open() && !replaced.has(follower.id) {
                    replaced.single.insert(follower.id);
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
