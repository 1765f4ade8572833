//! Draws diagrams: sizes from their texts, places from `layout`, and elements of the board.

mod cards;
mod finish;
mod graph;
mod sequence;
mod sketch;
mod texts;
mod tree;

use shared::id::ElementId;
use shared::model::Arrowhead;

use crate::drawing::{Elements, Options};
use crate::error::DiagramError;
use crate::limits::MAX_ELEMENTS;
use crate::model::{Content, Label};

use sketch::Sketch;

/// The heads of an arrow.
pub(crate) const ARROW: [Arrowhead; 2] = [Arrowhead::None, Arrowhead::Arrow];

/// Draws a diagram with a title, which may be empty.
pub(crate) fn draw(
    title: &Label,
    content: &Content,
    options: &Options,
    next_id: &mut dyn FnMut() -> ElementId,
) -> Result<Elements, DiagramError> {
    let mut sketch = Sketch::new(options, next_id);
    match content {
        Content::Graph(graph) => graph::draw(graph, &mut sketch)?,
        Content::Tree(tree) => tree::draw(tree, &mut sketch),
        Content::Sequence(sequence) => sequence::draw(sequence, &mut sketch),
        Content::Cards(cards) => cards::draw(cards, &mut sketch),
    }
    if sketch.len() > MAX_ELEMENTS {
        let message = format!("The diagram has more than {MAX_ELEMENTS} elements");
        return Err(DiagramError::whole(message));
    }
    Ok(finish::finish(sketch, title))
}
