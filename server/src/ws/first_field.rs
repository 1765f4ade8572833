//! Reads the first field of a message whose other fields may have any form.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// The first item of an array. All others are skipped.
pub(super) struct FirstField<T>(pub(super) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for FirstField<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(FirstOfMany(PhantomData))
    }
}

struct FirstOfMany<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for FirstOfMany<T> {
    type Value = FirstField<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array with at least one item")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<FirstField<T>, A::Error> {
        let first = items
            .next_element()?
            .ok_or_else(|| A::Error::custom("an empty array"))?;
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(FirstField(first))
    }
}
