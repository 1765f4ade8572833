//! One thing on the board: its body, its properties, its text, who made it and
//! who last touched what.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::id::{ClientId, ElementId};

use super::order::OrderKey;
use super::prop::{PropKey, Props};
use super::stroke::Stroke;
use super::text::RichText;

/// The outline of a closed shape in its box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outline {
    /// All of the box.
    #[serde(rename = "r")]
    Rectangle,
    /// The ellipse that touches its edges.
    #[serde(rename = "e")]
    Ellipse,
    /// Through the middles of its edges.
    #[serde(rename = "d")]
    Diamond,
    /// From the middle of its upper edge to the lower corners.
    #[serde(rename = "t")]
    Triangle,
}

/// What an element is. A new kind must fail to compile wherever it matters, so no
/// match on this has a wildcard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Body {
    /// Ink drawn by hand.
    #[serde(rename = "k")]
    Stroke(Stroke),
    /// A closed shape, with text inside.
    #[serde(rename = "s")]
    Shape(Outline),
    /// A line or an arrow; its points, heads and anchors are properties.
    #[serde(rename = "l")]
    Line,
    /// Text by itself.
    #[serde(rename = "t")]
    Text,
    /// A sticky note; its author's name stands on it.
    #[serde(rename = "y")]
    Sticky {
        /// Who made it, as they were called then. At most `MAX_NAME_CHARS`.
        signed: String,
    },
    /// Holds, clips and names what is in it.
    #[serde(rename = "f")]
    Frame,
}

impl Body {
    /// Whether people can write on it.
    #[must_use]
    pub const fn has_text(&self) -> bool {
        match self {
            Self::Shape(_) | Self::Text | Self::Sticky { .. } => true,
            Self::Stroke(_) | Self::Line | Self::Frame => false,
        }
    }

    /// Whether it fills a box: it has a size and a turn.
    #[must_use]
    pub const fn is_box(&self) -> bool {
        match self {
            Self::Shape(_) | Self::Text | Self::Sticky { .. } | Self::Frame => true,
            Self::Stroke(_) | Self::Line => false,
        }
    }
}

/// An element as its author puts it on the board.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct NewElement {
    /// Its id, chosen by its author.
    pub id: ElementId,
    /// Its properties.
    pub props: Props,
    /// What it is.
    pub body: Body,
    /// What is written on it.
    #[serde(default, skip_serializing_if = "RichText::is_untouched")]
    pub text: RichText,
}

/// An element on the board.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Element {
    /// Its id.
    pub id: ElementId,
    /// Who put it there.
    pub author: ClientId,
    /// Its properties.
    pub props: Props,
    /// What it is.
    pub body: Body,
    /// Who last set which property; a property not named here is as its author
    /// made it.
    pub writers: BTreeMap<PropKey, ClientId>,
    /// What is written on it.
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

/// Sorts elements from the bottom of the board to its top.
pub fn sort_from_bottom(elements: &mut [&Arc<Element>]) {
    elements.sort_unstable_by(|a, b| a.stacking().cmp(&b.stacking()));
}

impl Element {
    /// Where the element stands among others: less than those above it. Elements with one
    /// order key stand by their ids.
    #[must_use]
    pub const fn stacking(&self) -> (&OrderKey, ElementId) {
        (&self.props.z, self.id)
    }

    /// A new element of an author.
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

    /// What its author would have to put to get it as it is now.
    #[must_use]
    pub fn to_new(&self) -> NewElement {
        NewElement {
            id: self.id,
            props: self.props.clone(),
            body: self.body.clone(),
            text: self.text.clone(),
        }
    }

    /// Who last wrote a property.
    #[must_use]
    pub fn writer(&self, key: PropKey) -> ClientId {
        self.writers.get(&key).copied().unwrap_or(self.author)
    }

    /// Who other than its author last wrote a property.
    #[must_use]
    pub fn foreign_writers(&self) -> BTreeMap<PropKey, ClientId> {
        let foreign = self
            .writers
            .iter()
            .filter(|(_, writer)| **writer != self.author);
        foreign.map(|(key, writer)| (*key, *writer)).collect()
    }

    /// Whether nobody else ever changed it.
    #[must_use]
    pub fn is_untouched_by_others(&self, me: ClientId) -> bool {
        self.author == me
            && self.writers.values().all(|writer| *writer == me)
            && self.is_uncut_by_others(me)
            && self.text.is_untouched_by_others(me)
    }

    fn is_uncut_by_others(&self, me: ClientId) -> bool {
        match &self.body {
            Body::Stroke(stroke) => stroke.cuts.iter().all(|cut| cut.by == me),
            Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } | Body::Frame => true,
        }
    }

    /// Whether it is still being drawn, so that more of it follows.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        match &self.body {
            Body::Stroke(stroke) => stroke.open,
            Body::Shape(_) | Body::Line | Body::Text | Body::Sticky { .. } | Body::Frame => false,
        }
    }
}
