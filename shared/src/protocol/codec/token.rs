//! The smallest pieces of MessagePack, read and written one at a time.
//!
//! Must not know serde.

use super::error::Flaw;

/// One piece of a value: a scalar whole, a list or map by its length only.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Nothing.
    Nil,
    /// Yes or no.
    Bool(bool),
    /// A whole number of 0 or more.
    Natural(u64),
    /// A whole number below 0.
    Negative(i64),
    /// A number of either float size.
    Float(f64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// So many values follow.
    List(u32),
    /// So many pairs of values follow.
    Map(u32),
}

impl<'a> Token<'a> {
    /// Takes a token from the front of `rest`.
    ///
    /// # Errors
    /// [`Flaw::End`] if the bytes end before; [`Flaw::Kind`] for kinds that no message
    /// has; [`Flaw::Text`] for text that is not UTF-8.
    pub(super) fn read(rest: &mut &'a [u8]) -> Result<Self, Flaw> {
        let [marker] = take(rest)?;
        Ok(match marker {
            0x00..=0x7f => Self::Natural(u64::from(marker)),
            0x80..=0x8f => Self::Map(u32::from(marker & 0x0f)),
            0x90..=0x9f => Self::List(u32::from(marker & 0x0f)),
            0xa0..=0xbf => text(rest, u32::from(marker & 0x1f))?,
            0xc0 => Self::Nil,
            0xc2 => Self::Bool(false),
            0xc3 => Self::Bool(true),
            0xc4..=0xc6 => {
                let len = length(rest, marker - 0xc4)?;
                Self::Bytes(run(rest, len)?)
            }
            0xca => Self::Float(f64::from(f32::from_be_bytes(take(rest)?))),
            0xcb => Self::Float(f64::from_be_bytes(take(rest)?)),
            0xcc..=0xce => Self::Natural(u64::from(length(rest, marker - 0xcc)?)),
            0xcf => Self::Natural(u64::from_be_bytes(take(rest)?)),
            0xd0 => signed(i64::from(i8::from_be_bytes(take(rest)?))),
            0xd1 => signed(i64::from(i16::from_be_bytes(take(rest)?))),
            0xd2 => signed(i64::from(i32::from_be_bytes(take(rest)?))),
            0xd3 => signed(i64::from_be_bytes(take(rest)?)),
            0xd9..=0xdb => {
                let len = length(rest, marker - 0xd9)?;
                text(rest, len)?
            }
            0xdc | 0xdd => Self::List(length(rest, marker - 0xdc + 1)?),
            0xde | 0xdf => Self::Map(length(rest, marker - 0xde + 1)?),
            0xe0..=0xff => Self::Negative(i64::from(i8::from_be_bytes([marker]))),
            // Extensions, and the byte that nobody may use.
            0xc1 | 0xc7..=0xc9 | 0xd4..=0xd8 => return Err(Flaw::Kind),
        })
    }

    /// Appends the shortest form of the token.
    pub(super) fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Nil => out.push(0xc0),
            Self::Bool(value) => out.push(0xc2 + u8::from(value)),
            Self::Natural(number) => match u32::try_from(number) {
                Ok(small) => sized(out, small, 0x00, 0x80, [0xcc, 0xcd, 0xce]),
                Err(_) => {
                    out.push(0xcf);
                    out.extend_from_slice(&number.to_be_bytes());
                }
            },
            Self::Negative(number) => negative(out, number),
            Self::Float(number) => {
                out.push(0xcb);
                out.extend_from_slice(&number.to_be_bytes());
            }
            Self::Text(text) => {
                sized(out, short(text.len()), 0xa0, 0x20, [0xd9, 0xda, 0xdb]);
                out.extend_from_slice(text.as_bytes());
            }
            Self::Bytes(bytes) => {
                sized(out, short(bytes.len()), 0xc4, 0, [0xc4, 0xc5, 0xc6]);
                out.extend_from_slice(bytes);
            }
            // Lists and maps have no form with one byte of length.
            Self::List(len) => sized(out, len, 0x90, 0x10, [0, 0xdc, 0xdd]),
            Self::Map(len) => sized(out, len, 0x80, 0x10, [0, 0xde, 0xdf]),
        }
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], Flaw> {
    let (bytes, after) = rest.split_first_chunk().ok_or(Flaw::End)?;
    *rest = after;
    Ok(*bytes)
}

/// A natural number of 1, 2 or 4 bytes, told by 0, 1 or 2.
fn length(rest: &mut &[u8], size: u8) -> Result<u32, Flaw> {
    Ok(match size {
        0 => u32::from(u8::from_be_bytes(take(rest)?)),
        1 => u32::from(u16::from_be_bytes(take(rest)?)),
        _ => u32::from_be_bytes(take(rest)?),
    })
}

fn run<'a>(rest: &mut &'a [u8], len: u32) -> Result<&'a [u8], Flaw> {
    let len = usize::try_from(len).map_err(|_| Flaw::End)?;
    let (bytes, after) = rest.split_at_checked(len).ok_or(Flaw::End)?;
    *rest = after;
    Ok(bytes)
}

fn text<'a>(rest: &mut &'a [u8], len: u32) -> Result<Token<'a>, Flaw> {
    let bytes = run(rest, len)?;
    std::str::from_utf8(bytes)
        .map(Token::Text)
        .map_err(|_| Flaw::Text)
}

fn signed(number: i64) -> Token<'static> {
    u64::try_from(number).map_or(Token::Negative(number), Token::Natural)
}

/// Lengths beyond 4 GiB do not exist: a message is limited to much less.
fn short(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// Writes a number: below `below` inside the marker `tiny`, else after one of three
/// markers with 1, 2 or 4 bytes; a marker of 0 says that there is no such form.
fn sized(out: &mut Vec<u8>, number: u32, tiny: u8, below: u8, [one, two, four]: [u8; 3]) {
    match (u8::try_from(number), u16::try_from(number)) {
        (Ok(number), _) if number < below => out.push(tiny | number),
        (Ok(number), _) if one != 0 => out.extend_from_slice(&[one, number]),
        (_, Ok(number)) => {
            out.push(two);
            out.extend_from_slice(&number.to_be_bytes());
        }
        _ => {
            out.push(four);
            out.extend_from_slice(&number.to_be_bytes());
        }
    }
}

fn negative(out: &mut Vec<u8>, number: i64) {
    if let Ok(number) = i8::try_from(number) {
        if number < -32 {
            out.push(0xd0);
        }
        out.extend_from_slice(&number.to_be_bytes());
    } else if let Ok(number) = i16::try_from(number) {
        out.push(0xd1);
        out.extend_from_slice(&number.to_be_bytes());
    } else if let Ok(number) = i32::try_from(number) {
        out.push(0xd2);
        out.extend_from_slice(&number.to_be_bytes());
    } else {
        out.push(0xd3);
        out.extend_from_slice(&number.to_be_bytes());
    }
}
