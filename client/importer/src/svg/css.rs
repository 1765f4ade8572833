//! The style sheets of a drawing: which declarations apply to a tag.
//!
//! simplecss reads selectors and compares them with tags.

use std::cell::Cell;

use simplecss::{AttributeOperator, PseudoClass, Selector};

use crate::markup::{Document, Node, NodeId};

/// Comparisons of a selector with a tag in one drawing: some seconds at most. A diagram of
/// Mermaid needs a hundred thousand.
const MAX_COMPARISONS: usize = 20_000_000;
/// Rules of all sheets of a drawing at most. Mermaid writes two hundred.
const MAX_RULES: usize = 5_000;
/// Steps to other tags in one comparison, because selectors with many parts try all of them.
const MAX_STEPS: u32 = 1_000;
/// Steps to the tag before in one comparison, because simplecss follows them recursively.
const MAX_SIBLINGS: u32 = 50;

/// A name, a value, and whether the declaration is important.
pub(super) type Declared<'a> = (&'a str, &'a str, bool);

struct Rule<'a> {
    selector: Selector<'a>,
    declarations: Vec<Declared<'a>>,
}

/// The style sheets of a drawing.
pub(super) struct Sheets<'a> {
    /// The rules; those that win stand last.
    rules: Vec<Rule<'a>>,
    comparisons: Cell<usize>,
}

impl<'a> Sheets<'a> {
    /// Reads style sheets. `text` has all of them, without comments. Rules for print and the like are
    /// left out.
    pub(super) fn read(text: &'a str) -> Self {
        let mut rules = Vec::new();
        let mut rest = text;
        while let Some((selectors, inner)) = rest.split_once('{') {
            // Statements such as `@import` end before the selectors of the next rule.
            let selectors = selectors
                .rsplit([';', '}'])
                .next()
                .unwrap_or(selectors)
                .trim();
            let (body, after) = if selectors.starts_with('@') {
                ("", after_block(inner))
            } else {
                inner.split_once('}').unwrap_or((inner, ""))
            };
            rest = after;
            let selectors = selectors.split(',').map(str::trim);
            let selectors = selectors.filter(|it| !it.is_empty() && !it.starts_with('@'));
            rules.extend(selectors.filter_map(Selector::parse).map(|selector| Rule {
                selector,
                declarations: declarations(body).collect(),
            }));
            if rules.len() > MAX_RULES {
                break;
            }
        }
        rules.sort_by_key(|rule| rule.selector.specificity());
        Self {
            rules,
            comparisons: Cell::new(0),
        }
    }

    /// The declarations for a tag, the ones that win last.
    pub(super) fn declarations(&self, document: &Document, id: NodeId) -> Vec<Declared<'a>> {
        let done = self.comparisons.get();
        if done >= MAX_COMPARISONS {
            return Vec::new();
        }
        self.comparisons.set(done + self.rules.len());
        let mut all = Vec::new();
        for rule in &self.rules {
            let tag = Tag {
                document,
                id,
                steps: &Cell::new(MAX_STEPS),
                siblings: &Cell::new(MAX_SIBLINGS),
            };
            if rule.selector.matches(&tag) {
                all.extend(rule.declarations.iter().copied());
            }
        }
        all
    }
}

/// What follows the end of a block that may have blocks in it.
fn after_block(inner: &str) -> &str {
    let mut depth = 1_usize;
    for (at, letter) in inner.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return inner.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}

/// The declarations in a block or a `style` attribute. simplecss stops at the first value that it
/// cannot read, such as a size with the height of lines.
pub(super) fn declarations(body: &str) -> impl Iterator<Item = Declared<'_>> {
    let rules = body.split(';').filter_map(|rule| rule.split_once(':'));
    rules.map(|(name, value)| match value.split_once('!') {
        Some((value, _)) => (name.trim(), value.trim(), true),
        None => (name.trim(), value.trim(), false),
    })
}

/// All style sheets of a drawing, as one text.
pub(super) fn text_of_sheets(document: &Document) -> String {
    let sheets = document.all().filter(|(_, node)| &*node.name == "style");
    let texts = sheets.map(|(id, _)| document.text_in(id));
    let all: Vec<String> = texts.collect();
    without_comments(&all.join("\n"))
}

fn without_comments(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.replace("<!--", "").replace("-->", "")
}

/// A tag as simplecss sees it.
struct Tag<'a> {
    document: &'a Document,
    id: NodeId,
    steps: &'a Cell<u32>,
    siblings: &'a Cell<u32>,
}

impl Tag<'_> {
    fn node(&self) -> &Node {
        self.document.node(self.id)
    }

    fn step(&self, to: Option<NodeId>, left: &Cell<u32>) -> Option<Self> {
        let rest = left.get().checked_sub(1)?;
        left.set(rest);
        to.filter(|to| *to != Document::ROOT)
            .map(|id| Self { id, ..*self })
    }
}

impl simplecss::Element for Tag<'_> {
    fn parent_element(&self) -> Option<Self> {
        self.step(self.node().parent, self.steps)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.step(self.node().previous, self.siblings)
    }

    fn has_local_name(&self, name: &str) -> bool {
        &*self.node().name == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        let value = self.node().get(name);
        match (name, operator) {
            // Classes may stand apart by any white space.
            ("class", AttributeOperator::Contains(class)) => {
                value.is_some_and(|value| value.split_ascii_whitespace().any(|it| it == class))
            }
            _ => value.is_some_and(|value| operator.matches(value)),
        }
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild) && self.node().previous.is_none()
    }
}
