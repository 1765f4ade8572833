//! The styles of tools, and the content of the style panel.

pub(crate) mod property_table;
pub(crate) mod style_view;
mod tool_style;

use shared::model::{Element, Prop, PropKey, Props};

use property_table::StyleKind;
pub use style_view::{Shown, StyleView};
pub use tool_style::{OPAQUE, Style, StyleChange, Styles, TextStep};

/// The styles of the tools, and the style that was copied last.
#[derive(Debug, Default)]
pub(crate) struct StyleState {
    tools: Styles,
    copied: Option<CopiedStyle>,
}

/// The style of an element that was copied.
#[derive(Clone, Debug, PartialEq)]
struct CopiedStyle {
    kind: StyleKind,
    props: Props,
}

impl StyleState {
    pub(crate) const fn tools(&self) -> &Styles {
        &self.tools
    }

    pub(crate) const fn tools_mut(&mut self) -> &mut Styles {
        &mut self.tools
    }

    pub(crate) fn copy(&mut self, element: &Element) {
        self.copied = Some(CopiedStyle {
            kind: StyleKind::of(element),
            props: element.props.clone(),
        });
    }

    pub(crate) const fn has_copied(&self) -> bool {
        self.copied.is_some()
    }

    /// The properties that give an element the copied style, as far as both kinds have them.
    pub(crate) fn pasted_on(&self, element: &Element) -> Vec<Prop> {
        let Some(CopiedStyle { kind, props }) = &self.copied else {
            return Vec::new();
        };
        let target = StyleKind::of(element);
        let both = PropKey::ALL.iter();
        let both = both.filter(|key| kind.has(**key) && target.has(**key));
        let style = both.map(|key| props.get(*key));
        style
            .filter(|prop| element.props.get(prop.key()) != *prop)
            .collect()
    }
}
