//! What can be wrong with bytes that should be a message.
//!
//! One small value and no sentences: serde offers long explanations of every mistake in
//! every type, and a browser would have to fetch them all.

use std::fmt::Display;

use serde::de::{Expected, Unexpected};

/// What is wrong with the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// They end in the middle of a value, or promise more than there is.
    #[error("it ends too early")]
    End,
    /// A value of another kind than belongs there.
    #[error("a value of the wrong kind")]
    Kind,
    /// Text that is not UTF-8.
    #[error("text that is not UTF-8")]
    Text,
    /// A list that is too long or too short.
    #[error("a list of the wrong length")]
    Length,
    /// Lists in lists in lists.
    #[error("it is nested too deeply")]
    Depth,
    /// A choice that does not exist.
    #[error("an unknown choice")]
    Choice,
    /// A value of the right kind that is not allowed.
    #[error("a value that is not allowed")]
    Value,
    /// The type asks what is there and does not say what it wants.
    #[error("a value whose type is not known")]
    Untyped,
}

impl serde::de::Error for Flaw {
    fn custom<T: Display>(_: T) -> Self {
        Self::Value
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::Kind
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::Value
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::Length
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::Choice
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::Choice
    }

    fn missing_field(_: &'static str) -> Self {
        Self::Length
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self::Length
    }
}

/// A value that has no MessagePack form here; none of our own types is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a value without a form on the wire")]
pub struct Formless;

impl serde::ser::Error for Formless {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}
