//! Values that consist of others, while they are read: lists, maps and choices.
//!
//! Knows serde's traits; must not know bytes.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, EnumAccess, IntoDeserializer as _, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

use super::error::Flaw;
use super::read::Reader;

/// The entries of a list or a map.
#[derive(Debug)]
pub(super) struct Entries<'a, 'de> {
    left: usize,
    reader: &'a mut Reader<'de>,
}

impl<'a, 'de> Entries<'a, 'de> {
    /// So many entries come next in `reader`.
    pub(super) const fn new(left: usize, reader: &'a mut Reader<'de>) -> Self {
        Self { left, reader }
    }

    /// How many entries were not read yet.
    pub(super) const fn left(&self) -> usize {
        self.left
    }
}

impl<'de> SeqAccess<'de> for Entries<'_, 'de> {
    type Error = Flaw;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Flaw> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Flaw;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Flaw> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Flaw> {
        seed.deserialize(&mut *self.reader)
    }
}

/// One of several variants, its name read already.
#[derive(Debug)]
pub(super) struct Choice<'a, 'de> {
    name: &'de str,
    /// Whether something comes with the name.
    full: bool,
    reader: &'a mut Reader<'de>,
}

impl<'a, 'de> Choice<'a, 'de> {
    /// The choice called `name`; if `full`, what comes with it is next in `reader`.
    pub(super) const fn new(name: &'de str, full: bool, reader: &'a mut Reader<'de>) -> Self {
        Self { name, full, reader }
    }

    const fn content(self) -> Result<&'a mut Reader<'de>, Flaw> {
        if self.full {
            Ok(self.reader)
        } else {
            Err(Flaw::Kind)
        }
    }
}

impl<'de> EnumAccess<'de> for Choice<'_, 'de> {
    type Error = Flaw;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Flaw> {
        let name: StrDeserializer<'_, Flaw> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Choice<'_, 'de> {
    type Error = Flaw;

    fn unit_variant(self) -> Result<(), Flaw> {
        if self.full && !self.reader.take_nil()? {
            return Err(Flaw::Kind);
        }
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Flaw> {
        seed.deserialize(self.content()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Flaw> {
        self.content()?.list(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        self.content()?.list(visitor)
    }
}
