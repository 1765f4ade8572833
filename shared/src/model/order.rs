//! Fractional order keys: the position of an element in the stacking order.
//!
//! A key is a byte string, compared lexicographically, that never ends in 0; therefore there is
//! always room for a key between two different keys. A new element on top gets a key whose first
//! five bytes, read as a number, are greater by one. So keys stay five or six bytes long, however
//! many strokes are drawn. The technique is called "fractional indexing" and is described by Figma
//! ("Realtime editing of ordered sequences"); the code and the integer head are our own. The crate
//! `fractional_index` writes other bytes, and these keys stand in stored boards and in the
//! protocol.

use serde::{Deserialize, Serialize};

use crate::limits::MAX_ORDER_KEY_BYTES;

/// Bytes of the head, the part of a key that counts whole steps.
const HEAD: usize = 5;
/// The head of the first key. It lies in the middle, so that as many keys fit below as above.
const MIDDLE: u64 = 1 << 39;

/// A position in the stacking order. Greater keys lie nearer to the viewer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "serde_bytes::ByteBuf", try_from = "serde_bytes::ByteBuf")]
pub struct OrderKey(Vec<u8>);

/// The reason why bytes are not an order key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OrderKeyError {
    /// There are no bytes.
    #[error("order key is empty")]
    Empty,
    /// There are more than [`MAX_ORDER_KEY_BYTES`].
    #[error("order key of {0} bytes, at most {MAX_ORDER_KEY_BYTES} allowed")]
    TooLong(usize),
    /// The key ends in 0, so that no key would fit directly below it.
    #[error("order key ends in zero")]
    TrailingZero,
}

impl OrderKey {
    /// The key of the first element of a board.
    #[must_use]
    pub fn first() -> Self {
        Self::from_head(MIDDLE)
    }

    /// A key above `top`, or the first key if there is no element yet.
    #[must_use]
    pub fn above(top: Option<&Self>) -> Self {
        top.map_or_else(Self::first, |top| {
            let stepped = Self::from_head(top.head().saturating_add(1).min((1 << 40) - 1));
            if stepped > *top {
                stepped
            } else {
                Self::between(Some(top), None).or_beside(top)
            }
        })
    }

    /// A key below `bottom`, or the first key if there is no element yet.
    #[must_use]
    pub fn below(bottom: Option<&Self>) -> Self {
        bottom.map_or_else(Self::first, |bottom| {
            let stepped = Self::from_head(bottom.head().saturating_sub(1).max(1));
            if stepped < *bottom {
                stepped
            } else {
                Self::between(None, Some(bottom)).or_beside(bottom)
            }
        })
    }

    /// A key strictly between `low` and `high`, where `low < high`. `None` means that this side has
    /// no bound.
    #[must_use]
    pub fn between(low: Option<&Self>, high: Option<&Self>) -> Self {
        let low = low.map_or(&[][..], |key| &key.0);
        let high = high.map(|key| &key.0[..]);
        let mut key = Vec::with_capacity(low.len() + 1);
        let mut below_high = high.is_none();
        let mut above_low = low.is_empty();
        for at in 0.. {
            let floor = if above_low {
                0
            } else {
                low.get(at).copied().unwrap_or(0)
            };
            let ceiling = match high.and_then(|high| high.get(at)) {
                Some(byte) if !below_high => u16::from(*byte),
                Some(_) | None => 256,
            };
            let middle = (u16::from(floor) + ceiling) / 2;
            if middle > u16::from(floor) {
                key.push(u8::try_from(middle).unwrap_or(u8::MAX));
                return Self(key);
            }
            key.push(floor);
            below_high |= u16::from(floor) < ceiling;
            above_low |= at >= low.len();
        }
        Self(key)
    }

    /// Whether the key is short enough for the protocol. Keys grow when elements are put
    /// between the same two again and again.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.0.len() <= MAX_ORDER_KEY_BYTES
    }

    /// This key, or a copy of `other` if this key is too long. Equal keys are valid: then later ids
    /// lie above earlier ones. So drawing goes on even after a client sent a key of full length on
    /// purpose.
    fn or_beside(self, other: &Self) -> Self {
        if self.is_valid() { self } else { other.clone() }
    }

    /// Parses a key.
    ///
    /// # Errors
    /// [`OrderKeyError`] says which rule the bytes break.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, OrderKeyError> {
        match bytes.last() {
            None => Err(OrderKeyError::Empty),
            Some(_) if bytes.len() > MAX_ORDER_KEY_BYTES => {
                Err(OrderKeyError::TooLong(bytes.len()))
            }
            Some(0) => Err(OrderKeyError::TrailingZero),
            Some(_) => Ok(Self(bytes)),
        }
    }

    /// The first eight bytes as a number, and the bytes after them. Pairs are ordered like their keys,
    /// and are compared faster.
    #[must_use]
    pub fn head_and_rest(&self) -> (u64, &[u8]) {
        // No key ends in 0, so a short key is no other key with zeros.
        let mut head = [0; 8];
        for (to, from) in head.iter_mut().zip(&self.0) {
            *to = *from;
        }
        let rest = self.0.get(head.len()..).unwrap_or_default();
        (u64::from_be_bytes(head), rest)
    }

    fn head(&self) -> u64 {
        (0..HEAD).fold(0, |head, at| {
            (head << 8) | u64::from(self.0.get(at).copied().unwrap_or(0))
        })
    }

    fn from_head(head: u64) -> Self {
        let mut key: Vec<u8> = head.to_be_bytes().into_iter().skip(8 - HEAD).collect();
        // A last byte of 128 keeps the key from ending in 0.
        key.push(128);
        Self(key)
    }
}

impl From<OrderKey> for serde_bytes::ByteBuf {
    fn from(key: OrderKey) -> Self {
        Self::from(key.0)
    }
}

impl TryFrom<serde_bytes::ByteBuf> for OrderKey {
    type Error = OrderKeyError;

    fn try_from(bytes: serde_bytes::ByteBuf) -> Result<Self, OrderKeyError> {
        Self::from_bytes(bytes.into_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stacking_upwards_keeps_keys_short() {
        let mut top = OrderKey::first();
        for _ in 0..100_000 {
            let next = OrderKey::above(Some(&top));
            assert!(next > top);
            top = next;
        }
        assert_eq!(top.0.len(), 6);
    }

    #[test]
    fn stacking_downwards_keeps_keys_short() {
        let mut bottom = OrderKey::first();
        for _ in 0..10_000 {
            let next = OrderKey::below(Some(&bottom));
            assert!(next < bottom);
            bottom = next;
        }
        assert_eq!(bottom.0.len(), 6);
    }

    proptest! {
        #[test]
        fn pairs_are_ordered_like_their_keys(a in proptest::collection::vec(0..3_u8, 0..12), b in proptest::collection::vec(0..3_u8, 0..12)) {
            let fix = |mut bytes: Vec<u8>| { bytes.push(1); OrderKey::from_bytes(bytes).unwrap() };
            let (a, b) = (fix(a), fix(b));
            prop_assert_eq!(a.head_and_rest().cmp(&b.head_and_rest()), a.cmp(&b));
        }

        #[test]
        fn between_is_strictly_between(a in proptest::collection::vec(any::<u8>(), 0..9), b in proptest::collection::vec(any::<u8>(), 0..9)) {
            let fix = |mut bytes: Vec<u8>| { bytes.push(7); OrderKey::from_bytes(bytes).unwrap() };
            let (a, b) = (fix(a), fix(b));
            prop_assume!(a != b);
            let (low, high) = if a < b { (a, b) } else { (b, a) };
            let middle = OrderKey::between(Some(&low), Some(&high));
            prop_assert!(low < middle && middle < high, "{low:?} {middle:?} {high:?}");
            prop_assert!(OrderKey::from_bytes(middle.0.clone()).is_ok());
            prop_assert!(OrderKey::above(Some(&high)) > high);
            prop_assert!(OrderKey::below(Some(&low)) < low);
        }
    }
}
