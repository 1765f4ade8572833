//! Finds out what a text is, and reads it.

use std::borrow::Cow;

use crate::diagram::Diagram;
use crate::error::DiagramError;
use crate::limits::MAX_SOURCE_BYTES;
use crate::{mermaid, outline};

/// The fence around code in Markdown.
const FENCE: &str = "```";

/// Reads a diagram: Mermaid if the text begins like it, else an outline or a list.
///
/// # Errors
/// The first fault of the text, with its line.
pub fn read(text: &str) -> Result<Diagram, DiagramError> {
    if text.len() > MAX_SOURCE_BYTES {
        let message = format!(
            "The text has {} bytes, at most {MAX_SOURCE_BYTES} are read",
            text.len()
        );
        return Err(DiagramError::whole(message));
    }
    // The parser of Mermaid knows one end of a line.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = without_fence(&text);
    if mermaid::has_name(&text) {
        mermaid::read(&text)
    } else {
        outline::read(&text)
    }
}

/// Whether a text begins with the header of a diagram of Mermaid that can be read, after settings and
/// comments.
#[must_use]
pub fn is_mermaid(text: &str) -> bool {
    mermaid::has_header(&without_fence(text))
}

/// A text without the fence of Markdown around it. All lines keep their numbers.
fn without_fence(text: &str) -> Cow<'_, str> {
    let begins = text.trim_start();
    let Some((_, inside)) = begins
        .strip_prefix(FENCE)
        .and_then(|rest| rest.split_once('\n'))
    else {
        return Cow::Borrowed(text);
    };
    let before = text.len() - inside.len();
    let empty = text.get(..before).unwrap_or_default().matches('\n').count();
    let inside = inside
        .rsplit_once(FENCE)
        .map_or(inside, |(inside, _)| inside);
    Cow::Owned("\n".repeat(empty) + inside)
}
