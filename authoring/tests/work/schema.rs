//! Schemas of requests and elements.

use authoring::{Arrange, ChangeJson, ChangedFieldsJson, ElementJson, NewElementJson, Work};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};
use utoipa::PartialSchema;

/// A schema with whole numbers as such, and without empty lists.
fn plain(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(key, value)| (key, plain(value)));
            Value::Object(fields.filter(|(_, value)| *value != json!([])).collect())
        }
        Value::Array(list) => list.into_iter().map(plain).collect(),
        Value::Number(number) => json!(number.as_f64()),
        other => other,
    }
}

fn both<T: JsonSchema + PartialSchema>() -> Value {
    let tools = T::json_schema(&mut SchemaGenerator::default()).to_value();
    let open = serde_json::to_value(T::schema()).unwrap();
    assert_eq!(plain(open), plain(tools.clone()));
    tools
}

#[test]
fn open_api_and_tools_get_the_same_schemas() {
    let work = both::<Work>();
    let items = |list: &str| work["properties"][list]["items"].clone();
    assert_eq!(both::<NewElementJson>(), items("create"));
    assert_eq!(both::<ChangeJson>(), items("change"));
    assert!(both::<ChangedFieldsJson>()["properties"]["id"].is_null());
    let entry = &work["properties"]["create"]["items"];
    assert!(
        entry["properties"]["color"]["description"]
            .as_str()
            .unwrap()
            .contains("teal")
    );
    assert!(
        entry["properties"]["kind"]["enum"]
            .as_array()
            .unwrap()
            .contains(&json!("arrow"))
    );
    assert!(entry["properties"]["near"].is_object());
    let change = &work["properties"]["change"]["items"]["properties"];
    assert_eq!(change["dash"]["type"], json!(["string", "null"]));
    assert!(both::<ElementJson>()["properties"]["bounds"].is_object());
    both::<Arrange>();
}

#[test]
fn the_examples_can_be_read() {
    let example = |schema: &Value| schema["examples"][0].clone();
    let work: Work = serde_json::from_value(example(&both::<Work>())).unwrap();
    assert_eq!(work.create.len(), 3);
    serde_json::from_value::<Arrange>(example(&both::<Arrange>())).unwrap();
}
