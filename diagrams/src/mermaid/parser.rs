//! The parser of merman.

use merman_core::{Engine, ParseOptions, ParsedDiagramRender};

use crate::limits::MAX_LINKS;

/// Whether a text has so many lines of edges that the parser would take long.
pub(super) fn is_overfull(text: &str) -> bool {
    let is_line = |letter: char| matches!(letter, '-' | '=' | '.' | '~');
    let parts = text.split(|letter| !is_line(letter));
    parts.filter(|part| part.len() > 1).count() > MAX_LINKS
}

/// Parses a text. It returns all errors.
pub(super) fn parse(text: &str) -> merman_core::Result<Option<ParsedDiagramRender>> {
    Engine::new().parse_diagram_for_render_model_sync(text, ParseOptions::strict())
}
