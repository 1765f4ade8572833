//! An element of a board: its body, its properties, its text, its author and its last writers.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{ClientId, ElementId};

use super::order::OrderKey;
use super::path::VectorPath;
use super::prop::PropKey;
use super::props::Props;
use super::stroke::{Erasure, Stroke};
use super::text::RichText;

/// The outline of a closed shape within its box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outline {
    /// A rectangle that fills the box.
    #[serde(rename = "r")]
    Rectangle,
    /// The ellipse that touches all four edges of the box.
    #[serde(rename = "e")]
    Ellipse,
    /// A diamond with its corners at the middles of the edges.
    #[serde(rename = "d")]
    Diamond,
    /// A triangle from the middle of the upper edge to the two lower corners.
    #[serde(rename = "t")]
    Triangle,
}

/// The kind of an element, with the data of that kind. Matches on it have no wildcard, so that the
/// compiler points out every place that a new kind concerns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Body {
    /// Ink drawn by hand.
    #[serde(rename = "k")]
    Stroke(Stroke),
    /// A closed shape, which may hold text.
    #[serde(rename = "s")]
    Shape(Outline),
    /// A line or an arrow, which may hold text. Its points, arrowheads and anchors are properties.
    #[serde(rename = "l")]
    Line,
    /// Text without a shape around it.
    #[serde(rename = "t")]
    Text,
    /// A sticky note, signed with the name of its author.
    #[serde(rename = "y")]
    Sticky {
        /// The name that its author had at that time. At most `MAX_NAME_CHARS`.
        signed: String,
    },
    /// A frame: it holds, clips and names its members.
    #[serde(rename = "f")]
    Frame,
    /// A figure of straight lines and curves.
    #[serde(rename = "p")]
    Path(VectorPath),
    /// A picture in a box. The picture, its crop and its alternative text are properties.
    #[serde(rename = "i")]
    Image,
}

impl Body {
    /// Whether the element can have text.
    #[must_use]
    pub const fn has_text(&self) -> bool {
        match self {
            Self::Shape(_) | Self::Line | Self::Text | Self::Sticky { .. } => true,
            Self::Stroke(_) | Self::Frame | Self::Path(_) | Self::Image => false,
        }
    }

    /// Whether the element is a box, with a size and an angle.
    #[must_use]
    pub const fn is_box(&self) -> bool {
        match self {
            Self::Shape(_)
            | Self::Text
            | Self::Sticky { .. }
            | Self::Frame
            | Self::Path(_)
            | Self::Image => true,
            Self::Stroke(_) | Self::Line => false,
        }
    }
}

/// A new element, as its author sends it.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct NewElement {
    /// Its id, which its author chose.
    pub id: ElementId,
    /// Its properties.
    pub props: Props,
    /// Its kind.
    pub body: Body,
    /// Its text.
    #[serde(default, skip_serializing_if = "RichText::is_untouched")]
    pub text: RichText,
}

/// An element on the board.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Element {
    /// Its id.
    pub id: ElementId,
    /// The client that put it on the board.
    pub author: ClientId,
    /// Its properties.
    pub props: Props,
    /// Its kind.
    pub body: Body,
    /// The last writer of each property that was set since the element was put. The author counts
    /// as the writer of all other properties.
    pub writers: BTreeMap<PropKey, ClientId>,
    /// Its text.
    #[serde(default, skip_serializing_if = "RichText::is_untouched")]
    pub text: RichText,
}

impl NewElement {
    /// An element without text.
    #[must_use]
    pub fn new(id: ElementId, props: Props, body: Body) -> Self {
        Self {
            id,
            props,
            body,
            text: RichText::default(),
        }
    }
}

/// Sorts elements from the lowest to the topmost.
pub fn sort_from_bottom(elements: &mut [&Arc<Element>]) {
    elements.sort_unstable_by(|a, b| a.stacking().cmp(&b.stacking()));
}

impl Element {
    /// The sort key of the stacking order. Lower elements have smaller keys; elements with equal
    /// order keys are ordered by id.
    #[must_use]
    pub const fn stacking(&self) -> (&OrderKey, ElementId) {
        (&self.props.z, self.id)
    }

    /// Makes an element that `author` puts on the board.
    #[must_use]
    pub fn new(new: NewElement, author: ClientId) -> Self {
        let NewElement {
            id,
            props,
            body,
            text,
        } = new;
        Self {
            id,
            author,
            props,
            body,
            writers: BTreeMap::new(),
            text,
        }
    }

    /// The element in the form in which its author could put it again, as it is now.
    #[must_use]
    pub fn to_new(&self) -> NewElement {
        NewElement {
            id: self.id,
            props: self.props.clone(),
            body: self.body.clone(),
            text: self.text.clone(),
        }
    }

    /// The last writer of a property.
    #[must_use]
    pub fn writer(&self, key: PropKey) -> ClientId {
        self.writers.get(&key).copied().unwrap_or(self.author)
    }

    /// The last writers of those properties that a client other than the author wrote last.
    #[must_use]
    pub fn foreign_writers(&self) -> BTreeMap<PropKey, ClientId> {
        let foreign = self
            .writers
            .iter()
            .filter(|(_, writer)| **writer != self.author);
        foreign.map(|(key, writer)| (*key, *writer)).collect()
    }

    /// Whether `me` is the author and no other client changed the element.
    #[must_use]
    pub fn is_untouched_by_others(&self, me: ClientId) -> bool {
        self.author == me && self.is_work_of(&[me])
    }

    /// Whether only these clients, in ascending order, wrote what the element shows: its properties,
    /// its visible text and its erased ranges. Its first author counts unless another client wrote all
    /// properties since, as it does when it restores the element.
    #[must_use]
    pub fn is_work_of(&self, clients: &[ClientId]) -> bool {
        let has = |client: ClientId| clients.binary_search(&client).is_ok();
        let mut all_keys = Props::ALWAYS.into_iter();
        (has(self.author) || all_keys.all(|key| self.writers.contains_key(&key)))
            && self.writers.values().all(|writer| has(*writer))
            && self.erasures().iter().all(|erasure| has(erasure.by))
            && self.text.is_typed_by(&has)
    }

    /// The erased ranges, if it is a stroke.
    #[must_use]
    pub fn erasures(&self) -> &[Erasure] {
        match &self.body {
            Body::Stroke(stroke) => &stroke.erased,
            Body::Shape(_)
            | Body::Line
            | Body::Text
            | Body::Sticky { .. }
            | Body::Frame
            | Body::Path(_)
            | Body::Image => &[],
        }
    }

    /// Whether the element is a stroke that its author is still drawing.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        match &self.body {
            Body::Stroke(stroke) => stroke.open,
            Body::Shape(_)
            | Body::Line
            | Body::Text
            | Body::Sticky { .. }
            | Body::Frame
            | Body::Path(_)
            | Body::Image => false,
        }
    }
}
