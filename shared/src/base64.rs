//! Bytes as text, in little code: base64url without padding, as of RFC 4648.
//!
//! Every text stands for one list of bytes only: bits behind the last byte must be zero.
//! Knows nothing else.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes bytes at the end of a text.
pub fn write(bytes: &[u8], text: &mut String) {
    for three in bytes.chunks(3) {
        let byte = |at| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..=three.len() {
            let letter = (bits >> (18 - 6 * at)) & 63;
            text.extend(
                LETTERS
                    .get(letter as usize)
                    .map(|letter| char::from(*letter)),
            );
        }
    }
}

/// Bytes as text.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    write(bytes, &mut text);
    text
}

/// The bytes of a text; nothing if it is not exactly what they are written as.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for four in text.as_bytes().chunks(4) {
        let mut bits = 0;
        for at in 0..4 {
            bits = bits << 6 | four.get(at).map_or(Some(0), |letter| value(*letter))?;
        }
        let [_, three @ ..] = bits.to_be_bytes();
        let (whole, rest) = three.split_at_checked(four.len() - 1)?;
        bytes.extend(whole);
        if whole.is_empty() || rest.iter().any(|byte| *byte != 0) {
            return None;
        }
    }
    Some(bytes)
}

/// What a letter stands for.
fn value(letter: u8) -> Option<u32> {
    let value = match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_base64_of_everybody_else(bytes in any::<Vec<u8>>()) {
            let text = super::encode(&bytes);
            prop_assert_eq!(&text, &URL_SAFE_NO_PAD.encode(&bytes));
            prop_assert_eq!(super::decode(&text), Some(bytes));
        }

        #[test]
        fn any_text_is_read_alike(text in "[A-Za-z0-9_=+é-]{0,9}") {
            prop_assert_eq!(super::decode(&text), URL_SAFE_NO_PAD.decode(&text).ok());
        }
    }
}
