//! An entry of the outline.

use shared::id::ElementId;

/// An element, or several strokes that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct OutlineEntry {
    /// The elements.
    pub(crate) ids: Vec<ElementId>,
    /// The kind of element, such as "Sticky note".
    pub(crate) kind: &'static str,
    /// The text of the element; often empty.
    pub(crate) text: String,
    /// The name of the author; empty if that is not known.
    pub(crate) author: String,
}
