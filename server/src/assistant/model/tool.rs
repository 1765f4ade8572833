//! Tools and their results in the words of the endpoint, and of people.

use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::{Value, json};
use shared::id::ElementId;

/// Characters of a result that the model reads.
const RESULT_CHARS: usize = 100_000;
/// The tool that makes pictures. The tools of agents have none.
pub(super) const MAKE_PICTURE: &str = "make_picture";

/// The tool that makes a picture of the board.
pub(super) const SEE_BOARD: &str = "see_board";

/// A tool as the endpoint wants it described.
pub(super) fn function(name: &str, about: Option<&str>, parameters: &Value) -> Value {
    json!({
        "type": "function",
        "function": {
            "name": name,
            "description": about.unwrap_or_default(),
            "parameters": parameters,
        },
    })
}

/// Whether a message shows the model a picture.
pub(super) fn is_picture(message: &Value) -> bool {
    message.get("content").is_some_and(Value::is_array)
}

/// The text and the pictures in a result.
pub(super) fn read(result: CallToolResult) -> (String, Vec<String>) {
    let (mut text, mut pictures) = (String::new(), Vec::new());
    for block in result.content {
        match block {
            ContentBlock::Text(block) => {
                let used = text.chars().count();
                text.extend(block.text.chars().take(RESULT_CHARS.saturating_sub(used)));
            }
            ContentBlock::Image(image) => {
                pictures.push(format!("data:{};base64,{}", image.mime_type, image.data));
            }
            _ => {}
        }
    }
    (text, pictures)
}

/// The elements that a tool made or changed.
pub(super) fn touched(result: &CallToolResult) -> Vec<ElementId> {
    let text = result.content.iter().find_map(|block| match block {
        ContentBlock::Text(block) => Some(&block.text),
        _ => None,
    });
    let answer = text.and_then(|text| serde_json::from_str::<Value>(text).ok());
    let list = |name| {
        let list: Option<&Value> = answer.as_ref().and_then(|answer| answer.get(name));
        list.and_then(Value::as_array)
    };
    let ids = ["created", "changed"]
        .into_iter()
        .filter_map(list)
        .flatten();
    let ids = ids.filter_map(Value::as_str);
    ids.filter_map(|id| id.parse().ok()).collect()
}

/// What the assistant does while it uses a tool.
pub(super) fn progress(tool: &str) -> &'static str {
    match tool {
        "read_board" | "find_elements" => "Reading the board …",
        SEE_BOARD => "Looking at the board …",
        "read_chat" => "Reading the chat …",
        "create_diagram" | "create_elements" | "draw_stroke" => "Drawing …",
        "change_elements" | "delete_elements" | "arrange" => "Changing elements …",
        "place_image" | MAKE_PICTURE => "Making a picture …",
        _ => "Working …",
    }
}
