//! File formats: a board as JSON of our own and as a scene of Excalidraw, and such JSON within PNG
//! and SVG files.
//!
//! A writer takes elements and gives text or bytes; a reader takes bytes from anywhere and gives
//! elements or an error that names the fault. `docs/format.md` describes the JSON.

pub mod embed;
pub mod excalidraw;
pub mod json;
