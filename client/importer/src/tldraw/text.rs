//! Text with styles, as a tree of paragraphs, lists and letters.

use serde_json::Value;
use shared::model::Marks;

use super::records::ShapeProps;
use crate::left_out::{LeftOut, Report};
use crate::rich_text::Span;

/// The text of a shape in pieces of one style.
pub(super) fn spans(shape_props: &ShapeProps, report: &mut Report) -> Vec<Span> {
    let mut reader = Reader {
        spans: Vec::new(),
        report,
    };
    match (&shape_props.rich_text, &shape_props.text) {
        (Some(document), _) => reader.lines(document, ""),
        (None, Some(text)) => reader.spans.push((text.clone(), Marks::NONE)),
        (None, None) => {}
    }
    reader.spans
}

struct Reader<'a> {
    spans: Vec<Span>,
    report: &'a mut Report,
}

fn children(node: &Value) -> impl Iterator<Item = &Value> {
    let content = node.get("content").and_then(Value::as_array);
    content.into_iter().flatten()
}

fn kind(node: &Value) -> &str {
    node.get("type").and_then(Value::as_str).unwrap_or_default()
}

impl Reader<'_> {
    /// Reads what stands in lines of its own. `mark` begins the first line.
    fn lines(&mut self, node: &Value, mark: &str) {
        let mut mark = mark.to_owned();
        for (number, child) in children(node).enumerate() {
            match kind(child) {
                "bulletList" => self.lines(child, "• "),
                "orderedList" => self.lines(child, "1. "),
                "listItem" => {
                    if mark.starts_with(|it: char| it.is_ascii_digit()) {
                        mark = format!("{}. ", number + 1);
                    }
                    self.lines(child, &mark);
                }
                "doc" | "blockquote" => self.lines(child, ""),
                _ => {
                    self.begin_line(&mark);
                    self.letters(child);
                    mark.clear();
                }
            }
        }
    }

    fn begin_line(&mut self, mark: &str) {
        let end = if self.spans.is_empty() { "" } else { "\n" };
        self.spans.push(([end, mark].concat(), Marks::NONE));
    }

    fn letters(&mut self, node: &Value) {
        for child in children(node) {
            match kind(child) {
                "text" => {
                    let text = child.get("text").and_then(Value::as_str);
                    let marks = self.marks(child);
                    self.spans
                        .push((text.unwrap_or_default().to_owned(), marks));
                }
                "hardBreak" => self.begin_line(""),
                _ => self.letters(child),
            }
        }
    }

    fn marks(&mut self, node: &Value) -> Marks {
        let marks = node.get("marks").and_then(Value::as_array);
        let kinds = marks.into_iter().flatten().map(kind);
        kinds.fold(Marks::NONE, |marks, kind| match kind {
            "bold" => marks.set(Marks::BOLD, true),
            "italic" => marks.set(Marks::ITALIC, true),
            "link" => {
                self.report.add(LeftOut::Links);
                marks
            }
            "strike" | "highlight" | "code" | "underline" => {
                self.report.add(LeftOut::TextStyles);
                marks
            }
            _ => marks,
        })
    }
}
