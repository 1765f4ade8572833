//! Reads Mermaid, by the parser of merman, and turns its models into ours.

mod css;
mod fault;
mod flowchart;
mod kinds;
mod markup;
mod mindmap;
mod parser;
mod sequence;

use merman_core::RenderSemanticModel;

pub(crate) use kinds::{has_header, has_name};

use crate::diagram::Diagram;
use crate::error::DiagramError;

/// Reads a text that begins like Mermaid.
pub(crate) fn read(text: &str) -> Result<Diagram, DiagramError> {
    kinds::check(text)?;
    if parser::is_overfull(text) {
        return Err(DiagramError::whole("The diagram has too many edges"));
    }
    let parsed = parser::parse(text)
        .map_err(|error| fault::of(text, error))?
        .ok_or_else(|| kinds::unknown(text))?;
    let title = parsed.metadata().title.clone();
    let (content, own_title) = match parsed.model() {
        RenderSemanticModel::Flowchart(model) => (flowchart::graph(model)?, None),
        RenderSemanticModel::Mindmap(model) => (mindmap::tree(model)?, None),
        RenderSemanticModel::Sequence(model) => (sequence::sequence(model)?, model.title.clone()),
        _ => return Err(kinds::unknown(text)),
    };
    let title = own_title.or(title).unwrap_or_default();
    Diagram::new(markup::plain(&title), content)
}
