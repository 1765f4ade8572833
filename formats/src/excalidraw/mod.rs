//! Writes elements as a scene of Excalidraw, which its program opens.
//!
//! Colours are those of the light theme; Excalidraw makes its own dark ones. What its scenes do not
//! have is written in the form that looks most alike, and named.

mod base;
mod boxes;
mod drawing;
mod images;
mod ink;
mod lines;
mod not_kept;
mod paths;
mod scene;
mod text;

use serde::Serialize;
use serde_json::Value;
use shared::model::{Board, Scope};
use shared::paint::PictureAddresses;

use drawing::Drawn;

pub use not_kept::NotKept;

/// The media type of a scene.
pub const MEDIA_TYPE: &str = "application/vnd.excalidraw+json";

/// A scene that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The scene as JSON, in version 2 of the format.
    pub json: String,
    /// Everything that the scene does not have, in the order of [`NotKept`].
    pub not_kept: Vec<NotKept>,
}

/// Writes the elements of `scope` as a scene. Pictures are part of it if `pictures` gives addresses
/// that hold their files.
#[must_use]
pub fn write(board: &Board, scope: &Scope, pictures: Option<&dyn PictureAddresses>) -> Written {
    let Drawn {
        elements,
        files,
        not_kept,
    } = scene::drawn(board, scope, pictures);
    let scene = Scene {
        r#type: "excalidraw",
        version: 2,
        source: "commonslate",
        elements,
        app_state: serde_json::json!({ "viewBackgroundColor": "#ffffff", "gridSize": null }),
        files,
    };
    Written {
        // Values of JSON can always be written.
        json: serde_json::to_string(&scene).unwrap_or_default(),
        not_kept: not_kept.into_iter().collect(),
    }
}

/// A scene. The fields stand in this order, because readers look for the type at the beginning.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Scene {
    r#type: &'static str,
    version: u8,
    source: &'static str,
    elements: Vec<Value>,
    app_state: Value,
    files: serde_json::Map<String, Value>,
}
