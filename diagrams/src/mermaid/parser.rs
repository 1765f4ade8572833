//! The parser of merman.

use merman_core::{Engine, ParseOptions, ParsedDiagramRender};

/// Parses a text. It returns all errors.
pub(super) fn parse(text: &str) -> merman_core::Result<Option<ParsedDiagramRender>> {
    Engine::new().parse_diagram_for_render_model_sync(text, ParseOptions::strict())
}
