//! From values to MessagePack.
//!
//! Structs become arrays of their fields; a choice becomes its name, or a map from its name
//! to what it carries. Knows serde's traits; must not know what a message is.

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::error::Formless;
use super::token::Token;

/// Appends values to bytes.
#[derive(Debug, Default)]
pub(super) struct Writer {
    out: Vec<u8>,
}

impl Writer {
    /// What was written.
    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }

    // Not inlined: it is called for every kind of value.
    #[inline(never)]
    fn token(&mut self, token: Token<'_>) {
        token.write(&mut self.out);
    }

    #[inline(never)]
    fn list(&mut self, len: Option<usize>) -> Result<&mut Self, Formless> {
        self.token(Token::List(counted(len)?));
        Ok(self)
    }

    /// The name of a choice that carries something.
    #[inline(never)]
    fn choice(&mut self, name: &'static str) {
        self.token(Token::Map(1));
        self.token(Token::Text(name));
    }
}

/// The number of entries, which must be known before they are written.
fn counted(len: Option<usize>) -> Result<u32, Formless> {
    len.and_then(|len| u32::try_from(len).ok()).ok_or(Formless)
}

/// Whole numbers of every size.
macro_rules! numbers {
    ($($name:ident: $type:ty => $token:expr;)*) => {
        $(fn $name(self, value: $type) -> Result<(), Formless> {
            self.token($token(value.into()));
            Ok(())
        })*
    };
}

fn whole(number: i64) -> Token<'static> {
    u64::try_from(number).map_or(Token::Negative(number), Token::Natural)
}

impl Serializer for &mut Writer {
    type Ok = ();
    type Error = Formless;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    numbers! {
        serialize_bool: bool => Token::Bool;
        serialize_u8: u8 => Token::Natural;
        serialize_u16: u16 => Token::Natural;
        serialize_u32: u32 => Token::Natural;
        serialize_u64: u64 => Token::Natural;
        serialize_i8: i8 => whole;
        serialize_i16: i16 => whole;
        serialize_i32: i32 => whole;
        serialize_i64: i64 => whole;
        serialize_f64: f64 => Token::Float;
        serialize_str: &str => Token::Text;
        serialize_bytes: &[u8] => Token::Bytes;
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_f32(self, value: f32) -> Result<(), Formless> {
        // Tokens know one size of floats; the small one is written here.
        self.out.push(0xca);
        self.out.extend_from_slice(&value.to_be_bytes());
        Ok(())
    }

    fn serialize_char(self, _: char) -> Result<(), Formless> {
        Err(Formless)
    }

    fn serialize_none(self) -> Result<(), Formless> {
        self.token(Token::Nil);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Formless> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Formless> {
        Err(Formless)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Formless> {
        Err(Formless)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Formless> {
        self.token(Token::Text(variant));
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Formless> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Formless> {
        self.choice(variant);
        value.serialize(self)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Self, Formless> {
        self.list(len)
    }

    fn serialize_tuple(self, len: usize) -> Result<Self, Formless> {
        self.list(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Self, Formless> {
        self.list(Some(len))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self, Formless> {
        self.choice(variant);
        self.list(Some(len))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Self, Formless> {
        self.token(Token::Map(counted(len)?));
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, len: usize) -> Result<Self, Formless> {
        self.list(Some(len))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self, Formless> {
        self.choice(variant);
        self.list(Some(len))
    }
}

/// Things that are a run of values, whatever serde calls the next one.
macro_rules! runs {
    ($($kind:ident: $next:ident ($($key:ty)?);)*) => {
        $(impl $kind for &mut Writer {
            type Ok = ();
            type Error = Formless;

            fn $next<T: Serialize + ?Sized>(
                &mut self,
                $(_: $key,)?
                value: &T,
            ) -> Result<(), Formless> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Formless> {
                Ok(())
            }
        })*
    };
}

runs! {
    SerializeSeq: serialize_element ();
    SerializeTuple: serialize_element ();
    SerializeTupleStruct: serialize_field ();
    SerializeTupleVariant: serialize_field ();
    SerializeStruct: serialize_field (&'static str);
    SerializeStructVariant: serialize_field (&'static str);
}

impl SerializeMap for &mut Writer {
    type Ok = ();
    type Error = Formless;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Formless> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Formless> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Formless> {
        Ok(())
    }
}
