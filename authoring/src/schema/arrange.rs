//! The schema of arrangements.

use serde_json::{Value, json};

use super::{name, object};
use crate::arrange::MAX_GAP;
use crate::work::MAX_ENTRIES;

/// The schema of [`Arrange`](crate::Arrange).
pub(super) fn arrange() -> Value {
    let ids = json!({
        "type": "array", "items": name("An id"), "minItems": 1, "maxItems": MAX_ENTRIES,
        "description": "The elements, in order. Those in a common group move as one",
    });
    let axis = json!({
        "type": "string", "enum": ["horizontal", "vertical"],
        "description": "For distribute and stack: horizontal for a row, vertical for a column",
    });
    let fields = [
        (
            "action",
            json!({
                "type": "string",
                "enum": [
                    "align", "distribute", "stack", "grid", "tidy", "cluster", "group", "ungroup",
                ],
                "description": "What to do: align edges, make gaps even, put in a row or column, put in a \
                                grid, tidy up what is nearly in rows, columns or a grid, put texts that \
                                share telling words in clusters, make a group, or dissolve the outermost \
                                groups",
            }),
        ),
        ("ids", ids),
        (
            "to",
            json!({
                "type": "string", "enum": ["left", "center", "right", "top", "middle", "bottom"],
                "description": "For align: the edge or middle",
            }),
        ),
        ("axis", axis),
        (
            "columns",
            json!({
                "type": ["integer", "null"], "minimum": 1,
                "description": "For grid: the number of columns",
            }),
        ),
        (
            "gap",
            json!({
                "type": ["number", "null"], "minimum": 0, "maximum": MAX_GAP,
                "description": "For stack and grid: the space between elements; 40 by default",
            }),
        ),
        (
            "titles",
            json!({
                "type": "boolean",
                "description": "For cluster: whether each cluster gets a new text above it, with its most \
                                telling word; false by default",
            }),
        ),
    ];
    let fields = fields.map(|(field, schema)| (field.to_owned(), schema));
    let about = "How elements are to be arranged";
    let mut schema = object(&fields.into_iter().collect(), &["action", "ids"], about);
    let example =
        json!({"action": "stack", "axis": "vertical", "gap": 20, "ids": ["k3Jf9A", "x81kQz"]});
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("examples".to_owned(), json!([example]));
    }
    schema
}
