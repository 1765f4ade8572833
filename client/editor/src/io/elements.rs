//! Elements as text: a mark with a version, and MessagePack in base64.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::model::NewElement;
use shared::protocol::codec::{decode, encode};

use super::MAX_BYTES;

/// The beginning of such a text. The number grows when older readers could not understand the rest.
const MARK: &str = "commonslate-elements-1:";

/// Writes elements as a text that [`crate::input::Pasted::Elements`] takes.
#[must_use]
pub fn write(elements: &[NewElement]) -> String {
    let bytes = encode(&elements).unwrap_or_default();
    let mut text = MARK.to_owned();
    URL_SAFE_NO_PAD.encode_string(bytes, &mut text);
    text
}

/// Reads elements. None if the text has another form.
pub(crate) fn read(text: &str) -> Vec<NewElement> {
    let bytes = text
        .trim()
        .strip_prefix(MARK)
        .filter(|coded| coded.len() <= MAX_BYTES / 3 * 4)
        .and_then(|coded| URL_SAFE_NO_PAD.decode(coded).ok());
    let elements = bytes.and_then(|bytes| decode::<Vec<NewElement>>(&bytes, MAX_BYTES).ok());
    super::valid(elements.unwrap_or_default())
}
