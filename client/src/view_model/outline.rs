//! A line of the outline panel.

use shared::id::ElementId;

/// One element, or several that are one to the eye.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct OutlineEntry {
    /// Which; given back when it is chosen.
    pub(crate) ids: Vec<ElementId>,
    /// What it is: "Sticky note".
    pub(crate) kind: &'static str,
    /// What is written on it; often empty.
    pub(crate) text: String,
    /// Who made it; empty if that is not known.
    pub(crate) author: String,
}
