//! One element as a JSON value, for programs that read and write elements one by one.

use serde_json::Value;
use shared::id::ElementId;
use shared::model::{NewElement, OrderKey};

use super::element::JsonElement;
use super::ids::Ids;

/// The reason why a value is no element.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct Fault {
    /// The place in the value, such as `start.to`; empty for the value itself.
    pub path: String,
    /// The fault there.
    pub reason: String,
}

/// The JSON of an element.
#[must_use]
pub fn to_value(new: &NewElement) -> Value {
    // Through text, because a number becomes the shortest one that reads back as it only there.
    let text = serde_json::to_string(&JsonElement::of(new)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Reads the element `id`, which lies above `below`. The words that it refers to by are those of a
/// board; the field `id` must be missing.
///
/// # Errors
/// The first [`Fault`].
pub fn from_value(
    value: &Value,
    id: ElementId,
    below: Option<&OrderKey>,
) -> Result<NewElement, Fault> {
    let fault = |path: &str, reason: String| Fault {
        path: path.to_owned(),
        reason,
    };
    if !value.is_object() {
        return Err(fault("", "an element is an object".to_owned()));
    }
    let element: JsonElement = serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { "" } else { &path };
        fault(path, error.inner().to_string())
    })?;
    if element.id.is_some() {
        return Err(fault("id", "an id cannot be chosen here".to_owned()));
    }
    let mut ids = Ids::default();
    let read = element.with_id(id).read(below, &mut ids);
    let read = read.map_err(|reason| fault(ids.place().field, reason))?;
    if let Some(place) = ids.undefined() {
        let reason = "this is not the id of an element".to_owned();
        return Err(fault(place.field, reason));
    }
    Ok(read)
}
