//! Reads markup: tags with their attributes, and entities.
//!
//! quick-xml does it. roxmltree does not fit: it refuses a whole drawing for one
//! undeclared prefix or one missing end tag, which pieces of web pages have, and it compares
//! each attribute and each namespace with all others, so a hostile text takes quadratic time.
//! quick-xml takes linear time and never expands entities that the text declares, so they
//! need no limit.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A tag with its attributes, without prefixes of namespaces.
#[derive(Clone, Debug)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: Vec<(&'a str, Cow<'a, str>)>,
}

impl<'a> Tag<'a> {
    /// Reads the attributes of a tag, also those without quotes, as web pages have them.
    pub(super) fn new(start: &'a BytesStart<'_>) -> Self {
        let mut attributes = start.html_attributes();
        // The check would only refuse repeated attributes, of which the first counts.
        attributes.with_checks(false);
        let attributes = attributes.filter_map(Result::ok).map(|attribute| {
            // A value with an unknown entity is taken literally.
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .unwrap_or_else(|_| attribute.value.clone());
            (attribute.key.local_name().into_inner(), value)
        });
        Self {
            name: start.local_name().into_inner(),
            attributes: attributes.collect(),
        }
    }

    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| value.as_ref())
    }
}

/// A reader that also accepts markup that is not well formed. An empty tag is followed by an end tag.
pub(super) fn markup(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    config.expand_empty_elements = true;
    reader
}

/// The text of an entity; an unknown one stays literal.
pub(super) fn entity(reference: &BytesRef<'_>) -> Cow<'static, str> {
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

/// Whether a text is a drawing: its first tag is `svg`, after comments, declarations and the like.
pub(crate) fn is_svg(text: &str) -> bool {
    let mut reader = markup(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => return tag.local_name().into_inner() == "svg",
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Text(text)) if text.trim().is_empty() => {}
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
    use super::is_svg;

    #[test]
    fn only_comments_and_declarations_may_precede_the_svg_tag() {
        for drawing in [
            "<svg/>",
            "  <svg viewBox='0 0 1 1'/>",
            "<?xml version='1.0'?>\n<svg/>",
            "\u{feff}<?xml version='1.0'?><!-- drawn by hand -->\n<svg>",
            "<!-- <p> --><!DOCTYPE svg [<!ENTITY a '<rss>'>]><s:svg xmlns:s='x'/>",
        ] {
            assert!(is_svg(drawing), "{drawing}");
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
            assert!(!is_svg(other), "{other}");
        }
    }
}
