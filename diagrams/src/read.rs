//! Finds out what a text is, and reads it.

use crate::diagram::Diagram;
use crate::error::DiagramError;
use crate::limits::MAX_SOURCE_BYTES;
use crate::{mermaid, outline};

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
    if is_mermaid(&text) {
        mermaid::read(&text)
    } else {
        outline::read(&text)
    }
}

/// Whether a text begins with the header of a diagram of Mermaid, after settings and comments.
#[must_use]
pub fn is_mermaid(text: &str) -> bool {
    mermaid::is_header(text)
}
