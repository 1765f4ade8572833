//! One thing on the board: its body, its properties, who made it and who last
//! touched what.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::geometry::{BoardPoint, BoardRect, Cap, Ink, InkPoint, InkShape, hit};
use crate::id::{ClientId, ElementId};

use super::order::OrderKey;
use super::style::Color;

/// What a stroke was drawn with; fixes how its outline is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Brush {
    /// Ink whose width follows the pressure.
    #[serde(rename = "p")]
    Pen,
    /// Translucent ink of constant width that lies under what it marks.
    #[serde(rename = "h")]
    Highlighter,
}

/// Ink drawn by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stroke {
    /// What it was drawn with.
    pub brush: Brush,
    /// Its points, in pieces as they became durable; together one stroke.
    pub parts: Vec<Ink>,
    /// More pieces may follow: its author has not lifted the pen yet.
    pub open: bool,
}

impl Stroke {
    /// Points over all pieces.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.iter().map(Ink::len).sum()
    }

    /// Whether it has no point at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All its points in drawing order, before the element's offset.
    #[must_use]
    pub fn points(&self) -> Vec<InkPoint> {
        self.parts.iter().flat_map(Ink::points).collect()
    }
}

/// What an element is. Each kind has its own file of behaviour; a new kind must
/// fail to compile wherever it matters, so no match on this has a wildcard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Body {
    /// Ink drawn by hand.
    #[serde(rename = "k")]
    Stroke(Stroke),
}

/// Names a property of an element. The unit of last-writer-wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PropKey {
    /// Place in the stacking order.
    #[serde(rename = "z")]
    Z,
    /// Offset from where it was drawn.
    #[serde(rename = "a")]
    At,
    /// Colour.
    #[serde(rename = "c")]
    Color,
    /// Line width.
    #[serde(rename = "w")]
    Width,
    /// Opacity.
    #[serde(rename = "o")]
    Opacity,
}

impl PropKey {
    /// All properties.
    pub const ALL: [Self; 5] = [Self::Z, Self::At, Self::Color, Self::Width, Self::Opacity];
}

/// A property with its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Prop {
    /// Place in the stacking order.
    #[serde(rename = "z")]
    Z(OrderKey),
    /// Offset from where it was drawn, in board units.
    #[serde(rename = "a")]
    At(BoardPoint),
    /// Colour.
    #[serde(rename = "c")]
    Color(Color),
    /// Line width in board units, `MIN_WIDTH ..= MAX_WIDTH`.
    #[serde(rename = "w")]
    Width(f32),
    /// Opacity in 255ths.
    #[serde(rename = "o")]
    Opacity(u8),
}

impl Prop {
    /// Which property this is.
    #[must_use]
    pub const fn key(&self) -> PropKey {
        match self {
            Self::Z(_) => PropKey::Z,
            Self::At(_) => PropKey::At,
            Self::Color(_) => PropKey::Color,
            Self::Width(_) => PropKey::Width,
            Self::Opacity(_) => PropKey::Opacity,
        }
    }
}

/// The properties that every element has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Props {
    /// Place in the stacking order; ties go by id.
    pub z: OrderKey,
    /// Offset from where it was drawn, in board units.
    pub at: BoardPoint,
    /// Colour.
    pub color: Color,
    /// Line width in board units.
    pub width: f32,
    /// Opacity in 255ths.
    pub opacity: u8,
}

impl Props {
    /// The current value of a property.
    #[must_use]
    pub fn get(&self, key: PropKey) -> Prop {
        match key {
            PropKey::Z => Prop::Z(self.z.clone()),
            PropKey::At => Prop::At(self.at),
            PropKey::Color => Prop::Color(self.color),
            PropKey::Width => Prop::Width(self.width),
            PropKey::Opacity => Prop::Opacity(self.opacity),
        }
    }

    /// Gives a property a value.
    pub fn set(&mut self, prop: Prop) {
        match prop {
            Prop::Z(z) => self.z = z,
            Prop::At(at) => self.at = at,
            Prop::Color(color) => self.color = color,
            Prop::Width(width) => self.width = width,
            Prop::Opacity(opacity) => self.opacity = opacity,
        }
    }
}

/// An element as its author puts it on the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewElement {
    /// Its id, chosen by its author.
    pub id: ElementId,
    /// Its properties.
    pub props: Props,
    /// What it is.
    pub body: Body,
}

/// An element on the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
}

impl Element {
    /// A new element of an author.
    #[must_use]
    pub fn new(new: NewElement, author: ClientId) -> Self {
        let NewElement { id, props, body } = new;
        Self {
            id,
            author,
            props,
            body,
            writers: BTreeMap::new(),
        }
    }

    /// What its author would have to put to get it as it is now.
    #[must_use]
    pub fn to_new(&self) -> NewElement {
        NewElement {
            id: self.id,
            props: self.props.clone(),
            body: self.body.clone(),
        }
    }

    /// Who last wrote a property.
    #[must_use]
    pub fn writer(&self, key: PropKey) -> ClientId {
        self.writers.get(&key).copied().unwrap_or(self.author)
    }

    /// Whether nobody else ever changed it.
    #[must_use]
    pub fn is_untouched_by_others(&self, me: ClientId) -> bool {
        self.author == me && self.writers.values().all(|writer| *writer == me)
    }

    /// Its ink in place on the board: points with the offset added. Empty for
    /// what is not drawn by hand.
    #[must_use]
    pub fn placed_points(&self) -> Vec<InkPoint> {
        match &self.body {
            Body::Stroke(stroke) => {
                let mut points = stroke.points();
                for point in &mut points {
                    point.x += self.props.at.x;
                    point.y += self.props.at.y;
                }
                points
            }
        }
    }

    /// How its outline is made.
    #[must_use]
    pub fn ink_shape(&self) -> InkShape {
        match &self.body {
            Body::Stroke(stroke) => stroke.brush.shape(self.props.width),
        }
    }

    /// Everything it may touch when painted, in board units.
    #[must_use]
    pub fn bounds(&self) -> BoardRect {
        hit::bounds_of(&self.placed_points(), &self.ink_shape())
    }

    /// Whether a circle of `radius` board units swept from `from` to `to` touches it.
    #[must_use]
    pub fn hit(&self, from: BoardPoint, to: BoardPoint, radius: f64) -> bool {
        match &self.body {
            Body::Stroke(_) => {
                hit::stroke_hit(&self.placed_points(), &self.ink_shape(), from, to, radius)
            }
        }
    }
}

impl Brush {
    /// How far the width follows the pressure, 0.0 (not at all) ..= 1.0.
    #[must_use]
    pub const fn thinning(self) -> f64 {
        match self {
            Self::Pen => 0.6,
            Self::Highlighter => 0.0,
        }
    }

    /// How a line of this brush and `width` board units is outlined.
    #[must_use]
    pub fn shape(self, width: f32) -> InkShape {
        let cap = match self {
            Self::Pen => Cap::Round,
            Self::Highlighter => Cap::Flat,
        };
        InkShape {
            width: f64::from(width),
            thinning: self.thinning(),
            cap,
        }
    }
}
