//! The properties of elements: the unit of last-writer-wins.
//!
//! Every element stores five properties. It stores each of the others only if its value differs
//! from the default, so a stroke pays nothing for the corner radius of rectangles.

use serde::{Deserialize, Serialize};

use crate::geometry::BoardPoint;
use crate::id::{ElementId, ProposalId};
use crate::typeset::Measures;

use super::appearance::{
    Align, Anchor, Arrowhead, Dash, Filling, Font, Groups, KeptSegment, Route,
};
use super::order::OrderKey;
use super::picture::{Crop, Picture};
use super::style::Color;

/// Default size of text in board units.
pub const DEFAULT_TEXT_SIZE: f32 = 24.0;

/// Default place of the text of a line: its middle.
pub const DEFAULT_TEXT_POSITION: f32 = 0.5;

/// Declares the properties: the name, the type of the value, and the name on the wire.
macro_rules! properties {
    ($($(#[$doc:meta])* $name:ident($value:ty) = $wire:literal,)*) => {
        /// The name of a property. The unit of last-writer-wins.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum PropKey {
            $($(#[$doc])* #[serde(rename = $wire)] $name,)*
        }

        /// A property with its value.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Prop {
            $($(#[$doc])* #[serde(rename = $wire)] $name($value),)*
        }

        impl PropKey {
            /// All properties.
            pub const ALL: &[Self] = &[$(Self::$name,)*];
        }

        impl Prop {
            /// The name of this property.
            #[must_use]
            pub const fn key(&self) -> PropKey {
                match self {
                    $(Self::$name(_) => PropKey::$name,)*
                }
            }
        }
    };
}

properties! {
    /// Position in the stacking order; the id decides between equal keys.
    Z(OrderKey) = "z",
    /// Position in board units: the offset of a stroke from where it was drawn, the upper left
    /// corner of an unrotated box, or the origin of a line's points.
    At(BoardPoint) = "a",
    /// Colour.
    Color(Color) = "c",
    /// Line width in board units, `MIN_WIDTH ..= MAX_WIDTH`.
    Width(f32) = "w",
    /// Opacity in 255ths.
    Opacity(u8) = "o",
    /// Rotation in radians, clockwise: of a box about its middle, of a stroke about its own origin.
    /// Lines have none; their points are rotated instead.
    Angle(f32) = "r",
    /// Scale of a stroke about its own origin, horizontally and vertically; negative factors mirror
    /// it, and no factor is 0. A path or an image has only their signs: it is mirrored within its
    /// box.
    Scale([f32; 2]) = "s",
    /// Width and height of a box in board units. A text whose width is 0 does not wrap.
    Size([f32; 2]) = "d",
    /// How the inside of its outline is filled.
    Filling(Filling) = "f",
    /// The dash pattern of its line.
    Dash(Dash) = "l",
    /// Radius of the corners of a box in board units; 0 for sharp corners.
    Corner(f32) = "n",
    /// The points of a line in board units, relative to the line's position.
    Points(Vec<[f32; 2]>) = "p",
    /// How a line runs through its points.
    Route(Route) = "u",
    /// The heads at the start and at the end of a line.
    Heads([Arrowhead; 2]) = "h",
    /// The anchor of the start of a line.
    Start(Option<Anchor>) = "b",
    /// The anchor of the end of a line.
    End(Option<Anchor>) = "e",
    /// The groups it belongs to, the innermost first.
    Groups(Groups) = "g",
    /// Whether it is locked against accidental changes.
    Locked(bool) = "k",
    /// The frame that it is a member of.
    Frame(Option<ElementId>) = "m",
    /// The name of a frame.
    Name(String) = "t",
    /// The typeface of its text.
    Font(Font) = "y",
    /// The size of its text in board units.
    TextSize(f32) = "v",
    /// The alignment of its lines of text.
    Align(Align) = "j",
    /// Its text. [`crate::op::Op::Set`] never sets it; the key exists so that the last typist can
    /// be recorded as its writer.
    Text(()) = "x",
    /// The colour inside of its outline, where [`Prop::Filling`] fills it; `None` for the colour of
    /// the outline.
    Fill(Option<Color>) = "D",
    /// Whether the line around a shape or along a path is drawn.
    Outlined(bool) = "F",
    /// The segments of an elbow line that a user has moved, from its start to its end. The line
    /// runs through all of them. At most `MAX_KEPT_SEGMENTS`.
    KeptSegments(Vec<KeptSegment>) = "A",
    /// The place of the text of a line, as a part of its length, from 0 at its start to 1.
    TextPosition(f32) = "B",
    /// Widths of pieces of its text, or of its name, that system fonts draw. Setting it adds to the
    /// measures that it has; see [`Measures::merged`]. It has no writer.
    Measures(Measures) = "i",
    /// The picture that an image shows. It can be replaced.
    Picture(Option<Picture>) = "E",
    /// The part of its picture that an image shows.
    Crop(Crop) = "G",
    /// A description of an image for users who do not see it. At most
    /// `MAX_ALTERNATIVE_TEXT_CHARS`.
    AlternativeText(String) = "C",
    /// Whether only owners may change it. Only they may set this.
    Protected(bool) = "K",
    /// The proposal that it belongs to, until a person accepts that. Clients of version 5 do not know
    /// it.
    Proposal(Option<ProposalId>) = "P",
}

impl PropKey {
    /// The value of a property that an element does not store. `None` for the five that every
    /// element stores.
    #[must_use]
    pub fn default_value(self) -> Option<Prop> {
        Some(match self {
            Self::Z | Self::At | Self::Color | Self::Width | Self::Opacity => return None,
            Self::Angle => Prop::Angle(0.0),
            Self::Scale => Prop::Scale([1.0, 1.0]),
            Self::Size => Prop::Size([0.0, 0.0]),
            Self::Filling => Prop::Filling(Filling::None),
            Self::Dash => Prop::Dash(Dash::Solid),
            Self::Corner => Prop::Corner(0.0),
            Self::Points => Prop::Points(Vec::new()),
            Self::Route => Prop::Route(Route::Straight),
            Self::Heads => Prop::Heads([Arrowhead::None, Arrowhead::None]),
            Self::Start => Prop::Start(None),
            Self::End => Prop::End(None),
            Self::Groups => Prop::Groups(Groups::new()),
            Self::Locked => Prop::Locked(false),
            Self::Frame => Prop::Frame(None),
            Self::Name => Prop::Name(String::new()),
            Self::Font => Prop::Font(Font::Handwriting),
            Self::TextSize => Prop::TextSize(DEFAULT_TEXT_SIZE),
            Self::Align => Prop::Align(Align::Start),
            Self::Text => Prop::Text(()),
            Self::Fill => Prop::Fill(None),
            Self::Outlined => Prop::Outlined(true),
            Self::KeptSegments => Prop::KeptSegments(Vec::new()),
            Self::TextPosition => Prop::TextPosition(DEFAULT_TEXT_POSITION),
            Self::Measures => Prop::Measures(Measures::default()),
            Self::Picture => Prop::Picture(None),
            Self::Crop => Prop::Crop(Crop::WHOLE),
            Self::AlternativeText => Prop::AlternativeText(String::new()),
            Self::Protected => Prop::Protected(false),
            Self::Proposal => Prop::Proposal(None),
        })
    }
}
