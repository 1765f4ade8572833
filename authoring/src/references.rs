//! The elements that others refer to: the frame of a member, and the ends of lines.

use serde_json::{Map, Value, json};
use shared::model::{Board, Body, NewElement};

use crate::error::WorkError;

/// Turns `from` and `to` into anchors.
pub(crate) fn bind_ends(fields: &mut Map<String, Value>, path: &str) -> Result<(), WorkError> {
    for (word, end) in [("from", "start"), ("to", "end")] {
        let Some(name) = fields.remove(word) else {
            continue;
        };
        let anchor = match name {
            Value::Null => Value::Null,
            Value::String(name) => json!({ "to": name }),
            _ => return Err(WorkError::at(path, word, "expected the id of an element")),
        };
        if fields.insert(end.to_owned(), anchor).is_some() {
            let reason = format!("`{word}` and `{end}` are the same end");
            return Err(WorkError::at(path, word, reason));
        }
    }
    Ok(())
}

/// A frame must be one, and lines are bound to boxes.
pub(crate) fn check_references(
    board: &Board,
    new: &NewElement,
    path: &str,
) -> Result<(), WorkError> {
    let body = |id| board.get(id).map(|element| &element.body);
    for (field, anchor) in [("start", new.props.start()), ("end", new.props.end())] {
        if let Some(body) = anchor.and_then(|anchor| body(anchor.to))
            && !body.is_box()
        {
            let reason = "lines can only be bound to shapes, texts, sticky notes, frames, paths \
                          and images";
            return Err(WorkError::at(path, field, reason));
        }
    }
    if let Some(frame) = new.props.frame() {
        if matches!(new.body, Body::Frame) {
            let reason = "a frame cannot be a member of a frame";
            return Err(WorkError::at(path, "frame", reason));
        }
        if body(frame).is_some_and(|body| !matches!(body, Body::Frame)) {
            return Err(WorkError::at(path, "frame", "this element is not a frame"));
        }
    }
    Ok(())
}
