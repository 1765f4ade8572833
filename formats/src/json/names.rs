//! Values that are one of several words.

use std::fmt;
use std::marker::PhantomData;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use shared::geometry::FillRule;
use shared::model::{
    Align, Arrowhead, Body, Brush, Dash, Filling, Font, MediaType, Outline, Route,
};

/// A type whose values have names in the format.
pub(super) trait Named: Copy + PartialEq + 'static {
    /// All values with their names.
    const NAMES: &'static [(Self, &'static str)];
}

/// A value that is written as its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Name<T>(pub(super) T);

impl<T: Named> Serialize for Name<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let named = T::NAMES.iter().find(|(value, _)| *value == self.0);
        serializer.serialize_str(named.map_or("", |(_, name)| name))
    }
}

impl<'de, T: Named> Deserialize<'de> for Name<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Words(PhantomData))
    }
}

struct Words<T>(PhantomData<T>);

impl<T: Named> Visitor<'_> for Words<T> {
    type Value = Name<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one of")?;
        T::NAMES
            .iter()
            .try_for_each(|(_, name)| write!(f, " {name}"))
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Name<T>, E> {
        let named = T::NAMES.iter().find(|(_, name)| *name == word);
        let value = named.map(|(value, _)| Name(*value));
        value.ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(word), &self))
    }
}

macro_rules! names {
    ($($type:ty: $($value:path = $name:literal)*;)*) => {
        $(impl Named for $type {
            const NAMES: &'static [(Self, &'static str)] = &[$(($value, $name),)*];
        })*
    };
}

/// The kind of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Shape(Outline),
    Line,
    Text,
    Sticky,
    Frame,
    Stroke,
    Path,
    Image,
}

impl Named for Kind {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Shape(Outline::Rectangle), "rectangle"),
        (Self::Shape(Outline::Ellipse), "ellipse"),
        (Self::Shape(Outline::Diamond), "diamond"),
        (Self::Shape(Outline::Triangle), "triangle"),
        (Self::Line, "line"),
        (Self::Text, "text"),
        (Self::Sticky, "sticky"),
        (Self::Frame, "frame"),
        (Self::Stroke, "stroke"),
        (Self::Path, "path"),
        (Self::Image, "image"),
    ];
}

impl Kind {
    /// The kind of an element with this body.
    pub(super) const fn of(body: &Body) -> Self {
        match body {
            Body::Shape(outline) => Self::Shape(*outline),
            Body::Line => Self::Line,
            Body::Text => Self::Text,
            Body::Frame => Self::Frame,
            Body::Image => Self::Image,
            Body::Sticky { .. } => Self::Sticky,
            Body::Stroke(_) => Self::Stroke,
            Body::Path(_) => Self::Path,
        }
    }
}

/// The name of the kind of an element with this body, such as `sticky`.
#[must_use]
pub fn kind_name(body: &Body) -> &'static str {
    let kind = Kind::of(body);
    let named = Kind::NAMES.iter().find(|(value, _)| *value == kind);
    named.map_or("", |(_, name)| name)
}

/// The names of all kinds of elements.
pub fn kind_names() -> impl Iterator<Item = &'static str> {
    Kind::NAMES.iter().map(|(_, name)| *name)
}

names! {
    Filling: Filling::None = "none" Filling::Tint = "tint" Filling::Solid = "solid";
    Dash: Dash::Solid = "solid" Dash::Dashed = "dashed" Dash::Dotted = "dotted";
    Arrowhead: Arrowhead::None = "none" Arrowhead::Arrow = "arrow" Arrowhead::Triangle = "triangle"
        Arrowhead::Dot = "dot" Arrowhead::Bar = "bar";
    Route: Route::Straight = "straight" Route::Curved = "curved" Route::Elbow = "elbow";
    Font: Font::Handwriting = "handwriting" Font::Sans = "sans" Font::Mono = "mono";
    Align: Align::Start = "start" Align::Center = "center" Align::End = "end";
    Brush: Brush::Pen = "pen" Brush::Highlighter = "highlighter";
    MediaType: MediaType::Png = "image/png" MediaType::Jpeg = "image/jpeg"
        MediaType::WebP = "image/webp" MediaType::Gif = "image/gif";
    FillRule: FillRule::NonZero = "nonzero" FillRule::EvenOdd = "evenodd";
}

/// An error for a value that should be one of several words.
pub(super) fn unknown<E: serde::de::Error>(word: &str, expected: &str) -> E {
    E::custom(format_args!("`{word}` is not {expected}"))
}
