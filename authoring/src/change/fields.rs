//! The fields of a change, and the JSON that they lead to.

use serde_json::{Map, Value};
use shared::id::ElementId;
use shared::model::{Board, Element, Transform};

use crate::element::{changeable, element_json};
use crate::error::{WorkError, place};
use crate::names::Names;
use crate::references::bind_ends;

/// Fields that say what an element is and never change.
const FIXED: [&str; 8] = [
    "kind",
    "ink",
    "precision",
    "brush",
    "erased",
    "path",
    "view",
    "fill_rule",
];
/// Fields that move an element.
const PLACE: [&str; 7] = ["x", "y", "points", "start", "end", "kept_segments", "frame"];

/// A change that is wanted of an element.
#[derive(Debug)]
pub(super) struct Wanted {
    /// The element.
    pub(super) id: ElementId,
    /// Its id as it stands in the request.
    pub(super) name: String,
    /// The way that it moves.
    pub(super) by: Option<[f64; 2]>,
    fields: Map<String, Value>,
}

impl Wanted {
    /// Reads an entry of `change`.
    pub(super) fn read(entry: &Value, path: &str, names: &Names<'_>) -> Result<Self, WorkError> {
        let Value::Object(fields) = entry else {
            return Err(WorkError::invalid(path, "a change is an object"));
        };
        let mut fields = fields.clone();
        let Some(Value::String(name)) = fields.remove("id") else {
            return Err(WorkError::at(path, "id", "the id of an element is missing"));
        };
        let id = names.on_board(&name, &place(path, "id"))?;
        let by = fields.remove("by").map(|by| way(&by, path)).transpose()?;
        // Programs may send back what they were shown.
        fields.remove("bounds");
        bind_ends(&mut fields, path)?;
        names.resolve(&mut fields, path)?;
        let wanted = Self {
            id,
            name,
            by,
            fields,
        };
        if by.is_some() && wanted.places() {
            let reason = "`by` moves an element, so no other field can";
            return Err(WorkError::at(path, "by", reason));
        }
        Ok(wanted)
    }

    /// Whether it names a field.
    pub(super) fn names(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// Whether it puts the element to another place.
    pub(super) fn places(&self) -> bool {
        PLACE.iter().any(|field| self.names(field))
    }

    /// The way from the corner of an element to its wanted place.
    pub(super) fn displacement(&self, element: &Element) -> [f64; 2] {
        let way = |field, from: f64| {
            let wanted = self.fields.get(field)?;
            Some(wanted.as_f64().unwrap_or_default() - from)
        };
        let at = element.props.at;
        [way("x", at.x), way("y", at.y)].map(Option::unwrap_or_default)
    }

    /// The JSON of the element with the wanted fields.
    pub(super) fn merged(&self, element: &Element, path: &str) -> Result<Value, WorkError> {
        let mut fields = self.fields.clone();
        if FIXED.iter().any(|field| fields.contains_key(*field)) {
            let whole = element_json(&Board::new(), element);
            for field in FIXED {
                let Some(wanted) = fields.remove(field) else {
                    continue;
                };
                let is = whole.get(field).cloned().unwrap_or_default();
                let is_arrow = field == "kind" && wanted == "arrow" && is == "line";
                if wanted != is && !is_arrow {
                    let reason = "this cannot be changed; make a new element";
                    return Err(WorkError::at(path, field, reason));
                }
            }
        }
        let mut value = changeable(element);
        merge(&mut value, &Value::Object(fields));
        Ok(value)
    }
}

/// Reads `by`.
fn way(by: &Value, path: &str) -> Result<[f64; 2], WorkError> {
    let numbers = by.as_array().map(|list| list.iter().map(Value::as_f64));
    let numbers: Option<Vec<f64>> = numbers.and_then(Iterator::collect);
    match numbers.as_deref() {
        Some([x, y]) if Transform::Move([*x, *y]).is_valid() => Ok([*x, *y]),
        _ => Err(WorkError::at(
            path,
            "by",
            "expected [x, y] within the board",
        )),
    }
}

/// Merges a patch into a value, as RFC 7396 says.
fn merge(value: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *value = patch.clone();
        return;
    };
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    let Some(fields) = value.as_object_mut() else {
        return;
    };
    for (field, wanted) in patch {
        if wanted.is_null() {
            fields.remove(field);
        } else {
            merge(fields.entry(field.as_str()).or_insert(Value::Null), wanted);
        }
    }
}
