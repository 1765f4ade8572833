//! From MessagePack to values.
//!
//! Knows bytes and serde's traits; must not know what a message is. It is our own and not
//! a crate's because the reader is a large part of what a browser must fetch: here one
//! function reads a token whatever the type, where a reader for any kind of input and any
//! shape of value is compiled anew for each type. Only what [`super::write`] writes is
//! understood: structs are arrays, choices are names or maps with one entry.

use serde::de::{Deserializer, Visitor};

use super::error::Flaw;
use super::parts::{Choice, Entries};
use super::token::Token;

/// Reads values from the front of some bytes.
#[derive(Debug)]
pub(super) struct Reader<'de> {
    /// What was not read yet.
    rest: &'de [u8],
    /// How many more levels may open.
    depth: usize,
}

impl<'de> Reader<'de> {
    /// A reader that follows at most `depth` levels.
    pub(super) const fn new(bytes: &'de [u8], depth: usize) -> Self {
        Self { rest: bytes, depth }
    }

    /// How many bytes were not read yet.
    pub(super) const fn left(&self) -> usize {
        self.rest.len()
    }

    // Not inlined: it is called for every kind of value.
    #[inline(never)]
    fn token(&mut self) -> Result<Token<'de>, Flaw> {
        Token::read(&mut self.rest)
    }

    /// Whether nil comes next; then it is taken.
    #[inline(never)]
    pub(super) fn take_nil(&mut self) -> Result<bool, Flaw> {
        let mut ahead = self.rest;
        let nil = matches!(Token::read(&mut ahead)?, Token::Nil);
        if nil {
            self.rest = ahead;
        }
        Ok(nil)
    }

    /// The number of entries of the list that comes next, one level deeper.
    #[inline(never)]
    fn open_list(&mut self) -> Result<usize, Flaw> {
        match self.token()? {
            Token::List(len) => self.deeper(len),
            _ => Err(Flaw::Kind),
        }
    }

    #[inline(never)]
    fn open_map(&mut self) -> Result<usize, Flaw> {
        match self.token()? {
            Token::Map(len) => self.deeper(len),
            _ => Err(Flaw::Kind),
        }
    }

    fn deeper(&mut self, len: u32) -> Result<usize, Flaw> {
        self.depth = self.depth.checked_sub(1).ok_or(Flaw::Depth)?;
        // Every entry takes a byte at least, so a longer list is a lie.
        match usize::try_from(len) {
            Ok(len) if len <= self.rest.len() => Ok(len),
            _ => Err(Flaw::End),
        }
    }

    /// Leaves a list or map, which must have been read to its end.
    const fn close(&mut self, left: usize) -> Result<(), Flaw> {
        self.depth += 1;
        if left == 0 { Ok(()) } else { Err(Flaw::Length) }
    }

    /// The name of a choice, and whether something comes with it.
    #[inline(never)]
    fn choice(&mut self) -> Result<(&'de str, bool), Flaw> {
        match self.token()? {
            Token::Text(name) => Ok((name, false)),
            Token::Map(1) => {
                self.deeper(1)?;
                match self.token()? {
                    Token::Text(name) => Ok((name, true)),
                    _ => Err(Flaw::Kind),
                }
            }
            _ => Err(Flaw::Kind),
        }
    }

    /// Passes over a value of any kind.
    #[inline(never)]
    fn skip(&mut self) -> Result<(), Flaw> {
        let mut values = 1_u64;
        while values > 0 {
            values -= 1;
            values += match self.token()? {
                Token::List(len) => u64::from(len),
                Token::Map(len) => u64::from(len) * 2,
                _ => 0,
            };
        }
        Ok(())
    }

    /// Reads a list whole.
    pub(super) fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Flaw> {
        let mut entries = Entries::new(self.open_list()?, self);
        let value = visitor.visit_seq(&mut entries)?;
        let left = entries.left();
        self.close(left)?;
        Ok(value)
    }

    fn number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Flaw> {
        match self.token()? {
            Token::Natural(number) => visitor.visit_u64(number),
            Token::Negative(number) => visitor.visit_i64(number),
            _ => Err(Flaw::Kind),
        }
    }

    /// Any number as a float, also a whole one.
    #[inline(never)]
    #[expect(
        clippy::cast_precision_loss,
        reason = "who writes a whole number where a float belongs gets the nearest one"
    )]
    fn float(&mut self) -> Result<f64, Flaw> {
        match self.token()? {
            Token::Float(number) => Ok(number),
            Token::Natural(number) => Ok(number as f64),
            Token::Negative(number) => Ok(number as f64),
            _ => Err(Flaw::Kind),
        }
    }

    fn text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Flaw> {
        match self.token()? {
            Token::Text(text) => visitor.visit_str(text),
            _ => Err(Flaw::Kind),
        }
    }

    fn bytes<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Flaw> {
        match self.token()? {
            Token::Bytes(bytes) => visitor.visit_bytes(bytes),
            _ => Err(Flaw::Kind),
        }
    }
}

/// Kinds of values that are read alike.
macro_rules! alike {
    ($read:ident: $($name:ident)*) => {
        $(fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
            self.$read(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Flaw;

    alike!(number: deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64);
    alike!(number: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64);
    alike!(text: deserialize_str deserialize_string deserialize_identifier);
    alike!(bytes: deserialize_bytes deserialize_byte_buf);
    alike!(list: deserialize_seq);

    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        match self.token()? {
            Token::Bool(value) => visitor.visit_bool(value),
            _ => Err(Flaw::Kind),
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "the nearest f32 of whatever float was sent"
    )]
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        visitor.visit_f32(self.float()? as f32)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        visitor.visit_f64(self.float()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        if self.take_nil()? {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Flaw> {
        self.list(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        self.list(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        self.list(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        let mut entries = Entries::new(self.open_map()?, self);
        let value = visitor.visit_map(&mut entries)?;
        let left = entries.left();
        self.close(left)?;
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        let (name, full) = self.choice()?;
        let value = visitor.visit_enum(Choice::new(name, full, self))?;
        self.depth += usize::from(full);
        Ok(value)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        self.skip()?;
        visitor.visit_unit()
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Flaw> {
        Err(Flaw::Untyped)
    }

    // Nothing that travels has these kinds.
    serde::forward_to_deserialize_any! { i128 u128 char unit unit_struct }
}
