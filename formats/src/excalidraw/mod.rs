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

use serde_json::{Value, json};
use shared::model::{Board, Scope};
use shared::paint::PictureAddresses;

use drawing::Drawn;

pub use not_kept::NotKept;

/// The media type of a scene.
pub const MEDIA_TYPE: &str = "application/vnd.excalidraw+json";

/// The name of this program in its scenes.
pub const SOURCE: &str = "commonslate";

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
    let state = json!({ "viewBackgroundColor": "#ffffff", "gridSize": null });
    let files = Value::Object(files);
    // The fields stand in this order, because readers look for the type at the beginning.
    let head = format!(r#"{{"type":"excalidraw","version":2,"source":"{SOURCE}","elements":["#);
    let tail = format!(r#"],"appState":{state},"files":{files}}}"#);
    Written {
        json: [head, elements, tail].concat(),
        not_kept: not_kept.into_iter().collect(),
    }
}
