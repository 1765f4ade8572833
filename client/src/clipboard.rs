//! Reads and writes the clipboard. Copied elements go out in several forms; pasting takes the best
//! form that is there.
//!
//! There are two ways to the clipboard: events carry it, and buttons ask for it by promises, for
//! which the browser may want permission.

mod access;

use editor::output::Copied;
use js_sys::{Array, JsString, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, ClipboardItem, DataTransfer, DomParser, SupportedType, XmlSerializer,
};

use crate::importer::Kind;
use access::call;
pub use access::write_later;

mod pictures;

pub use pictures::{is_picture, read_drawing, read_picture};

/// Elements in their own form; only pages of one origin see it.
const OWN: &str = "application/x-commonslate";
const HTML: &str = "text/html";
const TEXT: &str = "text/plain";
const SVG: &str = "image/svg+xml";
/// The attribute that carries elements in HTML, for browsers that pass on no other form.
const MARK: &str = "data-commonslate=\"";

/// The content of a clipboard, a drop or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Elements in their own form.
    Elements(String),
    /// Content that the importer reads, and the text to paste if it is of another kind after all.
    Foreign {
        /// The content.
        content: String,
        /// What it may be.
        kind: Kind,
        /// The text that is pasted otherwise.
        text: String,
    },
    /// Plain text.
    Text(String),
}

/// Puts elements, text and drawing on the clipboard of an event.
///
/// # Errors
/// If the browser refuses.
pub fn put(transfer: &DataTransfer, copied: &Copied) -> Result<(), JsValue> {
    transfer.set_data(OWN, &copied.elements)?;
    transfer.set_data(HTML, &to_html(copied))?;
    transfer.set_data(SVG, &copied.svg)?;
    transfer.set_data(TEXT, &copied.text)
}

/// The content that an event carries.
#[must_use]
pub fn take(transfer: &DataTransfer) -> Option<Content> {
    let get = |kind: &str| transfer.get_data(kind).ok().filter(|data| !data.is_empty());
    get(OWN)
        .map(Content::Elements)
        .or_else(|| best([get(HTML), get(SVG), get(TEXT)]))
}

/// The best of the forms that all programs share: HTML, SVG and plain text.
fn best([html, svg, text]: [Option<String>; 3]) -> Option<Content> {
    if let Some(elements) = html.as_deref().and_then(elements_in) {
        return Some(Content::Elements(elements));
    }
    if let Some(svg) = svg {
        return Some(foreign(svg.clone(), Kind::Drawing, svg));
    }
    let text = text.map(plain);
    match (html, text) {
        // HTML only says more than the text if it has more than letters.
        (
            Some(html),
            Some(
                Content::Text(text)
                | Content::Foreign {
                    kind: Kind::Table,
                    text,
                    ..
                },
            ),
        ) if is_rich(&html) => Some(foreign(html, Kind::Html, text)),
        (_, Some(text)) => Some(text),
        (Some(html), None) => Some(foreign(html, Kind::Html, String::new())),
        (None, None) => None,
    }
}

const fn foreign(content: String, kind: Kind, text: String) -> Content {
    Content::Foreign {
        content,
        kind,
        text,
    }
}

/// Whether HTML has tables, lists, links, or letters that are bold or italic.
fn is_rich(html: &str) -> bool {
    let html = html.to_ascii_lowercase();
    let signs = [
        "<table",
        "<li",
        "<b>",
        "<b ",
        "<strong",
        "<i>",
        "<i ",
        "<em",
        "<h1",
        "<h2",
        "<h3",
        "<a ",
        "font-weight:bold",
        "font-weight: bold",
        "font-weight:700",
        "font-weight: 700",
        "font-style:italic",
        "font-style: italic",
        // Shapes of tldraw.
        "data-tldraw",
    ];
    signs.into_iter().any(|sign| html.contains(sign))
}

/// Puts elements and text on the clipboard, from a button.
///
/// # Errors
/// If the browser refuses, as it does outside of secure contexts.
pub async fn write(copied: &Copied) -> Result<(), JsValue> {
    let forms = Object::new();
    for (kind, data) in [
        (HTML, to_html(copied).as_str()),
        (TEXT, copied.text.as_str()),
    ] {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let parts = Array::of1(&data.into());
        let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
        Reflect::set(&forms, &kind.into(), &blob)?;
    }
    let item = ClipboardItem::new_with_record_from_str_to_blob_promise(&forms)?;
    call("write", &Array::of1(&Array::of1(&item))).await?;
    Ok(())
}

/// Puts text on the clipboard, from a button.
///
/// # Errors
/// If the browser refuses, as it does outside of secure contexts.
pub async fn write_text(text: &str) -> Result<(), JsValue> {
    call("writeText", &Array::of1(&text.into())).await?;
    Ok(())
}

/// Reads the clipboard, for a button; the browser may ask the user first.
///
/// # Errors
/// If the browser or the user refuses. A form that cannot be read counts as missing.
pub async fn read() -> Result<Option<Content>, JsValue> {
    let items: Array = call("read", &Array::new()).await?.dyn_into()?;
    let mut forms = [HTML, SVG, TEXT].map(|kind| (kind, None));
    for item in items.iter() {
        let item: ClipboardItem = item.dyn_into()?;
        let kinds = item.types();
        for (kind, form) in &mut forms {
            // Asking for a missing kind is an error.
            if form.is_none() && kinds.includes(&JsValue::from_str(kind), 0) {
                *form = form_in(&item, kind).await.ok();
            }
        }
    }
    let data = forms.map(|(_, form)| form.filter(|data: &String| !data.is_empty()));
    Ok(best(data))
}

async fn form_in(item: &ClipboardItem, kind: &str) -> Result<String, JsValue> {
    let form = JsFuture::from(item.get_type(kind)).await?;
    text_in(form.dyn_into()?).await
}

/// The bytes of a blob or file.
///
/// # Errors
/// If it can no longer be read.
pub async fn bytes_in(blob: Blob) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The text of a blob or file.
///
/// # Errors
/// If it can no longer be read.
pub async fn text_in(blob: Blob) -> Result<String, JsValue> {
    let text: JsString = JsFuture::from(blob.text()).await?.dyn_into()?;
    Ok(text.into())
}

/// The content of a text: foreign if it may be a drawing or table, which only the importer can tell.
#[must_use]
pub fn plain(text: String) -> Content {
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    let is_markup = begins.starts_with('<') && begins.contains("svg");
    let names_format = || {
        ["excalidraw", "commonslate"]
            .iter()
            .any(|name| begins.contains(name))
    };
    let is_scene = begins.starts_with('{') && names_format();
    if is_markup || is_scene || is_diagram(begins) {
        foreign(text.clone(), Kind::Drawing, text)
    } else if is_table(&text) {
        foreign(text.clone(), Kind::Table, text)
    } else {
        Content::Text(text)
    }
}

/// Whether a text may be a diagram of Mermaid.
fn is_diagram(begins: &str) -> bool {
    let kinds = ["flowchart", "graph", "mindmap", "sequenceDiagram"];
    let has_settings = ["---", "%%", "```"].iter().any(|it| begins.starts_with(it));
    kinds
        .iter()
        .any(|kind| begins.starts_with(kind) || (has_settings && begins.contains(kind)))
}

/// Whether each of several lines is divided by equally many tabs, as cells of a table are. Code
/// begins lines with tabs.
fn is_table(text: &str) -> bool {
    let mut lines = text.trim_end().lines();
    let tabs = |line: &str| line.matches('\t').count();
    let first = lines.next().map_or(0, tabs);
    let mut rest = lines.peekable();
    first > 0
        && rest.peek().is_some()
        && !text.starts_with('\t')
        && rest.all(|line| tabs(line) == first && !line.starts_with('\t'))
}

/// HTML as XML, with the mistakes of HTML mended. The document that the browser makes of it is inert:
/// no script runs, and no picture loads.
pub(crate) fn html_to_xml(html: &str) -> String {
    let parsed =
        DomParser::new().and_then(|parser| parser.parse_from_string(html, SupportedType::TextHtml));
    let xml = parsed.and_then(|document| XmlSerializer::new()?.serialize_to_string(&document));
    xml.unwrap_or_else(|_| html.to_owned())
}

fn to_html(copied: &Copied) -> String {
    let mut html = format!("<pre {MARK}{}\">", copied.elements);
    for letter in copied.text.chars() {
        match letter {
            '<' => html.push_str("&lt;"),
            '&' => html.push_str("&amp;"),
            other => html.push(other),
        }
    }
    html.push_str("</pre>");
    html
}

fn elements_in(html: &str) -> Option<String> {
    let (_, rest) = html.split_once(MARK)?;
    let (elements, _) = rest.split_once('"')?;
    (!elements.is_empty()).then(|| elements.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changed_text::changes;

    #[test]
    fn elements_travel_in_html_beside_their_text() {
        let copied = Copied {
            elements: "Zm9v".to_owned(),
            text: "a < b & \"c\"".to_owned(),
            svg: "<svg/>".to_owned(),
        };
        let html = to_html(&copied);
        assert_eq!(elements_in(&html).as_deref(), Some("Zm9v"));
        assert!(html.contains("a &lt; b &amp; \"c\""));
        assert_eq!(elements_in("<p>something else</p>"), None);
    }

    fn kind_of(content: Option<Content>) -> Option<Kind> {
        match content? {
            Content::Foreign { kind, .. } => Some(kind),
            Content::Elements(_) | Content::Text(_) => None,
        }
    }

    #[test]
    fn the_best_available_form_is_taken() {
        let some = |form: &str| Some(form.to_owned());
        let own = some("<pre data-commonslate=\"Zm9v\">foo</pre>");
        let (page, svg, text) = (some("<p>foo</p>"), some("<svg/>"), some("foo"));
        let elements = best([own, svg.clone(), text.clone()]);
        assert!(matches!(elements, Some(Content::Elements(_))));
        let drawing = best([page.clone(), svg, text.clone()]);
        assert_eq!(kind_of(drawing), Some(Kind::Drawing));
        let words = best([page.clone(), None, text.clone()]);
        assert!(matches!(words, Some(Content::Text(_))));
        assert_eq!(
            kind_of(best([page, None, None])),
            Some(Kind::Html),
            "HTML alone"
        );
        let rich = some("<p>a <b>bold</b> word</p>");
        assert_eq!(kind_of(best([rich.clone(), None, text])), Some(Kind::Html));
        let shapes = some("<div data-tldraw>N4Ig</div>");
        let kind = kind_of(best([shapes, None, some("labels")]));
        assert_eq!(kind, Some(Kind::Html), "shapes of tldraw");
        let scene = some("{\"type\":\"excalidraw/clipboard\"}");
        assert_eq!(kind_of(best([rich, None, scene])), Some(Kind::Drawing));
        assert_eq!(best([None, None, None]), None);
    }

    #[test]
    fn what_may_be_mermaid_is_given_to_the_importer() {
        let text = |text: &str| best([None, None, Some(text.to_owned())]);
        for diagram in [
            "flowchart LR\na-->b",
            "\n mindmap\n a",
            "```mermaid\ngraph TD\na\n```",
        ] {
            assert_eq!(kind_of(text(diagram)), Some(Kind::Drawing), "{diagram}");
        }
        let settings = text("---\ntitle: a\n---\nsequenceDiagram\na->>b: c");
        assert_eq!(kind_of(settings), Some(Kind::Drawing));
        let words = text("--- a line of a letter about a flow");
        assert!(matches!(words, Some(Content::Text(_))));
    }

    #[test]
    fn changed_forms_are_content_of_some_kind() {
        let html = "\u{feff}<pre data-commonslate=\"Zm9v\">あ &amp; svg</pre>";
        for changed in changes(html) {
            let elements = elements_in(&changed);
            assert!(elements.is_none_or(|it| changed.contains(&it)), "{changed}");
            let (Content::Elements(text) | Content::Foreign { text, .. } | Content::Text(text)) =
                plain(changed.clone());
            assert_eq!(text, changed, "nothing is lost");
        }
    }

    #[test]
    fn markup_scenes_and_tables_are_foreign() {
        let kind = |text: &str| kind_of(Some(plain(text.to_owned())));
        assert_eq!(kind("  <svg viewBox='0 0 1 1'/>"), Some(Kind::Drawing));
        let declared = "\u{feff}<?xml version='1.0'?><!-- drawn --><svg/>";
        assert_eq!(kind(declared), Some(Kind::Drawing));
        assert_eq!(kind("{\"type\": \"excalidraw\"}"), Some(Kind::Drawing));
        assert_eq!(kind("a\tb\n1\t2\n"), Some(Kind::Table));
        for text in [
            "see <svg> for more",
            "<b>bold</b>",
            "a\tb",
            "fn x() {\n\ty();\n}",
            "{}",
        ] {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn the_text_of_elements_is_never_their_source() {
        let copied = Copied {
            elements: "Zm9v".to_owned(),
            text: String::new(),
            svg: "<svg/>".to_owned(),
        };
        assert!(!to_html(&copied).contains("svg"));
    }
}
