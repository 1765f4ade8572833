//! A scene while it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value};
use shared::id::ElementId;
use shared::model::{Anchor, Board, Body, Element, Outline, Picture};
use shared::paint::PictureAddresses;

use super::base;
use super::not_kept::NotKept;

/// A scene while it is written.
pub(super) struct Drawing<'a> {
    board: &'a Board,
    /// The elements that lines can be bound to, with the lines that are.
    bound: BTreeMap<ElementId, Vec<ElementId>>,
    pictures: Option<&'a dyn PictureAddresses>,
    drawn: Drawn,
}

/// A scene that was written.
#[derive(Default)]
pub(super) struct Drawn {
    /// The JSON of the elements from the bottom to the top, with commas between them. It takes less
    /// memory than their values.
    pub(super) elements: String,
    /// The files of pictures by their ids.
    pub(super) files: Map<String, Value>,
    /// What it lacks.
    pub(super) not_kept: BTreeSet<NotKept>,
}

impl<'a> Drawing<'a> {
    /// An empty scene of these elements.
    pub(super) fn new(
        board: &'a Board,
        all: &[&Arc<Element>],
        pictures: Option<&'a dyn PictureAddresses>,
    ) -> Self {
        let takers = all.iter().filter(|it| takes_lines(it));
        let mut bound: BTreeMap<ElementId, Vec<ElementId>> =
            takers.map(|it| (it.id, Vec::new())).collect();
        for line in all {
            for anchor in anchors(line).iter().flatten() {
                if let Some(lines) = bound.get_mut(&anchor.to) {
                    lines.push(line.id);
                    lines.dedup();
                }
            }
        }
        Self {
            board,
            bound,
            pictures,
            drawn: Drawn::default(),
        }
    }

    /// The board of the elements.
    pub(super) const fn board(&self) -> &'a Board {
        self.board
    }

    /// Adds an element on top.
    pub(super) fn push(&mut self, drawn: base::Drawn) {
        if !self.drawn.elements.is_empty() {
            self.drawn.elements.push(',');
        }
        self.drawn.elements += &Value::Object(drawn).to_string();
    }

    /// Notes that the scene lacks something.
    pub(super) fn lacks(&mut self, what: NotKept) {
        self.drawn.not_kept.insert(what);
    }

    /// The lines that are bound to an element.
    pub(super) fn lines_at(&self, id: ElementId) -> &[ElementId] {
        self.bound.get(&id).map_or(&[], Vec::as_slice)
    }

    /// An anchor, if the scene has its element and Excalidraw binds lines to it.
    pub(super) fn binding(&mut self, anchor: Option<Anchor>) -> Option<Anchor> {
        let anchor = anchor?;
        if self.bound.contains_key(&anchor.to) {
            return Some(anchor);
        }
        if self.board.get(anchor.to).is_some() {
            self.lacks(NotKept::Anchors);
        }
        None
    }

    /// The address of the file of a picture.
    pub(super) fn address(&self, picture: &Picture) -> Option<String> {
        self.pictures.and_then(|all| all.address(picture))
    }

    /// Whether the scene has a file.
    pub(super) fn has_file(&self, id: &str) -> bool {
        self.drawn.files.contains_key(id)
    }

    /// Adds a file.
    pub(super) fn add_file(&mut self, id: String, file: Value) {
        self.drawn.files.insert(id, file);
    }

    /// The scene.
    pub(super) fn finish(self) -> Drawn {
        self.drawn
    }
}

/// Whether Excalidraw binds lines to the element.
const fn takes_lines(element: &Element) -> bool {
    match &element.body {
        Body::Shape(Outline::Rectangle | Outline::Ellipse | Outline::Diamond)
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Image => true,
        Body::Shape(Outline::Triangle) | Body::Path(_) | Body::Stroke(_) | Body::Line => false,
    }
}

/// The anchors of the ends of a line.
fn anchors(element: &Element) -> [Option<Anchor>; 2] {
    match &element.body {
        Body::Line => [element.props.start(), element.props.end()],
        Body::Shape(_)
        | Body::Text
        | Body::Sticky { .. }
        | Body::Frame
        | Body::Path(_)
        | Body::Image
        | Body::Stroke(_) => [None, None],
    }
}
