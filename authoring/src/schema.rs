//! JSON Schemas of requests and elements, for OpenAPI and for tools of language models. Both get the
//! same schema.

mod arrange;

use std::borrow::Cow;

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};
use utoipa::openapi::schema::Object;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::arrange::Arrange;
use crate::work::{MAX_ENTRIES, Work};

/// What is said about changes.
const ABOUT_CHANGES: &str = "A change of an element: only the fields that change. `null` sets a \
    field to the default of the format. Kind, ink and path never change";

/// The schema of an element as programs see it: what [`element_json`](crate::element_json) gives, and the
/// proposal that it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct ElementJson;

/// The schema of an entry of [`Work::create`].
#[derive(Clone, Copy, Debug)]
pub struct NewElementJson;

/// The schema of an entry of [`Work::change`].
#[derive(Clone, Copy, Debug)]
pub struct ChangeJson;

/// The schema of such an entry without its id, for interfaces that name the element otherwise.
#[derive(Clone, Copy, Debug)]
pub struct ChangedFieldsJson;

/// Gives a type the schema of a function, in both worlds.
macro_rules! described {
    ($($type:ty: $name:literal = $schema:path;)*) => {
        $(impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }

            fn json_schema(_: &mut SchemaGenerator) -> schemars::Schema {
                schemars::Schema::try_from($schema()).unwrap_or_default()
            }
        }

        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                open_api($schema())
            }
        }

        impl ToSchema for $type {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }
        })*
    };
}

described! {
    Work: "Work" = work;
    Arrange: "Arrange" = arrange::arrange;
    ElementJson: "Element" = element;
    NewElementJson: "NewElement" = entry;
    ChangeJson: "ElementChange" = change;
    ChangedFieldsJson: "ChangedFields" = changed_fields;
}

/// A schema in the form of OpenAPI. Those of this module can all be read.
fn open_api(schema: Value) -> RefOr<Schema> {
    let read: Result<Object, serde_json::Error> = serde_json::from_value(schema);
    RefOr::T(Schema::Object(read.unwrap_or_default()))
}

fn object(fields: &Map<String, Value>, required: &[&str], about: &str) -> Value {
    json!({
        "type": "object",
        "properties": fields,
        "required": required,
        "additionalProperties": false,
        "description": about,
    })
}

fn name(about: &str) -> Value {
    json!({"type": "string", "description": about})
}

/// The bounds of an element.
fn bounds() -> Value {
    json!({
        "type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4,
        "description": "What it covers on the board: [left, top, right, bottom]",
    })
}

fn element() -> Value {
    let mut fields = formats::json::schema();
    fields.insert("bounds".to_owned(), bounds());
    fields.insert(
        "proposal".to_owned(),
        name("The proposal that it belongs to, if it is only proposed"),
    );
    object(
        &fields,
        &["kind", "id", "x", "y", "bounds"],
        "An element of a board",
    )
}

/// The fields that new elements and changes have beside those of the format.
fn with_ends(mut fields: Map<String, Value>) -> Map<String, Value> {
    let end = "of a line or arrow that is bound to an element: its id";
    fields.insert("from".to_owned(), name(&format!("The start {end}")));
    fields.insert("to".to_owned(), name(&format!("The end {end}")));
    fields
}

fn entry() -> Value {
    let mut fields = with_ends(formats::json::schema());
    if let Some(Value::Array(kinds)) = fields.get_mut("kind").and_then(|it| it.get_mut("enum")) {
        kinds.push(json!("arrow"));
    }
    let id = "Any word by which other entries of this request name this one";
    fields.insert("id".to_owned(), name(id));
    let near = "The id of an element, to be placed in free space near it. Only without `x` and `y`";
    fields.insert("near".to_owned(), name(near));
    let about =
        "The elements in a frame, like entries of `create`, with `x` and `y` relative to the frame";
    let children = json!({"type": "array", "items": {"type": "object"}, "description": about});
    fields.insert("children".to_owned(), children);
    let about = "A new element. Without `size` a box fits its text, and a frame its children. Without \
                 `x` and `y` it is placed in free space. `from`, `to`, `near`, `start`, `end` and \
                 `frame` take the id of an element of the board or the word of another entry. An \
                 `arrow` is a line with a head at its end. A line needs `points`, or `from` and `to`. \
                 A `stroke` takes `points` for `ink`";
    object(&fields, &["kind"], about)
}

fn change() -> Value {
    let mut fields = fields_of_change();
    fields.insert(
        "id".to_owned(),
        name("The id of the element, or its short id"),
    );
    object(&fields, &["id"], ABOUT_CHANGES)
}

fn changed_fields() -> Value {
    object(&fields_of_change(), &[], ABOUT_CHANGES)
}

fn fields_of_change() -> Map<String, Value> {
    let mut fields = with_ends(formats::json::schema());
    fields.remove("id");
    for field in fields.values_mut() {
        may_be_null(field);
    }
    let by = json!({
        "type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2,
        "description": "[x, y] by which it moves. A frame takes its members along",
    });
    fields.insert("by".to_owned(), by);
    fields
}

/// Lets a field also be null.
fn may_be_null(field: &mut Value) {
    let Some(field) = field.as_object_mut() else {
        return;
    };
    if let Some(kind) = field.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
        if let Some(Value::Array(values)) = field.get_mut("enum") {
            values.push(Value::Null);
        }
    } else if let Some(Value::Array(forms)) = field.get_mut("anyOf") {
        forms.push(json!({"type": "null"}));
    }
}

fn work() -> Value {
    let list = |items: Value, about: &str| json!({"type": "array", "items": items, "maxItems": MAX_ENTRIES, "description": about});
    let fields = [
        (
            "create",
            list(
                entry(),
                "New elements, from the bottom of the stack to the top",
            ),
        ),
        ("change", list(change(), "Changes of elements")),
        (
            "delete",
            list(
                name("An id"),
                "Elements to delete. Lines that are bound to them stay",
            ),
        ),
    ];
    let fields = fields.map(|(field, schema)| (field.to_owned(), schema));
    let about = format!(
        "What is to be done to a board, all of it in one step of undo or nothing. At most \
         {MAX_ENTRIES} entries"
    );
    let mut schema = object(&fields.into_iter().collect(), &[], &about);
    let example = json!({
        "create": [
            {"kind": "rectangle", "id": "start", "text": "Start"},
            {"kind": "sticky", "id": "note", "text": "Buy milk", "color": "green"},
            {"kind": "arrow", "from": "start", "to": "note", "text": "then"},
        ],
        "change": [{"id": "k3Jf9A", "text": "Done", "by": [0, 100]}],
        "delete": ["x81kQz"],
    });
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("examples".to_owned(), json!([example]));
    }
    schema
}
