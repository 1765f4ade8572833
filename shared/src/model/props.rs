//! The properties of one element, as it stores them.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::ser::SerializeSeq as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::geometry::BoardPoint;
use crate::id::{ElementId, ProposalId};
use crate::typeset::Measures;

use super::appearance::{
    Align, Anchor, Arrowhead, Dash, Filling, Font, Groups, KeptSegment, Route,
};
use super::order::OrderKey;
use super::picture::{Crop, Picture};
use super::prop::{DEFAULT_TEXT_POSITION, DEFAULT_TEXT_SIZE, Prop, PropKey};
use super::style::Color;

/// The properties of an element.
#[derive(Clone, Debug, PartialEq, Serialize_tuple, Deserialize_tuple)]
pub struct Props {
    /// Position in the stacking order; the id decides between equal keys.
    pub z: OrderKey,
    /// Position in board units; see [`Prop::At`].
    pub at: BoardPoint,
    /// Colour.
    pub color: Color,
    /// Line width in board units.
    pub width: f32,
    /// Opacity in 255ths.
    pub opacity: u8,
    /// The properties that differ from their defaults.
    #[serde(default, skip_serializing_if = "OptionalProps::is_empty")]
    pub more: OptionalProps,
}

/// The properties beside the five basic ones. Each stands here at most once and never with its
/// default value, so equal properties have equal bytes. A list that is read must be in the order of
/// [`PropKey`] and name each property once; a default value in it is dropped.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OptionalProps(BTreeMap<PropKey, Prop>);

impl OptionalProps {
    /// Whether all properties have their defaults.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The properties that differ from their defaults.
    pub fn iter(&self) -> impl Iterator<Item = &Prop> {
        self.0.values()
    }

    fn set(&mut self, prop: Prop) {
        match prop.key().default_value() {
            // One of the five basic properties, which have fields of their own.
            None => {}
            Some(default) if default == prop => {
                self.0.remove(&prop.key());
            }
            Some(_) => {
                self.0.insert(prop.key(), prop);
            }
        }
    }
}

impl FromIterator<Prop> for OptionalProps {
    fn from_iter<T: IntoIterator<Item = Prop>>(props: T) -> Self {
        let mut more = Self::default();
        props.into_iter().for_each(|prop| more.set(prop));
        more
    }
}

impl Serialize for OptionalProps {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The length goes first, and a filtering iterator does not know it.
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for prop in self.0.values() {
            list.serialize_element(prop)?;
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for OptionalProps {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let props = Vec::<Prop>::deserialize(deserializer)?;
        let is_sorted = props.is_sorted_by(|one, next| one.key() < next.key());
        let are_optional = props
            .iter()
            .all(|prop| !Props::ALWAYS.contains(&prop.key()) && prop.key() != PropKey::Text);
        if is_sorted && are_optional {
            Ok(props.into_iter().collect())
        } else {
            Err(D::Error::custom(
                "optional properties out of order, repeated or not optional",
            ))
        }
    }
}

/// Declares getters that return a property or its default.
macro_rules! getters {
    ($($(#[$doc:meta])* $get:ident: $name:ident -> $value:ty = $default:expr,)*) => {
        impl Props {
            $($(#[$doc])*
            #[must_use]
            pub fn $get(&self) -> $value {
                match self.more.0.get(&PropKey::$name) {
                    Some(Prop::$name(value)) => value.clone(),
                    _ => $default,
                }
            })*
        }
    };
}

getters! {
    /// See [`Prop::Angle`].
    angle: Angle -> f32 = 0.0,
    /// See [`Prop::Scale`].
    scale: Scale -> [f32; 2] = [1.0, 1.0],
    /// See [`Prop::Size`].
    size: Size -> [f32; 2] = [0.0, 0.0],
    /// See [`Prop::Filling`].
    filling: Filling -> Filling = Filling::None,
    /// See [`Prop::Dash`].
    dash: Dash -> Dash = Dash::Solid,
    /// See [`Prop::Corner`].
    corner: Corner -> f32 = 0.0,
    /// See [`Prop::Points`].
    points: Points -> Vec<[f32; 2]> = Vec::new(),
    /// See [`Prop::Route`].
    route: Route -> Route = Route::Straight,
    /// See [`Prop::Heads`].
    heads: Heads -> [Arrowhead; 2] = [Arrowhead::None, Arrowhead::None],
    /// See [`Prop::Start`].
    start: Start -> Option<Anchor> = None,
    /// See [`Prop::End`].
    end: End -> Option<Anchor> = None,
    /// See [`Prop::Groups`].
    groups: Groups -> Groups = Groups::new(),
    /// See [`Prop::Locked`].
    locked: Locked -> bool = false,
    /// See [`Prop::Frame`].
    frame: Frame -> Option<ElementId> = None,
    /// See [`Prop::Name`].
    name: Name -> String = String::new(),
    /// See [`Prop::Font`].
    font: Font -> Font = Font::Handwriting,
    /// See [`Prop::TextSize`].
    text_size: TextSize -> f32 = DEFAULT_TEXT_SIZE,
    /// See [`Prop::Align`].
    align: Align -> Align = Align::Start,
    /// See [`Prop::Fill`].
    fill: Fill -> Option<Color> = None,
    /// See [`Prop::Outlined`].
    outlined: Outlined -> bool = true,
    /// See [`Prop::KeptSegments`].
    kept_segments: KeptSegments -> Vec<KeptSegment> = Vec::new(),
    /// See [`Prop::TextPosition`].
    text_position: TextPosition -> f32 = DEFAULT_TEXT_POSITION,
    /// See [`Prop::Measures`].
    measures: Measures -> Measures = Measures::default(),
    /// See [`Prop::Picture`].
    picture: Picture -> Option<Picture> = None,
    /// See [`Prop::Crop`].
    crop: Crop -> Crop = Crop::WHOLE,
    /// See [`Prop::AlternativeText`].
    alternative_text: AlternativeText -> String = String::new(),
    /// See [`Prop::Protected`].
    protected: Protected -> bool = false,
    /// See [`Prop::Proposal`].
    proposal: Proposal -> Option<ProposalId> = None,
}

impl Props {
    /// The five properties that every element stores.
    pub const ALWAYS: [PropKey; 5] = [
        PropKey::Z,
        PropKey::At,
        PropKey::Color,
        PropKey::Width,
        PropKey::Opacity,
    ];

    /// The given five properties, and all others with their defaults.
    #[must_use]
    pub fn plain(z: OrderKey, at: BoardPoint, color: Color, width: f32, opacity: u8) -> Self {
        Self {
            z,
            at,
            color,
            width,
            opacity,
            more: OptionalProps::default(),
        }
    }

    /// Returns the properties with one of them changed.
    #[must_use]
    pub fn with(mut self, prop: Prop) -> Self {
        self.set(prop);
        self
    }

    /// The opacity with which the element is painted, in 255ths: half of its own while it is only
    /// proposed.
    #[must_use]
    pub fn shown_opacity(&self) -> u8 {
        match self.proposal() {
            Some(_) => self.opacity / 2,
            None => self.opacity,
        }
    }

    /// The current value of a property.
    #[must_use]
    pub fn get(&self, key: PropKey) -> Prop {
        match key {
            PropKey::Z => Prop::Z(self.z.clone()),
            PropKey::At => Prop::At(self.at),
            PropKey::Color => Prop::Color(self.color),
            PropKey::Width => Prop::Width(self.width),
            PropKey::Opacity => Prop::Opacity(self.opacity),
            key => self
                .more
                .0
                .get(&key)
                .cloned()
                .or_else(|| key.default_value())
                // Only the five above have no default.
                .unwrap_or(Prop::Text(())),
        }
    }

    /// Sets a property.
    pub fn set(&mut self, prop: Prop) {
        match prop {
            Prop::Z(z) => self.z = z,
            Prop::At(at) => self.at = at,
            Prop::Color(color) => self.color = color,
            Prop::Width(width) => self.width = width,
            Prop::Opacity(opacity) => self.opacity = opacity,
            more => self.more.set(more),
        }
    }
}
