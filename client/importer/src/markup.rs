//! Reads markup, SVG or HTML, into a tree of bounded size.
//!
//! quick-xml reads it. roxmltree and usvg do not fit: they refuse a whole drawing for one
//! undeclared prefix or one missing end tag, which pieces of web pages have, and they compare
//! each attribute and each namespace with all others, so a hostile text takes quadratic time.
//! quick-xml takes linear time and never expands entities that the text declares, so they
//! need no limit.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Tags and texts of one document at most. A map of a country has some ten thousand.
const MAX_NODES: usize = 200_000;
/// Tags below this depth are left out, so that walking through the tree needs little stack.
const MAX_DEPTH: usize = 256;
/// HTML tags without content, which need no end.
const VOID: [&str; 10] = [
    "area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr",
];

/// The number of a node in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(usize);

/// A tag or a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    /// The name without prefix; empty for a text.
    pub(crate) name: Box<str>,
    /// The text; empty for a tag.
    pub(crate) text: String,
    attributes: Vec<(Box<str>, Box<str>)>,
    /// The tag around it.
    pub(crate) parent: Option<NodeId>,
    /// The tag before it within the same tag.
    pub(crate) previous: Option<NodeId>,
    /// The tags and texts in it.
    pub(crate) children: Vec<NodeId>,
}

impl Node {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| **key == *name);
        found.map(|(_, value)| value.as_ref())
    }

    /// The attributes in the order of the text.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_ref()))
    }
}

/// A tree of tags and texts.
#[derive(Debug)]
pub(crate) struct Document {
    nodes: Vec<Node>,
    ids: HashMap<Box<str>, NodeId>,
    /// Whether tags were left out, because there are too many or they are too deep.
    pub(crate) is_cut: bool,
}

impl Document {
    /// The outermost node, whose children are the tags of the document.
    pub(crate) const ROOT: NodeId = NodeId(0);

    /// Reads markup as far as it goes.
    pub(crate) fn read(text: &str) -> Self {
        let mut builder = Builder {
            document: Self {
                nodes: vec![Node::default()],
                ids: HashMap::new(),
                is_cut: false,
            },
            open: vec![Self::ROOT],
            too_deep: 0,
            svg_prefixes: vec![Box::from("svg")],
        };
        let mut reader = reader(text);
        while let Ok(event) = reader.read_event() {
            if matches!(event, Event::Eof) || !builder.take(event) {
                break;
            }
        }
        builder.document
    }

    /// A node of this document.
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        // Every id comes from this document, so the fallback is never used.
        static NONE: LazyLock<Node> = LazyLock::new(Node::default);
        self.nodes.get(id.0).unwrap_or(&NONE)
    }

    /// The node with this `id` attribute.
    pub(crate) fn by_id(&self, id: &str) -> Option<NodeId> {
        self.ids.get(id).copied()
    }

    /// All nodes, in the order of the text.
    pub(crate) fn all(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        let nodes = self.nodes.iter().enumerate();
        nodes.map(|(number, node)| (NodeId(number), node))
    }

    /// The text in a node, in one piece.
    pub(crate) fn text_in(&self, id: NodeId) -> String {
        let node = self.node(id);
        let inner = node.children.iter().map(|child| self.text_in(*child));
        inner.fold(node.text.clone(), |all, one| all + &one)
    }
}

struct Builder {
    document: Document,
    open: Vec<NodeId>,
    /// The number of open tags below [`MAX_DEPTH`].
    too_deep: usize,
    /// Prefixes of the names of SVG tags.
    svg_prefixes: Vec<Box<str>>,
}

impl Builder {
    /// Takes the next event. Returns whether there is room for more.
    fn take(&mut self, event: Event<'_>) -> bool {
        match event {
            Event::Start(start) => return self.start(&start),
            Event::End(end) => self.end(end.local_name().into_inner()),
            Event::Text(text) => return self.write(&text),
            Event::CData(text) => return self.write(&text),
            Event::GeneralRef(reference) => return self.write(&entity(&reference)),
            Event::Empty(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::Eof => {}
        }
        true
    }

    fn start(&mut self, start: &BytesStart<'_>) -> bool {
        let name = self.tag_name(start);
        if self.open.len() > MAX_DEPTH {
            self.document.is_cut = true;
            self.too_deep += 1;
            return true;
        }
        let attributes = attributes(start);
        let id = attributes.iter().find(|(name, _)| &**name == "id");
        let id = id.map(|(_, id)| id.clone());
        let node = Node {
            name,
            attributes,
            ..Node::default()
        };
        let is_void = VOID.contains(&node.name.as_ref());
        let Some(added) = self.add(node) else {
            return false;
        };
        if let Some(id) = id {
            self.document.ids.entry(id).or_insert(added);
        }
        if !is_void {
            self.open.push(added);
        }
        true
    }

    /// The name of a tag; one of another language, such as the metadata of drawing programs, keeps
    /// its prefix, so that it is taken for nothing else.
    fn tag_name(&mut self, start: &BytesStart<'_>) -> Box<str> {
        let (full, local) = (start.name().into_inner(), start.local_name().into_inner());
        let prefix = full.strip_suffix(local).map(|it| it.trim_end_matches(':'));
        let Some(prefix) = prefix.filter(|prefix| !prefix.is_empty()) else {
            return local.into();
        };
        // The outermost tag of a drawing says which prefix means SVG.
        if local == "svg" {
            self.svg_prefixes.push(prefix.into());
        }
        let is_known = self.svg_prefixes.iter().any(|known| **known == *prefix)
            || matches!(prefix, "xhtml" | "html" | "h");
        if is_known { local } else { full }.into()
    }

    /// Closes the innermost open tag of this name, and those within it.
    fn end(&mut self, name: &str) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let found = self
            .open
            .iter()
            .rposition(|open| self.document.node(*open).name.as_ref() == name);
        let found = found.or_else(|| {
            let ends = |open: &NodeId| self.document.node(*open).name.ends_with(name);
            self.open.iter().rposition(ends)
        });
        if let Some(found) = found.filter(|found| *found > 0 && !name.is_empty()) {
            self.open.truncate(found);
        }
    }

    fn write(&mut self, text: &str) -> bool {
        let inside = self.open.last().copied().unwrap_or(Document::ROOT);
        // Pieces of one text, between entities, are one node.
        let last = self.document.node(inside).children.last().copied();
        if let Some(NodeId(last)) = last
            && let Some(node) = self.document.nodes.get_mut(last)
            && node.name.is_empty()
        {
            node.text.push_str(text);
            return true;
        }
        let node = Node {
            text: text.into(),
            ..Node::default()
        };
        self.add(node).is_some()
    }

    /// Adds a node to the innermost open tag; `None` if there are too many.
    fn add(&mut self, mut node: Node) -> Option<NodeId> {
        let parent = self.open.last().copied().unwrap_or(Document::ROOT);
        if self.document.nodes.len() >= MAX_NODES {
            self.document.is_cut = true;
            return None;
        }
        let id = NodeId(self.document.nodes.len());
        let is_tag = |id: &&NodeId| !self.document.node(**id).name.is_empty();
        let siblings = &self.document.node(parent).children;
        node.parent = Some(parent);
        node.previous = siblings.iter().rev().take(2).find(is_tag).copied();
        self.document.nodes.push(node);
        if let Some(parent) = self.document.nodes.get_mut(parent.0) {
            parent.children.push(id);
        }
        Some(id)
    }
}

/// The attributes of a tag without prefixes, also those without quotes, as web pages have them.
/// Those of other languages are left out.
fn attributes(start: &BytesStart<'_>) -> Vec<(Box<str>, Box<str>)> {
    let mut attributes = start.html_attributes();
    // The check would only refuse repeated attributes, of which the first counts.
    attributes.with_checks(false);
    let attributes = attributes.filter_map(Result::ok).filter_map(|attribute| {
        let name = match attribute.key.into_inner() {
            "xml:space" => "xml:space",
            name if name.ends_with(":href") => "href",
            name if name.contains(':') => return None,
            name => name,
        };
        // A value with an unknown entity is taken literally.
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .unwrap_or_else(|_| attribute.value.clone());
        Some((name.into(), value.as_ref().into()))
    });
    attributes.collect()
}

/// A reader that also accepts markup that is not well formed. An empty tag is followed by an end tag.
fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    config.expand_empty_elements = true;
    reader
}

/// The text of an entity; an unknown one stays literal.
fn entity(reference: &BytesRef<'_>) -> Cow<'static, str> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string().into();
    }
    let name = reference.xml10_content();
    match quick_xml::escape::resolve_xml_entity(&name) {
        Some(known) => known.into(),
        None if name == "nbsp" => "\u{a0}".into(),
        None => format!("&{name};").into(),
    }
}

/// Whether the first tag of a text has this name, after comments, declarations and the like.
pub(crate) fn begins_with(text: &str, name: &str) -> bool {
    let mut reader = reader(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => return tag.local_name().into_inner() == name,
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Text(text)) if text.trim_start_matches('\u{feff}').trim().is_empty() => {}
            Ok(
                Event::Text(_)
                | Event::CData(_)
                | Event::GeneralRef(_)
                | Event::End(_)
                | Event::Empty(_)
                | Event::Eof,
            )
            | Err(_) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_and_declarations_may_precede_the_first_tag() {
        for drawing in [
            "<svg/>",
            "  <svg viewBox='0 0 1 1'/>",
            "<?xml version='1.0'?>\n<svg/>",
            "\u{feff}<?xml version='1.0'?><!-- drawn by hand -->\n<svg>",
            "<!-- <p> --><!DOCTYPE svg [<!ENTITY a '<rss>'>]><s:svg xmlns:s='x'/>",
        ] {
            assert!(begins_with(drawing, "svg"), "{drawing}");
        }
        for other in [
            "",
            "see <svg> for more",
            "<?xml version='1.0'?><rss><svg/></rss>",
            "<!-- <svg/> -->",
            "<!-- not closed <svg/>",
            "</svg>",
            "&lt;svg><svg/>",
        ] {
            assert!(!begins_with(other, "svg"), "{other}");
        }
    }

    #[test]
    fn a_document_is_bounded() {
        let many = Document::read(&"<g/>".repeat(1_000_000));
        assert!(many.is_cut && many.nodes.len() == MAX_NODES);
        let deep = Document::read(&"<g>".repeat(100_000));
        assert!(deep.is_cut && deep.nodes.len() < 300);
        let closed = format!("{}{}<rect/>", "<g>".repeat(999), "</g>".repeat(999));
        let closed = Document::read(&closed);
        assert_eq!(closed.node(Document::ROOT).children.len(), 2);
    }

    #[test]
    fn tags_of_other_languages_are_none_of_svg() {
        let text = "<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:rect a:width='1' width='2'/>\
             <inkscape:path/><b>x<br>y</b></s:svg>";
        let document = Document::read(text);
        let names: Vec<&str> = document.all().map(|(_, node)| node.name.as_ref()).collect();
        assert_eq!(
            names,
            ["", "svg", "rect", "inkscape:path", "b", "", "br", ""]
        );
        let (_, rect) = document.all().nth(2).unwrap();
        assert_eq!(rect.attributes().collect::<Vec<_>>(), [("width", "2")]);
    }
}
